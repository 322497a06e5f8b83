"""Telegram's MarkdownV2 (https://core.telegram.org/bots/api#markdownv2-style), for clients that write it."""

import re
from typing import Any

from sandbox.telegram.limits import bad, units

MARKS = {
    "*": "bold", "__": "underline", "_": "italic", "~": "strikethrough", "||": "spoiler", "`": "code", "```": "pre",
}  # fmt: skip
RESERVED = "_*[]()~`>#+-=|{}.!"

_LINK_END = re.compile(r"\]\(((?:\\.|[^)\\])+)\)")
_ESCAPED = re.compile(r"\\([\x01-\x7e])")

Entity = dict[str, Any]


class _Reader:
    """Walks through the text once; `_open` are the marks that wait for their other half."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._open: list[tuple[str, int]] = []
        self.text = ""
        self.entities: list[Entity] = []

    def read(self) -> tuple[str, list[Entity]]:
        while self._at < len(self._source):
            self._step()
        if self._open:
            kind = MARKS.get(self._open[-1][0], "text_link")
            raise bad(f"can't parse entities: Can't find end of {kind.title().replace('_', '')} entity")
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return self.text, self.entities

    def _step(self) -> None:
        rest = self._source[self._at :]
        code = self._open[-1][0] if self._open and self._open[-1][0] in ("`", "```") else ""
        if escaped := _ESCAPED.match(rest):
            self._take(escaped[1], len(escaped[0]))
        elif code:
            self._mark(code) if rest.startswith(code) else self._take(rest[0])
        elif mark := next((mark for mark in ("```", "`", "||", "__", *MARKS) if rest.startswith(mark)), ""):
            self._mark(mark)
        elif rest[0] == "[":
            self._open.append(("[", units(self.text)))
            self._at += 1
        elif (link := _LINK_END.match(rest)) and self._open and self._open[-1][0] == "[":
            self._close("text_link", url=_ESCAPED.sub(r"\1", link[1]))
            self._at += len(link[0])
        elif rest[0] in RESERVED and not self._quotes(rest[0]):
            raise bad(
                f"can't parse entities: Character '{rest[0]}' is reserved and must be escaped with the preceding '\\'"
            )
        else:
            self._take("" if rest[0] == ">" else rest[0], 1)

    def _quotes(self, character: str) -> bool:
        """Whether that is the `>` that begins a line of a quotation."""
        return character == ">" and (not self.text or self.text.endswith("\n"))

    def _mark(self, mark: str) -> None:
        self._at += len(mark)
        if any(mark == opened for opened, _ in self._open):
            if self._open[-1][0] != mark:
                raise bad(f"can't parse entities: Can't find end of the entity starting at byte offset {self._at}")
            self._close(MARKS[mark])
        else:
            self._open.append((mark, units(self.text)))

    def _close(self, kind: str, **facts: str) -> None:
        _, start = self._open.pop()
        if length := units(self.text) - start:
            self.entities.append({"type": kind, "offset": start, "length": length} | facts)

    def _take(self, shown: str, length: int = 1) -> None:
        self.text += shown
        self._at += length


def read_markdown(source: str) -> tuple[str, list[Entity]]:
    """Plain text and entities; a character that should be escaped is refused as the real server refuses it."""
    return _Reader(source).read()
