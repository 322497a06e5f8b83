"""Telegram's door (core.telegram.org/bots/api#setwebhook)."""

from datetime import UTC, datetime
from typing import Any

from aiohttp import web

from core.contatos import follow_group, note_membership
from core.heard import Heard
from core.metrics import IGNORED
from core.outcome import Outcome
from webhooks.answers import ApiError, as_json, for_channel
from webhooks.auth import SERVICE
from webhooks.bodies import json_object
from webhooks.service import Service

CHANNEL = "telegram"
# What we ask Telegram to send.
ALLOWED_UPDATES = ["message", "callback_query", "my_chat_member"]


async def receive(request: web.Request) -> web.Response:
    """One update. 2xx only after the commit; Telegram keeps it until then."""
    update = await json_object(request)
    update_id = update.get("update_id")
    if not isinstance(update_id, int) or isinstance(update_id, bool):
        IGNORED.labels(CHANNEL, "malformed").inc()
        raise ApiError(400, "update_id is not an integer")
    outcome = await _handle(request.app[SERVICE], str(update_id), update)
    if outcome is None:
        IGNORED.labels(CHANNEL, _kind(update)).inc()
        return as_json({"ok": True})
    return for_channel(outcome)


async def _handle(service: Service, event_id: str, update: dict[str, Any]) -> Outcome | None:
    """None when this is nothing we act on: a channel post, an edit, a kind that is new to us."""
    if "message" in update:
        return await _message(service, event_id, update["message"])
    if "callback_query" in update:
        heard = _tap(event_id, update["callback_query"])
        return await service.hear(heard) if heard else None
    if "my_chat_member" in update:
        return await _membership(service, event_id, update["my_chat_member"])
    return None


async def _message(service: Service, event_id: str, message: Any) -> Outcome | None:
    try:
        chat, sender = message["chat"], message.get("from")
        if "migrate_to_chat_id" in message:
            old, new = str(chat["id"]), str(message["migrate_to_chat_id"])
            return await service.event(CHANNEL, event_id, lambda tx: follow_group(tx, CHANNEL, event_id, old, new))
        if chat["type"] != "private" or sender is None:
            return None
        return await service.hear(_heard(event_id, sender, {"message": message}, message.get("date")))
    except (KeyError, TypeError, AttributeError):
        raise ApiError(400, "the message is malformed") from None


def _tap(event_id: str, tap: Any) -> Heard | None:
    try:
        message = tap.get("message")
        if message is not None and message["chat"]["type"] != "private":
            return None
        return _heard(event_id, tap["from"], {"callback_query": tap}, None)
    except (KeyError, TypeError, AttributeError):
        raise ApiError(400, "the callback_query is malformed") from None


def _heard(event_id: str, sender: dict[str, Any], part: dict[str, Any], date: Any) -> Heard:
    return Heard(
        channel=CHANNEL,
        event_id=event_id,
        external_id=str(int(sender["id"])),
        update={"update_id": int(event_id), **part},
        at=datetime.fromtimestamp(date, UTC) if isinstance(date, int) else datetime.now(UTC),
        nome=sender.get("first_name"),
        idioma=sender.get("language_code"),
    )


async def _membership(service: Service, event_id: str, change: Any) -> Outcome | None:
    """Somebody blocked the bot, or took it back."""
    try:
        external_id, status = str(change["chat"]["id"]), change["new_chat_member"]["status"]
    except (KeyError, TypeError):
        raise ApiError(400, "the my_chat_member is malformed") from None
    reachable = status not in ("kicked", "left")
    return await service.event(
        CHANNEL, event_id, lambda tx: note_membership(tx, CHANNEL, event_id, external_id, reachable=reachable)
    )


def _kind(update: dict[str, Any]) -> str:
    """A label of few values, whatever is sent."""
    known = ("message", "edited_message", "channel_post", "edited_channel_post", "callback_query", "inline_query",
             "message_reaction", "my_chat_member", "chat_member", "poll")  # fmt: skip
    return next((kind for kind in known if kind in update), "unknown")
