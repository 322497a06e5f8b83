"""What was begun and what went wrong, as it happened: what the counts are held against, and the stories behind them."""

import asyncio
import time
from dataclasses import dataclass, field

# A fault's traces are looked for so long after it.
NEAR_SECONDS = 30.0


@dataclass
class Book:
    """`stop`: nobody begins anything new; `over`: nothing is left to be done by anybody.

    `missing`: replies that did not come, with what the person saw; `wrong`: answers that should not be.
    """

    stop: asyncio.Event = field(default_factory=asyncio.Event)
    over: asyncio.Event = field(default_factory=asyncio.Event)
    faults: list[tuple[float, str]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    # By person: how many sales they began, how often they asked for a consultor; texts that were written to somebody.
    sales: dict[str, int] = field(default_factory=dict)
    requests: dict[str, int] = field(default_factory=dict)
    relayed: list[str] = field(default_factory=list)
    # Files between two people, by the talk in which they were sent; files of rows; invoices whose bill was brought.
    files: dict[str, bytes] = field(default_factory=dict)
    imported: list[str] = field(default_factory=list)
    brought: list[str] = field(default_factory=list)
    # Why an approver refused an invoice, each reason once.
    rejected: list[str] = field(default_factory=list)
    done: dict[str, int] = field(default_factory=dict)
    # Logins that two robots had at once.
    held_twice: list[str] = field(default_factory=list)

    def fault(self, what: str) -> None:
        self.faults.append((time.time(), what))

    def count(self, what: str) -> None:
        self.done[what] = self.done.get(what, 0) + 1

    def near(self, moment: float) -> str:
        """What had gone wrong shortly before."""
        found = [f"{moment - when:.1f} s before: {what}" for when, what in self.faults if moment - when >= 0]
        return "; ".join(found[-5:]) or "nothing had gone wrong"
