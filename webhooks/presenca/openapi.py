"""How `/openapi.json` describes presence, typing, live events and the pool, which people's tokens open."""

from collections.abc import Mapping
from typing import Any

from webhooks.openapi.answers import AgentPresence, Liberados, PoolShown, TypingShown
from webhooks.openapi.parts import PHONE, TEXT, Answer, Operation, Parameter, ok
from webhooks.presenca.endpoints import Chat, SetStatus

_PHONE = "5511999999999"
_PRESENCE = {
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
_TYPING = {"chat_id": _PHONE, "from": "João Silva", "timestamp": "2025-10-11T21:00:00Z"}
_CHAT_ID = {"type": "string", "minLength": 1, "maxLength": 64, "pattern": r"^[^\s\x00-\x1f\x7f-\x9f]+$"}
_NO, _YES, _NONE = {"const": False}, {"const": True}, {"type": "null"}
_POOL = {
    "livres": 1,
    "na_fila": 0,
    "em_uso": [
        {
            "bo_usuario_id": "1c9f2f57-3a2b-4b58-8f0e-9d8d0f7a5b22",
            "telefone": _PHONE,
            "desde": "2025-10-11T21:00:00+00:00",
            "expira_em": "2025-10-11T21:30:00+00:00",
        }
    ],
}
_DESDE = {"type": "string", "format": "evento", "examples": ["1760216400000-0"]}
_SINCE = Parameter("desde", _DESDE, "the id of the last event you have")
_EVENT = {
    "type": "object",
    "required": ["event", "data", "version", "id"],
    "properties": {"event": TEXT, "data": {"type": "object"}, "version": {"const": "v1"}, "id": TEXT},
}
_FULL = {503: "Redis is away, or this process has no room: come back after `Retry-After`"}
_A, _B, _C = "presença", "eventos", "pool"


def _one_of_three(needed: str, **fields: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"type": "object", "additionalProperties": False, "required": [needed], "properties": fields}


_LIBERAR = {
    "oneOf": [
        _one_of_three("todos", todos=_YES, expirados=_NO, telefone=_NONE),
        _one_of_three("expirados", todos=_NO, expirados=_YES, telefone=_NONE),
        _one_of_three("telefone", todos=_NO, expirados=_NO, telefone=PHONE),
    ]
}

OPERATIONS = {
    ("GET", "/api/v1/presence/me"): Operation(_A, "What I am now", ok(AgentPresence, _PRESENCE)),
    ("POST", "/api/v1/presence/set-status"): Operation(
        _A,
        "Choose a state",
        ok(AgentPresence, _PRESENCE),
        "Counts as a heartbeat. A time in the message of `busy` or `away` brings the person back by itself.",
        body=SetStatus,
        example={"status": "busy", "message": "Em reunião até 15h"},
    ),
    ("POST", "/api/v1/presence/heartbeat"): Operation(
        _A, "I am still here: every 30 s", ok(AgentPresence, _PRESENCE), "Takes no body."
    ),
    ("POST", "/api/v1/typing"): Operation(
        _A,
        "I am typing: again at least every 30 s",
        ok(TypingShown, _TYPING),
        body=Chat,
        example={"chat_id": _PHONE},
    ),
    ("DELETE", "/api/v1/typing"): Operation(
        _A,
        "I have stopped typing",
        ok(TypingShown, _TYPING),
        parameters=(Parameter("chat_id", _CHAT_ID, needed=True),),
    ),
    ("GET", "/ws/v1/events"): Operation(
        _B,
        "Live events through a WebSocket",
        {101: Answer(description="one JSON object for each event")},
        parameters=(_SINCE,),
        refusals={400: "this is no WebSocket"} | _FULL,
    ),
    ("GET", "/api/v1/events"): Operation(
        _B,
        "Live events as server-sent events",
        {200: Answer(_EVENT, "one after the other, until you leave", "text/event-stream")},
        parameters=(_SINCE, Parameter("Last-Event-ID", _DESDE, "counts before `desde`", place="header")),
        refusals=_FULL,
    ),
    ("GET", "/pool-bo"): Operation(_C, "Who has which BackOffice login", ok(PoolShown, _POOL)),
    ("POST", "/pool-bo/liberar"): Operation(
        _C,
        "Take logins back",
        ok(Liberados, {"liberados": 1}),
        "Exactly one of the three. Their sales end, their robots are stopped, their sellers are told.",
        body=_LIBERAR,
        example={"expirados": True},
    ),
}
