"""Heartbeats that come together: noted with one call to Redis, answered with one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from aiohttp import web

from core.batches import Batches
from core.time import Clock
from storage.presenca.presenca import Presenca, presencas_of
from storage.presenca.sinais import Signs, note_heartbeats
from webhooks.given import Engines

# Ten thousand people every 30 seconds are some three hundred a second: a batch is seldom larger than a few.
_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class Beat:
    """What is known of one person with their heartbeat. `first`: we had none of them before it."""

    first: bool
    signs: Signs
    presenca: Presenca | None


HEARTBEATS: web.AppKey[Batches[UUID, Beat]] = web.AppKey("heartbeats", Batches)


def set_up(app: web.Application, engines: Engines, clock: Clock) -> None:
    """The heartbeats of this process."""

    async def note(usuario_ids: Sequence[UUID]) -> list[Beat]:
        noted = await note_heartbeats(engines.redis, usuario_ids, clock())
        async with engines.database.read() as connection:
            presencas = await presencas_of(connection, usuario_ids)
        return [Beat(first, signs, presencas.get(one)) for one, (first, signs) in zip(usuario_ids, noted, strict=True)]

    app[HEARTBEATS] = Batches(note, _AT_ONCE)
    app.on_cleanup.append(_settle)


async def _settle(app: web.Application) -> None:
    await app[HEARTBEATS].settle()
