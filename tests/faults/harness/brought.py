"""What must be nought of refusals, reports, backups, imports, and files that people send."""

from collections import Counter
from typing import Any

from sandbox import Bubble, Phone
from tests.faults.harness.count import Count
from tests.faults.harness.office import ROWS
from tests.faults.harness.world import World

_LATE = "está demorando"


async def refused_invoices(world: World) -> Counter[Any]:
    """How often each invoice was refused by its approvers."""
    rows = await world.rows("SELECT processo_id FROM aprovacoes WHERE decisao = 'REJEITADO'")
    return Counter(row.processo_id for row in rows)


async def refusals(world: World) -> list[Count]:
    """Each reason that somebody gave stands there once, and its invoice was fetched once more."""
    wrong = Count("refusals without effect, or twice", len(world.book.rejected))
    rows = await world.rows("SELECT motivo FROM aprovacoes WHERE decisao = 'REJEITADO'")
    kept = Counter(row.motivo for row in rows)
    for reason in {*kept, *world.book.rejected}:
        if (kept[reason], world.book.rejected.count(reason)) != (1, 1):
            wrong.stories.append(f"{reason}: {kept[reason]} there, {world.book.rejected.count(reason)} given")
    sql = "SELECT processo_id FROM historico WHERE acao = 'RECEBER'"
    came = Counter(row.processo_id for row in await world.rows(sql))
    for processo_id, times in (await refused_invoices(world)).items():
        if came[processo_id] != 1 + times:
            wrong.stories.append(f"{processo_id}: refused {times} times, its file came {came[processo_id]} times")
    return [wrong]


async def office(world: World) -> list[Count]:
    """A report arrives once, a row is imported once, a bill that was brought is received once; a backup is proved."""
    done = world.book.done
    reports = Count("reports that did not arrive once", done.get("reports", 0))
    sql = "SELECT count(*) AS n FROM outbox WHERE method = 'sendDocument' AND params::text LIKE :name"
    for name in ("xlsx", "csv"):
        if (there := (await world.rows(sql, name=f"%faturas-____-__.{name}%"))[0].n) != reports.of:
            reports.stories.append(f"{reports.of} asked for, {there} files of {name}")
    names = Counter(
        row.razao_social
        for row in await world.rows("SELECT razao_social FROM clientes WHERE razao_social LIKE 'Importada %'")
    )
    wanted = [f"Importada {number}" for number in range(ROWS * len(world.book.imported))]
    rows = Count("rows imported twice or not", len(wanted))
    rows.stories = [f"{name}: {names[name]}" for name in {*names, *wanted} if names[name] != 1]
    backups = Count("backups asked for and none proved", sum(n for what, n in done.items() if "backups" in what))
    if backups.of and not done.get("backups proved"):
        backups.stories.append("none was proved")
    sql = "SELECT processo_id FROM historico WHERE acao = 'RECEBER'"
    came = Counter(str(row.processo_id) for row in await world.rows(sql))
    bills = Count("bills brought in chat and not received once", len(world.book.brought))
    bills.stories = [f"{one}: {came[one]} times" for one in world.book.brought if came[one] != 1]
    return [reports, rows, backups, bills]


async def files(world: World) -> list[Count]:
    """A file between two people is shown once by a row of ours, and in its place unless a line stood there for it."""
    ids = {row.provider_id for row in await world.rows("SELECT provider_id FROM outbox WHERE provider_id IS NOT NULL")}
    wrong = Count("files of people lost, doubled or out of order", len(world.book.files))
    for talk, data in world.book.files.items():
        shown = [
            (phone, place)
            for phone in world.sandbox.phones
            for place, bubble in enumerate(phone.screen)
            if not bubble.mine and bubble.document == data and bubble.id in ids
        ]
        if len(shown) != 1:
            wrong.stories.append(f"the file of {talk} was shown {len(shown)} times")
        elif not _in_its_place(*shown[0], talk, ids):
            wrong.stories.append(f"the file of {talk} is out of order:\n{shown[0][0].transcript()[-2000:]}")
    return [wrong]


def _in_its_place(phone: Phone, place: int, talk: str, ids: set[str]) -> bool:
    before, after = (_place_of(phone, f"<c-{talk}-{number}>", ids) for number in (0, 1))
    if before is None or after is None or not before < place:
        return False
    return place < after or any(_says(bubble, _LATE) for bubble in phone.screen[before:after])


def _place_of(phone: Phone, text: str, ids: set[str]) -> int | None:
    found = [place for place, one in enumerate(phone.screen) if one.id in ids and _says(one, text)]
    return found[0] if found else None


def _says(bubble: Bubble, text: str) -> bool:
    return not bubble.mine and bubble.shows(text)
