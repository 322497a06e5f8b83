"""JSON posted to one host again and again: what aiohttp's session finds out for each request is found out once.

What the session does beside that costs more than the request. The connections are its own: its pool, resolver, TLS and
parser. What none of our providers does is left to the session: redirects, cookies, bodies that are no JSON.
"""

import asyncio
import json
from collections.abc import Mapping
from typing import Any

import aiohttp
from aiohttp.http_exceptions import HttpProcessingError
from yarl import URL

from bot.answers import whole_answer


class Posts:
    """Posts to paths below one address."""

    def __init__(
        self,
        http: aiohttp.ClientSession,
        base: str,
        timeout: aiohttp.ClientTimeout,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """`timeout`: of the whole of one post, its answer read (`total`), and of a new connection in it."""
        self._http = http
        self._base = base
        self._timeout = timeout
        self._headers = {"Content-Type": "application/json", **(headers or {})}
        # By path: the head of its request up to the length of the body.
        self._heads: dict[str, tuple[aiohttp.ClientRequest, bytes]] = {}

    async def post(self, path: str, params: Mapping[str, Any]) -> tuple[int, Any]:
        """The status and the JSON of the answer. Raises as the session does, and as `read_answer`."""
        request, head = self._heads.get(path) or self._prepared(path)
        body = json.dumps(params).encode()
        async with asyncio.timeout(self._timeout.total):
            assert self._http.connector is not None
            connection = await self._http.connector.connect(request, [], self._timeout)
            try:
                answered = await _exchanged(connection, b"%s%d\r\n\r\n%s" % (head, len(body), body))
            except HttpProcessingError as error:
                connection.close()
                raise aiohttp.ClientPayloadError(type(error).__name__) from None
            except BaseException:
                connection.close()
                raise
            connection.release()
        return answered

    def _prepared(self, path: str) -> tuple[aiohttp.ClientRequest, bytes]:
        # Never sent itself: it names the connection, and the headers that aiohttp would send.
        request = aiohttp.ClientRequest(
            "POST", URL(self._base + path), headers=self._headers, loop=asyncio.get_running_loop(), session=self._http
        )
        lines = [f"{name}: {value}" for name, value in request.headers.items() if name != "Content-Length"]
        head = "\r\n".join([f"POST {request.url.raw_path_qs} HTTP/1.1", *lines, "Content-Length: "]).encode()
        self._heads[path] = request, head
        return request, head


async def _exchanged(connection: aiohttp.connector.Connection, request: bytes) -> tuple[int, Any]:
    protocol, transport = connection.protocol, connection.transport
    if protocol is None or transport is None:
        raise aiohttp.ClientConnectionError("lost before it was used")
    protocol.set_response_params(read_until_eof=True)
    transport.write(request)
    while True:
        message, content = await protocol.read()
        # 100 and its like announce the answer.
        if message.code >= 200:
            return message.code, await whole_answer(content)
