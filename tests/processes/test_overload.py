"""More than a web process can do (171, 172): refused in time, held within bounds, and everybody else is served on.

`python -m benchmarks.overload.overload` does the same for a minute, and with ten thousand sockets.
"""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from sandbox import Sandbox
from storage.database import Database
from storage.engines.s3 import EmbeddedS3
from tests.support.crowds import Crowd, cpu_seconds_of, hanging_on, watching
from tests.support.programs import Program, running
from tests.support.service import settings_for

SECRET = "segredo-do-webhook"
# More than the process had, whatever comes.
MEGABYTES = 80.0
_ASKING = b"POST /webhooks/telegram HTTP/1.1\r\nHost: b\r\nX-Telegram-Bot-Api-Secret-Token: " + SECRET.encode()
CROWDS = {
    "sockets that say nothing": (2_000, b"", b""),
    "half a header": (300, b"POST /webhooks/telegram HTTP/1.1\r\nHost: b\r\n", b"X: y\r\n"),
    "slow bodies, the secret right": (300, _ASKING + b"\r\nContent-Length: 1000000\r\n\r\n{", b" "),
    "huge headers": (300, _ASKING + b"\r\nX: " + b"h" * 500_000, b""),
}


@pytest.fixture
async def crowded(
    sqlite_url: str, clean_redis_url: str, s3: EmbeddedS3, tmp_path: Path
) -> AsyncIterator[tuple[Crowd, Program, int]]:
    sandbox = Sandbox()
    await sandbox.start()
    environment = settings_for(sqlite_url, clean_redis_url, s3, tmp_path) | sandbox.settings()
    async with running("web", environment=environment, cwd=tmp_path, typed=True) as program:
        await program.says('"event": "listening"')
        port = int(environment["PORT"])
        crowd = Crowd(port, SECRET, range(700_000, 700_040))
        yield crowd, program, port
        crowd.close()
        await program.stops()
    await sandbox.stop()


@pytest.mark.falha(171, 172)
async def test_more_than_it_can_is_refused_in_time_and_everybody_else_is_served_on(
    crowded: tuple[Crowd, Program, int], sqlite_url: str
) -> None:
    crowd, program, port = crowded
    began = cpu_seconds_of(program.pid)
    usual = await crowd.converses(16, 1.5)
    rate, answer = len(usual.accepted) / 1.5, (cpu_seconds_of(program.pid) - began) / len(usual.accepted)
    async with watching(program.pid) as memory:
        began = cpu_seconds_of(program.pid)
        # On a machine that does other work, ten times little is little.
        flood = await crowd.writes(max(10 * rate, 2_000), 3)
    refusals = cpu_seconds_of(program.pid) - began - answer * len(flood.accepted)
    assert refusals / flood.statuses[503] < answer / 10, "a refusal costs little of what an answer does"
    assert set(flood.statuses) == {200, 503}
    assert flood.without_retry_after == 0
    assert memory.most - memory.before < MEGABYTES
    assert flood.accepted <= await _handled(sqlite_url)

    for name, (many, first, then) in CROWDS.items():
        async with watching(program.pid) as memory, hanging_on(port, many, first, then):
            beside = await crowd.writes(10, 2)
        assert set(beside.statuses) == {200}, name
        assert memory.most - memory.before < MEGABYTES, name


async def _handled(url: str) -> set[int]:
    """The updates whose effect is in the database."""
    database = Database(url)
    async with database.read() as connection:
        handled = {int(row.event_id) for row in await connection.execute(text("SELECT event_id FROM events"))}
    await database.close()
    return handled
