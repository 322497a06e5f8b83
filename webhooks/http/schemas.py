"""What every answer's model is made of, and the two answers that many routes give."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field, PlainSerializer

from core.live import as_timestamp

# A moment as the references write it: `2025-10-11T21:00:00Z`.
Timestamp = Annotated[datetime, PlainSerializer(as_timestamp, return_type=str)]


class Problem(BaseModel):
    """Every error."""

    detail: str = Field(examples=["Consultor não encontrado"])


class Taken(BaseModel):
    """The event is committed, known already, or nothing we act on."""

    ok: Literal[True]
