"""The one form in which names and words are compared: no case, no accents, one space. It needs no database."""

import unicodedata

UNSEEN = frozenset({"Mn", "Cf"})
"""Categories of characters that do not count."""


def folded(text: str) -> str:
    """The text for comparing: case, accents, invisible characters and repeated spaces do not count."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFD", text)
        text = "".join(char for char in decomposed if unicodedata.category(char) not in UNSEEN)
    return " ".join(text.casefold().split())
