"""Why a row or a file was refused, in the person's language. The rules say it in Portuguese, and keep it so."""

import re
from functools import cache
from importlib.resources import files

from babel.messages.pofile import read_po

SOURCE = "pt_BR"
_BLANK = re.compile(r"\\\{(\w+)\\\}")
# Several reasons of one row, each behind the column it is about.
_COLUMN = re.compile(r"[a-z_]+: ")
_BETWEEN = re.compile(r"; (?=[a-z_]+: )")


def in_language(motivo: str, idioma: str) -> str:
    """The reason, or the reasons, of a refused row or file. What the catalogue does not know stays as it is."""
    if idioma == SOURCE:
        return motivo
    return "; ".join(_translated(one, idioma) for one in _BETWEEN.split(motivo))


def _translated(motivo: str, idioma: str) -> str:
    column = found[0] if (found := _COLUMN.match(motivo)) else ""
    said = motivo[len(column) :]
    for pattern, other in known(idioma):
        if match := pattern.fullmatch(said):
            return column + other.format(**match.groupdict())
    return motivo


@cache
def known(idioma: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Each reason of the catalogue, its blanks as groups, and what it is in that language; the longest first."""
    source = files("core.planilha") / "locales" / idioma / "LC_MESSAGES" / "motivos.po"
    if not source.is_file():
        return ()
    with source.open("rb") as file:
        pairs = [(str(one.id), str(one.string)) for one in read_po(file, locale=idioma) if one.id]
    pairs.sort(key=lambda pair: -len(pair[0]))
    return tuple((re.compile(_BLANK.sub(r"(?P<\1>.+)", re.escape(said)), re.DOTALL), other) for said, other in pairs)
