"""WhatsApp's door (developers.facebook.com/docs/whatsapp/cloud-api/webhooks)."""

import hashlib
import hmac
from datetime import UTC, datetime
from typing import Any

from aiohttp import web
from pydantic import ValidationError

from core.heard import Heard
from core.metrics import IGNORED
from core.outcome import Outcome
from core.telefones import digits_of
from storage.message_statuses import note_statuses
from webhooks.answers import ApiError, for_channel
from webhooks.auth import SERVICE, same
from webhooks.bodies import parse_object
from webhooks.service import Service
from webhooks.whatsapp_models import Contact, File, Message, Notification, Status, Value

CHANNEL = "whatsapp"
# Sent by the platform about a conversation, not by the person in it.
_NOT_SAID = frozenset({"reaction", "system", "ephemeral", "request_welcome"})


async def verify(request: web.Request) -> web.Response:
    """Meta asks once whether this address is ours."""
    query = request.query
    if query.get("hub.mode") != "subscribe" or not same(
        query.get("hub.verify_token"), request.app[SERVICE].whatsapp_verify_token
    ):
        raise ApiError(403, "wrong verify token")
    return web.Response(text=query.get("hub.challenge", ""))


async def receive(request: web.Request) -> web.Response:
    """Several entries, changes, messages and statuses at once, each message a turn of its own."""
    service = request.app[SERVICE]
    body = await request.read()
    if service.whatsapp_app_secret is None:
        raise ApiError(404, "the WhatsApp channel is off")
    signature = "sha256=" + hmac.new(service.whatsapp_app_secret.encode(), body, hashlib.sha256).hexdigest()
    if not same(request.headers.get("X-Hub-Signature-256"), signature):
        raise ApiError(401, "wrong or no signature")
    try:
        notification = Notification.model_validate(parse_object(body))
    except ValidationError as error:
        IGNORED.labels(CHANNEL, "malformed").inc()
        raise ApiError(400, f"not a notification: {error.errors()[0]['loc']}") from None
    worst = Outcome.DONE
    for entry in notification.entry:
        for change in entry.changes:
            worst = _worse(worst, await _change(service, change.value))
    return for_channel(worst)


async def _change(service: Service, value: Value) -> Outcome:
    if value.metadata.phone_number_id != service.whatsapp_phone_number_id:
        IGNORED.labels(CHANNEL, "other_number").inc()
        return Outcome.DONE
    worst = Outcome.DONE
    for message in value.messages:
        heard = to_heard(message, value.contacts)
        if heard is None:
            IGNORED.labels(CHANNEL, "not_said").inc()
            continue
        worst = _worse(worst, await service.hear(heard))
    if value.statuses:
        statuses = [_status(status) for status in value.statuses]
        await service.run(lambda tx: note_statuses(tx, statuses))
    return worst


def _worse(one: Outcome, other: Outcome) -> Outcome:
    """The whole POST is sent again when one of its events has to be; the others are known by then."""
    order = (Outcome.OVERLOADED, Outcome.FAILED)
    return next((outcome for outcome in order if outcome in (one, other)), Outcome.DONE)


def to_heard(message: Message, contacts: list[Contact]) -> Heard | None:
    """One message in the Bot API's form; None for what no person said to us, or said in a group."""
    contact = _contact_of(message, contacts)
    external_id = message.sender or contact.wa_id or message.user_id or message.from_user_id or contact.user_id
    if external_id is None or message.group_id is not None or message.type in _NOT_SAID:
        return None
    at = read_timestamp(message.timestamp)
    sender = {"id": 0, "is_bot": False, "first_name": contact.profile.name or "?"}
    shown = {"message_id": 1, "date": int(at.timestamp()), "chat": {"id": 0, "type": "private"}, "from": sender}
    tapped = _tapped(message)
    part: dict[str, Any]
    if tapped is not None:
        # No id: WhatsApp wants no answer to a tap.
        part = {"callback_query": {"id": "", "from": sender, "chat_instance": "", "data": tapped, "message": shown}}
    else:
        part = {"message": {**shown, **_content(message)}}
    return Heard(
        channel=CHANNEL,
        event_id=message.id,
        external_id=external_id,
        update={"update_id": 0, **part},
        at=at,
        scoped_id=contact.user_id or message.user_id or message.from_user_id,
        telefone=_phone(external_id),
        nome=contact.profile.name,
        inbound_id=message.id,
    )


def read_timestamp(value: Any) -> datetime:
    """Seconds since 1970 as integer or text; with anything else, now: the moment we got it."""
    try:
        return datetime.fromtimestamp(int(value), UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return datetime.now(UTC)


def _contact_of(message: Message, contacts: list[Contact]) -> Contact:
    for contact in contacts:
        if message.sender is not None and message.sender in (contact.wa_id, contact.user_id):
            return contact
    return contacts[0] if len(contacts) == 1 else Contact()


def _tapped(message: Message) -> str | None:
    if message.interactive is not None:
        reply = message.interactive.button_reply or message.interactive.list_reply
        return reply.id if reply is not None and reply.id else None
    if message.button is not None:
        return message.button.payload or None
    return None


def _content(message: Message) -> dict[str, Any]:
    """The message's content in the Bot API's fields; empty for a kind we cannot show."""
    if message.text is not None:
        return {"text": message.text.body}
    for kind, file in (("document", message.document), ("video", message.video), ("voice", message.audio)):
        if file is not None:
            return {kind: _file(kind, file), "caption": file.caption}
    if message.image is not None:
        photo = {"file_id": message.image.id, "file_unique_id": message.image.id, "width": 0, "height": 0}
        return {"photo": [photo], "caption": message.image.caption}
    return {}


def _file(kind: str, file: File) -> dict[str, Any]:
    described: dict[str, Any] = {"file_id": file.id, "file_unique_id": file.id, "mime_type": file.mime_type}
    if kind == "document":
        return {**described, "file_name": file.filename}
    return {**described, "duration": 0, **({"width": 0, "height": 0} if kind == "video" else {})}


def _phone(external_id: str) -> str | None:
    """The phone WhatsApp vouches for, when the id is one: a business-scoped id (`BR.1502…`) is not."""
    if not external_id.isascii() or not external_id.isdigit():
        return None
    try:
        return digits_of(f"+{external_id}")
    except ValueError:
        return external_id


def _status(status: Status) -> tuple[str, str, datetime, int | None]:
    code = status.errors[0].code if status.errors else None
    return status.id, status.status, read_timestamp(status.timestamp), code
