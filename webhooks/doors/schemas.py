"""What channels and robots send and are answered, as `/openapi.json` describes it. The doors read it themselves."""

from typing import Any

from core.venda.respostas import TipoResposta
from webhooks.http.operations import TEXT, ok
from webhooks.http.schemas import Taken

TAG = "webhooks"
OFF = {404: "this channel is off"}
TAKEN = ok(Taken, {"ok": True})

UPDATE = {
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


CALLBACK = {
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
