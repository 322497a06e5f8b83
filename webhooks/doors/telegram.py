"""Telegram's door (core.telegram.org/bots/api#setwebhook)."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

import structlog
from aiogram.types import CallbackQuery, Message, MessageReactionUpdated
from aiohttp import web

from core.atendimento.bloqueio import hear_of_block
from core.doors.plain import is_plain_text
from core.heard import Heard
from core.metrics import IGNORED
from core.outcome import Outcome
from core.pessoa.contatos import follow_group
from core.pessoa.nomes_visiveis import shown_name
from webhooks.doors.schemas import OFF, TAG, TAKEN, UPDATE
from webhooks.doors.telegram_frame import CHANNEL, id_of, put_in_private, readable, written_at
from webhooks.given import TELEGRAM_DOOR, TelegramDoor
from webhooks.http.answers import ApiError, as_json, for_channel
from webhooks.http.bodies import counting_refusals, json_object
from webhooks.http.endpoints import endpoint

log = structlog.get_logger()

# What we ask Telegram to send.
ALLOWED_UPDATES = ["message", "edited_message", "message_reaction", "callback_query", "my_chat_member"]
# Said by the app, not by the person (core.telegram.org/bots/api#message).
_SERVICE = (
    "forum_topic_created", "forum_topic_edited", "forum_topic_closed", "forum_topic_reopened",
    "general_forum_topic_hidden", "general_forum_topic_unhidden", "pinned_message", "write_access_allowed",
    "message_auto_delete_timer_changed", "chat_background_set", "proximity_alert_triggered",
    "boost_added", "direct_message_price_changed", "giveaway_created", "giveaway_completed", "giveaway_winners",
    "checklist_tasks_done", "checklist_tasks_added", "suggested_post_approved", "suggested_post_approval_failed",
    "suggested_post_declined", "suggested_post_paid", "suggested_post_refunded", "paid_message_price_changed",
)  # fmt: skip


Act = Callable[[TelegramDoor], Awaitable[Outcome]]


@endpoint(TAG, "An update of Telegram", TAKEN, body=UPDATE, example={"update_id": 1}, refusals=OFF)
async def receive(request: web.Request) -> web.Response:
    """One update. 2xx only after the commit; Telegram keeps it until then."""
    with counting_refusals(CHANNEL):
        update = await json_object(request)
        if "update_id" in update and update["update_id"] is None:
            # Telegram never counted that far; a refusal would bring it back for a day.
            return _ignored("malformed")
        event_id = _event_id(update)
    door = request.app[TELEGRAM_DOOR]
    try:
        act = read_update(event_id, update, door.clock())
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError, OSError):
        # Refused, it would come again for a day, and everything else of its chat would wait behind it.
        return _ignored("malformed")
    if act is None:
        return _ignored(_kind(update))
    return for_channel(await act(door))


def _event_id(update: dict[str, Any]) -> str:
    update_id = update.get("update_id")
    if not isinstance(update_id, int) or isinstance(update_id, bool):
        raise ApiError(400, "update_id is not an integer")
    return str(update_id)


def _ignored(kind: str) -> web.Response:
    """Nothing to do about it (docs/channels.md): counted, and one line."""
    IGNORED.labels(CHANNEL, kind).inc()
    log.info("event_ignored", channel=CHANNEL, kind=kind)
    return as_json({"ok": True})


def read_update(event_id: str, update: dict[str, Any], now: datetime) -> Act | None:
    """What to do about it. None when this is nothing we act on: a channel post, a kind that is new to us."""
    if "message" in update:
        return _message(event_id, update["message"], now)
    if "edited_message" in update:
        return _written(event_id, "edited_message", update["edited_message"], now)
    if "message_reaction" in update:
        return _reaction(event_id, update["message_reaction"], now)
    if "callback_query" in update:
        return _tap(event_id, update["callback_query"], now)
    if "my_chat_member" in update:
        return _membership(event_id, update["my_chat_member"])
    return None


def _message(event_id: str, message: Any, now: datetime) -> Act | None:
    if "migrate_to_chat_id" in message:
        old, new = id_of(message["chat"]["id"]), id_of(message["migrate_to_chat_id"])
        if old is None or new is None:
            raise ValueError("no id of a group")
        return lambda door: door.event(
            CHANNEL, event_id, lambda tx: follow_group(tx, CHANNEL, event_id, str(old), str(new))
        )
    return _written(event_id, "message", message, now)


def _written(event_id: str, kind: str, message: Any, now: datetime) -> Act | None:
    """A message of a person, new or changed."""
    if any(key in message for key in _SERVICE) or put_in_private(message, "from", message) is None:
        return None
    at = written_at(message, now)
    message["message_id"] = id_of(message.get("message_id")) or 0
    if not is_plain_text(message):
        readable(Message, message, at)
    topic = _topic(message)
    heard = _heard(event_id, message["from"], {kind: message}, at, quoted_id=_quoted(message, topic), topic=topic)
    heard.inbound_id = _text_id(message["message_id"])
    return lambda door: door.hear(heard)


def _reaction(event_id: str, reaction: Any, now: datetime) -> Act | None:
    """A reaction put on a message, changed or taken back; none of an anonymous group."""
    if put_in_private(reaction, "user", reaction) is None:
        return None
    readable(MessageReactionUpdated, reaction, now)
    heard = _heard(
        event_id, reaction["user"], {"message_reaction": reaction}, now, quoted_id=_text_id(reaction["message_id"])
    )
    return lambda door: door.hear(heard)


def _tap(event_id: str, tap: Any, now: datetime) -> Act | None:
    message = tap.get("message")
    if not isinstance(message, dict):
        tap["message"] = message = None
    if put_in_private(tap, "from", message) is None:
        return None
    # Without an id it cannot be acknowledged; what it asks for is done all the same.
    tap["id"] = tap["id"] if isinstance(tap.get("id"), str) else ""
    readable(CallbackQuery, tap, now)
    message = tap.get("message")
    quoted_id = None if message is None else _text_id(message["message_id"])
    topic = None if message is None else _topic(message)
    heard = _heard(event_id, tap["from"], {"callback_query": tap}, now, quoted_id=quoted_id, topic=topic)
    return lambda door: door.hear(heard)


def _topic(message: dict[str, Any]) -> str | None:
    """The thread of a private chat with topics (Bot API 9.3 and later)."""
    return _text_id(message.get("message_thread_id")) if message.get("is_topic_message") else None


def _quoted(message: dict[str, Any], topic: str | None) -> str | None:
    """The message that this one answers; in a topic the one that made it is no answer."""
    quoted_id = _text_id((message.get("reply_to_message") or {}).get("message_id"))
    return None if quoted_id == topic else quoted_id


def _text_id(value: Any) -> str | None:
    """0 is the id of a message that cannot be quoted (core.telegram.org/bots/api#message)."""
    number = id_of(value)
    return str(number) if number else None


def _heard(
    event_id: str,
    sender: dict[str, Any],
    part: dict[str, Any],
    at: datetime,
    *,
    quoted_id: str | None,
    topic: str | None = None,
) -> Heard:
    return Heard(
        channel=CHANNEL,
        event_id=event_id,
        external_id=str(int(sender["id"])),
        update={"update_id": int(event_id), **part},
        at=at,
        nome=shown_name(sender.get("first_name")),
        idioma=sender.get("language_code"),
        quoted_id=quoted_id,
        topic=topic,
    )


def _membership(event_id: str, change: Any) -> Act:
    """Somebody blocked the bot, or took it back."""
    chat, member = change.get("chat") or change["from"], change["new_chat_member"]
    external_id, reachable = id_of(chat["id"]), member["status"] not in ("kicked", "left")
    if external_id is None:
        raise ValueError("no id of a chat")
    return lambda door: door.event(
        CHANNEL, event_id, lambda tx: hear_of_block(tx, CHANNEL, event_id, str(external_id), reachable=reachable)
    )


def _kind(update: dict[str, Any]) -> str:
    """A label of few values, whatever is sent."""
    known = ("message", "edited_message", "channel_post", "edited_channel_post", "callback_query", "inline_query",
             "message_reaction", "my_chat_member", "chat_member", "poll")  # fmt: skip
    return next((kind for kind in known if kind in update), "unknown")
