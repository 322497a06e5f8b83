"""What a query may ask for: a model reads it and describes it in `/openapi.json`, as a body's does.

422 with the parameter's name when a value is wrong, when it stands there twice, and when nobody asks for it: a filter
that is passed over answers with every row.
"""

from collections.abc import Collection
from typing import Annotated, Any, ClassVar, TypeVar
from uuid import UUID

from aiohttp import web
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from core.cliente.clientes import search_words
from storage.pages import Pagina
from webhooks.http.answers import ApiError
from webhooks.http.operations import FLAG, ID, TEXT, Parameter
from webhooks.http.operations import UUID as UUID_TEXT
from webhooks.http.parameters import MAX_NUMBER, as_uuid, as_whole_number, checked

# Lists (contract, section 8).
DEFAULT_LIMIT, MAX_LIMIT = 50, 500
_BOOLEANS = {"true": True, "1": True, "sim": True, "false": False, "0": False, "nao": False}


def _as_flag(text: str) -> bool:
    value = _BOOLEANS.get(text.strip().lower())
    if value is None:
        raise ValueError("not true or false")
    return value


Flag = Annotated[bool, BeforeValidator(_as_flag), WithJsonSchema(dict(FLAG))]
# One that no row can have finds nothing.
Number = Annotated[int, BeforeValidator(lambda text: min(as_whole_number(text), MAX_NUMBER)), WithJsonSchema(dict(ID))]
Uuid = Annotated[UUID, BeforeValidator(as_uuid), WithJsonSchema(dict(UUID_TEXT))]
# Accents and case do not count.
Words = Annotated[list[str], BeforeValidator(search_words), WithJsonSchema(dict(TEXT))]


class Query(BaseModel):
    """What one endpoint's query may ask for."""

    model_config = ConfigDict(frozen=True)
    # What is compared with no column.
    beside: ClassVar[frozenset[str]] = frozenset({"skip", "limit", "depois", "busca"})

    def filters(self) -> dict[str, Any]:
        """What was asked of the rows themselves, by column: neither the page nor words."""
        return self.model_dump(exclude=set(self.beside), exclude_none=True)


class Paged(Query):
    """A list's part."""

    skip: Number = Field(0, description="how many to leave out at the start")
    limit: Annotated[int, BeforeValidator(as_whole_number)] = Field(
        DEFAULT_LIMIT, ge=1, le=MAX_LIMIT, description="how many at most"
    )


class LongPaged(Paged):
    """A long list's part."""

    depois: Uuid | None = Field(None, description="the last id seen: what comes after it")

    @property
    def pagina(self) -> Pagina:
        return Pagina(self.limit, self.skip, self.depois)


Asked = TypeVar("Asked", bound=Query)


def only_known(request: web.Request, names: Collection[str]) -> None:
    """Refuse a query with a name beside these, or with one of them twice."""
    for name in request.query:
        if name not in names:
            known = f"known are {', '.join(sorted(names))}" if names else "this call takes none"
            raise ApiError(422, f"{name}: unknown parameter; {known}")
        if len(request.query.getall(name)) > 1:
            raise ApiError(422, f"{name}: given more than once")


def query_of(request: web.Request, model: type[Asked]) -> Asked:
    """The query as this model."""
    return checked(model, {name: request.query[name] for name in model.model_fields if name in request.query})


def parameters_of(model: type[Query]) -> tuple[Parameter, ...]:
    """Each field as OpenAPI describes a parameter."""
    schema = model.model_json_schema()
    definitions, needed = schema.get("$defs", {}), schema.get("required", ())
    return tuple(
        Parameter(name, _plain(field, definitions), field.get("description", ""), name in needed)
        for name, field in schema["properties"].items()
    )


def _plain(field: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """Its schema alone: what may be left out is said by `required`, what a word means by its documents."""
    given = next(one for one in field.get("anyOf", [field]) if one.get("type") != "null")
    if "$ref" in given:
        given = definitions[given["$ref"].rpartition("/")[2]]
    default = {"default": field["default"]} if field.get("default") is not None else {}
    return {name: value for name, value in given.items() if name not in ("title", "description", "default")} | default
