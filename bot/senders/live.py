"""Puts live events on the bus: the outbox's sender for what core/live.py wrote down."""

from redis.exceptions import RedisError

from core.delivery_errors import Again
from storage.live import LiveBus
from storage.transaction import Call


class LiveSender:
    """Without Redis an event is tried for about an hour; after that it is no news any more."""

    max_attempts = 20
    first_wait = 0.5

    def __init__(self, bus: LiveBus) -> None:
        self._bus = bus

    async def send(self, call: Call) -> str | None:
        params = call.params
        try:
            return await self._bus.add(
                params["chave"], params["event"], params["data"], params["perfis"], params["usuario_ids"]
            )
        except (RedisError, OSError) as error:
            raise Again(type(error).__name__, "redis") from error

    async def give_up(self, call: Call, reason: str) -> None:
        """Nobody waits for it: whoever reads the state again sees what it would have told."""
