"""What is inside a Telegram message, whoever sent it: files, places and contacts (https://core.telegram.org/bots/api)."""

from typing import Any

from sandbox.bubbles import Bubble, Card, Place, Version
from sandbox.telegram.limits import read_keyboard

Params = dict[str, Any]
# Kind of a bubble by the key of a message, in the order in which a message is told apart.
KINDS = ("document", "photo", "audio", "video", "voice", "sticker", "venue", "location", "contact")
PHOTO_WIDTHS = (320, 1280)


def describe_file(kind: str, stored: list[Params], name: str, mime: str, extra: Params | None = None) -> Params:
    """The key of a message for a file; `stored` are its ids and sizes (a photo has one for each size)."""
    extra = extra or {}
    if kind == "photo":
        sizes = zip(stored, PHOTO_WIDTHS[-len(stored) :], strict=True)
        return {kind: [size | {"width": width, "height": width * 3 // 4} for size, width in sizes]}
    facts: dict[str, Params] = {
        "document": {"file_name": name, "mime_type": mime},
        "audio": {"duration": 2, "file_name": name, "mime_type": mime},
        "video": {"width": 640, "height": 480, "duration": 2, "file_name": name, "mime_type": mime},
        "voice": {"duration": 2, "mime_type": mime},
        "sticker": {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False},
    }
    return {kind: stored[-1] | facts[kind] | extra}


def describe_place(place: Place) -> Params:
    """The keys of a message for a point on the map; a place with a name is a venue."""
    location = {"latitude": place.latitude, "longitude": place.longitude}
    if not place.name:
        return {"location": location}
    return {"location": location, "venue": {"location": location, "title": place.name, "address": place.address}}


def kind_of(message: Params) -> str:
    """What kind of bubble shows that message."""
    kind = next((kind for kind in KINDS if kind in message), "text")
    if "forum_topic_created" in message:
        return "service"
    return "location" if kind == "venue" else kind


def place_of(message: Params) -> Place | None:
    """The point on the map in a message."""
    location, venue = message.get("location"), message.get("venue") or {}
    if location is None:
        return None
    return Place(location["latitude"], location["longitude"], venue.get("title", ""), venue.get("address", ""))


def card_of(message: Params) -> Card | None:
    """The contact in a message."""
    contact = message.get("contact")
    if contact is None:
        return None
    name = " ".join(contact[key] for key in ("first_name", "last_name") if contact.get(key))
    return Card(name, contact.get("phone_number", ""))


def version_of(message: Params) -> Version:
    """What a message shows: text, buttons and entities."""
    place, card = place_of(message), card_of(message)
    text = str(message.get("text", message.get("caption", "")))
    text = place.text if place else card.text if card else text
    text = str(message.get("forum_topic_created", {}).get("name", text))
    entities = message.get("entities") or message.get("caption_entities") or []
    markup = message.get("reply_markup")
    return Version(text, read_keyboard(markup) if markup else (), tuple(entities))


def fill(bubble: Bubble, message: Params) -> None:
    """Show a message on a new bubble."""
    card = card_of(message)
    bubble.raw, bubble.kind = message, kind_of(message)
    bubble.location, bubble.contacts = place_of(message), (card,) if card else ()
    bubble.topic = int(message.get("message_thread_id", 0))
    bubble.versions = [version_of(message)]


def quoted(bubble: Bubble) -> Params:
    """A message as `reply_to_message`: without what it replied to itself."""
    return {key: value for key, value in bubble.raw.items() if key not in ("reply_to_message", "quote")}
