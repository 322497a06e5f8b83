"""What the Cloud API refuses in a message (Meta's reference for messages, late 2026)."""

from typing import Any

from sandbox.bubbles import Button, Card, Place, Row
from sandbox.rates import Rate
from sandbox.whatsapp.errors import GraphError, missing

TEXT = 4096
BODY = 1024
HEADER = FOOTER = 60
BUTTONS = 3
BUTTON_TITLE = 20
BUTTON_ID = 256
SECTIONS = 10
ROWS = 10
SECTION_TITLE = ROW_TITLE = 24
ROW_DESCRIPTION = 72
ROW_ID = 200
CAPTION = 1024
# https://developers.facebook.com/documentation/business-messaging/whatsapp/messaging-limits (throughput): 80 messages
# a second for a number; to one person 1 in 6 seconds, 45 of them at once.
OVERALL_RATE = Rate(80.0, 80)
PAIR_RATE = Rate(1 / 6, 45)
# What may be uploaded, in the order in which the refusal lists it.
UPLOADS = (
    "audio/aac", "audio/mp4", "audio/mpeg", "audio/amr", "audio/ogg", "audio/opus", "application/vnd.ms-powerpoint",
    "application/msword", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/pdf", "text/plain",
    "application/vnd.ms-excel", "image/jpeg", "image/png", "image/webp", "video/mp4", "video/3gpp",
)  # fmt: skip
# What a message of each type shows; a document is any of them.
SHOWN = {
    "image": ("image/jpeg", "image/png"),
    "audio": ("audio/aac", "audio/mp4", "audio/mpeg", "audio/amr", "audio/ogg", "audio/opus"),
    "video": ("video/mp4", "video/3gpp"),
    "sticker": ("image/webp",),
}
MEGABYTE = 1024 * 1024
TYPES = (
    "audio", "contacts", "document", "image", "interactive", "location", "reaction", "sticker", "template", "text",
    "video",
)  # fmt: skip
MEDIA_SIZES = {"image": 5, "audio": 16, "video": 16, "document": 100, "sticker": 0.5}

Message = dict[str, Any]


def invalid(details: str) -> GraphError:
    """131009 with the details that say which value."""
    return GraphError(131009, details)


def between(name: str, value: Any, longest: int, shortest: int = 1) -> str:
    """A text of that many characters."""
    text = "" if value is None else value
    if not isinstance(text, str) or not shortest <= len(text) <= longest:
        raise invalid(f"{name} length invalid. Min length: {shortest}, Max length: {longest}")
    return text


def check_text(message: Message) -> str:
    """The text of a text message."""
    text = message.get("text")
    if not isinstance(text, dict) or "body" not in text:
        raise GraphError(131008, "The parameter text['body'] is required.")
    return between("Param text['body']", text["body"], TEXT)


def check_interactive(message: Message) -> tuple[list[Button], list[Row]]:
    """The buttons or rows of an interactive message."""
    interactive = message.get("interactive")
    if not isinstance(interactive, dict):
        raise GraphError(131008, "The parameter interactive is required.")
    between("Body text", (interactive.get("body") or {}).get("text"), BODY)
    if "footer" in interactive:
        between("Footer text", interactive["footer"].get("text"), FOOTER)
    header = interactive.get("header") or {}
    if header.get("type") == "text":
        between("Header text", header.get("text"), HEADER)
    action = interactive.get("action") or {}
    kinds = {"button": _reply_buttons, "list": _list_rows, "cta_url": _link_button}
    if interactive.get("type") not in kinds:
        raise invalid("Invalid interactive type")
    if interactive["type"] == "list" and header and header.get("type") != "text":
        raise invalid("Header of a list must be of type text")
    return kinds[interactive["type"]](action)


def _reply_buttons(action: Message) -> tuple[list[Button], list[Row]]:
    replies = [button.get("reply") or {} for button in action.get("buttons") or []]
    if not 1 <= len(replies) <= BUTTONS:
        raise invalid(f"Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: {BUTTONS}")
    buttons = [
        Button(
            between("Button title", reply.get("title"), BUTTON_TITLE),
            between("Button id", reply.get("id"), BUTTON_ID),
        )
        for reply in replies
    ]
    _unique("Duplicated title in buttons", [button.label for button in buttons])
    _unique("Duplicated id in buttons", [button.data for button in buttons])
    return buttons, []


def _list_rows(action: Message) -> tuple[list[Button], list[Row]]:
    between("Button text", action.get("button"), BUTTON_TITLE)
    sections = action.get("sections") or []
    if not 1 <= len(sections) <= SECTIONS:
        raise invalid(f"Invalid sections count. Min allowed sections: 1, Max allowed sections: {SECTIONS}")
    rows = [_row(row, _section_title(section, len(sections))) for section in sections for row in section["rows"]]
    if not 1 <= len(rows) <= ROWS:
        raise invalid(f"Total row count exceed max allowed count: {ROWS}")
    _unique("Duplicated row id", [row.id for row in rows])
    return [], rows


def _section_title(section: Message, sections: int) -> str:
    shortest = 1 if sections > 1 else 0
    if not section.get("rows"):
        raise invalid("Section rows length invalid. Min length: 1")
    return between("Section title", section.get("title"), SECTION_TITLE, shortest)


def _row(row: Message, section: str) -> Row:
    return Row(
        between("Row id", row.get("id"), ROW_ID),
        between("Row title", row.get("title"), ROW_TITLE),
        between("Row description", row.get("description"), ROW_DESCRIPTION, 0),
        section,
    )


def _link_button(action: Message) -> tuple[list[Button], list[Row]]:
    parameters = action.get("parameters") or {}
    label = between("Button text", parameters.get("display_text"), BUTTON_TITLE)
    url = str(parameters.get("url", ""))
    if not url.startswith(("http://", "https://")):
        raise invalid("Invalid url")
    return [Button(label, url=url)], []


def check_location(message: Message) -> Place:
    """The point of a location message: degrees, and with a name or an address a known place."""
    location = message.get("location")
    if not isinstance(location, dict) or "latitude" not in location or "longitude" not in location:
        raise GraphError(131008, "The parameters location['latitude'] and location['longitude'] are required.")
    try:
        latitude, longitude = float(location["latitude"]), float(location["longitude"])
    except (TypeError, ValueError):
        raise invalid("location['latitude'] and location['longitude'] must be numbers") from None
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise invalid("Latitude is between -90 and 90, longitude between -180 and 180")
    return Place(latitude, longitude, str(location.get("name", "")), str(location.get("address", "")))


def check_contacts(message: Message) -> tuple[Card, ...]:
    """The contacts of a contacts message: `formatted_name` and one other part of the name are needed."""
    contacts = message.get("contacts")
    if not isinstance(contacts, list) or not contacts:
        raise GraphError(131008, "The parameter contacts is required.")
    return tuple(card(contact) for contact in contacts)


def card(contact: Message) -> Card:
    """One contact as a phone shows it."""
    name = contact.get("name") or {}
    if not name.get("formatted_name"):
        raise GraphError(131008, "The parameter contacts['name']['formatted_name'] is required.")
    if not any(name.get(part) for part in ("first_name", "last_name", "middle_name", "suffix", "prefix")):
        raise invalid("At least one of first_name, last_name, middle_name, suffix and prefix is needed")
    phones = [str(phone.get("phone", "")) for phone in contact.get("phones") or []]
    return Card(str(name["formatted_name"]), phones[0] if phones else "")


def check_reaction(message: Message) -> None:
    """A reaction names a message; an empty emoji takes it back."""
    reaction = message.get("reaction") or {}
    if not reaction.get("message_id"):
        raise GraphError(131008, "The parameter reaction['message_id'] is required.")
    if not isinstance(reaction.get("emoji", ""), str) or reaction.get("emoji", "").isalnum():
        raise invalid("reaction['emoji'] must be one emoji, or empty to take the reaction back")


def check_upload(mime: str) -> None:
    """Only the types that WhatsApp knows can be uploaded: a CSV goes as `text/plain`."""
    if mime.partition(";")[0].strip().lower() not in UPLOADS:
        listed = ", ".join(UPLOADS)
        title = f"Param file must be a file with one of the following types: {listed}. Received file of type '{mime}'."
        raise GraphError(100, title=title)


def unfit(type_: str, mime: str) -> GraphError | None:
    """Why a file cannot be shown by a message of that type; the Cloud API notices after it has answered."""
    fitting = SHOWN.get(type_, ())
    if not fitting or mime.partition(";")[0].strip().lower() in fitting:
        return None
    return GraphError(
        131053, f"Unsupported {type_.capitalize()} mime type {mime}. Please use one of {', '.join(fitting)}"
    )


def check_media_size(kind: str, size: int) -> None:
    """Documents 100 MB, audio and video 16, images 5."""
    if size > MEDIA_SIZES[kind] * MEGABYTE:
        raise GraphError(131053, f"File size is greater than the {MEDIA_SIZES[kind]} MB allowed for {kind}")


def check_frame(message: Message) -> None:
    """What every message needs."""
    if message.get("messaging_product") != "whatsapp":
        raise missing("messaging_product")
    if not message.get("to") and not message.get("recipient"):
        raise missing("to")
    if "type" in message and message["type"] not in TYPES:
        raise GraphError(
            100, title=f'Param type must be one of {{{", ".join(TYPES).upper()}}} - got "{message["type"]}".'
        )


def _unique(complaint: str, values: list[str]) -> None:
    if len(set(values)) != len(values):
        raise invalid(complaint)
