"""The files that every page needs: kept by browsers until they change."""

import hashlib
from functools import cache
from importlib.resources import files
from pathlib import Path

from aiohttp import web

_FILES = Path(str(files("webhooks.painel"))) / "static"
_PATH = "/painel/static"
_FOR_A_YEAR = "public, max-age=31536000, immutable"


@cache
def address_of(name: str) -> str:
    """The address of a file; another one when the file has changed."""
    return f"{_PATH}/{name}?v={hashlib.sha256((_FILES / name).read_bytes()).hexdigest()[:12]}"


@cache
def names() -> frozenset[str]:
    """What is served; nothing of an address is ever a path of a file."""
    return frozenset(path.name for path in _FILES.iterdir() if path.suffix in (".css", ".js", ".svg"))


async def show_static(request: web.Request) -> web.StreamResponse:
    """`GET /painel/static/{nome}`, for anybody."""
    name = request.match_info["nome"]
    if name not in names():
        raise web.HTTPNotFound
    kept = _FOR_A_YEAR if request.query.get("v") else "no-cache"
    return web.FileResponse(_FILES / name, headers={"Cache-Control": kept})
