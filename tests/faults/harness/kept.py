"""What a run leaves behind for whoever asks why: its report, its faults, what phones show, and every table."""

import json
from pathlib import Path

from tests.faults.harness.world import World

_TABLES = "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1"


async def keep(world: World, directory: Path) -> None:
    """Beside the logs of the processes: `faults.txt`, `phones.txt` and `tables/NAME.jsonl`."""
    faults = [f"{when:.3f} {what}\n" for when, what in world.book.faults]
    (directory / "faults.txt").write_text("".join(faults))
    shown = [f"== {phone.name} ({phone.id})\n{phone.transcript()}\n" for phone in world.sandbox.phones]
    (directory / "phones.txt").write_text("\n".join(shown))
    tables = directory / "tables"
    tables.mkdir(exist_ok=True)
    for table in await world.rows(_TABLES):
        rows = await world.rows(f'SELECT * FROM "{table.name}"')  # noqa: S608 - a name that the database gave
        lines = [json.dumps(dict(row._mapping), default=str, ensure_ascii=False) for row in rows]
        (tables / f"{table.name}.jsonl").write_text("".join(f"{line}\n" for line in lines))
