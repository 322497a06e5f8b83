"""The outbox's sender for commands: reads what a row holds, and calls whoever handles it (bot/handlers.py)."""

from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from bot.turn import Turns
from core.commands.base import EVERY, Command, Unreadable, read_command
from core.delivery_errors import Again
from storage.contatos.conversas import mark_event
from storage.transaction import Call, Transaction

C = TypeVar("C", bound=Command)

# The call is the row the command was read from: its number, and how often it was tried.
Handle = Callable[[C, Call], Coroutine[Any, Any, str | None]]
GiveUp = Callable[[C, str], Awaitable[None]]


class Patience(Protocol):
    """How often a target's commands are tried, and the seconds before the second try; they double from there on."""

    @property
    def max_attempts(self) -> int: ...

    @property
    def first_wait(self) -> float: ...


class Tries(NamedTuple):
    """Patience in numbers."""

    max_attempts: int
    first_wait: float


@dataclass(frozen=True, slots=True)
class Handler(Generic[C]):
    """Who handles a kind of command. `give_up`: whoever waits for it is told that it failed for good."""

    kind: type[C]
    handle: Handle[C]
    give_up: GiveUp[C] | None = None


class CommandSender:
    """The commands of one target."""

    def __init__(self, target: str, patience: Patience) -> None:
        self.target = target
        self.max_attempts = patience.max_attempts
        self.first_wait = patience.first_wait
        self._handlers: dict[str, Handler[Any]] = {}

    @property
    def kinds(self) -> list[type[Command]]:
        """The commands that have a handler here."""
        return [handler.kind for handler in self._handlers.values()]

    def on(self, kind: type[C], handle: Handle[C], give_up: GiveUp[C] | None = None) -> None:
        """Have such commands handled by this, and by nothing else."""
        assert kind.target == self.target, f"{kind.__name__} is for {kind.target}, not for {self.target}"
        assert kind.method not in self._handlers, f"{kind.__name__} has a handler already"
        self._handlers[kind.method] = Handler(kind, handle, give_up)

    def send(self, call: Call) -> Coroutine[Any, Any, str | None]:
        """What the handler does; it is awaited by the courier itself."""
        handler = self._handler(call)
        if handler is None:
            # A later release's: a process of that release may take it up.
            raise Again("nobody here knows this command", "unknown_command")
        try:
            wanted = read_command(handler.kind, call.params)
        except Unreadable as error:
            raise Again(str(error), "unreadable_command") from None
        return handler.handle(wanted, call)

    async def give_up(self, call: Call, reason: str) -> None:
        """What cannot be read has nobody to tell: the row says so, and `doctor` shows it."""
        handler = self._handler(call)
        if handler is None or handler.give_up is None:
            return
        try:
            wanted = read_command(handler.kind, call.params)
        except Unreadable:
            return
        await handler.give_up(wanted, reason)

    def _handler(self, call: Call) -> Handler[Any] | None:
        return self._handlers.get(call.method) or self._handlers.get(EVERY)


class TurnSender(CommandSender):
    """Turns that follow from turns, each done once."""

    def __init__(self, turns: Turns) -> None:
        super().__init__("turn", Tries(max_attempts=10, first_wait=1.0))
        self._turns = turns

    def follow(self, kind: type[C], work: Callable[[Transaction, C], Awaitable[None]]) -> None:
        """Have such commands done by this turn."""

        async def handle(wanted: C, call: Call) -> None:
            async def once(tx: Transaction) -> None:
                if await mark_event(tx, "turn", str(call.id)):
                    await work(tx, wanted)

            await self._turns.run(once)

        self.on(kind, handle)
