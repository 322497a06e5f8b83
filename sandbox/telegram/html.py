"""Telegram's HTML: the text a person reads and its entities (https://core.telegram.org/bots/api#html-style)."""

from html.parser import HTMLParser
from typing import Any

from sandbox.telegram.limits import bad, units
from sandbox.telegram.markdown import read_markdown

TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "code": "code", "pre": "pre",
    "a": "text_link", "blockquote": "blockquote", "tg-spoiler": "spoiler", "span": "spoiler",
    "tg-emoji": "custom_emoji",
}  # fmt: skip

Entity = dict[str, Any]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.entities: list[Entity] = []
        self._open: list[tuple[str, int, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            raise bad(f'can\'t parse entities: Unsupported start tag "{tag}" at byte offset {self._offset()}')
        self._open.append((tag, units(self.text), dict(attrs).get("href") or ""))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1][0] != tag:
            raise bad(f'can\'t parse entities: Unmatched end tag at byte offset {self._offset()}, found "</{tag}>"')
        _, start, href = self._open.pop()
        length = units(self.text) - start
        if length:
            entity = {"type": TAGS[tag], "offset": start, "length": length}
            self.entities.append(entity | ({"url": href} if tag == "a" else {}))

    def handle_data(self, data: str) -> None:
        self.text += data

    def finish(self) -> tuple[str, list[Entity]]:
        self.close()
        if self._open:
            tag = self._open[-1][0]
            raise bad(f"can't parse entities: Can't find end tag corresponding to start tag \"{tag}\"")
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return self.text, self.entities

    def _offset(self) -> int:
        line, column = self.getpos()
        return column if line == 1 else sum(len(part) + 1 for part in self.rawdata.split("\n")[: line - 1]) + column


def read_text(text: str, parse_mode: str, entities: Any) -> tuple[str, list[Entity]]:
    """Plain text and entities of a message; a broken tag or mark is refused as the real server refuses it.

    `HTML` and `MarkdownV2` are understood beside plain text.
    """
    if not parse_mode:
        return text.rstrip(), list(entities or [])
    if parse_mode.lower() == "markdownv2":
        plain, found = read_markdown(text)
        return plain.rstrip(), found
    if parse_mode.lower() != "html":
        raise bad("unsupported parse_mode")
    reader = _Reader()
    reader.feed(text)
    plain, found = reader.finish()
    return plain.rstrip(), found
