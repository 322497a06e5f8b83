"""What tells at once which handlers an event is not for: known before any filter is asked."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

from core.palavras import Palavra


@dataclass(frozen=True, slots=True)
class Sign:
    """The state of the conversation; the chat word that was typed, or `alheia`, one of another perfil's.

    `button`: of a tap, the whole text where it stands for a word, else what the text begins with.
    """

    state: str | None
    palavra: Palavra | None = None
    alheia: Palavra | None = None
    button: str | None = None


class Admits(ABC):
    """A filter that can refuse an event by its sign alone."""

    # Whether the sign says it all, so that the filter itself need not be asked.
    is_all: ClassVar[bool] = True

    @abstractmethod
    def admits(self, sign: Sign) -> bool:
        """Whether an event with this sign may be for it."""
