"""The robots' door: callbacks signed by Standard Webhooks (standardwebhooks.com)."""

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field

from core.doors.json_text import MAX_ID_LENGTH
from core.outcome import Outcome
from core.venda.respostas import Pergunta
from core.venda.robo import EVENTS, RobotEvent
from webhooks.doors.schemas import CALLBACK, TAG, TAKEN
from webhooks.doors.signatures import SIGNED_BODY
from webhooks.given import ROBOT_DOOR
from webhooks.http.answers import ApiError, for_channel
from webhooks.http.bodies import parse_object
from webhooks.http.endpoints import endpoint
from webhooks.http.operations import TEXT, Parameter
from webhooks.http.parameters import checked


class Callback(BaseModel):
    """The body of a callback (contract, section 5)."""

    model_config = ConfigDict(strict=True, extra="forbid")

    event: str
    job_id: Annotated[str, Field(min_length=1, max_length=MAX_ID_LENGTH)]
    seq: int | None = None
    data: dict[str, Any] = {}


@endpoint(
    TAG,
    "An event of a robot's job",
    TAKEN,
    "Signed by Standard Webhooks; stale after 5 minutes.",
    body=CALLBACK,
    parameters=(
        Parameter("webhook-id", TEXT, needed=True, place="header"),
        Parameter("webhook-timestamp", TEXT, "seconds since 1970", needed=True, place="header"),
        Parameter("venda", TEXT, "as it stands in `callback_url`"),
        Parameter("execucao", TEXT, "as it stands in `callback_url`"),
    ),
    example={"event": "job.progress", "job_id": "job-1", "seq": 3, "data": {"percentual": 40, "etapa": "Cadastro"}},
    refusals={404: "no job of ours"},
)
async def receive(request: web.Request) -> web.Response:
    """One event of a job. 401 unsigned or stale, 404 for a job that is none of ours, 422 with the field."""
    if len(request.headers["webhook-id"]) > MAX_ID_LENGTH:
        raise ApiError(422, f"webhook-id: longer than {MAX_ID_LENGTH}")
    event = _event(parse_object(request[SIGNED_BODY], strict=True), request.query)
    outcome = await request.app[ROBOT_DOOR].callback(event, _event_id(event, request.headers["webhook-id"]))
    if outcome is Outcome.UNKNOWN:
        raise ApiError(404, "unknown job")
    return for_channel(outcome)


def _event(data: dict[str, Any], address: Mapping[str, str]) -> RobotEvent:
    callback = checked(Callback, data)
    if callback.event not in EVENTS:
        raise ApiError(422, f"event: not one of {', '.join(sorted(EVENTS))}")
    if callback.event == "job.question":
        try:
            Pergunta.parse(callback.data)
        except ValueError as error:
            raise ApiError(422, f"data: {error}") from None
    given_out_for = _uuid(address.get("venda")), _uuid(address.get("execucao"))
    return RobotEvent(callback.event, callback.job_id, callback.data, callback.seq, *given_out_for)


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def _event_id(event: RobotEvent, webhook_id: str) -> str:
    """A job's `seq` names its event, however often and under whatever id it is sent."""
    return webhook_id if event.seq is None else f"{event.job_id}:{event.seq}:{event.event}"
