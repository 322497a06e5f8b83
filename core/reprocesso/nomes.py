"""How what failed for good is called, and how much of its error is shown."""

from core.secret_names import of_nobody

_SHOWN_ERROR = 160


def kind_of_event(channel: str) -> str:
    """Of an event that nobody could answer."""
    return f"evento de {channel}"


def kind_of_call(target: str, method: str) -> str:
    """Of a call that was given up."""
    return f"{target} {method}"


def error_shown(text: str) -> str:
    """In one line, with nothing in it that is somebody's."""
    return " ".join(of_nobody(text).split())[:_SHOWN_ERROR]
