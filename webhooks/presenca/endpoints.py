"""Presence and typing over HTTP, for the apps of attendants (reference: presenca-atendente)."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Annotated, Any, Literal, TypeVar

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from core.live import as_timestamp
from core.presenca.digitacao import begin_typing, conversations_of_chat, stop_typing
from core.presenca.mudancas import announce_back, choose
from core.presenca.presenca import MESSAGE_LIMIT, Estado, effective, is_available, is_inactive, minutes_in_status
from storage.presenca.digitacao import TypingIndicator, renew, shown
from storage.presenca.presenca import presenca_of
from storage.presenca.sinais import UNAVAILABLE, Signs, note_heartbeat, read_signs
from storage.presenca.status import StatusPresenca, Via
from storage.transaction import Transaction
from webhooks.auth import SERVICE, USUARIO
from webhooks.http.answers import ApiError, as_json, overloaded
from webhooks.http.bodies import parse_object

# Telegram shows that we type for 5 seconds; a renewal sooner than this shows nothing new on any channel.
_SHOWN_AT_LEAST = 4

Body = TypeVar("Body", bound=BaseModel)


class SetStatus(BaseModel):
    """The body of `set-status`."""

    model_config = ConfigDict(strict=True, extra="forbid")

    status: Literal["online", "offline", "busy", "away"]
    message: Annotated[str, Field(max_length=MESSAGE_LIMIT)] | None = None


class Chat(BaseModel):
    """A chat, named by the customer's phone."""

    model_config = ConfigDict(strict=True, extra="forbid")

    chat_id: Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[^\s\x00-\x1f\x7f-\x9f]+$")]


async def me(request: web.Request) -> web.Response:
    """`GET presence/me`: what I am now."""
    return as_json(await _presence(request))


async def set_status(request: web.Request) -> web.Response:
    """`POST presence/set-status`. Counts as a heartbeat: without others it is over after PRESENCE_TIMEOUT."""
    wanted = _checked(SetStatus, parse_object(await request.read(), strict=True))
    service, usuario = request.app[SERVICE], request[USUARIO]

    async def work(tx: Transaction) -> None:
        message = wanted.message or ""
        await choose(tx, usuario.id, StatusPresenca(wanted.status), message, Via.API, zone=service.zone)

    await service.run(work)
    return as_json(await _presence(request))


async def heartbeat(request: web.Request) -> web.Response:
    """`POST presence/heartbeat`: one write to Redis, and a turn only for the first one after a silence."""
    service, usuario = request.app[SERVICE], request[USUARIO]
    with _redis_needed():
        first, signs = await note_heartbeat(service.redis, usuario.id, service.clock())
    if first:
        await service.run(lambda tx: announce_back(tx, usuario.id, service.presence_limits))
    return as_json(await _presence(request, signs))


async def start_typing(request: web.Request) -> web.Response:
    """`POST typing`: begins the indicator, or renews it for another TYPING_TIMEOUT."""
    chat = _checked(Chat, parse_object(await request.read(), strict=True))
    service = request.app[SERVICE]
    indicator = _indicator(request, chat)
    with _redis_needed():
        now = service.clock()
        renewed, show = await renew(service.redis, indicator.name, now, shown_for=_SHOWN_AT_LEAST)

        async def work(tx: Transaction) -> int | None:
            if not renewed:
                await begin_typing(tx, indicator)
            return await service.show_typing(tx, await conversations_of_chat(tx, chat.chat_id)) if show else None

        if show or not renewed:
            seconds = await service.run(work)
            if seconds is not None:
                await shown(service.redis, indicator.name, seconds)
    return as_json(_typing_json(indicator, request))


async def end_typing(request: web.Request) -> web.Response:
    """`DELETE typing?chat_id=`: ends the indicator; ending what has ended already is no error."""
    chat = _checked(Chat, {name: value for name, value in request.query.items() if name == "chat_id"})
    indicator = _indicator(request, chat)
    with _redis_needed():
        await request.app[SERVICE].run(lambda tx: stop_typing(tx, indicator.name))
    return as_json(_typing_json(indicator, request))


async def _presence(request: web.Request, signs: Signs | None = None) -> dict[str, Any]:
    """AgentPresence, its fields and properties. Whoever never chose a state is offline since they are registered.

    `signs` when they have just been read.
    """
    service, usuario = request.app[SERVICE], request[USUARIO]
    now = service.clock()
    async with service.database.read() as connection:
        presenca = await presenca_of(connection, usuario.id)
    if signs is None:
        with suppress(*UNAVAILABLE):
            signs = (await read_signs(service.redis, [usuario.id], now))[usuario.id]
    if presenca is None:
        estado = Estado(StatusPresenca.OFFLINE, usuario.criado_em)
    else:
        estado = effective(presenca, signs, now, service.presence_limits)
    known = signs if signs is not None else Signs()
    last = known.heartbeat or (presenca.last_heartbeat if presenca is not None else None)
    return {
        "agent": str(usuario.id),
        "status": estado.status,
        "status_message": estado.message,
        "last_heartbeat": None if last is None else as_timestamp(last),
        "websocket_connected": known.websocket_connected,
        "status_changed_at": as_timestamp(estado.since),
        "is_available": is_available(estado.status),
        "tempo_no_status_atual": minutes_in_status(estado, now),
        "esta_inativo": is_inactive(last, now, service.presence_limits),
    }


def _indicator(request: web.Request, chat: Chat) -> TypingIndicator:
    usuario = request[USUARIO]
    return TypingIndicator(usuario.id, chat.chat_id, usuario.nome_completo)


def _typing_json(indicator: TypingIndicator, request: web.Request) -> dict[str, str]:
    now = request.app[SERVICE].clock()
    return {"chat_id": indicator.chat_id, "from": indicator.nome, "timestamp": as_timestamp(now)}


def _checked(model: type[Body], data: dict[str, Any]) -> Body:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        raise ApiError(422, f"{'.'.join(map(str, first['loc'])) or 'body'}: {first['msg']}") from None


@contextmanager
def _redis_needed() -> Iterator[None]:
    """Heartbeats and typing are kept in Redis alone."""
    try:
        yield
    except UNAVAILABLE:
        raise overloaded() from None
