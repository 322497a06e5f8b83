"""Calls that become several messages: after a failure nobody reads the first ones twice."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from core.delivery_errors import DeliveryError

P = TypeVar("P")


class Parts:
    """How far the calls got that failed half-way. This process knows; another one begins from the start."""

    def __init__(self) -> None:
        self.next_of: dict[int, int] = {}

    async def send(
        self, call_id: int, parts: Sequence[P], send_one: Callable[[P], Awaitable[str | None]]
    ) -> str | None:
        """Send the parts that were not sent yet; the provider's id of the last one that has an id."""
        provider_id = None
        for number in range(self.next_of.pop(call_id, 0), len(parts)):
            try:
                provider_id = await send_one(parts[number]) or provider_id
            except DeliveryError:
                self.next_of[call_id] = number
                raise
        return provider_id

    def forget(self, call_id: int) -> None:
        """The call is given up."""
        self.next_of.pop(call_id, None)
