"""What presence and typing look like over HTTP, and in `/openapi.json`; the examples are the reference's."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from core.presenca.presenca import MESSAGE_LIMIT
from webhooks.http.queries import Query
from webhooks.http.schemas import Timestamp

PHONE = "5511999999999"
PRESENCE = {
    "agent": "6f1e0c52-6a53-4d7e-9d53-0d1f2f2d3c11",
    "status": "busy",
    "status_message": "Em reunião até 15h",
    "last_heartbeat": "2025-10-11T21:00:00Z",
    "websocket_connected": True,
    "status_changed_at": "2025-10-11T20:30:00Z",
    "is_available": False,
    "tempo_no_status_atual": 30,
    "esta_inativo": False,
}
TYPING = {"chat_id": PHONE, "from": "João Silva", "timestamp": "2025-10-11T21:00:00Z"}
CHAT_ID_PATTERN = r"^[^\s\x00-\x1f\x7f-\x9f]+$"
ChatId = Annotated[str, Field(min_length=1, max_length=64, pattern=CHAT_ID_PATTERN)]
Status = Literal["online", "offline", "busy", "away"]


class SetStatus(BaseModel):
    """The body of `set-status`."""

    model_config = ConfigDict(strict=True, extra="forbid")

    status: Status
    message: Annotated[str, Field(max_length=MESSAGE_LIMIT)] | None = None


class Chat(BaseModel):
    """A chat, named by the customer's phone."""

    model_config = ConfigDict(strict=True, extra="forbid")

    chat_id: ChatId


class AgentPresence(BaseModel):
    """What an attendant is now."""

    agent: UUID
    status: Status
    status_message: str | None
    last_heartbeat: Timestamp | None
    websocket_connected: bool
    status_changed_at: Timestamp
    is_available: bool
    tempo_no_status_atual: int = Field(description="minutes")
    esta_inativo: bool


class TypingShown(BaseModel):
    """Who types in which chat."""

    chat_id: str
    from_: str = Field(alias="from")
    timestamp: Timestamp


class ChatAsked(Query):
    """A chat, named in the address."""

    chat_id: ChatId
