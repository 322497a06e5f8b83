"""Commands: what a turn writes down to be done by our own hands after its commit.

A command is how one room asks another for something without knowing it: it says what is wanted and about what, and
bot/handlers.py says who does it. It becomes a row of the outbox (storage/outbox) like any call to the outside.

Rows outlive releases: `target`, `method` and the names of the fields are words of the database. A field that is added
has a default; one that is no longer there is passed over when an older row is read.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar, dataclass_transform

from pydantic import TypeAdapter, ValidationError

from storage.outbox.written import leave_written
from storage.transaction import Transaction

C = TypeVar("C", bound="Command")

# In the place of a method: whatever method the rows of this target have, they are this one command.
EVERY = "*"


class Unreadable(ValueError):
    """A row that says less than its command needs, or something else."""


class Command:
    """Something to be done. `target`: by which part of ours. `method`: what it is called there."""

    __slots__ = ()
    target: ClassVar[str]
    method: ClassVar[str]

    @property
    def lane(self) -> str:
        """Commands and calls of one lane are made in order."""
        raise NotImplementedError

    @property
    def written_as(self) -> str:
        """The method that its row shows."""
        return self.method


# Every kind of command there is, by the words of its rows.
COMMANDS: dict[tuple[str, str], type[Command]] = {}
_FORMS: dict[type[Command], TypeAdapter[Any]] = {}


@dataclass_transform(frozen_default=True)
def command(target: str, method: str) -> Callable[[type[C]], type[C]]:
    """Make a class a kind of command: a frozen dataclass whose fields are what its rows hold."""

    def known(fields: type[C]) -> type[C]:
        kind = dataclass(frozen=True, slots=True)(fields)
        kind.target, kind.method = target, method
        assert (target, method) not in COMMANDS, f"{kind.__name__}: {target} {method} is another command already"
        COMMANDS[target, method] = kind
        # Looked into here, once: writing and reading a row are a call each.
        _FORMS[kind] = TypeAdapter(kind)
        return kind

    return known


async def write_command(
    tx: Transaction,
    wanted: Command,
    *,
    lane: str | None = None,
    contato_id: int | None = None,
    secret: bool = False,
) -> None:
    """Have this done after the commit, and after what was written down in its lane before.

    `lane`: another one, for what has to come before somebody hears of it. `contato_id`: the conversation it belongs to.
    `secret`: its `text` is sealed in the row and wiped when it is done.
    """
    params = params_of(wanted)
    leave_written(tx, lane or wanted.lane, wanted.target, wanted.written_as, params, contato_id, secret=secret)


def is_written(tx: Transaction, kind: type[Command]) -> bool:
    """Whether this turn has written down such a command already."""
    return any(call.target == kind.target and call.method == kind.method for call in tx.calls)


def params_of(wanted: Command) -> dict[str, Any]:
    """What the command's row holds, ready for JSON."""
    params: dict[str, Any] = _FORMS[type(wanted)].dump_python(wanted, mode="json")
    return params


def read_command(kind: type[C], params: Mapping[str, Any]) -> C:
    """The command that a row holds. Raises `Unreadable`, without the values: they may be a customer's."""
    try:
        found: C = _FORMS[kind].validate_python(params)
    except ValidationError as error:
        wrong = ", ".join(f"{'.'.join(map(str, one['loc']))}: {one['type']}" for one in error.errors())
        raise Unreadable(f"{kind.target} {kind.method}: {wrong}") from None
    return found
