"""What a phone knows of Telegram: the server that its app is connected to."""

from typing import Any, Protocol

from sandbox.bubbles import Bubble
from sandbox.courier import Delivery
from sandbox.faults import Faults
from sandbox.phone import Phone
from sandbox.telegram.files import TelegramCommands, TelegramFiles


class Line(Protocol):
    """The server, from a phone's side (sandbox/telegram/account.py)."""

    bot: dict[str, Any]
    files: TelegramFiles
    commands: TelegramCommands
    faults: Faults

    def now(self) -> int:
        """Epoch seconds."""

    def new_message(self, chat: dict[str, Any], sender: dict[str, Any]) -> dict[str, Any]:
        """The frame of a message with the next id."""

    def new_callback(self, user_id: int) -> str:
        """The id of a new tap."""

    def send_update(self, kind: str, content: dict[str, Any], phone: Phone, bubble: Bubble | None = None) -> Delivery:
        """Queue an update for the service."""

    def revise(self, phone: Phone, bubble: Bubble, change: dict[str, Any], *, replace: bool = False) -> None:
        """Change a message on a screen."""
