"""Presence and typing over HTTP, for the apps of attendants (reference: presenca-atendente)."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from aiohttp import web

from core.presenca.digitacao import begin_typing, conversations_of_chat, stop_typing
from core.presenca.mudancas import announce_back, choose
from core.presenca.presenca import Estado, effective, is_available, is_inactive, minutes_in_status
from storage.presenca.digitacao import TypingIndicator, renew, shown
from storage.presenca.presenca import Presenca, presenca_of
from storage.presenca.sinais import UNAVAILABLE, Beating, Signs, read_signs
from storage.presenca.status import StatusPresenca, Via
from storage.transaction import Transaction
from webhooks.auth import UNCOUNTED, USUARIO, too_many
from webhooks.given import CLOCK, DATABASE, PRESENCA_DOOR, RUN, ZONE
from webhooks.http.answers import overloaded
from webhooks.http.endpoints import endpoint
from webhooks.http.operations import ok
from webhooks.presenca.schemas import (
    PHONE,
    PRESENCE,
    TYPING,
    AgentPresence,
    Chat,
    ChatAsked,
    SetStatus,
    TypingShown,
)
from webhooks.presenca.together import HEARTBEATS

# Telegram shows that we type for 5 seconds; a renewal sooner than this shows nothing new on any channel.
_SHOWN_AT_LEAST = 4
_TAG = "presença"


@endpoint(_TAG, "What I am now", ok(AgentPresence, PRESENCE))
async def me(request: web.Request) -> AgentPresence:
    """`GET presence/me`: what I am now."""
    return await _presence(request)


@endpoint(
    _TAG,
    "Choose a state",
    ok(AgentPresence, PRESENCE),
    "Counts as a heartbeat. A time in the message of `busy` or `away` brings the person back by itself.",
    takes=SetStatus,
    example={"status": "busy", "message": "Em reunião até 15h"},
)
async def set_status(request: web.Request, wanted: SetStatus) -> AgentPresence:
    """`POST presence/set-status`. Counts as a heartbeat: without others it is over after PRESENCE_TIMEOUT."""
    usuario = request[USUARIO]

    async def work(tx: Transaction) -> None:
        message = wanted.message or ""
        await choose(tx, usuario.id, StatusPresenca(wanted.status), message, Via.API, zone=request.app[ZONE])

    await request.app[RUN](work)
    return await _presence(request)


@endpoint(_TAG, "I am still here: every 30 s", ok(AgentPresence, PRESENCE), "Takes no body.")
async def heartbeat(request: web.Request) -> AgentPresence:
    """`POST presence/heartbeat`: one write to Redis, and a turn only for the first one after a silence."""
    door, usuario = request.app[PRESENCA_DOOR], request[USUARIO]
    with _redis_needed():
        beat = await request.app[HEARTBEATS].add(Beating(usuario.id, request.pop(UNCOUNTED, None)))
    if isinstance(beat, float):
        raise too_many(beat)
    if not beat.first:
        return _shown(request, beat.presenca, beat.signs)
    await request.app[RUN](lambda tx: announce_back(tx, usuario.id, door.limits))
    return await _presence(request, beat.signs)


@endpoint(
    _TAG,
    "I am typing: again at least every 30 s",
    ok(TypingShown, TYPING),
    takes=Chat,
    example={"chat_id": PHONE},
)
async def start_typing(request: web.Request, chat: Chat) -> TypingShown:
    """`POST typing`: begins the indicator, or renews it for another TYPING_TIMEOUT."""
    door = request.app[PRESENCA_DOOR]
    indicator = _indicator(request, chat)
    with _redis_needed():
        now = request.app[CLOCK]()
        renewed, show = await renew(door.redis, indicator.name, now, shown_for=_SHOWN_AT_LEAST)

        async def work(tx: Transaction) -> int | None:
            if not renewed:
                await begin_typing(tx, indicator)
            return await door.show_typing(tx, await conversations_of_chat(tx, chat.chat_id)) if show else None

        if show or not renewed:
            seconds = await request.app[RUN](work)
            if seconds is not None:
                await shown(door.redis, indicator.name, seconds)
    return _typing(indicator, request)


@endpoint(
    _TAG,
    "I have stopped typing",
    ok(TypingShown, TYPING),
    asks=ChatAsked,
)
async def end_typing(request: web.Request, chat: ChatAsked) -> TypingShown:
    """`DELETE typing?chat_id=`: ends the indicator; ending what has ended already is no error."""
    indicator = _indicator(request, chat)
    with _redis_needed():
        await request.app[RUN](lambda tx: stop_typing(tx, indicator.name))
    return _typing(indicator, request)


async def _presence(request: web.Request, signs: Signs | None = None) -> AgentPresence:
    """AgentPresence, its fields and properties. Whoever never chose a state is offline since they are registered.

    `signs` when they have just been read.
    """
    door, usuario = request.app[PRESENCA_DOOR], request[USUARIO]
    async with request.app[DATABASE].read() as connection:
        presenca = await presenca_of(connection, usuario.id)
    if signs is None:
        with suppress(*UNAVAILABLE):
            signs = (await read_signs(door.redis, [usuario.id], request.app[CLOCK]()))[usuario.id]
    return _shown(request, presenca, signs)


def _shown(request: web.Request, presenca: Presenca | None, signs: Signs | None) -> AgentPresence:
    door, usuario, now = request.app[PRESENCA_DOOR], request[USUARIO], request.app[CLOCK]()
    if presenca is None:
        estado = Estado(StatusPresenca.OFFLINE, usuario.criado_em)
    else:
        estado = effective(presenca, signs, now, door.limits)
    known = signs if signs is not None else Signs()
    last = known.heartbeat or (presenca.last_heartbeat if presenca is not None else None)
    return AgentPresence(
        agent=usuario.id,
        status=estado.status.value,
        status_message=estado.message,
        last_heartbeat=last,
        websocket_connected=known.websocket_connected,
        status_changed_at=estado.since,
        is_available=is_available(estado.status),
        tempo_no_status_atual=minutes_in_status(estado, now),
        esta_inativo=is_inactive(last, now, door.limits),
    )


def _indicator(request: web.Request, chat: Chat | ChatAsked) -> TypingIndicator:
    usuario = request[USUARIO]
    return TypingIndicator(usuario.id, chat.chat_id, usuario.nome_completo)


def _typing(indicator: TypingIndicator, request: web.Request) -> TypingShown:
    now = request.app[CLOCK]()
    return TypingShown.model_validate({"chat_id": indicator.chat_id, "from": indicator.nome, "timestamp": now})


@contextmanager
def _redis_needed() -> Iterator[None]:
    """Heartbeats and typing are kept in Redis alone."""
    try:
        yield
    except UNAVAILABLE:
        raise overloaded() from None
