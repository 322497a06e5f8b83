"""Files that come with a form (`multipart/form-data`), of somebody we know: read part by part, within limits."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import BodyPartReader, web

from core.testemunha.leitura import MAIOR_ARQUIVO
from webhooks.http.answers import ApiError, overloaded
from webhooks.http.bodies import UNREADABLE_FORM, no_form, too_slow

# At once: each may hold as many bytes as the largest file.
AT_ONCE = 8
UPLOAD_SECONDS = 60.0
UPLOADS = web.AppKey("uploads", asyncio.Semaphore)
_MOST_PARTS = 10
_LONGEST_FIELD = 1000
_FORM = "multipart/form-data"


@dataclass(slots=True)
class Upload:
    """The fields of a form, and its one file."""

    fields: dict[str, str] = field(default_factory=dict)
    file_field: str = ""
    filename: str = ""
    content: bytes = b""

    def digest(self) -> bytes:
        """The same for the same parts, whatever stands between them: that is another text each time."""
        file = self.file_field, self.filename, hashlib.sha256(self.content).hexdigest()
        return hashlib.sha256(repr((sorted(self.fields.items()), file)).encode()).digest()


@asynccontextmanager
async def uploaded(request: web.Request) -> AsyncIterator[Upload]:
    """The form that came. 400 when it is none, 408 when it is late, 413 when the file is too large."""
    if (request.content_length or 0) > MAIOR_ARQUIVO + _MOST_PARTS * _LONGEST_FIELD:
        raise _too_large()
    if request.content_type != _FORM:
        raise ApiError(400, f"the body is no {_FORM}")
    room = request.app[UPLOADS]
    if room.locked():
        raise overloaded()
    async with room:
        try:
            async with asyncio.timeout(UPLOAD_SECONDS):
                form = await _read(request)
        except TimeoutError:
            raise too_slow() from None
        except UNREADABLE_FORM:
            raise no_form() from None
        yield form


async def _read(request: web.Request) -> Upload:
    form, parts = Upload(), 0
    async for part in await request.multipart():
        parts += 1
        if not isinstance(part, BodyPartReader) or parts > _MOST_PARTS:
            raise no_form()
        if part.filename is None and (part.name or "") in form.fields:
            raise ApiError(422, f"{part.name}: twice in the form")
        if part.filename is None:
            form.fields[part.name or ""] = (await _bytes(part, _LONGEST_FIELD)).decode()
        elif form.file_field:
            raise ApiError(422, f"{part.name}: one file at a time")
        else:
            form.file_field, form.filename = part.name or "", part.filename
            form.content = await _bytes(part, MAIOR_ARQUIVO)
    return form


async def _bytes(part: BodyPartReader, most: int) -> bytes:
    """What stands in a part, as it came: nothing is unpacked."""
    found, size = [], 0
    while chunk := await part.read_chunk(65_536):
        size += len(chunk)
        if size > most:
            raise _too_large() if most == MAIOR_ARQUIVO else ApiError(422, f"{part.name}: too long")
        found.append(chunk)
    return b"".join(found)


def _too_large() -> ApiError:
    return ApiError(413, f"the file is larger than {MAIOR_ARQUIVO} bytes")
