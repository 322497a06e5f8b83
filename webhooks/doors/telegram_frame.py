"""Who wrote to us on Telegram, from as little as tells it, and the rest of the event as far as it can be read."""

from datetime import datetime
from typing import Any

from aiogram.types import TelegramObject

from core.doors.json_text import MAX_INTEGER
from core.doors.tolerant import read_tolerant
from core.metrics import IGNORED
from webhooks.doors.timestamps import read_timestamp

CHANNEL = "telegram"
# For fields that say nothing of what was said: without them the rest is as good.
_NEUTRAL: dict[str, Any] = {
    "is_bot": False, "first_name": "?", "chat_instance": "", "old_reaction": [], "new_reaction": [],
    "file_unique_id": "", "width": 0, "height": 0, "length": 0, "duration": 0, "is_animated": False, "is_video": False,
    # A poll's and a sticker's, of before the fields that each version of the Bot API adds.
    "poll.type": "regular", "sticker.type": "regular",
    "persistent_id": "", "voter_count": 0, "total_voter_count": 0, "is_closed": False, "is_anonymous": True,
    "allows_multiple_answers": False, "allows_revoting": False, "members_only": False,
}  # fmt: skip


def id_of(value: Any) -> int | None:
    """An id of Telegram's: an integer of 64 bits, also as text. None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    try:
        number = int(value)
    except ValueError:
        return None
    return number if abs(number) <= MAX_INTEGER else None


def put_in_private(event: dict[str, Any], who: str, message: dict[str, Any] | None) -> int | None:
    """Complete who wrote (`event[who]`) and where (`message["chat"]`); the person's id.

    None when it was not said in private; `ValueError` when nothing tells by whom. A private chat has the id of its
    person (core.telegram.org/bots/api#chat), so that either of the two may be missing.
    """
    chat = _dict(message.get("chat")) if message is not None else {}
    chat_id, kind = id_of(chat.get("id")), chat.get("type")
    if kind != "private" and (isinstance(kind, str) or (chat_id or 0) < 0):
        return None
    sender = _dict(event.get(who))
    sender_id = id_of(sender.get("id"))
    if sender_id is None and sender.get("id") is not None:
        IGNORED.labels(CHANNEL, "malformed").inc()
    sender_id = sender_id or chat_id
    if not sender_id:
        raise ValueError("nobody's")
    event[who] = {**sender, "id": sender_id}
    if message is not None:
        message["chat"] = {**chat, "id": chat_id or sender_id, "type": "private"}
    return sender_id


def readable(model: type[TelegramObject], event: dict[str, Any], at: datetime) -> None:
    """Take out of the event what this model cannot read. `ValueError` when it has to have that."""
    read_tolerant(model, event, CHANNEL, {**_NEUTRAL, "date": int(at.timestamp())})


def written_at(message: dict[str, Any], now: datetime) -> datetime:
    """When it was written, or changed last; `now` where that is not told."""
    return read_timestamp(message.get("edit_date") or message.get("date"), now)


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
