"""How `/openapi.json` describes the doors of channels and robots."""

from typing import Any

from core.venda.respostas import TipoResposta
from webhooks.doors.whatsapp_models import Notification
from webhooks.openapi.answers import Taken
from webhooks.openapi.parts import TEXT, Answer, Operation, Parameter, ok

_TAG = "webhooks"
_OFF = {404: "this channel is off"}
_TAKEN = ok(Taken, {"ok": True})

_UPDATE = {
    "type": "object",
    "required": ["update_id"],
    "properties": {"update_id": {"type": "integer"}},
    "description": "an Update of the Bot API; kinds we do not act on are answered 200",
}
_WORD = {"type": "string", "pattern": "[A-Za-z0-9]"}
_OPTION = {
    "anyOf": [_WORD, {"type": "object", "required": ["id", "texto"], "properties": {"id": _WORD, "texto": _WORD}}]
}


def _event(name: str, *needed: str, **fields: Any) -> dict[str, Any]:
    data = {"type": "object", "required": list(needed), "properties": fields}
    return {
        "type": "object",
        "title": name,
        "required": ["event", "job_id", *(["data"] if needed else [])],
        "additionalProperties": False,
        "properties": {
            "event": {"const": name},
            "job_id": TEXT,
            "seq": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
            "data": data,
        },
    }


_CALLBACK = {
    "oneOf": [
        _event("job.log", timestamp=TEXT, level=TEXT, message=TEXT),
        _event("job.progress", percentual={"type": "number"}, etapa=TEXT),
        _event("job.heartbeat"),
        _event(
            "job.question",
            *("pergunta_id", "texto", "tipo"),
            pergunta_id=_WORD,
            texto=_WORD,
            tipo={"enum": list(TipoResposta)},
            opcoes={"type": "array", "items": _OPTION, "minItems": 1},
        ),
        _event("job.completed", resultado={"type": "object"}),
        _event("job.failed", codigo=TEXT, mensagem=TEXT, definitivo={"type": "boolean"}),
        _event("job.cancelled"),
    ]
}

OPERATIONS = {
    ("POST", "/webhooks/telegram"): Operation(
        _TAG, "An update of Telegram", _TAKEN, body=_UPDATE, example={"update_id": 1}, refusals=_OFF
    ),
    ("GET", "/webhooks/whatsapp"): Operation(
        _TAG,
        "Meta asks whether this address is ours",
        {200: Answer(TEXT, "the challenge", "text/plain", example="1158201444")},
        parameters=tuple(Parameter(f"hub.{name}", TEXT) for name in ("mode", "verify_token", "challenge")),
        refusals={403: "wrong verify token"},
    ),
    ("POST", "/webhooks/whatsapp"): Operation(
        _TAG,
        "A notification of the Cloud API",
        _TAKEN,
        "Signed over the raw bytes of the body.",
        body=Notification,
        example={"entry": [{"changes": [{"field": "messages", "value": {}}]}]},
        refusals=_OFF,
    ),
    ("POST", "/webhooks/rpa"): Operation(
        _TAG,
        "An event of a robot's job",
        _TAKEN,
        "Signed by Standard Webhooks; stale after 5 minutes.",
        (
            Parameter("webhook-id", TEXT, needed=True, place="header"),
            Parameter("webhook-timestamp", TEXT, "seconds since 1970", needed=True, place="header"),
            Parameter("venda", TEXT, "as it stands in `callback_url`"),
        ),
        _CALLBACK,
        {"event": "job.progress", "job_id": "job-1", "seq": 3, "data": {"percentual": 40, "etapa": "Cadastro"}},
        refusals={404: "no job of ours"},
    ),
}
