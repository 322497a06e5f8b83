"""How `/openapi.json` describes what operators ask, and the documentation itself."""

from webhooks.openapi.answers import Alive, Ready
from webhooks.openapi.parts import TEXT, Answer, Operation, ok

_A, _B = "operação", "documentação"
_PAGE = "text/html"
_READY = {"status": "ok", "engines": {"database": "ok", "redis": "ok", "objects": "ok"}}
_NOT_READY = {"status": "unavailable", "engines": {"database": "ok", "redis": "ConnectionError", "objects": "ok"}}

OPERATIONS = {
    ("GET", "/healthz"): Operation(_A, "The process lives", ok(Alive, {"status": "ok"})),
    ("GET", "/readyz"): Operation(
        _A,
        "Every engine answers",
        {200: Answer(Ready, example=_READY), 503: Answer(Ready, "one does not", example=_NOT_READY)},
    ),
    ("GET", "/metrics"): Operation(_A, "Prometheus' text format", {200: Answer(TEXT, content_type="text/plain")}),
    ("GET", "/openapi.json"): Operation(_B, "This document", ok({"type": "object"})),
    ("GET", "/docs"): Operation(_B, "Swagger UI", {200: Answer(TEXT, content_type=_PAGE)}),
    ("GET", "/redoc"): Operation(_B, "ReDoc", {200: Answer(TEXT, content_type=_PAGE)}),
}
