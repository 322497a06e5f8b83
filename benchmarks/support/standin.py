"""The fastest Telegram there can be: takes every call, answers it with a fixed result, and says what arrived.

A bare asyncio protocol, so that it costs the machine as little as possible beside the bots that are measured.
"""

import asyncio
import re
from collections.abc import Callable

Arrived = Callable[[int, bytes], None]

_CHAT_ID = re.compile(rb'"?chat_id"?[=:] ?(\d+)')
_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_ME = b'{"id":42,"is_bot":true,"first_name":"Balc\\u00e3o","username":"BalcaoBot"}'
# What api.telegram.org answers to sendMessage (core.telegram.org/bots/api#message).
_MESSAGE = (
    b'{"message_id":%d,"from":' + _ME + b',"chat":{"id":%d,"first_name":"Ana","last_name":"Souza","type":"private"},'
    b'"date":1760000000,"text":"Tudo bem, nada foi iniciado. Quando quiser, \\u00e9 s\\u00f3 digitar VENDER."}'
)


class TelegramStandIn:
    """`arrived(chat_id, body)` is called for each sendMessage; then it is answered."""

    def __init__(self) -> None:
        self.arrived: Arrived = lambda chat_id, body: None
        self.url = ""
        self._messages = 0

    async def start(self) -> None:
        """Listen on a free port of this machine."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: _Connection(self), "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def stop(self) -> None:
        self._server.close()

    def answer(self, method: bytes, body: bytes) -> bytes:
        """The `result` of one call."""
        if method == b"getMe":
            return _ME
        chat = _CHAT_ID.search(body)
        if method != b"sendMessage" or chat is None:
            return b"true"
        chat_id = int(chat[1])
        self._messages += 1
        self.arrived(chat_id, body)
        return _MESSAGE % (self._messages, chat_id)


class HttpMessages:
    """Cuts a stream of bytes into HTTP messages, by their Content-Length."""

    def __init__(self) -> None:
        self._buffer = b""

    def feed(self, data: bytes) -> list[tuple[bytes, bytes]]:
        """The (head, body) of each message that is complete now."""
        self._buffer += data
        messages = []
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            length = _LENGTH.search(self._buffer, 0, end)
            whole = end + 4 + (int(length[1]) if length else 0)
            if len(self._buffer) < whole:
                break
            messages.append((self._buffer[:end], self._buffer[end + 4 : whole]))
            self._buffer = self._buffer[whole:]
        return messages


class _Connection(asyncio.Protocol):
    def __init__(self, telegram: TelegramStandIn) -> None:
        self._telegram = telegram
        self._messages = HttpMessages()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        for head, body in self._messages.feed(data):
            method = head.split(b" ", 2)[1].rpartition(b"/")[2]
            result = b'{"ok":true,"result":' + self._telegram.answer(method, body) + b"}"
            self._transport.write(  # type: ignore[attr-defined]  # a TCP transport
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                % (len(result), result)
            )
