"""The webhooks of the Cloud API, as far as we read them. Everything may be missing: older payloads lack a lot.

Messages, statuses and contacts are read one by one (`each`), and of each as much as can be read: what Meta adds
tomorrow must hold up neither its neighbours nor the rest of its message.
"""

from collections.abc import Iterable, Iterator
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from core.doors.json_text import MAX_ID_LENGTH
from core.doors.tolerant import read_tolerant
from core.metrics import IGNORED

M = TypeVar("M", bound="_Lenient")
# Of what nobody can see or write, or what had to be replaced, no id of theirs is made; a message may do without one.
Id = Annotated[str, Field(max_length=MAX_ID_LENGTH, pattern="^[^\\s\\x00-\\x1f\\x7f-\\x9f\\ufffd]*$")]


class _Lenient(BaseModel):
    # Ids come as numbers, too.
    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)


def each(model: type[M], items: Iterable[Any]) -> Iterator[M]:
    """Those that can be read, in order; each of the others is counted."""
    for item in items:
        try:
            yield read_tolerant(model, item, "whatsapp")
        except ValidationError:
            IGNORED.labels("whatsapp", "malformed").inc()


class Reply(_Lenient):
    """A tapped reply button or list row."""

    id: str = ""
    title: str = ""


class Filled(_Lenient):
    """A form that was filled in (WhatsApp Flows, an address); `response_json` holds the answers."""

    body: str = ""
    response_json: str = ""


class Interactive(_Lenient):
    button_reply: Reply | None = None
    list_reply: Reply | None = None
    nfm_reply: Filled | None = None


class Item(_Lenient):
    """One line of an order."""

    product_retailer_id: str = ""
    quantity: str = ""
    item_price: str = ""
    currency: str = ""


class Order(_Lenient):
    """A basket of the catalogue; `text`: what was written with it."""

    text: str = ""
    product_items: list[Item] = []


class Referral(_Lenient):
    """The advertisement, or the post, from which they came."""

    source_url: str = ""
    headline: str = ""
    body: str = ""


class Product(_Lenient):
    """What of the catalogue a question is about."""

    product_retailer_id: str = ""


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


class Recording(File):
    """`voice`: spoken into the phone just now, not music or a file."""

    voice: bool = True


class Sticker(File):
    """WebP, moving or not."""

    animated: bool = False


class Location(_Lenient):
    """Degrees; a known place has a name or an address."""

    latitude: float
    longitude: float
    name: str | None = None
    address: str | None = None


class CardName(_Lenient):
    formatted_name: str = ""
    first_name: str | None = None
    last_name: str | None = None


class CardPhone(_Lenient):
    phone: str | None = None
    wa_id: Id | None = None


class CardEmail(_Lenient):
    email: str | None = None


class CardUrl(_Lenient):
    url: str | None = None


class CardAddress(_Lenient):
    street: str | None = None
    city: str | None = None
    state: str | None = None
    zip: str | None = None


class CardOrg(_Lenient):
    company: str | None = None
    title: str | None = None


class Card(_Lenient):
    """Somebody's contact that was passed on."""

    name: CardName = CardName()
    phones: list[CardPhone] = []
    emails: list[CardEmail] = []
    urls: list[CardUrl] = []
    addresses: list[CardAddress] = []
    org: CardOrg = CardOrg()


class Reaction(_Lenient):
    """Without `emoji` it was taken back."""

    message_id: Id
    emoji: str | None = None


class Context(_Lenient):
    """`id`: of the message that is answered. Forwarded messages have a context without it."""

    id: Id | None = None
    referred_product: Product | None = None
    forwarded: Any = None
    frequently_forwarded: Any = None


class Changed(_Lenient):
    """Another message of theirs that was edited, or taken back; `message`: what stands there now."""

    original_message_id: Id
    message: dict[str, Any] = {}


class Message(_Lenient):
    """One message of a person. `timestamp` is seconds as text, says the documentation; it is not always."""

    id: Id
    sender: Id | None = Field(None, alias="from")
    user_id: Id | None = None
    # Of what the operation wrote past us: to whom.
    to: Id | None = None
    to_user_id: Id | None = None
    from_user_id: Id | None = None
    group_id: Any = None
    timestamp: Any = None
    type: str = "unknown"
    text: Text | None = None
    interactive: Interactive | None = None
    button: TemplateButton | None = None
    image: File | None = None
    document: File | None = None
    audio: Recording | None = None
    video: File | None = None
    sticker: Sticker | None = None
    location: Location | None = None
    contacts: list[Card] = []
    reaction: Reaction | None = None
    order: Order | None = None
    referral: Referral | None = None
    context: Context | None = None
    edit: Changed | None = None
    revoke: Changed | None = None
    # What the platform says of the person: another number, another id. Read by webhooks/doors/whatsapp.py.
    system: Any = None


class Profile(_Lenient):
    name: str | None = None


class Contact(_Lenient):
    profile: Profile = Profile()
    wa_id: Id | None = None
    user_id: Id | None = None


class StatusError(_Lenient):
    code: int | None = None


class StatusReport(_Lenient):
    """What became of a message of ours."""

    id: Id
    status: str
    timestamp: Any = None
    recipient_id: Id | None = None
    recipient_user_id: Id | None = None
    # What we sent with it: the number of our call.
    biz_opaque_callback_data: Id | None = None
    errors: list[StatusError] = []


class Metadata(_Lenient):
    phone_number_id: str = ""


class Value(_Lenient):
    """What a change of the field `messages` holds: lists of `Contact`, `Message` and `Status`.

    `message_echoes`: of the field `smb_message_echoes`, messages that were written in the WhatsApp Business app.
    """

    metadata: Metadata = Metadata()
    contacts: list[Any] = []
    messages: list[Any] = []
    message_echoes: list[Any] = []
    statuses: list[Any] = []
    # Of the platform itself, of no message.
    errors: list[StatusError] = []


class Change(_Lenient):
    """`value` has the form of its field."""

    field: str = ""
    value: Any = None


class Entry(_Lenient):
    changes: list[Change] = []


class Notification(_Lenient):
    """The body of one POST."""

    entry: list[Entry]
