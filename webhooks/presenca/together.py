"""Heartbeats that come together: counted and noted with one call to Redis, answered with one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from aiohttp import web

from core.batches import Batches, both
from core.time import Clock
from storage.presenca.presenca import Presenca, presencas_of
from storage.presenca.sinais import Beating, Signs, note_heartbeats
from webhooks.given import Engines

# Ten thousand people every 30 seconds are some three hundred a second: a batch is seldom larger than a few.
_AT_ONCE = 64


@dataclass(slots=True)
class Beat:
    """What is known of one person with their heartbeat. `first`: we had none of them before it."""

    first: bool
    signs: Signs
    presenca: Presenca | None


# What is known with a heartbeat, or the seconds that somebody has to wait: it was not noted then.
HEARTBEATS: web.AppKey[Batches[Beating, Beat | float]] = web.AppKey("heartbeats", Batches)


def set_up(app: web.Application, engines: Engines, clock: Clock, per_minute: int) -> None:
    """The heartbeats of this process."""

    async def note(beating: Sequence[Beating]) -> list[Beat | float]:
        # What somebody chose does not depend on their signs.
        noted, presencas = await both(
            note_heartbeats(engines.redis, beating, clock(), per_minute), read([one.usuario_id for one in beating])
        )
        return [
            seen if isinstance(seen, float) else Beat(*seen, presencas.get(one.usuario_id))
            for one, seen in zip(beating, noted, strict=True)
        ]

    async def read(usuario_ids: Sequence[UUID]) -> dict[UUID, Presenca]:
        async with engines.database.read() as connection:
            return await presencas_of(connection, usuario_ids)

    app[HEARTBEATS] = Batches(note, _AT_ONCE)
    app.on_cleanup.append(_settle)


async def _settle(app: web.Application) -> None:
    await app[HEARTBEATS].settle()
