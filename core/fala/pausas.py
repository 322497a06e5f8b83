"""What asks for nothing: a laugh, a heart, a moment's patience."""

import re

from core.palavras import folded

_WAIT = re.compile(
    r"(?:(?:so|ja|um|1|me|da|ai|so um)[ ,]*)*(?:(?:es)?pera(?:i| ai)?|calma(?: ai)?|momento|minut(?:o|inho)"
    r"|segundo|instante|wait|volto)"
    r"(?: por favor| pf| um pouco)?"
)
_LAUGH = re.compile(r"(?:k|rs|ha|he|hue|lol)+")
_HEARTS = frozenset("😂🤣😅😆😁😄😊😍❤♥🥰")


def asks_for_time(text: str) -> bool:
    """ "Peraí", "só um minutinho", and nothing else."""
    return _WAIT.fullmatch(folded(text).strip(" .!")) is not None


def is_laugh(text: str) -> bool:
    """ "Kkkk", "😂", and nothing else."""
    said = re.sub(r"\W", "", folded(text))
    return (len(said) > 1 and _LAUGH.fullmatch(said) is not None) or (not said and not _HEARTS.isdisjoint(text))
