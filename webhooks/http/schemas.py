"""What every answer's model is made of, and the two answers that many routes give."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field, PlainSerializer, StringConstraints
from pydantic_core import PydanticCustomError

from core.live import as_timestamp
from core.textos import VISIBLE, registered_name

# A moment as the references write it: `2025-10-11T21:00:00Z`.
Timestamp = Annotated[datetime, PlainSerializer(as_timestamp, return_type=str)]
# One to the microsecond, where a hash is taken over it.
Momento = Annotated[datetime, PlainSerializer(lambda moment: as_timestamp(moment, "microseconds"), return_type=str)]


def _name(text: str) -> str:
    try:
        return registered_name(text)
    except ValueError:
        raise PydanticCustomError("string_too_short", "nothing of it can be seen") from None


# Of a person, a company, a thing: one line of which something can be seen.
Nome = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=255),
    AfterValidator(_name),
    Field(json_schema_extra={"pattern": VISIBLE}),
]


class Problem(BaseModel):
    """Every error."""

    detail: str = Field(examples=["Consultor não encontrado"])


class Taken(BaseModel):
    """The event is committed, known already, or nothing we act on."""

    ok: Literal[True]
