"""Puts live events on the bus (core/live.py)."""

from redis.exceptions import RedisError

from core.commands.live import PublishEvent, PublishEvents
from core.delivery_errors import Again
from storage.live import LiveBus
from storage.transaction import Call


class LiveSender:
    """Without Redis an event is tried for about an hour; after that it is no news any more."""

    max_attempts = 20
    first_wait = 0.5

    def __init__(self, bus: LiveBus) -> None:
        self._bus = bus

    async def publish(self, wanted: PublishEvent, call: Call) -> str | None:
        """Put it on the bus; its id there. Nobody waits for one that failed: whoever reads the state sees the same."""
        usuario_ids = [str(usuario_id) for usuario_id in wanted.usuario_ids]
        try:
            return await self._bus.add(wanted.chave, wanted.event, wanted.data, wanted.perfis, usuario_ids)
        except (RedisError, OSError) as error:
            raise Again(type(error).__name__, "redis") from error

    async def publish_all(self, wanted: PublishEvents, call: Call) -> None:
        """Put them on the bus one after the other; after a failure those that are there are passed over."""
        for one in wanted.events:
            await self.publish(one, call)
