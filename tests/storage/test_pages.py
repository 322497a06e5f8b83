"""Pages of lists: how many there are is exact, and of a table that only grows the old rows are counted once."""

import pytest
from sqlalchemy import event

from storage import pages
from storage.pages import Pagina
from storage.processo.processos import list_processos
from tests.support.faturas import novo_processo
from tests.support.turning import World, open_world


async def test_what_is_remembered_of_a_count_is_never_seen_in_the_total(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "FEW", 2)
    async with open_world(sqlite_url) as world:
        for _ in range(3):
            await world.turns.run(novo_processo)
        world.clock.move(hours=2)
        for total in range(4, 8):
            await world.turns.run(novo_processo)
            assert await how_many(world) == total
            world.clock.move(minutes=1)
        asked: list[str] = []
        event.listen(world.database._reader.sync_engine, "before_cursor_execute", lambda *all_: asked.append(all_[2]))
        assert await how_many(world) == 7
        assert len([one for one in asked if one != "BEGIN"]) == 1, "the old ones were counted already"


async def how_many(world: World) -> int:
    async with world.database.read() as connection:
        found, total = await list_processos(connection, Pagina(2))
        assert len(found) == 2
        return total
