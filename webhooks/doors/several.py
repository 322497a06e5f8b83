"""What one request brings of many people: each person's in its order, that of different people side by side."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass

from core.outcome import Outcome

# People of one request whose turns wait at a time: one group that shares a commit (bot/hearing.py). Whoever writes
# meanwhile stands behind these and not behind all of them.
AT_ONCE = 32


@dataclass(frozen=True, slots=True)
class Act:
    """A turn, and the names of the person whose it is: acts that share a name are one person's."""

    names: tuple[str, ...]
    take: Callable[[], Awaitable[Outcome]]


async def each_in_their_order(acts: Sequence[Act]) -> list[Outcome]:
    """Take them all. What one person did is taken one after the other, as it stands there."""
    people = _by_person(acts)
    outcomes: list[Outcome] = []

    async def take() -> None:
        # Several read from the one iterator: each person is taken by one of them.
        for person in people:
            for act in person:
                outcomes.append(await act.take())

    async with asyncio.TaskGroup() as group:
        for _ in range(min(AT_ONCE, len(acts))):
            group.create_task(take())
    return outcomes


def _by_person(acts: Sequence[Act]) -> Iterator[list[Act]]:
    """Whoever was named first comes first. Somebody may be named by a phone, by an id, and by both."""
    called: dict[str, str] = {}

    def one_name(name: str) -> str:
        while called.setdefault(name, name) != name:
            name = called[name]
        return name

    for act in acts:
        for name in act.names:
            called[one_name(name)] = one_name(act.names[0])
    people: dict[str, list[Act]] = {}
    for act in acts:
        people.setdefault(one_name(act.names[0]), []).append(act)
    return iter(people.values())
