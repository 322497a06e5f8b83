"""Texts cut to what the channels take, and rid of what nobody sees."""

import re
import unicodedata

# Both channels (core.telegram.org/bots/api#sendmessage, developers.facebook.com/docs/whatsapp/cloud-api/messages).
TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
# As much of what somebody wrote as is quoted to them in an answer.
CITADO = 60
# One that everybody sees; in the words that Python, ECMAScript and Rust share.
VISIBLE = (
    r"[^\s\u0000-\u001f\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    r"\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0]"
)
_VISIBLE = re.compile(VISIBLE)
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_JOINER = "\u200d"
# A joiner, a sign's look, the colours of a skin.
_JOINED = frozenset((_JOINER, "\ufe0f", *map(chr, range(0x1F3FB, 0x1F400))))
_FLAG_LETTERS = frozenset(map(chr, range(0x1F1E6, 0x1F200)))
# In characters; what goes on for longer is no sign, and is cut anywhere.
_LONGEST_SIGN = 32
_BREAKS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def split_text(text: str, limit: int) -> list[str]:
    """Parts of at most `limit` UTF-16 units (so Telegram counts), cut at line ends or spaces where there are any."""
    parts, rest = [], text.strip()
    while units(rest) > limit:
        most = _cut(rest, limit)
        cut = max(most.rfind("\n"), 0) or max(most.rfind(" "), 0) or len(most)
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*parts, rest]


def behind(before: str, text: str) -> str:
    """The text, in a paragraph of its own behind what is said before it; alone where nothing is."""
    return f"{before}\n\n{text}" if before else text


def shortened(text: str, limit: int) -> str:
    """The text, or as much of it as fits with `…` at its end."""
    return text if units(text) <= limit else _cut(text, limit - 1) + "…"


def units(text: str) -> int:
    """Length in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _cut(text: str, limit: int) -> str:
    """The longest beginning of at most so many units; nothing that is read as one sign is cut in two."""
    whole = text.encode("utf-16-le", "surrogatepass")[: limit * 2].decode("utf-16-le", "ignore")
    if whole.isascii():
        return whole
    end = len(whole)
    while end > len(whole) - _LONGEST_SIGN and end > 0 and _is_inside_a_sign(text, end):
        end -= 1
    return whole[:end] if not _is_inside_a_sign(text, end) and end > 0 else whole


def _is_inside_a_sign(text: str, at: int) -> bool:
    """Whether what stands there belongs to the character before it: an accent, a skin, a family, half a flag."""
    if not 0 < at < len(text):
        return False
    before, here = text[at - 1], text[at]
    if before == _JOINER or here in _JOINED or unicodedata.category(here) in ("Mn", "Me"):
        return True
    if here not in _FLAG_LETTERS or before not in _FLAG_LETTERS:
        return False
    first = at
    while first > 0 and text[first - 1] in _FLAG_LETTERS:
        first -= 1
    return (at - first) % 2 == 1


def undirected(text: str) -> str:
    """The text without direction marks: they come with what is copied from contacts, and turn round what follows."""
    return text if text.isascii() else _DIRECTION.sub("", text)


def registered_name(nome: str) -> str:
    """A name as it is kept: one line, no direction marks. Raises `ValueError` when there is nothing to be seen."""
    if not _VISIBLE.search(nome):
        raise ValueError("nothing of it can be seen")
    return _BREAKS.sub(" ", undirected(nome)).strip()
