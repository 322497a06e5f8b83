"""What the courier asks of those who speak with the others."""

from typing import Protocol

from storage.transaction import Call


class Sender(Protocol):
    """Makes calls of one target."""

    max_attempts: int
    first_wait: float

    async def send(self, call: Call) -> str | None:
        """Make the call; the provider's id of what came of it. Raises what core/delivery_errors.py lists."""

    async def give_up(self, call: Call, reason: str) -> None:
        """The call failed for good: whoever waits for it is told."""


def is_patient(sender: Sender) -> bool:
    """Whether what it sends is never given up for the provider's sake: what people are told."""
    return bool(getattr(sender, "patient", False))
