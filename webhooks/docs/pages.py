"""`/openapi.json`, `/docs` (Swagger UI) and `/redoc` (ReDoc), from files we ship: no page of ours asks another host.

The two programs are the published ones; webhooks/docs/static/README.md says which, and how to bring newer ones in.
"""

import asyncio
import hashlib
from collections.abc import Callable
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from aiohttp import web

from webhooks.http.endpoints import Endpoint, Handler, endpoint
from webhooks.http.operations import TEXT, Answer, Operation, ok

_TAG = "documentação"
_FILES = Path(str(files("webhooks.docs"))) / "static"
# What is served where. Only these: nothing of an address is ever a path of a file.
STATIC = {
    "/docs": "docs.html",
    "/docs/start.js": "docs.js",
    "/docs/swagger-ui.css": "swagger-ui/swagger-ui.css",
    "/docs/swagger-ui-bundle.js": "swagger-ui/swagger-ui-bundle.js",
    "/redoc": "redoc.html",
    "/redoc/start.js": "redoc.js",
    "/redoc/page.css": "redoc.css",
    "/redoc/redoc.standalone.js": "redoc/redoc.standalone.js",
}
_PAGES = {
    path: Operation(_TAG, title, {200: Answer(TEXT, content_type="text/html")})
    for path, title in (("/docs", "Swagger UI"), ("/redoc", "ReDoc"))
}
# Both programs set styles as they draw, and ReDoc searches in a worker it makes itself.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; worker-src blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    # Asked for again each time, and answered 304 while it is the same.
    "Cache-Control": "no-cache",
}

DOCUMENT: web.AppKey[Callable[[], bytes]] = web.AppKey("openapi")


def set_up(app: web.Application, document: Callable[[], bytes]) -> None:
    """`document` is called when somebody asks, each time: it keeps what it has made."""
    app[DOCUMENT] = document


@endpoint(_TAG, "This document", ok({"type": "object"}))
async def show_openapi(request: web.Request) -> web.Response:
    """`GET /openapi.json`."""
    body = await asyncio.to_thread(request.app[DOCUMENT])
    etag = _digest(body)
    if any(known.value in (etag, "*") for known in request.if_none_match or ()):
        response = web.Response(status=304, headers=_HEADERS)
    else:
        response = web.Response(body=body, content_type="application/json", headers=_HEADERS)
    response.etag = etag
    return response


@lru_cache(1)
def _digest(document: bytes) -> str:
    return hashlib.sha256(document).hexdigest()[:32]


def page(path: str) -> Handler:
    """One of `STATIC`."""
    file = _FILES / STATIC[path]

    async def show(request: web.Request) -> web.StreamResponse:
        return web.FileResponse(file, headers=_HEADERS)

    return Endpoint(show, _PAGES[path]) if path in _PAGES else show
