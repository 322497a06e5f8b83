"""Who attends customers at this moment, and who waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from redis.exceptions import RedisError
from sqlalchemy.ext.asyncio import AsyncConnection

from core.presenca.presenca import Estado, effective
from storage.atendimento.atendimentos import NaFila, counts_by_usuario, queue
from storage.presenca.presenca import attendants, presenca_in
from storage.presenca.sinais import Signs, read_signs
from webhooks.painel.painel import Painel

_SHOWN = 30
_QUEUE = 50


@dataclass(frozen=True, slots=True)
class Membro:
    """One who attends; without `estado` they never chose one."""

    nome: str
    estado: Estado | None
    clientes: int


@dataclass(frozen=True, slots=True)
class Equipe:
    """The team and the queue."""

    membros: list[Membro]
    fila: list[NaFila]
    na_fila: int

    @property
    def disponiveis(self) -> int:
        return sum(1 for one in self.membros if one.estado is not None and one.estado.status == "online")

    @property
    def mais_antiga(self) -> datetime | None:
        """Since when whoever waits longest does."""
        return min((one.na_fila_desde for one in self.fila), default=None)


async def equipe(connection: AsyncConnection, painel: Painel, now: datetime) -> Equipe:
    """As they are now; while Redis is away, as they were last known."""
    rows, _total = await attendants(connection, _SHOWN)
    ids = [row.id for row in rows]
    signs = await _signs(painel, ids, now)
    customers = await counts_by_usuario(connection, ids)
    fila, total = await queue(connection, _QUEUE)
    membros = []
    for row in rows:
        presenca = presenca_in(row)
        of_person = signs.get(row.id, Signs()) if signs is not None else None
        estado = effective(presenca, of_person, now, painel.presence_limits) if presenca is not None else None
        membros.append(Membro(row.nome_completo, estado, customers.get(row.id, 0)))
    return Equipe(membros, fila, total)


async def _signs(painel: Painel, ids: Sequence[UUID], now: datetime) -> dict[UUID, Signs] | None:
    try:
        return await read_signs(painel.redis, ids, now)
    except (RedisError, OSError):
        return None
