"""What a day came to (`day.py`): what was offered and served, what went wrong, what is left, and what is full first."""

import json
import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.support.figures import Figure

STAFF, CUSTOMERS = 10_000, 100_000
STAFF_WRITE, CUSTOMERS_WRITE = 20, 6
HEARTBEAT_SECONDS = 30.0
# Of a day's messages, so many come in its busiest hour; a process is full at this share of its CPU.
BUSIEST_HOUR, FULL = 0.15, 0.7
# CPUs that all of a kind may use together, on two machines of four.
CPUS = {"web": 2, "worker": 2, "clock": 2, "postgresql": 4, "redis": 1}


@dataclass(slots=True)
class Day:
    """What was sent, what came, and what it took. `used`, `at_rest`: seconds of CPU by process ("web 1")."""

    scale: float
    minutes: float
    machine: str
    sent: dict[int, list[bytes]] = field(default_factory=lambda: defaultdict(list))
    came: dict[int, list[bytes]] = field(default_factory=lambda: defaultdict(list))
    # Seconds from a message's sending to its 200, however often it came again.
    answered: list[float] = field(default_factory=list)
    refused: int = 0
    # By chat, messages that were never answered with 200: whether one was taken all the same nobody has heard.
    never_taken: Counter[int] = field(default_factory=Counter)
    heartbeats: int = 0
    heartbeats_failed: int = 0
    seconds: float = 0.0
    drained: float = 0.0
    used: dict[str, float] = field(default_factory=dict)
    # What they would have used of it doing nothing.
    at_rest: dict[str, float] = field(default_factory=dict)
    marks: int = 0
    # Calls of the outbox that are not made, by target.
    waiting: dict[str, int] = field(default_factory=dict)
    failed: int = 0
    # Warnings and errors in the processes' logs, by event.
    complaints: Counter[str] = field(default_factory=Counter)

    @property
    def staff(self) -> int:
        """How many there are of them."""
        return round(STAFF * self.scale)

    @property
    def customers(self) -> int:
        """How many there are of them."""
        return round(CUSTOMERS * self.scale)

    @property
    def offered(self) -> int:
        """Messages."""
        return self.staff * STAFF_WRITE + self.customers * CUSTOMERS_WRITE

    @property
    def updates(self) -> int:
        """That were taken."""
        return len(self.answered)

    @property
    def replies(self) -> int:
        """That came."""
        return sum(map(len, self.came.values()))


def complaints_in(logs: Iterable[Path]) -> Counter[str]:
    """How often each event was logged as a warning or worse; the same words with another moment are one."""
    lines = (line for path in logs for line in path.read_text(errors="replace").splitlines() if line.startswith("{"))
    said = map(json.loads, (line for line in lines if '"info"' not in line))
    grave = (str(one.get("event")) for one in said if one.get("level") in ("warning", "error", "critical"))
    return Counter(re.sub(r" \([^)]*\)", "", event) for event in grave)


def wrong(day: Day) -> dict[str, int]:
    """What must be nought."""
    lost = doubled = out_of_order = 0
    for chat in day.sent.keys() | day.came.keys():
        sent, came = day.sent[chat], day.came[chat]
        lost += max(0, len(sent) - len(came))
        doubled += max(0, len(came) - len(sent) - day.never_taken[chat])
        out_of_order += len(sent) == len(came) and any(one not in body for one, body in zip(sent, came, strict=True))
    never_taken = day.never_taken.total()
    return {
        "replies lost": lost,
        "replies doubled": doubled,
        "chats out of order": out_of_order,
        "updates taken without a mark": max(0, day.updates - day.marks),
        "marks without an update": max(0, day.marks - day.updates - never_taken),
        "updates never taken": never_taken,
        "events or calls given up": day.failed,
        "calls waiting at the end": sum(day.waiting.values()),
    }


def people_of(day: Day) -> dict[str, float]:
    """For how many people, staff and customers as they are here, each kind of process would do in the busiest hour."""
    rate_per_person = day.updates / (day.staff + day.customers) * BUSIEST_HOUR / 3600
    people = {}
    for kind, cpus in CPUS.items():
        at_rest, used = _of_kind(day.at_rest, kind), _of_kind(day.used, kind)
        if used > at_rest:
            an_update = (used - at_rest) / day.updates
            people[kind] = (cpus * FULL - at_rest / day.seconds) / an_update / rate_per_person
    return people


def _of_kind(seconds: dict[str, float], kind: str) -> float:
    return sum(one for name, one in seconds.items() if name.split()[0] == kind)


def report(day: Day) -> str:
    """The tables."""
    return "\n\n".join(["\n".join(_what_was_done(day)), _went_wrong(day), _cpu(day), "\n".join(_what_is_next(day))])


def _what_was_done(day: Day) -> list[str]:
    cuts = statistics.quantiles(day.answered, n=100, method="inclusive")
    minutes = day.seconds / 60
    return [
        f"**Scale** {day.scale:g}: {day.staff:,} staff ({STAFF_WRITE} messages each) and {day.customers:,} customers"
        f" ({CUSTOMERS_WRITE} each), their day in {day.minutes:g} min; two web, two workers, two clocks, PostgreSQL,"
        f" Redis and the load on {day.machine}.",
        f"**Offered** {day.offered:,} messages, {day.offered / day.minutes / 60:.0f} a second, and heartbeats every"
        f" {HEARTBEAT_SECONDS:.0f} s of all staff.",
        f"**Served** {day.updates:,} messages in {minutes:.1f} min, {day.updates / day.seconds:.0f} a second;"
        f" {day.replies:,} replies; {day.heartbeats:,} heartbeats ({day.heartbeats_failed} refused). Answered"
        f" p50 {cuts[49] * 1000:.0f} ms, p99 {cuts[98] * 1000:.0f} ms; {day.refused:,} times a message was refused, or"
        " not answered in 10 s, and came again.",
        f"**Left** {_counted(day.waiting) or 'no call in the outbox'}, {day.drained:.1f} s after the last message.",
        f"**Warnings and errors logged** {_counted(day.complaints) or 'none'}.",
    ]


def _counted(several: dict[str, int]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in sorted(several.items(), key=lambda one: -one[1])[:6])


def _went_wrong(day: Day) -> str:
    return "\n".join(["| must be 0 | |\n|---|---|", *(f"| {what} | {count:,} |" for what, count in wrong(day).items())])


def _cpu(day: Day) -> str:
    people = people_of(day)
    lines = ["| | CPU s | ms an update | of one CPU | people that all of its kind do for |\n|---|---|---|---|---|"]
    told = set()
    for name, seconds in day.used.items():
        kind = name.split()[0]
        many = f"{people[kind]:,.0f}" if kind in people and kind not in told else ""
        told.add(kind)
        share = seconds / day.seconds
        lines.append(f"| {name} | {seconds:.1f} | {seconds / day.updates * 1000:.2f} | {share:.0%} | {many} |")
    return "\n".join(lines)


def _what_is_next(day: Day) -> list[str]:
    people = people_of(day)
    first = min(people, key=people.__getitem__)
    return [
        f"The next bottleneck is {first}, at {people[first]:,.0f} people: {BUSIEST_HOUR:.0%} of a day's messages in its"
        f" busiest hour, a CPU full at {FULL:.0%}, CPUs for each as in {CPUS}.",
        "A channel's own limit comes first where there is one: Telegram takes some 30 messages a second from one bot.",
    ]


def figures(day: Day) -> list[Figure]:
    """The same for `all.py`."""
    people = people_of(day)
    first = min(people, key=people.__getitem__)
    return [
        Figure("a day", "messages served", day.updates, beside=f"{day.offered:,} offered", goal=day.offered),
        *(Figure("a day", what, count, most=0) for what, count in wrong(day).items()),
        Figure("a day", f"next bottleneck: {first}", people[first], "people", goal=STAFF + CUSTOMERS),
    ]
