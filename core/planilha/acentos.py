"""Accents that a file lost on its way: UTF-8 that a program read as cp1252 and kept so ("JosÃ© da ConceiÃ§Ã£o")."""

import re

# What every such text has: the first byte of two, and behind it a second one. A space that does not break stands
# behind an "Ã" of somebody's own, too.
_MANGLED = re.compile(
    "[\u00c2\u00c3][\u0080-\u009f\u00a1-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2122]"
)


def as_written(cell: str) -> str:
    """The text as it was before, where all of it was read wrongly; any other text as it stands."""
    if not _MANGLED.search(cell) or "\u00a0" in cell:
        return cell
    try:
        return b"".join(map(_byte, cell)).decode()
    except UnicodeError:
        return cell


def _byte(letter: str) -> bytes:
    """The one byte that was read as this letter; five of them are none of cp1252, and are kept as they are."""
    return letter.encode("latin-1" if "\x80" <= letter <= "\x9f" else "cp1252")
