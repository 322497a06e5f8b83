"""An endpoint: what handles its requests, and what it says of itself in `/openapi.json`, in one place.

The model of its body is what the handler is given; the model of its success is what the handler returns and what is
written out. So the document cannot say anything else than what is done.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from pydantic import BaseModel, TypeAdapter

from webhooks.http.answers import written
from webhooks.http.operations import JSON, Answer, Operation, Parameter, Shape
from webhooks.http.parameters import body_of
from webhooks.http.queries import Query, parameters_of, query_of
from webhooks.http.uploads import Upload, uploaded

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Prepare = Callable[[web.Request, Upload], Awaitable[Any]]
TOTAL_HEADER = "X-Total-Count"


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list, and how many there are in all."""

    items: Sequence[BaseModel]
    total: int


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A handler, and what it says of itself. `prepare` makes of a form what `handle` is given beside the request."""

    handle: Callable[..., Awaitable[web.StreamResponse]]
    operation: Operation
    prepare: Prepare | None = None

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        if self.prepare is None:
            return await self.handle(request)
        async with uploaded(request) as form:
            return await self.handle(request, await self.prepare(request, form))


def operation_of(handler: Handler) -> Operation | None:
    """What it says of itself; None for a plain function, such as a file of the documentation's own pages."""
    return handler.operation if isinstance(handler, Endpoint) else None


def endpoint(
    tag: str,
    summary: str,
    answers: Mapping[int, Answer],
    description: str = "",
    *,
    asks: type[Query] | None = None,
    takes: type[BaseModel] | None = None,
    prepare: Prepare | None = None,
    body: Shape | None = None,
    media: str = JSON,
    parameters: tuple[Parameter, ...] = (),
    example: Any = None,
    partial: bool = False,
    refusals: Mapping[int, str] | None = None,
) -> Callable[[Callable[..., Awaitable[Any]]], Endpoint]:
    """Around a handler: its query read as `asks`, its body as `takes`; what it returns is written as the first answer.

    `parameters` are those of the path, and headers. `body` only describes one that the handler reads itself: a
    signature is over raw bytes. `prepare`: of a form with a file; what takes its time, such as reading the file, and is
    never done within a transaction. The handler is given what it makes. `partial`: all of its fields may be left out,
    and then stay as they are. A handler may answer with a response of its own.
    """
    shape = takes if takes is not None else body
    named = parameters + (parameters_of(asks) if asks is not None else ())
    operation = Operation(tag, summary, answers, description, named, shape, example, partial, media, refusals or {})

    def around(work: Callable[..., Awaitable[Any]]) -> Endpoint:
        write = _writer(answers)

        async def handle(request: web.Request, *prepared: Any) -> web.StreamResponse:
            given: list[BaseModel] = [] if asks is None else [query_of(request, asks)]
            if takes is not None:
                given.append(await body_of(request, takes))
            result = await work(request, *given, *prepared)
            return result if isinstance(result, web.StreamResponse) else write(result)

        return Endpoint(handle, operation, prepare)

    return around


def _writer(answers: Mapping[int, Answer]) -> Callable[[Any], web.Response]:
    """Writes results out as the first of these; pydantic's serializer is made here, once."""
    status, answer = next(iter(answers.items()))
    if answer.model is None:
        return _no_model
    adapter: TypeAdapter[Any] = TypeAdapter(list[answer.model] if answer.many else answer.model)  # type: ignore[name-defined]

    def write(result: Any) -> web.Response:
        return written(adapter.dump_json(result, by_alias=True, exclude_unset=True), status)

    def write_page(page: Page) -> web.Response:
        text = adapter.dump_json(list(page.items), by_alias=True, exclude_unset=True)
        return written(text, status, {TOTAL_HEADER: str(page.total)})

    return write_page if answer.many else write


def _no_model(result: Any) -> web.Response:
    raise TypeError(f"an endpoint without a model returned {type(result).__name__}, which is no response")
