"""Topics in a private chat with the bot (Bot API 9.3 and later, https://core.telegram.org/bots/api#forumtopic)."""

from dataclasses import dataclass
from typing import Any

from sandbox.telegram.limits import bad

NAME = 128
COLORS = (0x6FB9F0, 0xFFD67E, 0xCB86DB, 0x8EEE98, 0xFF93B2, 0xFB6F5F)


@dataclass(eq=False)
class Topic:
    """One thread of a private chat. `mine` was made by the person; `implicit` has a name nobody chose."""

    id: int
    name: str
    icon_color: int = COLORS[0]
    icon_custom_emoji_id: str = ""
    mine: bool = False
    implicit: bool = False
    deleted: bool = False

    def created(self) -> dict[str, Any]:
        """The `ForumTopicCreated` object."""
        icon = {"icon_custom_emoji_id": self.icon_custom_emoji_id} if self.icon_custom_emoji_id else {}
        implicit = {"is_name_implicit": True} if self.implicit else {}
        return {"name": self.name, "icon_color": self.icon_color} | icon | implicit

    def as_result(self) -> dict[str, Any]:
        """The `ForumTopic` object."""
        return {"message_thread_id": self.id} | self.created()


class Topics(list[Topic]):
    """The topics of one person's chat, oldest first, deleted ones too."""

    def find(self, topic_id: int, refusal: str = "message thread not found") -> Topic:
        """The living topic with that id; refused as the server does when it is gone or never was."""
        for topic in self:
            if topic.id == topic_id and not topic.deleted:
                return topic
        raise bad(refusal)

    @property
    def open(self) -> list[Topic]:
        """Those that were not deleted."""
        return [topic for topic in self if not topic.deleted]


def check_name(name: Any) -> str:
    """A topic's name: not empty; what is longer than 128 characters is cut, as the server does."""
    cleaned = str(name or "").strip()[:NAME]
    if not cleaned:
        raise bad("title must be non-empty")
    return cleaned


def check_color(color: Any) -> int:
    """One of the six colors of topics."""
    if color is None:
        return COLORS[0]
    if int(color) not in COLORS:
        raise bad("TOPIC_ICON_COLOR_INVALID")
    return int(color)
