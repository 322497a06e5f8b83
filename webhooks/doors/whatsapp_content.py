"""What a person sent on WhatsApp, in the Bot API's form."""

import json
from collections.abc import Mapping
from typing import Any

from core.heard import ABOUT, CHANGED, FORWARDED, LABEL, PAST_US, TAKEN_BACK
from core.palavras import trimmed
from core.textos import TEXT_LIMIT, shortened
from webhooks.doors.whatsapp_models import (
    Card,
    Changed,
    File,
    Filled,
    Location,
    Message,
    Order,
    Recording,
    Reply,
    Sticker,
    each,
)

# Of what an advertisement says, beside the message that it led to.
_LONGEST_ABOUT = 600
# How far a form's answers are looked into.
_DEEPEST = 3


def part_of(message: Message, shown: dict[str, Any]) -> dict[str, Any]:
    """The filled part of the Update; `shown` is the frame of a Message from this person."""
    if message.type == "reaction" and message.reaction is not None:
        return {"message_reaction": _reaction(message.reaction.emoji, shown)}
    if _change(message) is not None:
        return {"edited_message": {**shown, **_changed(message)}}
    tapped = _tapped(message)
    if tapped is not None:
        # No id: WhatsApp wants no answer to a tap.
        tap = {"id": "", "from": shown["from"], "chat_instance": "", "data": tapped.id, "message": shown}
        return {"callback_query": {**tap, LABEL: tapped.title}}
    return {"message": {**shown, **_content(message), **_came_from(message)}}


def past_us(message: Message, shown: dict[str, Any]) -> dict[str, Any]:
    """The same of what the operation wrote in the WhatsApp Business app, or changed there."""
    said = {**_changed(message), CHANGED: True} if _change(message) is not None else _content(message)
    return {PAST_US: {**shown, **said}}


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


def _tapped(message: Message) -> Reply | None:
    if message.interactive is not None:
        reply = message.interactive.button_reply or message.interactive.list_reply
        return reply if reply is not None and reply.id else None
    return None


def _came_from(message: Message) -> dict[str, Any]:
    """The advertisement that led here, or the article that is asked about, as lines; whether it was passed on."""
    lines = []
    if message.referral is not None:
        said = message.referral
        about = " · ".join(filter(None, (said.headline, said.body)))
        lines += [f"📣 {about}".strip(), said.source_url] if about or said.source_url else []
    if message.context is not None and (product := message.context.referred_product) is not None:
        lines.append(f"🛒 {product.product_retailer_id}" if product.product_retailer_id else "")
    told = shortened("\n".join(filter(None, lines)), _LONGEST_ABOUT)
    return _passed_on(message) | ({ABOUT: told} if told else {})


def _passed_on(message: Message) -> dict[str, Any]:
    context = message.context
    return {FORWARDED: True} if context is not None and (context.forwarded or context.frequently_forwarded) else {}


def _content(message: Message) -> dict[str, Any]:
    """The message's content in the Bot API's fields; empty for a kind we cannot show."""
    # Empty, or of characters that nobody sees: there is nothing to carry on, and no channel takes it.
    if message.text is not None and trimmed(message.text.body):
        return {"text": message.text.body}
    # A template's button, which somebody taps days later: an answer in words, not one of our own buttons.
    if message.button is not None and message.button.text:
        return {"text": message.button.text}
    if message.order is not None and (basket := _order(message.order)):
        return {"text": shortened(f"🛒 {basket}", TEXT_LIMIT)}
    if message.interactive is not None and (answers := _filled(message.interactive.nfm_reply)):
        return {"text": shortened(f"📋 {answers}", TEXT_LIMIT)}
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


def _order(order: Order) -> str:
    """A basket in words that are of no language: how many of what, at which price."""
    lines = []
    for item in order.product_items:
        price = f"{item.item_price} {item.currency}".strip()
        lines.append(" · ".join(filter(None, (f"{item.quantity or 1} × {item.product_retailer_id}", price))))
    return "\n".join(filter(None, (*lines, order.text)))


def _filled(form: Filled | None) -> str:
    """A form as lines of what was asked and answered; what cannot be read as one, as it came."""
    if form is None:
        return ""
    try:
        given = json.loads(form.response_json)
    except (ValueError, RecursionError):
        given = {}
    lines = _answers(given, _DEEPEST) if isinstance(given, dict) else []
    return "\n".join(lines) or form.body or form.response_json


def _answers(given: Mapping[str, Any], deep: int) -> list[str]:
    lines = []
    for name, value in given.items():
        if isinstance(value, dict) and deep:
            lines += _answers(value, deep - 1)
        elif value not in (None, "", [], {}) and name != "flow_token":
            lines.append(f"{name}: {_plain(value)}")
    return lines


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "✓" if value else "✗"
    if isinstance(value, list):
        return ", ".join(map(_plain, value))
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _contacts(cards: list[Card]) -> dict[str, Any]:
    """One of a name and a phone as a contact; several, or more than that, which have no such form, as they are read."""
    lines = [_card_lines(card) for card in cards]
    if len(cards) == 1 and len(lines[0]) <= 2 and (phone := _phones(cards[0])):
        name = cards[0].name
        first, last = name.first_name or name.formatted_name or phone[0], name.last_name
        return {"contact": {"phone_number": phone[0], "first_name": first} | ({"last_name": last} if last else {})}
    return {"text": shortened("\n\n".join("\n".join(card) for card in lines), TEXT_LIMIT)}


def _card_lines(card: Card) -> list[str]:
    name = card.name.formatted_name or " ".join(filter(None, (card.name.first_name, card.name.last_name)))
    places = (", ".join(filter(None, (one.street, one.city, one.state, one.zip))) for one in card.addresses)
    work = ", ".join(filter(None, (card.org.title, card.org.company)))
    more = (*(one.email for one in card.emails), *(one.url for one in card.urls), *places, work)
    return [line for line in (name, *_phones(card), *more) if line]


def _phones(card: Card) -> list[str]:
    return list(dict.fromkeys(one.phone or one.wa_id or "" for one in card.phones if one.phone or one.wa_id))
