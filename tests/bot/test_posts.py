"""Posts to a channel's host: on the wire what aiohttp's session says, on its kept connections, whatever comes back."""

import asyncio
import re
import zlib
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field

import aiohttp
import pytest

from bot.answers import MOST_BYTES
from bot.channels.posts import Posts
from bot.channels.telegram import api as telegram
from bot.channels.telegram.api import TelegramApi
from core.delivery_errors import Again

_OK = b'{"ok": true, "result": 7}'
_HEAD = b"HTTP/1.1 200 OK\r\n"
_LONG = b"Content-Length: %d\r\n\r\n%s"
_WHOLE = _HEAD + _LONG % (len(_OK), _OK)
_ZIPPED = zlib.compress(_OK)
# What a host may answer, and that means the same.
ANSWERS = {
    "whole": _WHOLE,
    "in pieces": _HEAD + b"Transfer-Encoding: chunked\r\n\r\na\r\n%s\r\nf\r\n%s\r\n0\r\n\r\n" % (_OK[:10], _OK[10:]),
    "compressed": _HEAD + b"Content-Encoding: deflate\r\n" + _LONG % (len(_ZIPPED), _ZIPPED),
    "announced": b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </>\r\n\r\n" + _WHOLE,
    "until it closes": _HEAD + b"Connection: close\r\n\r\n" + _OK,
    "of HTTP/1.0": b"HTTP/1.0 200 OK\r\n\r\n" + _OK,
}  # fmt: skip
# What is no answer: this one may have been made or not, and is tried again.
NONE = {
    "nothing": b"",
    "no HTTP": b"220 mail.example.com ESMTP\r\n\r\n",
    "half a head": _HEAD + b"Content-",
    "half a body": _HEAD + _LONG % (99, _OK),
    "a head without end": _HEAD + b"X: " + b"x" * 100_000 + b"\r\n\r\n",
    "another place": b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n",
    "larger than any": _HEAD + _LONG % (MOST_BYTES + 2, b" " * (MOST_BYTES + 2)),
}


@dataclass
class Host:
    """Answers each request with the next of `answers`; None: never. `closes`: the connection, after an answer."""

    url: str = ""
    answers: list[bytes | None] = field(default_factory=list)
    closes: bool = False
    asked: list[bytes] = field(default_factory=list)
    connections: int = 0
    serving: set[asyncio.Task[None]] = field(default_factory=set)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self.serving.add(task)
        self.connections += 1
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                length = re.search(rb"Content-Length: (\d+)", head)
                assert length is not None
                self.asked.append(head + await reader.readexactly(int(length[1])))
                answer = self.answers.pop(0)
                if answer is None:
                    continue
                writer.write(answer)
                await writer.drain()
                if self.closes:
                    break
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()


@pytest.fixture
async def host() -> AsyncIterator[Host]:
    host = Host()
    server = await asyncio.start_server(host.serve, "127.0.0.1", 0)
    host.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    yield host
    server.close()
    # Each sees that the session has gone, and closes its own end.
    if host.serving:
        await asyncio.wait(host.serving)


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as http:
        yield http


async def test_what_is_sent_is_what_the_session_would_send(host: Host, http: aiohttp.ClientSession) -> None:
    said, headers = {"text": "olá ☎", "chat_id": 7}, {"Authorization": "Bearer x"}
    host.answers = [ANSWERS["whole"]] * 2
    posts = Posts(http, f"{host.url}/bot1:x/", telegram.TIMEOUT, headers)
    assert await posts.post("sendMessage", said) == (200, {"ok": True, "result": 7})
    async with http.post(f"{host.url}/bot1:x/sendMessage", json=said, headers=headers) as response:
        await response.read()
    (ours, body), (theirs, same_body) = (asked.split(b"\r\n\r\n") for asked in host.asked)
    assert (sorted(ours.splitlines()), body) == (sorted(theirs.splitlines()), same_body)
    # On one connection of the session's pool.
    assert host.connections == 1


@pytest.mark.parametrize("name", ANSWERS)
async def test_every_form_of_an_answer_is_read(host: Host, http: aiohttp.ClientSession, name: str) -> None:
    host.answers, host.closes = [ANSWERS[name]], "until" in name or "1.0" in name
    assert await TelegramApi(http, host.url, "1:x").call("sendMessage", {}) == 7


@pytest.mark.falha(94)
@pytest.mark.parametrize("name", NONE)
async def test_what_is_no_answer_is_tried_again_on_another_connection(
    host: Host, http: aiohttp.ClientSession, name: str
) -> None:
    api = TelegramApi(http, host.url, "1:x")
    host.answers, host.closes = [NONE[name]], True
    with pytest.raises(Again):
        await api.call("sendMessage", {})
    host.answers, host.closes = [ANSWERS["whole"]], False
    assert await api.call("sendMessage", {}) == 7
    assert host.connections == 2


async def test_a_host_that_never_answers_is_given_up_in_time(
    host: Host, http: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telegram, "TIMEOUT", aiohttp.ClientTimeout(total=0.2, connect=5))
    api = TelegramApi(http, host.url, "1:x")
    host.answers = [None, ANSWERS["whole"]]
    with pytest.raises(Again, match="TimeoutError"):
        await api.call("sendMessage", {})
    # Its late answer would be taken for that of the next call.
    assert await api.call("sendMessage", {}) == 7
    assert host.connections == 2


async def test_nobody_there_is_tried_again(http: aiohttp.ClientSession) -> None:
    with pytest.raises(Again) as refused:
        await TelegramApi(http, "http://127.0.0.1:9", "1:segredo").call("sendMessage", {})
    assert "segredo" not in str(refused.value)
