"""What hears of our commits."""

from collections.abc import Collection, Sequence
from uuid import UUID

from bot.outbox.courier import Courier
from storage.transaction import Call
from webhooks.people import People


class Delivered:
    """What hears of our commits: the courier takes the calls, people who changed are read anew."""

    def __init__(self, people: People) -> None:
        self._people = people
        self._courier: Courier | None = None

    def through(self, courier: Courier) -> None:
        """The courier's senders run turns themselves, so it is made after the turns."""
        self._courier = courier

    def committed(self, calls: Sequence[Call], usuario_ids: Collection[UUID], *, certain: bool = True) -> None:
        """See bot/turn.py. RuntimeError when calls were written before there was a courier."""
        if usuario_ids:
            self._people.forget(usuario_ids)
        if not calls:
            return
        if self._courier is None:
            raise RuntimeError("calls were written down before there is a courier: a worker finds them in the table")
        self._courier.take(calls, certain=certain)
