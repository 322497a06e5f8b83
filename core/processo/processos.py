"""Processos: created, decided upon, undone. Files are in faturas.py, robots in execucoes.py."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from core.commands.base import write_command
from core.commands.processo import UpdateCards
from core.ids import new_id
from core.live import publish_processo
from core.processo.limites import ProcessoLimits
from core.processo.maquina import VIEWERS, Acao, leads_to, may
from core.processo.passo import anotar, dar_passo
from core.processo.quem import Quem
from core.processo.resultado import Resultado, Saida
from core.testemunha.meses import Mes
from storage.cliente.clientes import cliente_by_id
from storage.pessoa.usuarios import active_perfis
from storage.processo.aprovacoes import Aprovacao, add_aprovacao, aprovacoes_of, delegantes_of
from storage.processo.execucoes import open_execucao_of
from storage.processo.processos import (
    Processo,
    add_processo,
    change_processo,
    lock_processo,
    processo_by_id,
    processo_of,
)
from storage.processo.status import Decisao, StatusProcesso
from storage.transaction import Transaction

MOTIVO_LIMIT = 1000
# A month further ahead is a slip of the year: nobody bills it yet, and it would stand above all others for years.
MESES_ADIANTE = 24


async def criar(
    tx: Transaction, cliente_id: UUID, mes_ano: str, quem: Quem, *, automaticamente: bool = False
) -> Resultado:
    """The processo of a cliente and month (`MM/AAAA`). The clock creates without a right of its own."""
    if quem.is_person and not may(quem.perfil or "", Acao.CRIAR):
        return Resultado(Saida.SEM_DIREITO)
    try:
        mes = Mes.of(mes_ano)
    except ValueError:
        return Resultado(Saida.MES)
    if mes - Mes.of_date(tx.now.date()) > MESES_ADIANTE:
        return Resultado(Saida.MES_LONGE)
    cliente = await cliente_by_id(tx.connection, cliente_id)
    if cliente is None or not cliente.status_ativo:
        return Resultado(Saida.CLIENTE)
    processo_id = new_id(tx.now)
    values = {
        "id": processo_id,
        "cliente_id": cliente_id,
        "mes_ano": mes_ano,
        "competencia": mes.competencia,
        "status_processo": StatusProcesso.AGUARDANDO_DOWNLOAD,
        "criado_automaticamente": automaticamente,
    }
    if not await add_processo(tx, values):
        return Resultado(Saida.JA_EXISTE, await processo_of(tx.connection, cliente_id, mes_ano))
    await anotar(tx, processo_id, Acao.CRIAR, quem, para=StatusProcesso.AGUARDANDO_DOWNLOAD)
    processo = await processo_by_id(tx.connection, processo_id)
    assert processo is not None
    await publish_processo(tx, "processo_criado", processo)
    return Resultado(Saida.FEITO, processo)


async def aprovar(
    tx: Transaction,
    processo_id: UUID,
    quem: Quem,
    limits: ProcessoLimits,
    *,
    versao: int | None = None,
    mostrado: dict[str, Any] | None = None,
    motivo: str | None = None,
) -> Resultado:
    """One person's approval. `versao`: what they had before their eyes; `mostrado`: what the card said.

    `motivo`: why they use it though its witnesses diverge (core/exame/guardado.py).
    """
    processo, refused = await _open_decision(tx, await lock_processo(tx, processo_id), Acao.APROVAR, versao)
    if processo is None:
        return refused
    titular = await whose_right(tx, quem, Acao.APROVAR)
    why = (motivo or "").strip()[:MOTIVO_LIMIT] or None
    return await _approve(tx, processo, quem, titular, limits, mostrado, why)


async def aprovar_trancado(
    tx: Transaction,
    trancado: Processo,
    quem: Quem,
    titular: UUID | None,
    limits: ProcessoLimits,
    *,
    versao: int,
    mostrado: dict[str, Any],
) -> Resultado:
    """The same of one among several that this turn has locked. `titular`: whose right is used (`whose_right`)."""
    processo, refused = await _open_decision(tx, trancado, Acao.APROVAR, versao)
    return refused if processo is None else await _approve(tx, processo, quem, titular, limits, mostrado)


async def _approve(
    tx: Transaction,
    processo: Processo,
    quem: Quem,
    titular: UUID | None,
    limits: ProcessoLimits,
    mostrado: dict[str, Any] | None,
    motivo: str | None = None,
) -> Resultado:
    if titular is None:
        return Resultado(Saida.SEM_DIREITO, processo)
    if not await _keep(tx, processo, quem, titular, Decisao.APROVADO, mostrado=mostrado, motivo=motivo):
        return Resultado(Saida.JA_APROVOU, processo)
    given = await aprovacoes_of(tx.connection, processo.id, processo.versao)
    if missing := _missing(processo, given):
        said: dict[str, Any] = {"detalhe": {"faltam": missing}, "motivo": motivo}
        await _step(tx, processo, quem, titular, Acao.APROVAR, processo.status_processo, **said)
        await publish_processo(tx, "processo_aprovado_em_parte", processo, faltam=missing)
        await write_command(tx, UpdateCards(processo.id))
        return Resultado(Saida.FALTA_OUTRO, processo, faltam=missing, aprovacoes=given)
    undo_until = tx.now + limits.sat_espera if limits.sat_automatico else None
    values = {
        "aprovado_por_usuario_id": quem.usuario_id,
        "data_aprovacao": tx.now,
        "motivo_rejeicao": None,
        "envio_automatico_em": undo_until,
    }
    changed = await _change(tx, processo, quem, titular, Acao.APROVAR, values, event="processo_aprovado", motivo=motivo)
    return Resultado(Saida.FEITO, changed, aprovacoes=given, desfazer_ate=undo_until)


async def rejeitar(
    tx: Transaction, processo_id: UUID, quem: Quem, motivo: str, *, versao: int | None = None
) -> Resultado:
    """Back to the download, with the reason."""
    motivo = motivo.strip()[:MOTIVO_LIMIT]
    if not motivo:
        return Resultado(Saida.SEM_MOTIVO)
    processo, refused = await _open_decision(tx, await lock_processo(tx, processo_id), Acao.REJEITAR, versao)
    if processo is None:
        return refused
    titular = await whose_right(tx, quem, Acao.REJEITAR)
    if titular is None:
        return Resultado(Saida.SEM_DIREITO, processo)
    # Whoever approved first and sees then what is wrong may say so: the history has both.
    await _keep(tx, processo, quem, titular, Decisao.REJEITADO, motivo=motivo)
    values = {"motivo_rejeicao": motivo, "aprovado_por_usuario_id": None, "data_aprovacao": None}
    changed = await _change(
        tx, processo, quem, titular, Acao.REJEITAR, values, event="processo_rejeitado", motivo=motivo
    )
    return Resultado(Saida.FEITO, changed)


async def desfazer(tx: Transaction, processo_id: UUID, quem: Quem) -> Resultado:
    """Take an approval back, as long as it has not gone to SAT."""
    processo = await lock_processo(tx, processo_id)
    if processo is None or not processo.status_ativo:
        return Resultado(Saida.NAO_EXISTE)
    titular = await whose_right(tx, quem, Acao.DESFAZER)
    if titular is None:
        return Resultado(Saida.SEM_DIREITO, processo)
    if leads_to(processo.status_processo, Acao.DESFAZER) is None:
        return Resultado(Saida.STATUS, processo)
    on_its_way = await open_execucao_of(tx.connection, processo_id) is not None
    if on_its_way or (processo.envio_automatico_em is not None and processo.envio_automatico_em <= tx.now):
        return Resultado(Saida.TARDE, processo)
    values = {"aprovado_por_usuario_id": None, "data_aprovacao": None, "envio_automatico_em": None}
    changed = await _change(tx, processo, quem, titular, Acao.DESFAZER, values, event="processo_aprovacao_desfeita")
    return Resultado(Saida.FEITO, changed)


async def ativar(tx: Transaction, processo_id: UUID, quem: Quem, *, ativo: bool) -> Resultado:
    """Take a processo out of the lists, or back in; where it stands stays."""
    processo = await lock_processo(tx, processo_id)
    if processo is None:
        return Resultado(Saida.NAO_EXISTE)
    acao = Acao.REATIVAR if ativo else Acao.DESATIVAR
    if not may(quem.perfil or "", acao):
        return Resultado(Saida.SEM_DIREITO, processo)
    if processo.status_ativo != ativo:
        await change_processo(tx, processo_id, status_ativo=ativo)
        await _step(tx, processo, quem, quem.usuario_id, acao, processo.status_processo)
        await publish_processo(tx, "processo_alterado", processo, status_ativo=ativo)
        await write_command(tx, UpdateCards(processo.id))
    return Resultado(Saida.FEITO, await processo_by_id(tx.connection, processo_id))


async def first_decision(tx: Transaction, processo: Processo) -> Aprovacao | None:
    """The decision that the processo stands on now: the newest one."""
    given = await aprovacoes_of(tx.connection, processo.id)
    return given[-1] if given else None


async def _open_decision(
    tx: Transaction, processo: Processo | None, acao: Acao, versao: int | None
) -> tuple[Processo | None, Resultado]:
    """The locked processo if it waits to be decided upon; or None, and how to answer."""
    if processo is None or not processo.status_ativo:
        return None, Resultado(Saida.NAO_EXISTE)
    if leads_to(processo.status_processo, acao) is None:
        decided = await first_decision(tx, processo)
        return None, Resultado(Saida.STATUS if decided is None else Saida.JA_DECIDIDO, processo, decisao=decided)
    if versao is not None and versao != processo.versao:
        return None, Resultado(Saida.MUDOU, processo)
    return processo, Resultado(Saida.FEITO, processo)


async def whose_right(tx: Transaction, quem: Quem, acao: Acao) -> UUID | None:
    """Whose right to decide is used: their own, else that of who delegated theirs to them; None: nobody's."""
    return (await whose_rights(tx, quem, [acao])).get(acao)


async def whose_rights(tx: Transaction, quem: Quem, acoes: Iterable[Acao]) -> dict[Acao, UUID]:
    """`whose_right` of those of these that this person may do.

    Perfis are read now: who lost a right can neither use it nor have it used; who left the back office uses none.
    """
    if quem.usuario_id is None:
        return {}
    wanted, people = list(acoes), [quem.usuario_id]
    perfis = await active_perfis(tx.connection, people)
    theirs = perfis.get(quem.usuario_id, "")
    if theirs in VIEWERS and not all(may(theirs, acao) for acao in wanted):
        people += await delegantes_of(tx, quem.usuario_id)
        perfis = await active_perfis(tx.connection, people)
    holders = {acao: [one for one in people if may(perfis.get(one, ""), acao)] for acao in wanted}
    return {acao: able[0] for acao, able in holders.items() if able}


async def _keep(
    tx: Transaction, processo: Processo, quem: Quem, titular: UUID, decisao: Decisao, **values: Any
) -> bool:
    row = {
        "processo_id": processo.id,
        "versao": processo.versao,
        "usuario_id": quem.usuario_id,
        "em_nome_de_usuario_id": _other(quem, titular),
        "decisao": decisao,
        "canal": quem.canal,
    }
    return await add_aprovacao(tx, row | values)


def _missing(processo: Processo, given: Sequence[Aprovacao]) -> int:
    """How many more have to approve. A right counts once; whoever brought the file is never alone."""
    rights = {one.em_nome_de_usuario_id or one.usuario_id for one in given}
    people = {one.usuario_id for one in given}
    missing = processo.aprovacoes_necessarias - min(len(rights), len(people))
    alone = processo.enviado_por_usuario_id
    if missing <= 0 and alone is not None and (rights == {alone} or people == {alone}):
        return 1
    return max(missing, 0)


async def _change(
    tx: Transaction,
    processo: Processo,
    quem: Quem,
    titular: UUID | None,
    acao: Acao,
    values: dict[str, Any],
    *,
    event: str,
    motivo: str | None = None,
) -> Processo:
    """Take the step that the table allows: the status, its line of history, and who hears of it."""
    em_nome_de = _other(quem, titular)
    changed = await dar_passo(
        tx, processo, acao, quem, values, event=event, motivo=motivo, em_nome_de_usuario_id=em_nome_de
    )
    await write_command(tx, UpdateCards(processo.id))
    return changed


async def _step(
    tx: Transaction, processo: Processo, quem: Quem, titular: UUID | None, acao: Acao, para: str, **values: Any
) -> None:
    em_nome_de = _other(quem, titular)
    step = {"de": processo.status_processo, "para": para, "em_nome_de_usuario_id": em_nome_de}
    await anotar(tx, processo.id, acao, quem, **step, **values)


def _other(quem: Quem, titular: UUID | None) -> UUID | None:
    return titular if titular != quem.usuario_id else None
