"""A customer ended or moved on elsewhere than in the consultor's chat; both hear of it there, in a later turn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from redis.asyncio import Redis
from sqlalchemy.ext.asyncio import AsyncConnection

from core.atendimento.atendimento import IDIOMAS, back_to_queue, end
from core.atendimento.distribuicao import AtendimentoLimits, askable
from core.auditoria.auditoria import Autor, registrar
from core.commands.atendimento import Movido, TellMoved
from core.commands.base import write_command
from core.direitos.direitos import Direito, tem
from core.presenca.presenca import PresenceLimits
from storage.atendimento.atendimentos import Atendimento, lock_atendimento
from storage.atendimento.status import EncerradoPor, StatusAtendimento
from storage.auditoria.tipos import Ato
from storage.consultor.consultores import Consultor, consultor_by_id, consultor_of_usuario, in_turns
from storage.transaction import Transaction


class Mudanca(StrEnum):
    """What came of it."""

    FEITA = "FEITA"
    JA_MUDOU = "JA_MUDOU"
    """It has ended, or is not theirs to move any more."""
    SEM_DESTINO = "SEM_DESTINO"
    """Whoever was chosen is not in service any more, or not free."""


@dataclass(frozen=True, slots=True)
class Quem:
    """Who moves a customer."""

    usuario_id: UUID
    perfil: str
    canal: str = "painel"


@dataclass(frozen=True, slots=True)
class Destinos:
    """Where a customer may go: who is free now, and which languages somebody else speaks; the queue always."""

    pessoas: Sequence[Consultor]
    idiomas: Sequence[str]


async def destinos_of(
    connection: AsyncConnection,
    redis: Redis,
    now: datetime,
    atendimento: Atendimento,
    limits: AtendimentoLimits,
    presence: PresenceLimits,
    most: int,
) -> Destinos:
    """Where this one may go from whoever has them now; `most` people of each language are looked at."""
    turns = await in_turns(connection, list(IDIOMAS.values()), most)
    others = {one.id: one for turn in turns.values() for one in turn if one.id != atendimento.consultor_id}
    free = await askable(connection, redis, list(others.values()), now, limits, presence)
    spoken = [
        idioma
        for idioma, turn in turns.items()
        if idioma != atendimento.idioma and any(one.id in others for one in turn)
    ]
    return Destinos([others[one] for one in free], spoken)


async def is_free(
    connection: AsyncConnection,
    redis: Redis,
    now: datetime,
    consultor: Consultor,
    limits: AtendimentoLimits,
    presence: PresenceLimits,
) -> bool:
    """Whether this one is still who `destinos_of` would name: they may have gone since they were shown."""
    return consultor.id in await askable(connection, redis, [consultor], now, limits, presence)


async def may_move(connection: AsyncConnection, atendimento: Atendimento, quem: Quem) -> bool:
    """Administrators any that is open; consultores those whom they attend now."""
    if atendimento.status == StatusAtendimento.ENCERRADO:
        return False
    if tem(quem.perfil, Direito.VER_TODOS_OS_ATENDIMENTOS):
        return True
    consultor = await consultor_of_usuario(connection, quem.usuario_id)
    attends = atendimento.status == StatusAtendimento.EM_ATENDIMENTO
    return consultor is not None and consultor.status_ativo and attends and atendimento.consultor_id == consultor.id


async def end_by_hand(tx: Transaction, atendimento_id: int, quem: Quem) -> Mudanca:
    """It is over; in the queue, too."""
    locked = await _locked(tx, atendimento_id, quem)
    if locked is None:
        return Mudanca.JA_MUDOU
    await _tell(tx, locked, quem, Movido.ENCERRADO)
    await _record(tx, locked, quem, Movido.ENCERRADO)
    is_own = not tem(quem.perfil, Direito.VER_TODOS_OS_ATENDIMENTOS)
    await end(tx, locked, EncerradoPor.CONSULTOR if is_own else EncerradoPor.SUPERVISAO)
    return Mudanca.FEITA


async def transfer_by_hand(
    tx: Transaction,
    atendimento_id: int,
    quem: Quem,
    limits: AtendimentoLimits,
    presence: PresenceLimits,
    *,
    consultor_id: int | None = None,
    idioma: str | None = None,
) -> Mudanca:
    """To the head of the queue: meant for that consultor, for who speaks that language, or for whose turn it is."""
    destino = await consultor_by_id(tx.connection, consultor_id) if consultor_id is not None else None
    if consultor_id is not None and (
        destino is None or not await is_free(tx.connection, tx.redis, tx.now, destino, limits, presence)
    ):
        return Mudanca.SEM_DESTINO
    locked = await _locked(tx, atendimento_id, quem)
    if locked is None or locked.status != StatusAtendimento.EM_ATENDIMENTO:
        return Mudanca.JA_MUDOU
    await _tell(tx, locked, quem, Movido.FILA, destino)
    await _record(tx, locked, quem, Movido.FILA)
    spoken = idioma if idioma in IDIOMAS.values() else None
    await back_to_queue(tx, locked, destinado_a=consultor_id, idioma=spoken, given_back=True)
    return Mudanca.FEITA


async def _locked(tx: Transaction, atendimento_id: int, quem: Quem) -> Atendimento | None:
    locked = await lock_atendimento(tx, atendimento_id)
    return locked if locked is not None and await may_move(tx.connection, locked, quem) else None


async def _record(tx: Transaction, atendimento: Atendimento, quem: Quem, movido: Movido) -> None:
    """Whoever moves or ends another one's conversation answers for it."""
    consultor = await consultor_of_usuario(tx.connection, quem.usuario_id)
    if consultor is None or atendimento.consultor_id != consultor.id:
        por, alvo = Autor(quem.canal, quem.usuario_id), f"atendimento:{atendimento.id}"
        registrar(tx, Ato.ATENDIMENTO, por, alvo=alvo, o_que=movido.value)


async def _tell(
    tx: Transaction, atendimento: Atendimento, quem: Quem, movido: Movido, destino: Consultor | None = None
) -> None:
    """Before the queue is handed out again: the customer hears of the move first, then of who takes them."""
    wanted = TellMoved(
        atendimento.id,
        movido,
        consultor_id=atendimento.consultor_id,
        destino_id=None if destino is None else destino.id,
        usuario_id=quem.usuario_id,
    )
    await write_command(tx, wanted)
