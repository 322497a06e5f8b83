"""Delegating the right to approve: to somebody of the back office, from a moment to another, and its end."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from core.auditoria.auditoria import Autor, registrar
from core.commands.base import write_command
from core.commands.delegacao import TellDelegacao
from core.processo.maquina import RIGHTS, VIEWERS, Acao, may
from core.processo.quem import O_RELOGIO, Quem
from storage.auditoria.tipos import Ato
from storage.delegacao.delegacoes import (
    Delegacao,
    Perfis,
    delegacao_by_id,
    delegacoes_of,
    nova_delegacao,
    revogar,
    revogar_sem_direito,
)
from storage.pessoa.usuarios import active_perfis
from storage.transaction import Transaction

# Longer than anybody's holiday: whoever is away for longer hands their work over otherwise.
LONGEST = timedelta(days=90)
PERFIS = Perfis(de=RIGHTS[Acao.APROVAR], para=VIEWERS)


class Recusada(StrEnum):
    """Why there is no delegation."""

    SEM_DIREITO = "SEM_DIREITO"
    A_SI_MESMO = "A_SI_MESMO"
    # Not an active person of the back office.
    A_QUEM = "A_QUEM"
    ACABA_ANTES = "ACABA_ANTES"
    LONGA = "LONGA"
    JA_EXISTE = "JA_EXISTE"


@dataclass(frozen=True, slots=True)
class Delegada:
    """The delegation, or why there is none."""

    delegacao: Delegacao | None = None
    recusada: Recusada | None = None


async def delegar(tx: Transaction, quem: Quem, para: UUID, inicio: datetime, fim: datetime) -> Delegada:
    """`para` may decide in the name of whoever says so. A right that was delegated to them cannot be passed on."""
    if (why := await _refused(tx, quem, para, inicio, fim)) is not None:
        return Delegada(recusada=why)
    assert quem.usuario_id is not None
    delegacao_id = await nova_delegacao(tx, quem.usuario_id, para, max(inicio, tx.now), fim)
    autor, period = Autor(quem.canal, quem.usuario_id), {"inicio": inicio.isoformat(), "fim": fim.isoformat()}
    registrar(tx, Ato.DELEGAR, autor, alvo=f"usuario:{para}", **period)
    await write_command(tx, TellDelegacao(delegacao_id))
    return Delegada(await delegacao_by_id(tx.connection, delegacao_id))


async def encerrar(tx: Transaction, quem: Quem, delegacao_id: int) -> Delegacao | None:
    """End one's own; None when it is not theirs, or over. Those who have cards of it see who may decide at the tap."""
    if quem.usuario_id is None or not await revogar(tx, delegacao_id, quem.usuario_id):
        return None
    registrar(tx, Ato.DELEGAR, Autor(quem.canal, quem.usuario_id), encerrada=delegacao_id)
    await write_command(tx, TellDelegacao(delegacao_id))
    return await delegacao_by_id(tx.connection, delegacao_id)


async def encerrar_sem_direito(tx: Transaction, delegacao_id: int) -> bool:
    """End one of which either side was deactivated, or has another perfil now: whoever is left is told.

    It does not come back with them: who was away, and returns, says anew who decides in their name.
    """
    if not await revogar_sem_direito(tx, delegacao_id, PERFIS):
        return False
    registrar(tx, Ato.DELEGAR, Autor(O_RELOGIO.canal), encerrada=delegacao_id)
    await write_command(tx, TellDelegacao(delegacao_id))
    return True


async def sem_direito(tx: Transaction, delegacao: Delegacao) -> frozenset[UUID]:
    """Which of the two have not the right any more that it takes."""
    perfis = await active_perfis(tx.connection, [delegacao.de_usuario_id, delegacao.para_usuario_id])
    sides = (delegacao.de_usuario_id, PERFIS.de), (delegacao.para_usuario_id, PERFIS.para)
    return frozenset(one for one, those in sides if perfis.get(one) not in those)


async def _refused(tx: Transaction, quem: Quem, para: UUID, inicio: datetime, fim: datetime) -> Recusada | None:
    if quem.usuario_id is None or not may(quem.perfil or "", Acao.APROVAR):
        return Recusada.SEM_DIREITO
    if para == quem.usuario_id:
        return Recusada.A_SI_MESMO
    if (await active_perfis(tx.connection, [para])).get(para) not in VIEWERS:
        return Recusada.A_QUEM
    if fim <= max(inicio, tx.now):
        return Recusada.ACABA_ANTES
    if fim - max(inicio, tx.now) > LONGEST:
        return Recusada.LONGA
    given = await delegacoes_of(tx.connection, quem.usuario_id, tx.now)
    overlaps = [
        one
        for one in given
        if (one.de_usuario_id, one.para_usuario_id) == (quem.usuario_id, para) and one.inicio < fim and one.fim > inicio
    ]
    return Recusada.JA_EXISTE if overlaps else None
