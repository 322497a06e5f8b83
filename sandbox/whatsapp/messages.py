"""What becomes of a message that the service sends: checked, shown on a phone, reported back."""

from typing import Any

import aiohttp

from sandbox.bubbles import Bubble, Button, File, Row, Version, quote_on
from sandbox.faults import Fault
from sandbox.whatsapp.errors import GraphError
from sandbox.whatsapp.limits import (
    CAPTION,
    Message,
    between,
    check_contacts,
    check_frame,
    check_interactive,
    check_location,
    check_reaction,
    check_text,
    unfit,
)
from sandbox.whatsapp.phone import WhatsAppPhone
from sandbox.whatsapp.templates import render
from sandbox.whatsapp.whatsapp import WhatsApp, new_wamid

FILES = {"image": "photo", "document": "document", "audio": "audio", "video": "video", "sticker": "sticker"}


async def accept(whatsapp: WhatsApp, message: Message, fault: Fault | None) -> dict[str, Any]:
    """The answer to `POST …/messages`; GraphError when it is refused."""
    if message.get("status") == "read":
        _raise(fault)
        return _mark_read(whatsapp, message)
    check_frame(message)
    recipient = str(message.get("recipient") or message["to"])
    phone = whatsapp.find(recipient)
    bubble = await _bubble(whatsapp, phone, message)
    wamid, named = new_wamid(), message.get("biz_opaque_callback_data")
    refusal = _refusal(whatsapp, phone, message, fault)
    if refusal and not whatsapp.faults.failures_come_later:
        raise refusal
    refusal = refusal or (unfit(message["type"], bubble.file.mime) if bubble.file else None)
    if refusal:
        whatsapp.send_status(phone, wamid, "failed", error=refusal, to=recipient, named=named)
    elif phone:
        _show(whatsapp, phone, bubble, wamid, message)
    contact = {"input": recipient} | _ids(phone, recipient)
    return {
        "messaging_product": "whatsapp",
        "contacts": [contact],
        "messages": [{"id": wamid} | ({"message_status": "accepted"} if message.get("type") == "template" else {})],
    }


def _ids(phone: WhatsAppPhone | None, recipient: str) -> dict[str, str]:
    if phone is None:
        return {"wa_id": recipient}
    return {"wa_id": phone.wa_id, "user_id": phone.user_id} if phone.wa_id else {"user_id": phone.user_id}


def _raise(fault: Fault | None) -> None:
    if fault and not fault.answer_lost:
        raise GraphError(fault.code or 131016, fault.description, status=fault.status)


def _refusal(
    whatsapp: WhatsApp, phone: WhatsAppPhone | None, message: Message, fault: Fault | None
) -> GraphError | None:
    if fault and not fault.answer_lost:
        return GraphError(fault.code or 131016, fault.description, status=fault.status)
    if code := whatsapp.out_of_rate(phone.id if phone else ""):
        return GraphError(code)
    if phone is None or phone.id in whatsapp.faults.blocked:
        return GraphError(131026)
    if message.get("type") != "template" and not whatsapp.window_open(phone):
        return GraphError(131047)
    return None


def _show(whatsapp: WhatsApp, phone: WhatsAppPhone, bubble: Bubble, wamid: str, message: Message) -> None:
    if message.get("type") == "reaction":
        _react(whatsapp, phone, message["reaction"], wamid)
        return
    bubble.id, bubble.when, bubble.order = wamid, whatsapp.clock(), len(phone.screen) + 1
    quote_on(bubble, phone.bubble(str((message.get("context") or {}).get("message_id", ""))))
    bubble.raw = message
    phone.show(bubble)
    for status in whatsapp.statuses:
        whatsapp.send_status(phone, wamid, status, named=message.get("biz_opaque_callback_data"))
        bubble.status = status


def _react(whatsapp: WhatsApp, phone: WhatsAppPhone, reaction: Message, wamid: str) -> None:
    """A reaction is only ever reported as sent; one to a message that is not there fails afterwards."""
    target = phone.bubble(str(reaction["message_id"]))
    if target is None:
        error = GraphError(131009, "Message ID of the reaction was not found or is older than 30 days")
        whatsapp.send_status(phone, wamid, "failed", error=error)
        return
    target.bot_reaction = str(reaction.get("emoji", ""))
    phone.touched(target)
    for status in whatsapp.statuses[:1]:
        whatsapp.send_status(phone, wamid, status)


def _mark_read(whatsapp: WhatsApp, message: Message) -> dict[str, Any]:
    found = whatsapp.bubble(str(message.get("message_id", "")))
    if found is None or not found[1].mine:
        raise GraphError(131009, "Invalid message_id")
    phone, bubble = found
    bubble.status = "read"
    if typing := message.get("typing_indicator"):
        if typing.get("type") != "text":
            raise GraphError(131009, "Invalid typing_indicator type")
        phone.activity = "typing"
    phone.touched(bubble)
    return {"success": True}


async def _bubble(whatsapp: WhatsApp, phone: WhatsAppPhone | None, message: Message) -> Bubble:
    """What the message looks like; every limit of its kind is checked on the way."""
    kind = message.get("type", "text")
    bubble = Bubble("", 0, False, 0.0)
    if kind == "text":
        bubble.versions = [Version(check_text(message))]
    elif kind == "interactive":
        await _interactive(whatsapp, bubble, message)
    elif kind in FILES:
        await _attach(whatsapp, bubble, kind, message)
    elif kind == "template":
        rendered = render(whatsapp.templates, message.get("template"))
        bubble.kind, bubble.versions = "template", [rendered.version]
        bubble.header, bubble.footer = rendered.header, rendered.footer
    elif kind == "location":
        bubble.kind, bubble.location = "location", check_location(message)
        bubble.versions = [Version(bubble.location.text)]
    elif kind == "contacts":
        bubble.kind, bubble.contacts = "contact", check_contacts(message)
        bubble.versions = [Version("\n".join(card.text for card in bubble.contacts))]
    else:
        check_reaction(message)
    return bubble


async def _interactive(whatsapp: WhatsApp, bubble: Bubble, message: Message) -> None:
    buttons, rows = check_interactive(message)
    interactive = message["interactive"]
    header = interactive.get("header") or {}
    bubble.header = header.get("text", "")
    if header.get("type") in ("image", "document", "video"):
        bubble.file = await _file(whatsapp, header[header["type"]])
    bubble.footer = (interactive.get("footer") or {}).get("text", "")
    bubble.list_button = interactive["action"].get("button", "") if rows else ""
    _put(bubble, interactive["body"]["text"], buttons, rows)


def _put(bubble: Bubble, text: str, buttons: list[Button], rows: list[Row]) -> None:
    bubble.versions = [Version(text, tuple((button,) for button in buttons))]
    bubble.rows = rows


async def _attach(whatsapp: WhatsApp, bubble: Bubble, kind: str, message: Message) -> None:
    content = message.get(kind)
    if not isinstance(content, dict):
        raise GraphError(131008, f"The parameter {kind} is required.")
    bubble.kind = FILES[kind]
    bubble.file = await _file(whatsapp, content)
    bubble.versions = [Version(between("Caption", content.get("caption"), CAPTION, 0))]


async def _file(whatsapp: WhatsApp, content: Message) -> File:
    if media_id := content.get("id"):
        file = whatsapp.media.get(str(media_id))
    elif link := content.get("link"):
        file = await _fetch(whatsapp, str(link))
    else:
        raise GraphError(131008, "One of id and link is required.")
    return File(str(content.get("filename") or file.name), file.mime, file.data)


async def _fetch(whatsapp: WhatsApp, link: str) -> File:
    try:
        async with whatsapp.http.get(link) as response:
            if response.status != 200:
                raise GraphError(131053, f"Downloading media from weblink failed with http code {response.status}")
            name = link.partition("?")[0].rpartition("/")[2]
            return File(name, response.content_type, await response.read())
    except aiohttp.ClientError:
        raise GraphError(131053, "Downloading media from weblink failed") from None
