"""What went wrong, as a page: refused, not there, too much at once, a fault of ours."""

from urllib.parse import quote

from aiohttp import web
from aiohttp.typedefs import Handler

from storage.database import is_overload
from webhooks.http.answers import ApiError, overloaded
from webhooks.http.logs import log_fault, log_refusal
from webhooks.painel.formatos import com
from webhooks.painel.guarda import UPLOAD, OldForm, form_sent, protect, refuse_foreign_form
from webhooks.painel.moldura import page
from webhooks.painel.painel import FILE_GONE, NO_FILTER

_PREFIX = "/painel"
# Bytes of a form that somebody who is not in (any more) may send to see it again.
_TYPED = 64_000


@web.middleware
async def pages_of_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Around the panel's pages only: the API has a form of its own."""
    if not _is_ours(request):
        return await handler(request)
    try:
        response = await handler(request)
    except web.HTTPException as answer:
        response = _answered(answer) if answer.status < 400 else _refused(request, *_said_by(answer))
    except OldForm as error:
        log_refusal(request, error.status, error.detail)
        fields = [] if UPLOAD in request else error.fields
        response = page(request, "antiga.html", error.status, campos=fields, acao=request.rel_url.raw_path_qs)
    except ApiError as error:
        shown = await _typed_in_vain(request) if error.status == 401 else None
        response = shown or _refused(request, error.status, error.detail, error.headers)
    except Exception as error:
        if is_overload(error):
            error = overloaded()
            response = _refused(request, 503, error.detail, error.headers)
        else:
            log_fault(request, error)
            response = page(request, "erro.html", 500, codigo=500, motivo="", estranho=False, valor="", sem_ele="")
    return response


async def protect_pages(request: web.Request, response: web.StreamResponse) -> None:
    """What every answer of the panel says to browsers, before any of it is sent: of those that are sent as they are
    made, it would be too late afterwards."""
    if _is_ours(request):
        protect(request, response)


def _is_ours(request: web.Request) -> bool:
    return request.path == _PREFIX or request.path.startswith(f"{_PREFIX}/")


async def _typed_in_vain(request: web.Request) -> web.Response | None:
    """What was typed when the session had ended, shown to be sent again from there; None where nothing can be.

    Nobody is known here: no more is read than what a person types.
    """
    plain = request.method == "POST" and request.content_type == "application/x-www-form-urlencoded"
    if not plain or "HX-Request" in request.headers or not 0 < (request.content_length or 0) <= _TYPED:
        return None
    try:
        refuse_foreign_form(request)
        fields = OldForm(await form_sent(request)).fields
    except ApiError:
        return None
    if not any(value and name != "volta" for name, value in fields):
        return None
    log_refusal(request, 401, "the session is over")
    return page(request, "antiga.html", 401, campos=fields, acao=request.rel_url.raw_path_qs, acabou=True)


def _said_by(answer: web.HTTPException) -> tuple[int, str, dict[str, str]]:
    """Which methods there are, of a page that has not got this one (RFC 9110, 15.5.6)."""
    allowed = {"Allow": answer.headers["Allow"]} if "Allow" in answer.headers else {}
    return answer.status, answer.reason, allowed


def _answered(answer: web.HTTPException) -> web.StreamResponse:
    return web.Response(status=answer.status, headers={"Location": answer.headers["Location"]})


def _refused(request: web.Request, status: int, detail: object, headers: dict[str, str] | None = None) -> web.Response:
    log_refusal(request, status, detail)
    if status == 401:
        return _to_the_door(request)
    name, _, problem = str(detail).partition(": ") if status == 422 and request.method == "GET" else ("", "", "")
    if name in request.match_info:
        # What no row can be called is as little there as what none is called.
        status = 404
    value, query = request.query.get(name, ""), request.query
    others: dict[str, object] = {one: query.getall(one) for one in query if name and one not in (name, "depois")}
    return page(
        request,
        "erro.html",
        status,
        headers,
        codigo=status,
        motivo="arquivo" if detail == FILE_GONE else name,
        estranho=problem == NO_FILTER,
        valor=value,
        sem_ele=com(request.path, others) if name and query else "",
    )


def _to_the_door(request: web.Request) -> web.Response:
    """Whoever is not in (any more) is told how to come in; a part of a page takes the whole page there."""
    door = f"{_PREFIX}/entrar"
    if "HX-Request" in request.headers:
        return web.Response(status=401, headers={"HX-Redirect": door})
    if request.method != "GET":
        # What was typed is not kept anywhere: at least they hear of it.
        door += "?perdido=1"
    elif request.path.rstrip("/") != _PREFIX:
        door += f"?volta={quote(request.rel_url.raw_path_qs)}"
    return web.Response(status=303, headers={"Location": door})
