"""The webhooks of the Cloud API, as far as we read them. Everything may be missing: older payloads lack a lot.

Messages, statuses and contacts are read one by one (`each`): what Meta adds tomorrow must not hold up its neighbours.
"""

from collections.abc import Iterator
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from core.metrics import IGNORED

M = TypeVar("M", bound="_Lenient")


class _Lenient(BaseModel):
    model_config = ConfigDict(extra="ignore")


def each(model: type[M], items: list[Any]) -> Iterator[M]:
    """Those that can be read, in order; each of the others is counted."""
    for item in items:
        try:
            yield model.model_validate(item)
        except ValidationError:
            IGNORED.labels("whatsapp", "malformed").inc()


class Reply(_Lenient):
    """A tapped reply button or list row."""

    id: str = ""
    title: str = ""


class Interactive(_Lenient):
    button_reply: Reply | None = None
    list_reply: Reply | None = None


class Text(_Lenient):
    body: str = ""


class TemplateButton(_Lenient):
    payload: str = ""
    text: str = ""


class File(_Lenient):
    """Something to be downloaded."""

    id: str
    mime_type: str | None = None
    filename: str | None = None
    caption: str | None = None


class Message(_Lenient):
    """One message of a person. `timestamp` is seconds as text, says the documentation; it is not always."""

    id: str
    sender: str | None = Field(None, alias="from")
    user_id: str | None = None
    from_user_id: str | None = None
    group_id: str | None = None
    timestamp: Any = None
    type: str = "unknown"
    text: Text | None = None
    interactive: Interactive | None = None
    button: TemplateButton | None = None
    image: File | None = None
    document: File | None = None
    audio: File | None = None
    video: File | None = None


class Profile(_Lenient):
    name: str | None = None


class Contact(_Lenient):
    profile: Profile = Profile()
    wa_id: str | None = None
    user_id: str | None = None


class StatusError(_Lenient):
    code: int | None = None


class Status(_Lenient):
    """What became of a message of ours."""

    id: str
    status: str
    timestamp: Any = None
    errors: list[StatusError] = []


class Metadata(_Lenient):
    phone_number_id: str = ""


class Value(_Lenient):
    """What a change of the field `messages` holds: lists of `Contact`, `Message` and `Status`."""

    metadata: Metadata = Metadata()
    contacts: list[Any] = []
    messages: list[Any] = []
    statuses: list[Any] = []


class Change(_Lenient):
    """`value` has the form of its field."""

    field: str = ""
    value: Any = None


class Entry(_Lenient):
    changes: list[Change] = []


class Notification(_Lenient):
    """The body of one POST."""

    entry: list[Entry]
