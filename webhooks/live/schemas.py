"""How `/openapi.json` describes live events, which are no answers of one model."""

from webhooks.http.operations import TEXT, Parameter

_POSITION = {"type": "string", "format": "evento", "examples": ["1760216400000-0"]}
SINCE = Parameter("desde", _POSITION, "the id of the last event you have")
LAST_EVENT_ID = Parameter(
    "Last-Event-ID",
    _POSITION,
    "counts before `desde`; what is no id of ours begins now, with `eventos_perdidos`",
    place="header",
)
EVENT = {
    "type": "object",
    "required": ["event", "data", "version", "id"],
    "properties": {"event": TEXT, "data": {"type": "object"}, "version": {"const": "v1"}, "id": TEXT},
}
FULL = {503: "Redis is away, or this process has no room: come back after `Retry-After`"}
LINE_AFTER = Parameter(
    "Last-Event-ID",
    {"type": "string", "format": "linha", "examples": ["1"]},
    "the last line you have; what is no id of a line begins at the first, and `connection` says so (`do_inicio`)",
    place="header",
)
LINE = {
    "type": "object",
    "properties": {
        "type": {"enum": ["connection", "job_completed", "job_failed", "job_cancelled"]},
        "do_inicio": {"const": True},
        "seq": {"type": "integer"},
        "timestamp": TEXT,
        "level": TEXT,
        "message": TEXT,
    },
}
NO_ROOM = {503: "this process has no room: come back after `Retry-After`"}
