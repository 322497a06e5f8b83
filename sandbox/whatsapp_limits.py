"""What the Cloud API refuses in a message (Meta's reference for messages, late 2026)."""

from typing import Any

from sandbox.bubbles import Button, Row
from sandbox.whatsapp_errors import GraphError, missing

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
MEGABYTE = 1024 * 1024
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


def _unique(complaint: str, values: list[str]) -> None:
    if len(set(values)) != len(values):
        raise invalid(complaint)
