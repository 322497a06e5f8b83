"""Reports and exports of a large month take as long as they need; what somebody's turn waits for ends in time."""

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Database


async def _limit(connection: AsyncConnection) -> object:
    return await connection.scalar(text("SHOW statement_timeout"))


@pytest.mark.usefixtures("as_impatient_as_ever")
async def test_only_what_nobody_waits_for_has_no_limit(postgresql_url: str) -> None:
    database = Database(postgresql_url)
    async with database.read(patient=True) as connection:
        assert await _limit(connection) == "0"
    async with database.read() as connection:
        assert await _limit(connection) == "4s", "the limit is back when the connection is somebody else's"
    await database.close()


async def test_on_sqlite_it_is_read_as_ever(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    async with database.read(patient=True) as connection:
        assert await connection.scalar(text("SELECT 1")) == 1
    await database.close()
