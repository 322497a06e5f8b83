"""A message cut into tokens: here ends what case, accents, invisible characters, skin tones and signs do to it."""

import re
import unicodedata
from collections.abc import Iterator
from enum import Enum, auto
from functools import lru_cache
from typing import NamedTuple

LIMIT = 400
"""Characters that are read for an intention. A longer text is a letter, not a wish."""
AT_ONCE = 64
"""Messages that may be under way at once: every table reads the one that is being answered."""


class Kind(Enum):
    """What a token is."""

    WORD = auto()
    NUMBER = auto()
    QUESTION = auto()
    QUOTE = auto()
    EMOJI = auto()
    JOINT = auto()
    """A comma, a hyphen, an apostrophe: no end of what belongs together ("on-line", "oi, tudo bem")."""
    BREAK = auto()
    """An exclamation mark, a colon, a line break."""


class Token(NamedTuple):
    """A piece of the cleaned text, small and without accents, and where it stands there."""

    kind: Kind
    plain: str
    start: int
    end: int


def _bare_letters() -> dict[int, str]:
    table = {code: chr(code + 32) for code in range(ord("A"), ord("Z") + 1)}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code))[0].lower()
        if base.isalpha() and base.isascii():
            table[code] = base
    # Emoji presentation, keycap, skin tones: one blank each, so that places in the text stay what they are.
    table |= dict.fromkeys((0xFE0E, 0xFE0F, 0x20E3, *range(0x1F3FB, 0x1F400)), " ")
    return table | {ord("º"): "o", ord("°"): "o", ord("ª"): "a", ord("’"): "'", ord("`"): "'"}


def listed(words: str) -> tuple[str, ...]:
    """The words of a table written as one text."""
    return tuple(words.split())


_BARE = _bare_letters()
# Letters and signs of a keyboard for Chinese or Japanese; its digits are those of another script.
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if not 0xFF10 <= code <= 0xFF19}
# Letters in bold, italics, script, circles, which some people's keyboards write: "𝐒𝐈𝐌".
_STYLED = {
    code: letter
    for code in (*range(0x1D400, 0x1D7FF), *range(0x2460, 0x2500), *range(0x1F130, 0x1F14A))
    if (letter := unicodedata.normalize("NFKC", chr(code))).isalpha() and letter.isascii() and len(letter) == 1
}
_AS_TYPED = _FULL_WIDTH | _STYLED
_WHOLE_QUOTE = re.compile(r"\s*[\"“”«»‘’'](?P<said>[^\"“”«»‘’']{1,40})[\"“”«»‘’'][\s.!]*")
_TOKEN = re.compile(r"([^\W\d_]+)|([0-9]+(?:[.,/:\-][0-9]+)*)|([?¿❓❔🤔])|([\"“”«»])|([,.'/()*_~-]+)|([;:!…\n]+)|(\S)")
_KINDS = (Kind.WORD, Kind.NUMBER, Kind.QUESTION, Kind.QUOTE, Kind.JOINT, Kind.BREAK, Kind.EMOJI)
# The accent is all that tells these from another word.
_ACCENTED = {"é": "eh", "cancelé": "cancelei", "hablé": "falei"}


@lru_cache(maxsize=AT_ONCE)
def cleaned(text: str) -> str:
    """The text composed (NFC) and without characters that nobody sees. Places below are places in this one."""
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", text).translate(_AS_TYPED)
    return "".join(char for char in text if unicodedata.category(char) not in {"Cf", "Cs"})


def rows_of(table: str) -> Iterator[tuple[str, str]]:
    """The lines of a table, `head: words`; what begins with a blank goes on."""
    for line in table.strip().replace("\n ", " ").splitlines():
        head, _, words = line.partition(":")
        yield head.strip(), words


def unquoted(text: str) -> str:
    """A word that stands in quotation marks and nothing else, without them: “vender” is how we wrote it to them."""
    found = _WHOLE_QUOTE.fullmatch(text)
    return text if found is None or len(found["said"].split()) > 1 else found["said"]


def plain(text: str) -> str:
    """Small letters without accents, character for character as long as the cleaned text it is made of."""
    return text.lower() if text.isascii() else text.translate(_BARE)


@lru_cache(maxsize=AT_ONCE)
def in_a_line(text: str, longest: int) -> str:
    """Small letters without accents, and single spaces; empty for a longer text, which is no short question."""
    return " ".join(plain(cleaned(text)).split()) if len(text) <= longest else ""


def tokens(text: str) -> list[Token]:
    """The tokens of a cleaned text, in order."""
    found = []
    accents = not text.isascii()
    for match in _TOKEN.finditer(plain(text)):
        kind = _KINDS[(match.lastindex or 1) - 1]
        start, end = match.span()
        word = match[0]
        if accents and kind is Kind.WORD:
            word = _ACCENTED.get(text[start:end].lower(), word)
        found.append(Token(kind, word, start, end))
    return found
