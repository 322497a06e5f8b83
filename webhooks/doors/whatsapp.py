"""WhatsApp's door (developers.facebook.com/docs/whatsapp/cloud-api/webhooks)."""

import hashlib
import json
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

import structlog
from aiohttp import web
from pydantic import ValidationError

from core.atendimento.uma_pessoa import follow_person
from core.contas import AvisoDaMeta, note_notice
from core.conversa.entregas import note_deliveries
from core.doors.json_text import MAX_ID_LENGTH
from core.doors.tolerant import read_tolerant
from core.heard import Heard
from core.metrics import IGNORED
from core.outcome import Outcome
from core.pessoa.nomes_visiveis import shown_name
from core.telefones import digits_of
from storage.conversa.message_statuses import MessageStatus
from webhooks.doors.schemas import OFF, TAG, TAKEN
from webhooks.doors.several import Act, each_in_their_order
from webhooks.doors.signatures import SIGNED_BODY
from webhooks.doors.timestamps import read_timestamp
from webhooks.doors.whatsapp_content import inbound_id, part_of, past_us, quoted_id
from webhooks.doors.whatsapp_models import Change, Contact, Message, Notification, StatusReport, Value, each
from webhooks.doors.whatsapp_notices import notice_of
from webhooks.given import WHATSAPP_DOOR, WhatsappDoor
from webhooks.http.answers import ApiError, for_channel
from webhooks.http.bodies import counting_refusals, parse_object
from webhooks.http.endpoints import endpoint
from webhooks.http.operations import TEXT, Answer, Parameter

log = structlog.get_logger()

CHANNEL = "whatsapp"
_LONGEST_NAME = 40
# Begins the id of a message that came without one.
_NAMED_BY_US = "sha256:"
# Sent by the platform about a conversation, not by the person in it.
_NOT_SAID = frozenset({"system", "ephemeral", "request_welcome"})
# Changes that hold a `Value`: what people write to us, and what the operation writes to them past us.
_ECHOES = "smb_message_echoes"
_OF_MESSAGES = frozenset({"", "messages", _ECHOES})


@endpoint(
    TAG,
    "Meta asks whether this address is ours",
    {200: Answer(TEXT, "the challenge", "text/plain", example="1158201444")},
    parameters=tuple(Parameter(f"hub.{name}", TEXT) for name in ("mode", "verify_token", "challenge")),
    refusals={403: "wrong verify token"},
)
async def verify(request: web.Request) -> web.Response:
    """Meta asks once whether this address is ours."""
    return web.Response(text=request.query.get("hub.challenge", ""))


@endpoint(
    TAG,
    "A notification of the Cloud API",
    TAKEN,
    "Signed over the raw bytes of the body.",
    body=Notification,
    example={"entry": [{"changes": [{"field": "messages", "value": {}}]}]},
    refusals=OFF,
)
async def receive(request: web.Request) -> web.Response:
    """Several entries, changes, messages and statuses at once, each message a turn of its own."""
    door = request.app[WHATSAPP_DOOR]
    with counting_refusals(CHANNEL):
        notification = _notification(request[SIGNED_BODY])
    read = _read(door, notification)
    one = read.acts[0] if len(read.acts) == 1 else None
    outcomes = await each_in_their_order(read.acts) if one is None else [await one.take()]
    for aviso in read.avisos:
        await door.keep(partial(note_notice, canal=CHANNEL, aviso=aviso))
    if read.statuses:
        await door.keep(partial(note_deliveries, channel=CHANNEL, statuses=read.statuses))
    return for_channel(_worst(outcomes))


@dataclass(frozen=True, slots=True)
class _Read:
    """What a notification holds for us: turns of people, what Meta says of the account, what became of our messages."""

    acts: list[Act]
    avisos: list[AvisoDaMeta]
    statuses: list[MessageStatus]


def _read(door: WhatsappDoor, notification: Notification) -> _Read:
    read = _Read([], [], [])
    for entry in notification.entry:
        for change in entry.changes:
            _read_change(door, change, read)
    return read


def _notification(body: bytes) -> Notification:
    data = parse_object(body)
    is_empty = not data.get("entry")
    try:
        notification = read_tolerant(Notification, data, CHANNEL)
    except ValidationError as error:
        raise ApiError(400, f"not a notification: {error.errors()[0]['loc']}") from None
    if not notification.entry and not is_empty:
        raise ApiError(400, "not a notification: no entry of it")
    return notification


def _read_change(door: WhatsappDoor, change: Change, read: _Read) -> None:
    value = next(each(Value, [change.value]), None) if change.field in _OF_MESSAGES else None
    # A change that names no number came to ours: Meta signed it for our application.
    if value is None and (aviso := notice_of(change, door.modelos)) is not None:
        read.avisos.append(aviso)
        return
    if value is None or value.metadata.phone_number_id not in ("", door.phone_number_id):
        _ignore("other_number" if value else "other_field", change.field)
        return
    for error in value.errors:
        _ignore("error", f"error {error.code}")
    contacts, now = list(each(Contact, value.contacts)), door.clock()
    past_us = change.field == _ECHOES
    messages = each(Message, map(_with_id, value.message_echoes if past_us else value.messages))
    # They may stand there in any order; those of one second stay as they are.
    for message in sorted(messages, key=lambda one: read_timestamp(one.timestamp, now)):
        act = _past_us(door, message) if past_us else _act(door, message, contacts)
        if act is not None:
            read.acts.append(act)
        else:
            _ignore("not_said", message.type)
    read.statuses.extend(_status(status, door.clock()) for status in each(StatusReport, value.statuses))


def _ignore(kind: str, what: str) -> None:
    """Known, and nothing to do about it (docs/channels.md): counted, and one line."""
    IGNORED.labels(CHANNEL, kind).inc()
    log.info("event_ignored", channel=CHANNEL, kind=kind, what=what[:_LONGEST_NAME])


def _act(door: WhatsappDoor, message: Message, contacts: list[Contact]) -> Act | None:
    """The turn that a message asks for; None when nobody said it to us."""
    if (moved := identity_change(message, contacts)) is not None:
        at = read_timestamp(message.timestamp, door.clock())
        new = (moved.telefone, moved.scoped_id)
        return Act((*moved.old_ids, *filter(None, new)), partial(_follow, door, message.id, moved, at))
    return _heard(door, to_heard(message, contacts, door.clock()))


def _past_us(door: WhatsappDoor, message: Message) -> Act | None:
    """The turn, in the conversation of whom the operation wrote to, of what it wrote there."""
    return _heard(door, to_echo(message, door.clock()))


def _heard(door: WhatsappDoor, heard: Heard | None) -> Act | None:
    if heard is None:
        return None
    return Act(tuple(filter(None, (heard.external_id, heard.scoped_id))), partial(door.hear, heard))


@dataclass(frozen=True, slots=True)
class IdentityChange:
    """Somebody was called by `old_ids`, and is called by these from here on.

    Neither of them: the account behind the same ids is another one, or on another device.
    """

    old_ids: tuple[str, ...]
    telefone: str | None
    scoped_id: str | None


def identity_change(message: Message, contacts: list[Contact]) -> IdentityChange | None:
    """What a `system` message says of a person's number, id, or account.

    developers.facebook.com, webhooks/reference/messages/system: `user_changed_number`, `user_changed_user_id`, with
    `previous_user_id` and `previous_parent_user_id`, before that `customer_…`, `new_wa_id`, `user_identity_changed`.
    """
    system = message.system
    if message.type != "system" or not isinstance(system, dict):
        return None
    kind, contact = system.get("type"), _contact_of(message, contacts)
    known = [*_ids_of(message), *_texts(system, _PREVIOUS), contact.wa_id, contact.user_id]
    if kind in _OTHER_ACCOUNT:
        ids = [id_ for id_ in (*known, *_texts(system, ("user", "customer", "wa_id", "user_id"))) if id_]
        return IdentityChange(tuple(ids), None, None) if ids else None
    if kind not in _OTHER_IDS:
        return None
    new = _texts(system, _NEW)
    known += _said_in(system.get("body"))
    old = [id_ for id_ in known if id_ and id_ not in new]
    if not new or not old:
        return None
    telefone = next(filter(_is_number, new), None)
    scoped_id = next((one for one in new if not _is_number(one)), None)
    return IdentityChange(tuple(old), _phone(telefone) if telefone else None, scoped_id)


_NEW = ("wa_id", "new_wa_id", "user_id", "new_user_id")
_PREVIOUS = ("previous_user_id", "previous_parent_user_id", "old_user_id", "previous_wa_id", "old_wa_id")
_OTHER_IDS = ("user_changed_number", "customer_changed_number", "user_changed_user_id")
_OTHER_ACCOUNT = ("user_identity_changed", "customer_identity_changed")
_CALL = re.compile(r"[1-9][0-9]{0,17}", re.ASCII)
_FROM_TO = re.compile(r" changed from (\S+) to \S+$")


def _texts(system: dict[str, Any], names: Sequence[str]) -> list[str]:
    said = [system.get(name) for name in names]
    return [one for one in said if isinstance(one, str) and 0 < len(one) <= MAX_ID_LENGTH]


def _said_in(body: Any) -> list[str]:
    """The old number or id, where the sentence alone names it."""
    found = _FROM_TO.search(body) if isinstance(body, str) else None
    return [found[1]] if found else []


async def _follow(door: WhatsappDoor, event_id: str, change: IdentityChange, at: datetime) -> Outcome:
    return await door.event(
        CHANNEL,
        event_id,
        lambda tx: follow_person(tx, CHANNEL, event_id, change.old_ids, change.telefone, change.scoped_id, at),
    )


def _with_id(message: Any) -> Any:
    """A message without an id that can be kept is known again by what it says: delivered twice, it is the same."""
    given = message.get("id") if isinstance(message, dict) else ""
    if given is not None and len(str(given)) <= MAX_ID_LENGTH:
        return message
    content = json.dumps(message, sort_keys=True).encode()
    return {**message, "id": _NAMED_BY_US + hashlib.sha256(content).hexdigest()}


def _worst(outcomes: Collection[Outcome]) -> Outcome:
    """The whole POST is sent again when one of its events has to be; the others are known by then."""
    order = (Outcome.OVERLOADED, Outcome.FAILED)
    return next((outcome for outcome in order if outcome in outcomes), Outcome.DONE)


def to_heard(message: Message, contacts: list[Contact], now: datetime) -> Heard | None:
    """One message in the Bot API's form; None for what no person said to us, or said in a group.

    `from` may be missing or hold the business-scoped id; where a phone is told at all, it names the conversation.
    """
    contact = _contact_of(message, contacts)
    ids = [id_ for id_ in (*_ids_of(message), contact.wa_id, contact.user_id) if id_]
    if not ids or message.group_id is not None or message.type in _NOT_SAID or _is_empty_reaction(message):
        return None
    heard = _of_person(message, ids, read_timestamp(message.timestamp, now))
    heard.nome = shown_name(contact.profile.name)
    heard.update |= part_of(message, _frame(heard, contact.profile.name or "?"))
    return heard


def to_echo(message: Message, now: datetime) -> Heard | None:
    """What the operation wrote to somebody in the WhatsApp Business app, in that person's conversation; None for what
    says nothing, or was written to a group."""
    ids = [id_ for id_ in (message.to, message.to_user_id) if id_]
    if not ids or message.group_id is not None or message.type in {*_NOT_SAID, "reaction"}:
        return None
    heard = _of_person(message, ids, read_timestamp(message.timestamp, now))
    heard.update |= past_us(message, _frame(heard, "?"))
    return heard


def _of_person(message: Message, ids: Sequence[str], at: datetime) -> Heard:
    telefone_id = next(filter(_is_number, ids), None)
    return Heard(
        channel=CHANNEL,
        event_id=message.id,
        external_id=telefone_id or ids[0],
        update={"update_id": 0},
        at=at,
        scoped_id=next((id_ for id_ in ids if not _is_number(id_)), None),
        telefone=_phone(telefone_id) if telefone_id else None,
        inbound_id=None if message.id.startswith(_NAMED_BY_US) else inbound_id(message),
        quoted_id=quoted_id(message),
    )


def _frame(heard: Heard, nome: str) -> dict[str, Any]:
    """What a Message of this person has whatever it says."""
    sender = {"id": 0, "is_bot": False, "first_name": nome}
    date = int(heard.at.timestamp())
    return {"message_id": 1, "date": date, "chat": {"id": 0, "type": "private"}, "from": sender}


def _ids_of(message: Message) -> tuple[str | None, ...]:
    return message.sender, message.user_id, message.from_user_id


def _contact_of(message: Message, contacts: list[Contact]) -> Contact:
    ids = {id_ for id_ in _ids_of(message) if id_}
    for contact in contacts:
        if ids & {contact.wa_id, contact.user_id}:
            return contact
    return contacts[0] if len(contacts) == 1 else Contact()


def _is_empty_reaction(message: Message) -> bool:
    """A reaction to nothing: nobody waits for an answer to one."""
    return message.type == "reaction" and message.reaction is None


def _is_number(id_: str) -> bool:
    """Whether the id is a phone; a business-scoped id (`BR.1502…`) is not."""
    return id_.isascii() and id_.isdecimal()


def _phone(number: str) -> str:
    """The phone WhatsApp vouches for."""
    try:
        return digits_of(f"+{number}")
    except ValueError:
        return number


def _status(status: StatusReport, now: datetime) -> MessageStatus:
    code = status.errors[0].code if status.errors else None
    recipients = tuple(id_ for id_ in (status.recipient_id, status.recipient_user_id) if id_)
    named = status.biz_opaque_callback_data or ""
    call_id = int(named) if _CALL.fullmatch(named) else None
    return MessageStatus(status.id, status.status, read_timestamp(status.timestamp, now), code, recipients, call_id)
