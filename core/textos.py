"""Texts cut to what the channels take."""

# Both channels (core.telegram.org/bots/api#sendmessage, developers.facebook.com/docs/whatsapp/cloud-api/messages).
TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
# As much of what somebody wrote as is quoted to them in an answer.
CITADO = 60


def split_text(text: str, limit: int) -> list[str]:
    """Parts of at most `limit` UTF-16 units (so Telegram counts), cut at line ends or spaces where there are any."""
    parts, rest = [], text.strip()
    while units(rest) > limit:
        most = _cut(rest, limit)
        cut = max(most.rfind("\n"), 0) or max(most.rfind(" "), 0) or len(most)
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*parts, rest]


def shortened(text: str, limit: int) -> str:
    """The text, or as much of it as fits with `…` at its end."""
    return text if units(text) <= limit else _cut(text, limit - 1) + "…"


def units(text: str) -> int:
    """Length in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _cut(text: str, limit: int) -> str:
    """The longest beginning of at most so many units; no character is cut in two."""
    return text.encode("utf-16-le", "surrogatepass")[: limit * 2].decode("utf-16-le", "ignore")
