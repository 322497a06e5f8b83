"""Which cell of a row belongs to which column, by the names in the header."""

import re
from collections.abc import Sequence

from core.palavras import folded, trimmed
from core.planilha.acentos import as_written
from core.planilha.planilhas import OURS, Column, PlanilhaError

# So many lines from the top a header is looked for: sheets have a title, the day, an empty line above it.
ACIMA = 20
# What programs call a column that has no name.
_UNNAMED = re.compile("(?:unnamed:|coluna|column)_?[0-9]+")
_DOTS = re.compile(r"(?<=\w)\.(?=\w\.|\w?$)|\.$")


def name_of(cell: str) -> str:
    """A header cell as a column name: `UNIDADE / FILTRO SAT` is unidade_filtro_sat, `CNPJ (obrigatório) *` cnpj."""
    said = re.sub(r"\([^)]*\)", " ", folded(trimmed(as_written(cell))))
    name = re.sub(r"[\s\-/]+", "_", _DOTS.sub("", said.strip(" \n\t*:")))
    return "" if _UNNAMED.fullmatch(name) else name


def unnamed_in(header: Sequence[str]) -> list[int]:
    """The places of columns without a name: the margin of a sheet, one between two parts, a program's own count."""
    return [place for place, cell in enumerate(header) if not name_of(cell)]


def known_names(columns: Sequence[Column]) -> dict[str, Column]:
    """Every name that a column goes by."""
    return {name: column for column in columns for name in (column.name, *column.aliases)}


def known_in(cells: Sequence[str], columns: Sequence[Column]) -> int:
    """How many of the columns these cells name."""
    known = known_names(columns)
    return len({known[name].name for cell in cells if (name := name_of(cell)) in known})


def is_header(cells: Sequence[str], columns: Sequence[Column], *, first: bool) -> bool:
    """Whether a line names columns: the first one with any, one below it with two, which no title does."""
    return known_in(cells, columns) >= (1 if first else 2)


def plan(header: Sequence[str], columns: Sequence[Column]) -> list[tuple[int, Column]]:
    """The place of each column. Raises PlanilhaError where one is missing, unknown, or there twice."""
    known = known_names(columns)
    names = [name_of(cell) for cell in header]
    expected = ", ".join(column.name + "*" * column.required for column in columns)
    if not known.keys() & set(names):
        raise PlanilhaError(f"A primeira linha não traz os nomes das colunas. São estas: {expected}.")
    places: dict[str, int] = {}
    for place, name in enumerate(names):
        if name in OURS or not name:
            continue
        if name not in known:
            raise PlanilhaError(f"Coluna {place + 1} desconhecida: «{name[:40]}». As colunas são: {expected}.")
        if known[name].name in places or name in names[:place]:
            raise PlanilhaError(f"A coluna {known[name].name} aparece duas vezes.")
        places[known[name].name] = place
    missing = [column.name for column in columns if column.required and column.name not in places]
    if missing:
        raise PlanilhaError(f"Falta a coluna {', '.join(missing)}. As colunas são: {expected}.")
    by_name = {column.name: column for column in columns}
    return [(place, by_name[name]) for name, place in places.items()]
