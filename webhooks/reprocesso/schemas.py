"""What failed for good, as it is shown over HTTP."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from webhooks.http.schemas import Timestamp

# As many as are done again at once.
MOST_IDS = 200
FALHA = {
    "id": "4512",
    "quando": "2026-11-29T13:05:00Z",
    "o_que": "whatsapp sendMessage",
    "erro": "(#131026) Message undeliverable",
    "pode": True,
}


class FalhaShown(BaseModel):
    """An event that nobody could answer, or a call that was given up."""

    model_config = ConfigDict(from_attributes=True)

    id: str = Field(description="`telegram:123` of an event, `4512` of a call")
    quando: Timestamp
    o_que: str
    erro: str
    pode: bool = Field(description="whether what it needs is still there, so that it can be done again")


class Reprocessar(BaseModel):
    """Which are done again; null or nothing: all that can be."""

    model_config = ConfigDict(strict=True, extra="forbid")

    ids: list[Annotated[str, Field(min_length=1, max_length=600)]] | None = Field(None, max_length=MOST_IDS)


class Reprocessadas(BaseModel):
    """What is done again by the workers, and which ids are none, or cannot be."""

    feitas: list[str]
    recusadas: list[str]
