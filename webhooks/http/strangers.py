"""Bodies that are read before their requests take anybody's place: before we know whether they are ours, because a
signature is over the whole of one, or because they are still under way.

Few are read at a time, of few bytes together, each within a deadline. Where there is no room for one more, the one that
has been read for longest goes, of the address that has most: ours come in one piece, and are never the oldest for long.
"""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from aiohttp import web

from webhooks.http.addresses import address_of
from webhooks.http.answers import overloaded
from webhooks.http.bodies import BODY_SECONDS, MAX_BODY_BYTES, packed_otherwise, refuse_large, too_large, too_slow

MOST_BODIES = 64
MOST_OF_AN_ADDRESS = 32
MOST_BYTES = 4 * MAX_BODY_BYTES


@dataclass(slots=True, eq=False)
class _Reading:
    address: str
    deadline: asyncio.Timeout
    size: int = 0
    pushed_out: bool = False


class Strangers:
    """The bodies that this process reads for whoever sent them: at most so many, of one address, of so many bytes."""

    def __init__(
        self, bodies: int = MOST_BODIES, of_address: int = MOST_OF_AN_ADDRESS, most_bytes: int = MOST_BYTES
    ) -> None:
        self._most, self._most_of_address, self._most_bytes = bodies, of_address, most_bytes
        # In the order in which they began.
        self._readings: dict[_Reading, None] = {}
        self._bytes = 0

    async def read(self, request: web.Request) -> bytes:
        """The whole body. 408 when it does not come in time, 413 when it is too large, 503 when it had to make room,
        400 when it is packed otherwise than it says."""
        refuse_large(request)
        reading = _Reading(address_of(request), asyncio.timeout(BODY_SECONDS))
        try:
            async with reading.deadline:
                with self._placed(reading):
                    return await self._whole(request, reading)
        except web.RequestPayloadError:
            raise packed_otherwise() from None
        except TimeoutError:
            raise (overloaded() if reading.pushed_out else too_slow()) from None

    async def arrived(self, request: web.Request) -> None:
        """Return when the body has come whole, as far as it is one that is read whole: a form with files is not."""
        if request.content.is_eof() or request.content_type.startswith("multipart/"):
            return
        # Where aiohttp keeps what was read: `read`, `post` and all that stand on them find it there.
        request._read_bytes = await self.read(request)

    @contextmanager
    def _placed(self, reading: _Reading) -> Iterator[None]:
        self._readings[reading] = None
        of_address = [other for other in self._readings if other.address == reading.address]
        if len(of_address) > self._most_of_address:
            self._push_out(of_address[0])
        elif len(self._readings) > self._most:
            self._make_room(reading)
        try:
            yield
        finally:
            self._forget(reading)

    async def _whole(self, request: web.Request, reading: _Reading) -> bytes:
        body = bytearray()
        async for chunk in request.content.iter_any():
            body += chunk
            reading.size += len(chunk)
            if reading in self._readings:
                self._bytes += len(chunk)
            if reading.size > MAX_BODY_BYTES:
                raise too_large()
            while self._bytes > self._most_bytes and self._make_room(reading):
                pass
        return bytes(body)

    def _make_room(self, newest: _Reading) -> bool:
        others = [reading for reading in self._readings if reading is not newest]
        if not others:
            return False
        (most, _), *_ = Counter(reading.address for reading in others).most_common(1)
        self._push_out(next(reading for reading in others if reading.address == most))
        return True

    def _push_out(self, reading: _Reading) -> None:
        self._forget(reading)
        reading.pushed_out = True
        reading.deadline.reschedule(0)

    def _forget(self, reading: _Reading) -> None:
        if self._readings.pop(reading, reading) is None:
            self._bytes -= reading.size
