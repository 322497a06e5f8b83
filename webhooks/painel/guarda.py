"""What browsers tell of a request, and what ours may do with a page.

`Sec-Fetch-*` and `Origin` cannot be chosen by a page of somebody else (fetch.spec.whatwg.org;
w3c.github.io/webappsec-fetch-metadata).
"""

from collections.abc import Collection
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web
from multidict import MultiDict, MultiDictProxy

from webhooks.auth import same
from webhooks.http.answers import ApiError
from webhooks.http.bodies import form_of
from webhooks.http.uploads import Upload, uploaded
from webhooks.painel.painel import PAINEL
from webhooks.painel.sessao import form_token, is_mini_app

# What shows a Mini App in a browser (core.telegram.org/bots/webapps).
_TELEGRAM_WEB = "https://web.telegram.org"
# The form that was sent, once its token was looked at.
FORM: web.RequestKey[MultiDictProxy[Any]] = web.RequestKey("form", MultiDictProxy)
# The file that came with it, where one did.
UPLOAD = web.RequestKey("upload", Upload)
# Of one field, with its name.
_LONGEST_TEXT = 20_000
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {ancestors}"
)


class OldForm(ApiError):
    """403: a page of ours that was opened in a session before this one. What was typed is not lost by that."""

    def __init__(self, form: MultiDictProxy[Any]) -> None:
        super().__init__(403, "the form is of another session")
        self.form = form

    @property
    def fields(self) -> list[tuple[str, str]]:
        """What can be sent again, once who typed it has looked at it: no files, and nothing with a password."""
        if not all(isinstance(value, str) for value in self.form.values()):
            return []
        if any(value and "senha" in name for name, value in self.form.items()):
            return []
        return [(name, str(value)) for name, value in self.form.items() if name != "csrf"]


def refuse_foreign(request: web.Request) -> None:
    """403 for what another site's page asks for; a link from there may be followed."""
    if request.headers.get("Sec-Fetch-Site", "none") in ("same-origin", "none"):
        return
    follows = request.headers.get("Sec-Fetch-Mode") == "navigate" and request.method == "GET"
    if not follows or request.headers.get("Sec-Fetch-Dest", "") not in ("document", "iframe"):
        raise ApiError(403, "asked for by a page of another site")


def refuse_foreign_form(request: web.Request) -> None:
    """403 unless the form was sent from a page of ours."""
    refuse_foreign(request)
    origin = urlsplit(request.headers.get("Origin", ""))
    ours = urlsplit(request.app[PAINEL].public_url)
    if not origin.netloc or (origin.scheme, origin.netloc) not in {
        (ours.scheme, ours.netloc),
        (origin.scheme, request.host),
    }:
        raise ApiError(403, "the form comes from elsewhere")


async def refuse_forged(request: web.Request, varios: Collection[str] = ()) -> None:
    """403 for a form without the token of this session's pages. What it says: `FORM`; its file: `UPLOAD`.

    `varios`: the fields that may be there several times.
    """
    refuse_foreign_form(request)
    if request.content_type == "multipart/form-data":
        async with uploaded(request) as form:
            request[UPLOAD] = form
        request[FORM] = MultiDictProxy(MultiDict(request[UPLOAD].fields))
        _refuse_hostile(request[FORM], varios)
    else:
        request[FORM] = await form_sent(request, varios)
    if not same(str(request[FORM].get("csrf", "")), form_token(request)):
        raise OldForm(request[FORM])


async def form_sent(request: web.Request, varios: Collection[str] = ()) -> MultiDictProxy[Any]:
    """The form. 422 for what no browser sends from a page of ours: characters that no database keeps, fields that are
    there twice and not among `varios`, more text than anybody types."""
    form = await form_of(request)
    _refuse_hostile(form, varios)
    return form


def _refuse_hostile(form: MultiDictProxy[Any], varios: Collection[str]) -> None:
    seen: set[str] = set()
    for name, value in form.items():
        text = name + (value if isinstance(value, str) else "")
        shown = name[:40] if name.isprintable() else "a field"
        if name in seen and name not in varios:
            raise ApiError(422, f"{shown}: twice in the form")
        if "\x00" in text or (not text.isascii() and any("\ud800" <= char <= "\udfff" for char in text)):
            raise ApiError(422, f"{shown}: characters that are no text")
        if len(text) > _LONGEST_TEXT:
            raise ApiError(422, f"{shown}: too long")
        seen.add(name)


def protect(request: web.Request, response: web.StreamResponse) -> None:
    """Headers of every answer of the panel: nothing inline, nothing of another host, kept by nobody."""
    framed = is_mini_app(request) or request.path.rstrip("/") == "/painel/telegram"
    ancestors = _TELEGRAM_WEB if framed else "'none'"
    response.headers.setdefault("Content-Security-Policy", _POLICY.format(ancestors=ancestors))
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers["X-Content-Type-Options"] = "nosniff"
    # Forms send their Origin only where the referrer is not refused altogether.
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
    if not framed:
        response.headers.setdefault("X-Frame-Options", "DENY")
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
