"""The message that people send most: a text and nothing else, whole, and of the types that it has to have."""

from typing import Any

_PERSON = {
    "id": int, "is_bot": bool, "first_name": str, "last_name": str, "username": str, "language_code": str, "type": str,
}  # fmt: skip
_MESSAGE = {"message_id": int, "date": int, "text": str, "from": dict, "chat": dict}
_NEEDED = frozenset({"id", "is_bot", "first_name"})
_LAST_MOMENT = 2**32


def is_plain_text(message: dict[str, Any]) -> bool:
    """Whether a message in the Bot API's form is only that: nothing has to be taken out of it, nothing looked for."""
    return (
        message.keys() == _MESSAGE.keys()
        and _is_of(message, _MESSAGE)
        and 0 < message["date"] < _LAST_MOMENT
        and message["from"].keys() >= _NEEDED
        and _is_of(message["from"], _PERSON)
        and "id" in message["chat"]
        and message["chat"].get("type") == "private"
        and _is_of(message["chat"], _PERSON)
    )


def _is_of(fields: dict[str, Any], types: dict[str, type]) -> bool:
    return all(type(value) is types.get(name) for name, value in fields.items())
