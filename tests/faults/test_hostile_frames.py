"""Anything at all through a live WebSocket: it ends, nobody else's does, and the next one hears (170).

By hand, as many made up as you like: `BALCAO_EXAMPLES=2000 python -m pytest tests/faults/test_hostile_frames.py`.
"""

import asyncio
import random
import struct

import pytest
from structlog.testing import capture_logs

from tests.support.hostile_doors import EXAMPLES
from tests.support.listening import happen, hub, socket, token_of, until
from tests.support.service import RunningService

_ASKING = (
    "GET /ws/v1/events?token={} HTTP/1.1\r\nHost: b\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)


def frame(first: int, content: bytes, *, says: int | None = None, masked: bool = True) -> bytes:
    """A frame (RFC 6455, 5.2). `first`: its end, reserved bits and opcode; `says`: another length than its own."""
    length, bit = len(content) if says is None else says, 0x80 if masked else 0
    head = bytes([first, bit | 127]) + struct.pack("!Q", length)
    if length < 126:
        head = bytes([first, bit | length])
    elif length < 65_536:
        head = bytes([first, bit | 126]) + struct.pack("!H", length)
    return head + (b"\0\0\0\0" if masked else b"") + content


FRAMES = {
    "reserved bits": frame(0xF1, b"x"),
    "an opcode that is none": frame(0x8B, b"x"),
    "a continuation of nothing": frame(0x80, b"x"),
    "a ping larger than pings are": frame(0x89, b"x" * 200),
    "a ping in pieces": frame(0x09, b"x"),
    "not masked": frame(0x81, b"x", masked=False),
    "a length of half of all there is": frame(0x82, b"x", says=2**63 - 1),
    "a length with its first bit": frame(0x82, b"x", says=2**64 - 1),
    "text that is none": frame(0x81, b"\xff\xfe\xed\xa0\x80"),
    "the end with half a code": frame(0x88, b"\x03"),
    "the end with no code": frame(0x88, struct.pack("!H", 1)),
    "the end with text that is none": frame(0x88, struct.pack("!H", 1000) + b"\xff"),
    "a text within a text": frame(0x01, b"x") + frame(0x81, b"x"),
    "pieces without end": frame(0x01, b"x") + frame(0x00, b"x" * 100) * 5_000,
    "a million bytes": frame(0x82, b"x" * 1_000_000),
    "another request": b"GET /healthz HTTP/1.1\r\nHost: b\r\n\r\n",
    "half a head": b"\x82",
}


def made_up(number: int) -> bytes:
    """Frames of chance, one after the other; the same for the same number."""
    chance = random.Random(number)
    several = (
        frame(chance.randrange(256), chance.randbytes(chance.choice([0, 1, 2, 125, 126, 2_000])), masked=bool(n % 5))
        for n in range(chance.randrange(1, 8))
    )
    return b"".join(several)


async def sends(service: RunningService, token: str, content: bytes) -> None:
    """All of it through a new socket, and then nothing: until the other side has ended it."""
    reader, writer = await asyncio.open_connection("127.0.0.1", service.settings.port)
    try:
        writer.write(_ASKING.format(token).encode())
        assert b" 101 " in await reader.readuntil(b"\r\n\r\n")
        writer.write(content)
        writer.write_eof()
        async with asyncio.timeout(10):
            while await reader.read(65_536):
                pass
    except ConnectionError:
        return
    finally:
        writer.close()


@pytest.mark.falha(170)
async def test_whatever_comes_through_a_live_socket_ends_it_and_no_other(sqlite_service: RunningService) -> None:
    who = await sqlite_service.administrador()
    token = token_of(sqlite_service, who)
    async with socket(sqlite_service, who) as listens:
        await until(lambda: len(hub(sqlite_service)) == 1)
        with capture_logs() as lines:
            for content in (*FRAMES.values(), *map(made_up, range(EXAMPLES or 20))):
                await sends(sqlite_service, token, content)
            await until(lambda: len(hub(sqlite_service)) == 1)
        assert [line for line in lines if line["log_level"] in ("error", "critical")] == []
        await happen(sqlite_service, "x")
        assert (await listens.event())["event"] == "x"
