"""What a channel's door makes of a webhook: whom it is from, and the event in the Bot API's form."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

# Not theirs, but written to them past us, by somebody of the operation in the channel's own app for businesses.
PAST_US = "business_message"
# The parts of a Bot API Update that somebody's event can be.
KINDS = ("message", "callback_query", "edited_message", "message_reaction", PAST_US)

# In an `edited_message`: its author took it back. Telegram tells nobody of that in a private chat.
TAKEN_BACK = "taken_back"
# In one that was written past us: it is no new one, and says what a message from there says now.
CHANGED = "changed"
# In a `message`: lines about where it comes from, such as an advertisement, for whoever reads it.
ABOUT = "about"
# In a `message`: somebody else wrote it, and they passed it on. Telegram says `forward_origin`.
FORWARDED = "forwarded"
# In a `callback_query`: what stood on the button, where the channel says it.
LABEL = "label"

# What a dead letter keeps, besides its moment: the fields as they are.
_KEPT = (
    "external_id",
    "update",
    "scoped_id",
    "telefone",
    "nome",
    "idioma",
    "inbound_id",
    "quoted_id",
    "topic",
)


@dataclass(slots=True)
class Heard:
    """One event of one person. `update` is a Bot API Update whose ids are still the channel's own.

    `external_id` and `scoped_id` are the channel's ids of the conversation; `telefone` is set only where the channel
    vouches for it. `inbound_id` is the channel's id of the message; `quoted_id` of the one it answers, was tapped on,
    or reacts to; `topic` is Telegram's thread. All three as text.
    """

    channel: str
    event_id: str
    external_id: str
    update: dict[str, Any]
    at: datetime
    scoped_id: str | None = None
    telefone: str | None = None
    nome: str | None = None
    idioma: str | None = None
    inbound_id: str | None = None
    quoted_id: str | None = None
    topic: str | None = None
    # Of the request it came with.
    request_id: str | None = None

    def as_payload(self) -> dict[str, Any]:
        """What is kept of it when it cannot be answered; with it, it can be heard again."""
        kept = {name: getattr(self, name) for name in _KEPT}
        return kept | {"at": self.at.isoformat()}

    @classmethod
    def of_payload(cls, channel: str, event_id: str, payload: dict[str, Any], at: datetime) -> "Heard":
        """What was kept, of an older release's too; `at`: when it was kept, for those that did not say."""
        kept = {name: payload.get(name) for name in _KEPT}
        said = payload.get("at")
        return cls(channel=channel, event_id=event_id, at=datetime.fromisoformat(said) if said else at, **kept)  # type: ignore[arg-type]

    @property
    def kind(self) -> str:
        """Which part of the Update is filled: one of `KINDS`."""
        for kind in KINDS:
            if kind in self.update:
                return kind
        raise LookupError("an update of no kind that is heard")

    @property
    def is_said(self) -> bool:
        """Whether the person wrote or tapped something new: neither an edit nor a reaction."""
        return self.kind in ("message", "callback_query")

    def place(self, contato_id: int) -> dict[str, Any]:
        """The event with our own integer as chat and user id, as dialogs see it on every channel."""
        event: dict[str, Any] = self.update[self.kind]
        if self.kind == "callback_query":
            message = event.get("message")
        else:
            message = event
            _own_contact(message, contato_id)
        event["user" if self.kind == "message_reaction" else "from"]["id"] = contato_id
        if message is not None:
            message["chat"]["id"] = contato_id
        return event

    def as_tap(self, data: str) -> None:
        """Take a typed label or number for the tap on the choice it names."""
        message = self.update.pop("message")
        self.update["callback_query"] = {
            "id": "",
            "from": message["from"],
            "chat_instance": "",
            "data": data,
            "message": {**message, "text": ""},
        }

    @property
    def label(self) -> str:
        """What stood on the button that was tapped; nothing where the channel does not say."""
        label: str = self.update.get("callback_query", {}).get(LABEL) or ""
        return label

    def as_said(self) -> None:
        """Take the tap on a button that is none of ours for the words that stood on it."""
        tap = self.update.pop("callback_query")
        self.update["message"] = {**tap["message"], "from": tap["from"], "text": tap[LABEL]}

    @property
    def reaction(self) -> str | None:
        """The emoji that stands on a message now, of a reaction; None for every other event."""
        new = self.update.get("message_reaction", {}).get("new_reaction") or [{}]
        emoji: str | None = new[-1].get("emoji")
        return emoji

    def in_full(self, text: str) -> None:
        """Take what was typed for what it stands for, with what it left out."""
        self.update["message"] = self.update["message"] | {"text": text}

    def as_text(self, text: str) -> None:
        """Take a reaction for the answer that it is."""
        reaction = self.update.pop("message_reaction")
        kept = {field: reaction[field] for field in ("message_id", "date", "chat")}
        self.update["message"] = {**kept, "from": reaction["user"], "text": text}


def _own_contact(message: dict[str, Any], contato_id: int) -> None:
    """Only a contact whose `user_id` is the sender's own says who they are (core.telegram.org/bots/api#contact)."""
    contact = message.get("contact")
    if contact is not None:
        own = contact.get("user_id") is not None and contact["user_id"] == message["from"]["id"]
        contact["user_id"] = contato_id if own else None
