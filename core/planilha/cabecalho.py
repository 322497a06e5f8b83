"""Which cell of a row belongs to which column, by the names in the header."""

import re
from collections.abc import Sequence

from core.palavras import folded, trimmed
from core.planilha.planilhas import OURS, Column, PlanilhaError


def name_of(cell: str) -> str:
    """A header cell as a column name: `Nome Completo*` is nome_completo, `UNIDADE / FILTRO SAT` unidade_filtro_sat."""
    return re.sub(r"[\s\-/]+", "_", folded(trimmed(cell).rstrip("*")))


def known_names(columns: Sequence[Column]) -> dict[str, Column]:
    """Every name that a column goes by."""
    return {name: column for column in columns for name in (column.name, *column.aliases)}


def plan(header: Sequence[str], columns: Sequence[Column]) -> list[tuple[int, Column]]:
    """The place of each column. Raises PlanilhaError where one is missing, unknown, or there twice."""
    known = known_names(columns)
    names = [name_of(cell) for cell in header]
    expected = ", ".join(column.name + "*" * column.required for column in columns)
    if not known.keys() & set(names):
        raise PlanilhaError(f"A primeira linha não traz os nomes das colunas. São estas: {expected}.")
    places: dict[str, int] = {}
    for place, name in enumerate(names):
        if name in OURS:
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
