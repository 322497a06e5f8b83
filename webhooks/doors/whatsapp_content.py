"""What a person sent on WhatsApp, in the Bot API's form."""

from typing import Any

from core.heard import TAKEN_BACK
from core.palavras import trimmed
from webhooks.doors.whatsapp_models import Card, Changed, File, Location, Message, Recording, Sticker, each


def part_of(message: Message, shown: dict[str, Any]) -> dict[str, Any]:
    """The filled part of the Update; `shown` is the frame of a Message from this person."""
    if message.type == "reaction" and message.reaction is not None:
        return {"message_reaction": _reaction(message.reaction.emoji, shown)}
    if _change(message) is not None:
        return {"edited_message": {**shown, **_changed(message)}}
    tapped = _tapped(message)
    if tapped is not None:
        # No id: WhatsApp wants no answer to a tap.
        tap = {"id": "", "from": shown["from"], "chat_instance": "", "data": tapped, "message": shown}
        return {"callback_query": tap}
    return {"message": {**shown, **_content(message)}}


def inbound_id(message: Message) -> str:
    """The id of the message that this is, or changes."""
    changed = _change(message)
    return changed.original_message_id if changed is not None else message.id


def _change(message: Message) -> Changed | None:
    """What it changes, when it is no message of its own."""
    return {"edit": message.edit, "revoke": message.revoke}.get(message.type)


def _changed(message: Message) -> dict[str, Any]:
    """What an edited message says now; of one that was taken back, only that it was.

    developers.facebook.com, webhooks/reference/messages/edit and …/revoke.
    """
    if message.type == "revoke" or message.edit is None:
        return {TAKEN_BACK: True}
    now = next(each(Message, [{**message.edit.message, "id": message.id}]), None)
    return _content(now) if now is not None else {}


def quoted_id(message: Message) -> str | None:
    """The message that this one answers, was tapped on, or reacts to."""
    if message.reaction is not None:
        return message.reaction.message_id
    return message.context.id if message.context is not None else None


def _reaction(emoji: str | None, shown: dict[str, Any]) -> dict[str, Any]:
    new = [{"type": "emoji", "emoji": emoji}] if emoji else []
    about = {"message_id": shown["message_id"], "date": shown["date"], "chat": shown["chat"], "user": shown["from"]}
    return {**about, "old_reaction": [], "new_reaction": new}


def _tapped(message: Message) -> str | None:
    if message.interactive is not None:
        reply = message.interactive.button_reply or message.interactive.list_reply
        return reply.id if reply is not None and reply.id else None
    return None


def _content(message: Message) -> dict[str, Any]:
    """The message's content in the Bot API's fields; empty for a kind we cannot show."""
    # Empty, or of characters that nobody sees: there is nothing to carry on, and no channel takes it.
    if message.text is not None and trimmed(message.text.body):
        return {"text": message.text.body}
    # A template's button, which somebody taps days later: an answer in words, not one of our own buttons.
    if message.button is not None and message.button.text:
        return {"text": message.button.text}
    if message.location is not None:
        return _location(message.location)
    if message.contacts:
        return _contacts(message.contacts)
    return _attached(message)


def _attached(message: Message) -> dict[str, Any]:
    for kind, file in (("document", message.document), ("video", message.video)):
        if file is not None:
            return {kind: _file(kind, file), "caption": file.caption}
    if message.audio is not None:
        return _recording(message.audio)
    if message.sticker is not None:
        return {"sticker": _sticker(message.sticker)}
    if message.image is not None:
        photo = {**_ids(message.image), "width": 0, "height": 0}
        return {"photo": [photo], "caption": message.image.caption}
    return {}


def _ids(file: File) -> dict[str, Any]:
    return {"file_id": file.id, "file_unique_id": file.id}


def _file(kind: str, file: File) -> dict[str, Any]:
    described = {**_ids(file), "mime_type": file.mime_type}
    if kind == "document":
        return {**described, "file_name": file.filename}
    return {**described, "duration": 0, "width": 0, "height": 0}


def _recording(file: Recording) -> dict[str, Any]:
    return {"voice" if file.voice else "audio": {**_ids(file), "mime_type": file.mime_type, "duration": 0}}


def _sticker(file: Sticker) -> dict[str, Any]:
    # The Bot API means its own vector format by `is_animated`; WhatsApp's moving ones are WebP like the others.
    shape = {"width": 512, "height": 512, "is_animated": False, "is_video": False}
    return {**_ids(file), "type": "regular", **shape}


def _location(location: Location) -> dict[str, Any]:
    point = {"latitude": location.latitude, "longitude": location.longitude}
    if not location.name and not location.address:
        return {"location": point}
    title, address = location.name or location.address, location.address or ""
    return {"location": point, "venue": {"location": point, "title": title, "address": address}}


def _contacts(cards: list[Card]) -> dict[str, Any]:
    """One as a contact; several, which the Bot API does not have, as they are read."""
    if len(cards) == 1 and (phone := _phone(cards[0])):
        name = cards[0].name
        first, last = name.first_name or name.formatted_name or phone, name.last_name
        return {"contact": {"phone_number": phone, "first_name": first} | ({"last_name": last} if last else {})}
    return {"text": "\n\n".join(f"{card.name.formatted_name}\n{_phone(card) or ''}".strip() for card in cards)}


def _phone(card: Card) -> str | None:
    return next((phone.phone or phone.wa_id for phone in card.phones if phone.phone or phone.wa_id), None)
