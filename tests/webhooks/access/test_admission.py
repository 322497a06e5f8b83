"""More events of channels than a process can do: refused on their first bytes, on a connection that goes on."""

import asyncio
import gc
import json
from collections.abc import AsyncIterator
from io import BytesIO

import pytest
from structlog.testing import capture_logs

from core.metrics import REFUSED
from tests.support.service import RunningService
from webhooks.app import CONNECTIONS
from webhooks.http.admission import LEAST, MOST, TARGET_SECONDS, Admission
from webhooks.http.connections import Connections

BODY = json.dumps({"update_id": 7, "channel_post": {"text": "x"}}).encode()
HEAD = (
    b"POST /webhooks/telegram HTTP/1.1\r\nHost: b\r\nX-Telegram-Bot-Api-Secret-Token: segredo-do-webhook\r\n"
    b"Content-Length: %d\r\n" % len(BODY)
)
EVENT = HEAD + b"\r\n" + BODY


class Time:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def answered(admission: Admission, time: Time, seconds: float) -> None:
    """As many as may be, each of which stayed so long."""
    entered = [admission.enters() for _ in range(int(admission.limit))]
    time.now += seconds
    for one in entered:
        admission.leaves(one)


class TestHowManyMayBe:
    def test_fewer_when_they_stay_too_long_and_never_fewer_than_the_least(self) -> None:
        admission = Admission((), str, time := Time())
        answered(admission, time, 2 * TARGET_SECONDS)
        assert admission.limit < MOST
        for _ in range(10):
            answered(admission, time, 10.0)
        assert (admission.limit, admission.at_work) == (LEAST, 0)

    def test_more_when_they_are_soon_answered_and_somebody_was_refused(self) -> None:
        admission = Admission((), str, time := Time())
        admission.limit = LEAST
        for _ in range(3):
            answered(admission, time, TARGET_SECONDS)
        assert admission.limit == LEAST, "nobody wanted more"
        for _ in range(100):
            admission.count()
            answered(admission, time, TARGET_SECONDS)
        assert admission.limit == MOST

    def test_the_log_says_it_once_a_second_with_how_many_they_were(self) -> None:
        admission = Admission((), str, time := Time())
        with capture_logs() as lines:
            for _ in range(300):
                time.now += 0.01
                admission.count()
        assert [line["event"] for line in lines] == ["overloaded"] * len(lines)
        assert len(lines) in (2, 3)
        assert sum(line["refused"] for line in lines) > 190


@pytest.mark.falha(10, 171)
class TestOnTheWire:
    @pytest.fixture
    async def wire(
        self, sqlite_service: RunningService
    ) -> AsyncIterator[tuple[Admission, asyncio.StreamReader, asyncio.StreamWriter]]:
        reader, writer = await asyncio.open_connection("127.0.0.1", sqlite_service.settings.port)
        yield sqlite_service.web.app[CONNECTIONS].admission, reader, writer
        writer.close()

    async def test_refused_it_is_told_when_to_come_back_and_comes_on_the_same_connection(
        self, wire: tuple[Admission, asyncio.StreamReader, asyncio.StreamWriter]
    ) -> None:
        admission, reader, writer = wire
        counted = REFUSED._value.get()
        admission.limit = 0
        for _ in range(2):
            writer.write(EVENT)
            status, head, body = await answer(reader)
            assert (status, json.loads(body)) == (503, {"detail": "overloaded, try again"})
            assert b"retry-after: 5" in head
            assert b"x-request-id: " in head
        assert REFUSED._value.get() == counted + 2
        admission.limit = MOST
        writer.write(EVENT)
        assert (await answer(reader))[0] == 200
        assert admission.at_work == 0

    @pytest.mark.falha(324)
    async def test_who_waits_for_a_place_comes_in_when_one_is_free(
        self, wire: tuple[Admission, asyncio.StreamReader, asyncio.StreamWriter], sqlite_service: RunningService
    ) -> None:
        """And is refused when none is: their sender sends nothing else meanwhile."""
        admission, reader, writer = wire
        connections = sqlite_service.web.app[CONNECTIONS]
        admission.limit = 0
        writer.write(EVENT)
        await waits(connections)
        admission.limit = 1
        entered = admission.enters()
        connections.let_in()
        assert connections.held == 1, "there is none yet"
        admission.leaves(entered)
        connections.let_in()
        assert (await answer(reader))[0] == 200
        assert (admission.at_work, connections.held) == (0, 0)

    @pytest.mark.falha(476)
    async def test_who_hangs_up_while_it_waits_is_begun_with_no_more(
        self, wire: tuple[Admission, asyncio.StreamReader, asyncio.StreamWriter], sqlite_service: RunningService
    ) -> None:
        """A place becomes free in the step between their hanging up and the loss of their connection."""
        admission, _reader, writer = wire
        connections, refused = sqlite_service.web.app[CONNECTIONS], REFUSED._value.get()
        loop, faults = asyncio.get_running_loop(), []
        loop.set_exception_handler(lambda _loop, context: faults.append(context))
        admission.limit = 0
        writer.write(EVENT)
        await waits(connections)
        handler = connections._held[0].handler
        writer.close()
        while handler.transport is not None and not handler.transport.is_closing():  # noqa: ASYNC110 - nobody is told
            await asyncio.sleep(0)
        assert handler.transport is not None, "its loss is not told yet"
        admission.limit = MOST
        connections.let_in()
        for _ in range(10):
            await asyncio.sleep(0)
        gc.collect()
        assert (faults, connections.held, admission.at_work) == ([], 0, 0)
        assert REFUSED._value.get() == refused, "nobody was there to be refused"

    @pytest.mark.falha(324)
    async def test_what_comes_behind_one_that_waits_is_answered_behind_it(
        self, wire: tuple[Admission, asyncio.StreamReader, asyncio.StreamWriter], sqlite_service: RunningService
    ) -> None:
        admission, reader, writer = wire
        admission.limit = 0
        writer.write(EVENT)
        await waits(sqlite_service.web.app[CONNECTIONS])
        admission.limit = MOST
        writer.write(EVENT)
        assert [(await answer(reader))[0] for _ in range(2)] == [503, 200]

    async def test_a_body_that_comes_after_its_refusal_is_no_request(
        self, wire: tuple[Admission, asyncio.StreamReader, asyncio.StreamWriter]
    ) -> None:
        admission, reader, writer = wire
        admission.limit = 0
        writer.write(HEAD + b"\r\n")
        assert (await answer(reader))[0] == 503
        admission.limit = MOST
        writer.write(BODY[:5])
        await writer.drain()
        writer.write(BODY[5:] + EVENT)
        assert (await answer(reader))[0] == 200

    @pytest.mark.falha(327)
    @pytest.mark.filterwarnings("ignore:Sending a large body:ResourceWarning")
    @pytest.mark.parametrize("size", [200_000, 720_000, 3_000_000])
    async def test_a_large_body_is_read_to_its_end(self, sqlite_service: RunningService, size: int) -> None:
        """It comes faster than it is read: what aiohttp's parser keeps meanwhile is asked for with nothing."""
        adm = sqlite_service.token(await sqlite_service.administrador())
        body = b'{"ids": ["%s"]}' % (b"x" * size)
        headers = adm | {"Content-Type": "application/json"}
        async with asyncio.timeout(10):
            for _ in range(3):
                async with sqlite_service.http.post("/reprocessar", data=BytesIO(body), headers=headers) as said:
                    assert said.status in (200, 422)

    async def test_everybody_else_is_served_and_what_is_not_whole_takes_no_place(
        self, wire: tuple[Admission, asyncio.StreamReader, asyncio.StreamWriter], sqlite_service: RunningService
    ) -> None:
        admission, reader, writer = wire
        writer.write(HEAD + b"\r\n")
        async with sqlite_service.http.get("/healthz") as health:
            assert health.status == 200
        assert admission.at_work == 0
        admission.limit = 0
        async with sqlite_service.http.get("/pool-bo") as api:
            assert api.status == 401
        writer.write(BODY)
        assert (await answer(reader))[0] == 200, "its head was taken before"

    @pytest.mark.parametrize("other", ["Expect: 100-continue", "Transfer-Encoding: chunked", "Connection: close"])
    async def test_whose_end_is_not_for_us_to_say_goes_the_long_way(
        self, wire: tuple[Admission, asyncio.StreamReader, asyncio.StreamWriter], other: str
    ) -> None:
        admission, reader, writer = wire
        admission.limit = 0
        chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(BODY), BODY)
        head = HEAD.partition(b"Content-Length")[0] if "chunked" in other else HEAD
        writer.write(head + other.encode() + b"\r\n\r\n" + (chunked if "chunked" in other else BODY))
        status, _, _ = await answer(reader)
        assert status in (100, 200)


async def waits(connections: Connections) -> None:
    """Until an event waits for a place."""
    async with asyncio.timeout(10):
        while not connections.held:  # noqa: ASYNC110 - nobody is told
            await asyncio.sleep(0)


async def answer(reader: asyncio.StreamReader) -> tuple[int, bytes, bytes]:
    """The status, the head in small letters, and the body."""
    head = (await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 10)).lower()
    length = head.partition(b"content-length: ")[2].partition(b"\r\n")[0]
    return int(head.split()[1]), head, await reader.readexactly(int(length or 0))
