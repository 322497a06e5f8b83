"""The sale: who may sell, and what happens from SIM to the end. The robot's events are in core/venda/robo.py."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from core.auditoria.auditoria import Autor
from core.commands.base import write_command
from core.commands.venda import AnswerRobot, StartRobot, StopRobot, TellDelay, TellEnd
from core.direitos.direitos import Direito, tem
from core.live import publish_venda
from core.venda import pool
from core.venda.emprestimo import Lease, Pedido, SellerHoldsAnotherLogin, lease_logins
from core.venda.passos import note, note_answer
from core.venda.respostas import Pergunta
from storage.contatos.contatos import Pessoa
from storage.ocorrencias import record
from storage.transaction import Transaction
from storage.venda import vendas
from storage.venda.passos import PassoVenda
from storage.venda.status import AT_WORK, StatusVenda
from storage.venda.vendas import Venda

# A robot that was told to stop gets this long to say so, before its login goes back all the same.
CANCEL_TTL = timedelta(minutes=2)
# `codigo` of a cancelled sale whose robot never said that it stopped.
SEM_CONFIRMACAO = "SEM_CONFIRMACAO"


class Impedimento(StrEnum):
    """Why somebody may not sell."""

    SEM_CADASTRO = "SEM_CADASTRO"
    INATIVO = "INATIVO"
    PERFIL = "PERFIL"
    SEM_AUTORIZACAO = "SEM_AUTORIZACAO"
    SEM_MATRICULA = "SEM_MATRICULA"


class Saida(StrEnum):
    """How SIM ended."""

    INICIADA = "INICIADA"
    JA_ABERTA = "JA_ABERTA"
    OCUPADO = "OCUPADO"
    NA_FILA = "NA_FILA"


@dataclass(frozen=True, slots=True)
class Abertura:
    """What SIM led to: how it ended, the venda it is about, and the place in the queue (1 is next)."""

    saida: Saida
    venda: Venda | None = None
    posicao: int | None = None


def why_not_sell(pessoa: Pessoa | None) -> Impedimento | None:
    """The first thing that keeps this person from selling, or None (reference: pool-bo-pap, step 2)."""
    if pessoa is None:
        return Impedimento.SEM_CADASTRO
    if not pessoa.status_ativo:
        return Impedimento.INATIVO
    if not tem(pessoa.perfil_usuario, Direito.VENDER):
        return Impedimento.PERFIL
    if not pessoa.autorizar_venda_sem_auditoria:
        return Impedimento.SEM_AUTORIZACAO
    if not pessoa.matricula_pap:
        return Impedimento.SEM_MATRICULA
    return None


async def open_sale(
    tx: Transaction, pessoa: Pessoa, contato_id: int, *, ttl: timedelta, chance: random.Random, join_queue: bool
) -> Abertura:
    """SIM: take a login and start the robot. With all logins busy the sale joins the queue only if `join_queue`.

    When no login can be had because Redis is away, it joins the queue in any case.
    """
    venda_id = uuid4()
    row = {
        "id": venda_id,
        "usuario_id": pessoa.id,
        "contato_id": contato_id,
        "status_venda": StatusVenda.INICIANDO,
    }
    if not await vendas.add_venda(tx, row):
        return Abertura(Saida.JA_ABERTA, await vendas.open_venda_of(tx, pessoa.id))
    try:
        leased = await _begin_all(tx, [(venda_id, pessoa)], ttl, chance)
    except pool.PoolUnavailable:
        leased, join_queue = set(), True
    if leased:
        return Abertura(Saida.INICIADA, await vendas.venda_by_id(tx.connection, venda_id))
    if not join_queue:
        await vendas.remove_venda(tx, venda_id)
        return Abertura(Saida.OCUPADO)
    waiting = await vendas.change_open(tx, venda_id, status_venda=StatusVenda.NA_FILA)
    assert waiting, "this turn has just added it"
    posicao = await pool.join_queue(tx, venda_id)
    await note(tx, venda_id, PassoVenda.FILA, posicao=posicao)
    values = {"status_venda": StatusVenda.NA_FILA, "posicao": posicao}
    await publish_venda(tx, "venda_enfileirada", venda_id, pessoa.id, **values)
    return Abertura(Saida.NA_FILA, await vendas.venda_by_id(tx.connection, venda_id), posicao)


async def start_queued(
    tx: Transaction, queued: Sequence[tuple[Venda, Pessoa]], *, ttl: timedelta, chance: random.Random
) -> set[UUID]:
    """Give the heads of the queue their logins and start: the vendas that did.

    The others have left, or there is no login for them yet. Raises `pool.PoolUnavailable`.
    """
    waiting = []
    for venda, pessoa in queued:
        # Who leaves on another channel in this moment was before us, or waits for us and finds a sale at work.
        locked = await vendas.lock_open(tx, venda.id)
        if locked is not None and locked.status_venda == StatusVenda.NA_FILA:
            waiting.append((venda.id, pessoa))
            continue
        await pool.leave_queue(tx, venda.id)
        await pool.wake_queue(tx)
    return await _begin_all(tx, waiting, ttl, chance)


async def answer_question(tx: Transaction, venda: Venda, resposta: str, *, ttl: timedelta, por: Autor) -> bool:
    """Send the seller's checked answer to the robot; False when that question is no longer open.

    An answer that comes after the login's time is over is not sent: the sale ends instead.
    """
    assert venda.pergunta is not None
    if not await keep_login(tx, venda, ttl):
        return False
    pergunta = Pergunta.parse(venda.pergunta)
    changed = await vendas.change_question(
        tx,
        venda.id,
        venda.perguntas_feitas,
        pergunta=None,
        respondida=pergunta.marca,
        status_venda=StatusVenda.EXECUTANDO,
    )
    if changed:
        await write_command(tx, AnswerRobot(venda.id, pergunta.pergunta_id, text=resposta), secret=True)
        await note_answer(tx, venda.id, pergunta, resposta, por)
        values = {"status_venda": StatusVenda.EXECUTANDO}
        await publish_venda(tx, "venda_pergunta_respondida", venda.id, venda.usuario_id, **values)
    return changed


async def answer_lost(tx: Transaction, venda_id: UUID, pergunta_id: str) -> None:
    """The robot did not take this answer: if it still has that question open, the next poll asks it again."""
    if not await vendas.forget_answer(tx, venda_id, pergunta_id):
        await record(tx, "resposta_perdida_tarde", str(venda_id), pergunta_id=pergunta_id)


async def keep_login(tx: Transaction, venda: Venda, ttl: timedelta) -> bool:
    """Robot or seller gave a sign of life: the login stays with this sale for another `ttl`.

    False when its time was over already: the sale ends, and its robot is stopped before its next step.
    """
    if venda.epoch is None or await pool.renew_lease(tx, venda.epoch, ttl):
        return True
    if await end_sale(tx, venda, StatusVenda.TIMEOUT, pool.EXPIRADO):
        await write_command(tx, StopRobot(venda.id))
        await write_command(tx, TellEnd(venda.id))
    return False


async def cancel_sale(tx: Transaction, venda: Venda, por: Autor | None = None) -> StatusVenda | None:
    """`por` gives up (None: nobody may go on): a queued sale ends at once, one with a robot when that has stopped.

    Returns the status it has now, or None when it had ended already. What counts is what it is now, not when the
    button was shown: it may have been served from the queue meanwhile.
    """
    locked = await vendas.lock_open(tx, venda.id)
    if locked is None:
        return None
    if locked.status_venda == StatusVenda.NA_FILA:
        await note(tx, venda.id, PassoVenda.CANCELAMENTO, por)
        return StatusVenda.CANCELADO if await end_sale(tx, locked, StatusVenda.CANCELADO) else None
    if await vendas.change_open(tx, venda.id, AT_WORK, status_venda=StatusVenda.CANCELANDO, pergunta=None):
        await note(tx, venda.id, PassoVenda.CANCELAMENTO, por)
        await write_command(tx, StopRobot(venda.id))
        if locked.epoch is not None and not await pool.renew_lease(tx, locked.epoch, CANCEL_TTL):
            # Its login is somebody else's by now, or about to be: nobody waits for the robot to say that it stopped.
            ended = await end_sale(tx, locked, StatusVenda.CANCELADO, pool.EXPIRADO)
            return StatusVenda.CANCELADO if ended else None
        values = {"status_venda": StatusVenda.CANCELANDO}
        await publish_venda(tx, "venda_cancelamento_pedido", venda.id, venda.usuario_id, **values)
    return StatusVenda.CANCELANDO


async def end_sale(
    tx: Transaction, venda: Venda, status: StatusVenda, motivo: str | None = None, **values: Any
) -> bool:
    """End a sale and give its login back; False when it had ended already. The one way a sale ends.

    Which login that is says the row as it is now: `venda` may have been read before the queue served it.
    """
    locked = await vendas.lock_open(tx, venda.id)
    if locked is None or not await vendas.close_venda(tx, venda.id, status, **values):
        return False
    await pool.leave_queue(tx, venda.id)
    if locked.epoch is not None:
        await pool.release_login(tx, locked.epoch, motivo or status)
    await _publish_end(tx, venda, status, values)
    return True


async def end_freed(
    tx: Transaction, freed: list[pool.FreedLease], status: StatusVenda, por: Autor | None = None
) -> None:
    """Sales whose login was taken away: expired, or freed by `por`, an administrator."""
    for lease in freed:
        await end_freed_sale(tx, lease.venda_id, status, por)


async def end_freed_sale(tx: Transaction, venda_id: UUID, status: StatusVenda, por: Autor | None = None) -> None:
    """End a sale that has no login any more: stop its robot, tell its seller."""
    venda = await vendas.lock_open(tx, venda_id)
    erro = None
    if status == StatusVenda.CANCELADO:
        erro = {"codigo": pool.LIBERADO_PELO_ADMINISTRADOR}
    elif venda is not None and venda.status_venda == StatusVenda.CANCELANDO:
        status, erro = StatusVenda.CANCELADO, {"codigo": SEM_CONFIRMACAO}
    if venda is not None and await vendas.close_venda(tx, venda_id, status, erro=erro):
        await _publish_end(tx, venda, status, {"erro": erro}, por)
        await write_command(tx, StopRobot(venda_id))
        await write_command(tx, TellEnd(venda_id))


async def job_started(tx: Transaction, venda_id: UUID, job_id: str) -> None:
    """The robots took the job. One that was taken for a sale that is over by now is stopped again."""
    bound = await vendas.bind_job(tx, venda_id, job_id)
    again = (StatusVenda.TENTANDO_NOVAMENTE,)
    if await vendas.change_open(tx, venda_id, again, status_venda=StatusVenda.INICIANDO):
        return
    venda = await vendas.venda_by_id(tx.connection, venda_id)
    if venda is not None and venda.encerrada_em is not None:
        await write_command(tx, StopRobot(venda_id))
    if venda is not None and not bound and venda.job_id != job_id:
        await record(tx, "segundo_job", str(venda_id), job_id=job_id)


async def start_refused(tx: Transaction, venda: Venda, erro: dict[str, Any]) -> bool:
    """The robot could not be started, for good."""
    status = StatusVenda.CANCELADO if venda.status_venda == StatusVenda.CANCELANDO else StatusVenda.FALHOU
    ended = await end_sale(tx, venda, status, erro=erro)
    if ended:
        await write_command(tx, TellEnd(venda.id))
    return ended


async def start_delayed(tx: Transaction, venda: Venda) -> None:
    """The robots' API does not answer: it is tried again, and the seller is told once."""
    if await vendas.change_open(tx, venda.id, (StatusVenda.INICIANDO,), status_venda=StatusVenda.TENTANDO_NOVAMENTE):
        await note(tx, venda.id, PassoVenda.ADIADA)
        values = {"status_venda": StatusVenda.TENTANDO_NOVAMENTE}
        await publish_venda(tx, "venda_adiada", venda.id, venda.usuario_id, **values)
        await write_command(tx, TellDelay(venda.id))


async def _begin_all(
    tx: Transaction, asking: Sequence[tuple[UUID, Pessoa]], ttl: timedelta, chance: random.Random
) -> set[UUID]:
    """Take logins for sales that are locked in this turn, and start their robots: the vendas that have one."""
    pedidos = [Pedido(pessoa.id, pessoa.telefone, venda_id) for venda_id, pessoa in asking]
    leases = await _lent(tx, pedidos, ttl, chance) if pedidos else {}
    return {
        venda_id
        for venda_id, pessoa in asking
        if venda_id in leases and await _begin(tx, pessoa, venda_id, leases[venda_id])
    }


async def _lent(tx: Transaction, pedidos: Sequence[Pedido], ttl: timedelta, chance: random.Random) -> dict[UUID, Lease]:
    """The leases by venda. A seller has one open sale, and this is it: another one is over, and left its login."""
    answers = dict(zip(pedidos, await lease_logins(tx, pedidos, ttl=ttl, chance=chance), strict=True))
    left = {one: held.epoch for one, held in answers.items() if isinstance(held, SellerHoldsAnotherLogin)}
    if left:
        await pool.release_logins(tx, list(left.values()), pool.ESQUECIDO)
        try:
            answers |= zip(left, await lease_logins(tx, list(left), ttl=ttl, chance=chance), strict=True)
        except pool.PoolUnavailable:
            # What was lent is lent.
            if not any(isinstance(one, Lease) for one in answers.values()):
                raise
    return {one.venda_id: lease for one, lease in answers.items() if isinstance(lease, Lease)}


async def _begin(tx: Transaction, pessoa: Pessoa, venda_id: UUID, lease: Lease) -> bool:
    """Start the robot of a sale that has a login; False when it does not begin any more, and the login goes back."""
    started = await vendas.change_open(
        tx, venda_id, status_venda=StatusVenda.INICIANDO, bo_usuario_id=lease.bo_usuario_id, epoch=lease.epoch
    )
    if not started:
        await pool.release_login(tx, lease.epoch, pool.ESQUECIDO)
        return False
    await write_command(tx, StartRobot(venda_id))
    await note(tx, venda_id, PassoVenda.INICIO)
    await publish_venda(tx, "venda_iniciada", venda_id, pessoa.id, status_venda=StatusVenda.INICIANDO)
    return True


async def _publish_end(
    tx: Transaction, venda: Venda, status: StatusVenda, values: dict[str, Any], por: Autor | None = None
) -> None:
    codigo = (values.get("erro") or {}).get("codigo")
    await note(tx, venda.id, PassoVenda.FIM, por, status=status.value, codigo=codigo)
    end = {"status_venda": status, "numero_pedido": values.get("numero_pedido"), "codigo": codigo}
    await publish_venda(tx, "venda_encerrada", venda.id, venda.usuario_id, **end)


async def is_sale_of(tx: Transaction, pessoa: Pessoa | None, venda_id: UUID) -> bool:
    """Whether a button's venda is this person's, open or over."""
    venda = await vendas.venda_by_id(tx.connection, venda_id)
    return venda is not None and pessoa is not None and venda.usuario_id == pessoa.id


async def record_forged(tx: Transaction, contato_id: int, data: str) -> None:
    """A tap that this person was never offered."""
    await record(tx, "toque_recusado", str(contato_id), data=data[:64])
