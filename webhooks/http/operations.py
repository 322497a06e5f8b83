"""What an endpoint says of itself for `/openapi.json`, and the schemas that several share."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

Schema = Mapping[str, Any]
# A model, whose schema pydantic writes; `[Model]` for a list of it; or a schema as it stands.
Shape = type[BaseModel] | list[type[BaseModel]] | Schema

# Up to 19 digits are read; a number that no row can have finds nothing.
ID: Schema = {"type": "integer", "minimum": 0, "maximum": 10**19 - 1}
TEXT: Schema = {"type": "string"}
FLAG: Schema = {"type": "string", "enum": ["true", "false", "1", "0", "sim", "nao"]}
# `format` is what tests make values with; only a parser can say what is one.
PHONE: Schema = {"type": "string", "format": "telefone", "examples": ["5531988804000"]}
JSON = "application/json"
FORM = "multipart/form-data"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a path, a query or a header."""

    name: str
    schema: Schema
    description: str = ""
    needed: bool = False
    place: str = "query"

    def described(self) -> dict[str, Any]:
        needed = self.needed or self.place == "path"
        shown = {"name": self.name, "in": self.place, "required": needed, "schema": dict(self.schema)}
        return shown | ({"description": self.description} if self.description else {})


@dataclass(frozen=True, slots=True)
class Answer:
    """A success: what it holds, in which form, with which headers beside those that every answer has."""

    shape: Shape | None = None
    description: str = "OK"
    content_type: str = JSON
    headers: Mapping[str, str] = field(default_factory=dict)
    example: Any = None
    # The operations that take the `id` in it.
    leads_to: tuple[tuple[str, str], ...] = ()

    @property
    def many(self) -> bool:
        """Whether it is a list."""
        return isinstance(self.shape, list)

    @property
    def model(self) -> type[BaseModel] | None:
        """What it is one of, or a list of; None when its schema is written by hand."""
        shape = self.shape[0] if isinstance(self.shape, list) else self.shape
        return shape if isinstance(shape, type) else None


@dataclass(frozen=True, slots=True)
class Operation:
    """One route. What follows from its auth, body and parameters is added by webhooks/docs/document.py."""

    tag: str
    summary: str
    answers: Mapping[int, Answer]
    description: str = ""
    parameters: tuple[Parameter, ...] = ()
    body: Shape | None = None
    # What the body is in one example.
    example: Any = None
    # A body whose fields may all be left out, and then stay as they are.
    partial: bool = False
    # In which form it comes.
    media: str = JSON
    # What else is refused: status, and when.
    refusals: Mapping[int, str] = field(default_factory=dict)

    @property
    def asked(self) -> frozenset[str]:
        """What its query may name."""
        return frozenset(parameter.name for parameter in self.parameters if parameter.place == "query")


def ok(shape: Shape, example: Any = None, **headers: str) -> dict[int, Answer]:
    """200 with this in it."""
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return {200: Answer(shape, example=example, headers=named)}


UUID: Schema = {"type": "string", "format": "uuid"}
ID_IN_PATH = Parameter("id", UUID, place="path")
TOTAL = "how many there are in all, on every page"
