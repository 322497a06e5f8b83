"""Names are compared in both databases as in Python (folding.py)."""

import sqlite3
import unicodedata
from typing import Any

from sqlalchemy import ColumnElement, Text, func
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engines.folding import UNSEEN, folded

# What SQLite calls it; storage/database.py gives it to each of its connections.
IN_SQLITE = "folded"


def names_it(connection: AsyncConnection, column: ColumnElement[Any], text: str) -> ColumnElement[bool]:
    """Whether that column's name has this in it, whatever accents and capitals either is written with.

    It reads every row: for registers of hundreds, thousands. What is larger keeps its folded text in a column.
    """
    if connection.dialect.name == "sqlite":
        compared: ColumnElement[str] = func.folded(column, type_=Text)
    else:
        compared = func.lower(func.translate(column, _FROM + _DROPPED, _TO, type_=Text), type_=Text)
    return compared.contains(folded(text), autoescape=True)


def teach(connection: sqlite3.Connection) -> None:
    """Let a connection of SQLite fold as we do."""
    connection.create_function(IN_SQLITE, 1, lambda text: None if text is None else folded(text), deterministic=True)


def _letters() -> tuple[str, str]:
    """Latin letters that are one plain letter under their accents (a `lower` may know no É)."""
    pairs = [(char, folded(char)) for char in map(chr, range(0xC0, 0x250))]
    simple = [(char, plain) for char, plain in pairs if len(plain) == 1 and plain != char]
    return "".join(char for char, _ in simple), "".join(plain for _, plain in simple)


_FROM, _TO = _letters()
# `translate` drops what has no counterpart: accents that stand by themselves, marks that nobody sees.
_DROPPED = "".join(char for char in map(chr, [*range(0x300, 0x370), 0xAD, 0x200B, 0x200C, 0x200D, 0xFEFF])
                   if unicodedata.category(char) in UNSEEN)  # fmt: skip
