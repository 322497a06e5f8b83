"""The OpenAPI document: each route with what its operation says, and what follows from auth, body and parameters."""

import re
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from typing import Any, Protocol

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, models_json_schema

from webhooks.auth import SECURITY_SCHEMES, Auth
from webhooks.http.bodies import MAX_BODY_BYTES
from webhooks.http.endpoints import Handler, operation_of
from webhooks.http.operations import JSON, Answer, Operation, Parameter, Shape
from webhooks.http.schemas import Problem
from webhooks.idempotency import HEADER, KEY_PATTERN, REPLAYED

_ABOUT = (
    'Errors are `{"detail": …}`. Every answer carries `X-Request-ID`; one you send (1 to 64 of `A-Za-z0-9._-`) is kept.'
    " A trailing slash is optional everywhere. Times are ISO 8601 with offset."
    " A query, like a body, holds nothing beside what is described: another name, or one twice, is 422."
    f" Writing calls take `{HEADER}`: for a day the same call under the same key is answered as it was first,"
    f" with `{REPLAYED}: true`, and done once."
)
_SCHEMAS = "#/components/schemas/"
_REQUEST_ID = {
    "X-Request-ID": {
        "required": True,
        "schema": {"type": "string"},
        "description": "the name of this request in our logs",
    }
}
_RETRY_AFTER = {"Retry-After": {"required": True, "schema": {"type": "integer"}, "description": "seconds"}}
_REFUSED = {
    400: "the body is no JSON object",
    401: "wrong or no credentials",
    413: f"the body is larger than {MAX_BODY_BYTES} bytes",
    422: "a field or a parameter is wrong: which one, and why",
    429: "too many requests for this key or person, or too many wrong credentials from this address",
    503: "overloaded: come back after `Retry-After`",
}
_KEY = Parameter(
    HEADER,
    {"type": "string", "pattern": KEY_PATTERN},
    "a name of your own for this call: sent again, it is done once. With another body: 422",
    place="header",
)
_WITH_RETRY_AFTER = (429, 503)


class Described(Protocol):
    """What is known of a route (webhooks/routes.py)."""

    @property
    def method(self) -> str: ...
    @property
    def path(self) -> str: ...
    @property
    def handler(self) -> Handler: ...
    @property
    def auth(self) -> Auth: ...
    @property
    def takes_key(self) -> bool: ...
    @property
    def is_called(self) -> bool: ...


def document(routes: Iterable[Described]) -> dict[str, Any]:
    """The whole document, of those of these routes that are described."""
    paths: dict[str, dict[str, Any]] = {}
    operations: list[Operation] = []
    for route in routes:
        if operation := operation_of(route.handler):
            operations.append(operation)
            paths.setdefault(route.path, {})[route.method.lower()] = _described(route, operation)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Balcão", "version": version("balcao"), "description": _ABOUT, "license": {"name": "MIT"}},
        "servers": [{"url": "/"}],
        "tags": [{"name": name} for name in dict.fromkeys(operation.tag for operation in operations)],
        "paths": paths,
        "components": {"schemas": _schemas(operations), "securitySchemes": SECURITY_SCHEMES},
    }


def _described(route: Described, operation: Operation) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "tags": [operation.tag],
        "operationId": _name(route.method, route.path),
        "summary": operation.summary,
        "description": _description(route.auth, operation),
        "parameters": [parameter.described() for parameter in _parameters(route, operation)],
        "security": [{scheme: []} for scheme in route.auth.schemes],
        "responses": _responses(route, operation),
    }
    if operation.body is not None:
        content = {"schema": _reference(operation.body)}
        if operation.example is not None:
            content["example"] = operation.example
        shown["requestBody"] = {"required": True, "content": {operation.media: content}}
    return {name: value for name, value in shown.items() if value != "" and value != []} | {
        "security": shown["security"]
    }


def _name(method: str, path: str) -> str:
    return "_".join([method.lower(), *re.findall(r"\w+", path)])


def _description(auth: Auth, operation: Operation) -> str:
    needs = f"Perfil: {', '.join(auth.perfis)}." if auth.perfis else ""
    return "\n\n".join(filter(None, (operation.description, needs)))


def _parameters(route: Described, operation: Operation) -> list[Parameter]:
    return [*operation.parameters, *([_KEY] if route.takes_key else [])]


def _responses(route: Described, operation: Operation) -> dict[str, Any]:
    answers = {status: _answer(answer) for status, answer in operation.answers.items()}
    refusals = {status: _REFUSED[status] for status in _usual_refusals(route, operation)}
    if route.auth.perfis:
        refusals[403] = "needs another perfil"
    refused = {status: _refusal(status, text) for status, text in (refusals | dict(operation.refusals)).items()}
    both = refused | answers
    return {str(status): both[status] for status in sorted(both)}


def _usual_refusals(route: Described, operation: Operation) -> list[int]:
    found = [503]
    if route.auth.schemes:
        found.append(401)
    if route.auth.limited:
        found.append(429)
    if operation.body is not None:
        found += [400, 413]
    if operation.body is not None or route.is_called or _parameters(route, operation):
        found.append(422)
    return found


def _answer(answer: Answer) -> dict[str, Any]:
    own = {
        name: {"required": True, "schema": {"type": "integer"}, "description": text}
        for name, text in answer.headers.items()
    }
    shown: dict[str, Any] = {"description": answer.description, "headers": _REQUEST_ID | own}
    if answer.shape is not None:
        content: dict[str, Any] = {"schema": _reference(answer.shape)}
        if answer.example is not None:
            content["example"] = answer.example
        shown["content"] = {answer.content_type: content}
    if answer.leads_to:
        shown["links"] = {
            name: {"operationId": name, "parameters": {"id": "$response.body#/id"}}
            for name in (_name(method, path) for method, path in answer.leads_to)
        }
    return shown


def _refusal(status: int, text: str) -> dict[str, Any]:
    headers = _REQUEST_ID | (_RETRY_AFTER if status in _WITH_RETRY_AFTER else {})
    return {"description": text, "headers": headers, "content": {JSON: {"schema": _reference(Problem)}}}


def _reference(shape: Shape) -> dict[str, Any]:
    if isinstance(shape, list):
        return {"type": "array", "items": _reference(shape[0])}
    if isinstance(shape, type):
        return {"$ref": f"{_SCHEMAS}{shape.__name__}"}
    return dict(shape)


class _Plain(GenerateJsonSchema):
    """Without a title for each field, which only repeats its name."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def _schemas(operations: Sequence[Operation]) -> dict[str, Any]:
    """The schema of every model that some operation names."""
    models: dict[tuple[type[BaseModel], JsonSchemaMode], None] = {(Problem, "serialization"): None}
    for operation in operations:
        models |= {(model, "validation"): None for model in _models(operation.body)}
        for answer in operation.answers.values():
            models |= {(model, "validation"): None for model in _models(answer.shape)}
    _, found = models_json_schema(list(models), ref_template=f"{_SCHEMAS}{{model}}", schema_generator=_Plain)
    schemas: dict[str, Any] = found["$defs"]
    for operation in operations:
        if operation.partial:
            for model in _models(operation.body):
                _without_defaults(schemas[model.__name__])
    return schemas


def _models(shape: Shape | None) -> list[type[BaseModel]]:
    if isinstance(shape, list):
        return shape
    return [shape] if isinstance(shape, type) else []


def _without_defaults(schema: dict[str, Any]) -> None:
    """What is left out stays: it has no default."""
    for field in schema["properties"].values():
        field.pop("default", None)
