"""What a phone shows: bubbles with their buttons, lists, files and edits."""

import re
from dataclasses import dataclass, field
from typing import Any

_DECORATION = re.compile(r"^\W+|[^\w…]+$")


@dataclass(frozen=True)
class Button:
    """One tappable thing: an inline button, a reply button or a link."""

    label: str
    data: str = ""
    url: str = ""
    style: str = ""
    copies: str = ""


@dataclass(frozen=True)
class Row:
    """One row of a WhatsApp list."""

    id: str
    title: str
    description: str = ""
    section: str = ""


@dataclass(frozen=True)
class File:
    """A document, photo or recording inside a bubble."""

    name: str
    mime: str
    data: bytes


@dataclass(frozen=True)
class Place:
    """A point on the map, with a name and an address when it is a known place."""

    latitude: float
    longitude: float
    name: str = ""
    address: str = ""

    @property
    def text(self) -> str:
        """What a person reads: name and address, or the coordinates."""
        return "\n".join(part for part in (self.name, self.address) if part) or f"{self.latitude}, {self.longitude}"


@dataclass(frozen=True)
class Card:
    """Somebody's contact."""

    name: str
    telefone: str

    @property
    def text(self) -> str:
        """What a person reads."""
        return f"{self.name}\n{self.telefone}"


@dataclass(frozen=True)
class Version:
    """What a bubble showed at one moment; an edit adds one."""

    text: str
    keyboard: tuple[tuple[Button, ...], ...] = ()
    entities: tuple[dict[str, Any], ...] = ()


@dataclass(eq=False)
class Bubble:
    """One message on one phone.

    `kind` is text, document, photo, audio, video, voice, sticker, location, contact, template, unsupported,
    service (a topic was created), toast or alert (the last two are Telegram's answers to a tap).
    `raw` is the provider's own message object. `versions` holds every text and keyboard it ever showed, oldest
    first; `seen` counts those a test has consumed with `Phone.sees`. `quote` is the quoted text and `reply_to`
    the id of the bubble it is from; `topic` is Telegram's thread, 0 outside any.
    """

    id: str
    order: int
    mine: bool
    when: float
    kind: str = "text"
    versions: list[Version] = field(default_factory=lambda: [Version("")])
    header: str = ""
    footer: str = ""
    list_button: str = ""
    rows: list[Row] = field(default_factory=list)
    file: File | None = None
    location: Place | None = None
    contacts: tuple[Card, ...] = ()
    topic: int = 0
    quote: str = ""
    reply_to: str = ""
    my_reaction: str = ""
    bot_reaction: str = ""
    status: str = ""
    silent: bool = False
    deleted: bool = False
    seen: int = 0
    raw: dict[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The text or caption it shows now."""
        return self.versions[-1].text

    @property
    def summary(self) -> str:
        """What a quote of it shows: its text, else what it is."""
        return self.text or self.header or (self.file.name if self.file else "") or self.kind

    @property
    def reaction(self) -> str:
        """The reactions on it, the person's own first."""
        return self.my_reaction + self.bot_reaction

    @property
    def edited(self) -> bool:
        """Whether it was changed after it was sent."""
        return len(self.versions) > 1

    @property
    def keyboard(self) -> tuple[tuple[Button, ...], ...]:
        """The buttons it shows now, in rows."""
        return self.versions[-1].keyboard

    @property
    def buttons(self) -> list[list[str]]:
        """The labels of its buttons, in rows."""
        return [[button.label for button in row] for row in self.keyboard]

    @property
    def labels(self) -> list[str]:
        """Every label that can be tapped: buttons first, then the rows of a list."""
        return [target.label if isinstance(target, Button) else target.title for target in self.targets]

    @property
    def targets(self) -> list[Button | Row]:
        """Everything that can be tapped, in the order of `labels`."""
        return [button for row in self.keyboard for button in row] + list(self.rows)

    @property
    def document(self) -> bytes | None:
        """The bytes of its file, if it has one."""
        return self.file.data if self.file else None

    def shows(self, fragment: str, version: int = -1) -> bool:
        """Whether the fragment is readable on it (case-sensitive), in that version of its content."""
        shown = self.versions[version]
        parts = [self.header, shown.text, self.footer, self.list_button, self.file.name if self.file else ""]
        parts += [button.label for row in shown.keyboard for button in row]
        parts += [text for row in self.rows for text in (row.title, row.description, row.section)]
        return any(fragment in part for part in parts)

    def find(self, label: str, *, old: bool = False) -> Button | Row | None:
        """The button or row with that label; with `old`, one that an edit has since removed counts too."""
        for version in reversed(self.versions if old else self.versions[-1:]):
            for button in (button for row in version.keyboard for button in row):
                if same_label(label, button.label):
                    return button
        return next((row for row in self.rows if same_label(label, row.title)), None)

    def as_text(self) -> str:
        """A few lines for a failure message."""
        who = "eu " if self.mine else "bot"
        marks = "".join(
            mark
            for mark, applies in (
                (f"[{self.kind}] ", self.kind != "text"),
                ("(editada) ", self.edited),
                ("(apagada) ", self.deleted),
            )
            if applies
        )
        parts = [self.header, self.text, self.footer, f"<{self.file.name}>" if self.file else ""]
        lines = "\n".join(part for part in parts if part).split("\n")
        lines += ["  ".join(f"[{label}]" for label in row) for row in self.buttons]
        lines += [f"({self.list_button})"] if self.list_button else []
        lines += [f"- {row.title}" + (f": {row.description}" if row.description else "") for row in self.rows]
        return f"{who} | {marks}" + "\n    | ".join(line for line in lines if line)


def same_label(wanted: str, shown: str) -> bool:
    """Whether a label is the wanted one, forgiving an emoji before it and a truncation with `…`."""
    if wanted == shown:
        return True
    wanted, shown = _DECORATION.sub("", wanted), _DECORATION.sub("", shown)
    if shown.endswith("…"):
        return len(shown) > 1 and wanted.startswith(shown[:-1].rstrip())
    return wanted == shown


def quote_on(bubble: Bubble, quoted: Bubble | None, part: str = "") -> None:
    """Show on a bubble what it quotes: all of another bubble, or only that part of its text."""
    if quoted is not None:
        bubble.quote, bubble.reply_to = part or quoted.summary, quoted.id
