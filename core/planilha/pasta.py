"""The first sheet of a workbook (.xlsx) that is seen and has a header: its rows, each cell as a person sees it.

A number of more than 15 digits has lost some in the spreadsheet program (they are kept as binary floating point), so
it comes out as that program shows it, `1,23E+15`, and the columns that want every digit refuse it (failure 75).
"""

import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from math import isfinite
from typing import Any, BinaryIO

from core.planilha.cabecalho import ACIMA, is_header, known_in
from core.planilha.leitura import Registro
from core.planilha.planilhas import Column, PlanilhaError

# Unpacked: a workbook of 100,000 clientes is some 60 MB of XML.
_LARGEST = 400_000_000
# The words of its cells are held while it is read.
_LARGEST_WORDS = 100_000_000
# Sheets shrink to a hundredth at most; a part that shrinks to less is made to be unpacked.
_SHRINKS, _LARGE = 200, 10_000_000
# Rows are numbered by the file itself: those that it leaves out are read as empty ones, however many they are.
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 1_024
_EXACT = 10**15
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
# Of each of the first sheets so many rows are looked at for a header.
_MOST_SHEETS, _TOP = 10, 100
_TOO_LARGE = "A pasta do Excel é grande demais. Salve a planilha como CSV."
_UNREADABLE = "O arquivo não é uma pasta do Excel que se possa ler. Salve a planilha como .xlsx ou CSV."


class Pasta:
    """A workbook: a header, of its first sheet that has one, then the rows below it."""

    def __init__(self, file: BinaryIO, columns: Sequence[Column]) -> None:
        """Raises PlanilhaError where it is none, or has nothing in it."""
        sheets = _sheets(file)
        # Their numbers, as far as they were read.
        self.ocultas = set[int]()
        tops = [
            [(numero, cells) for numero, cells in islice(_rows(*sheet, set()), _TOP) if any(cells)] for sheet in sheets
        ]
        place, numero = _header_in(tops, columns)
        _check_alone(tops, columns, [sheet.title for sheet, _ in sheets])
        rows = _rows(*sheets[place], self.ocultas)
        self.cabecalho: Sequence[str] = next(cells for at, cells in rows if at == numero)
        self._rows = rows
        self.total = 0

    def registros(self) -> Iterator[Registro]:
        """Each row behind the header."""
        for numero, cells in self._rows:
            yield numero, cells, None


def _header_in(tops: Sequence[Sequence[tuple[int, list[str]]]], columns: Sequence[Column]) -> tuple[int, int]:
    """Which sheet, and which of its rows: where columns are named, else the first row there is."""
    written = [(place, top) for place, top in enumerate(tops) if top]
    if not written:
        raise PlanilhaError("O arquivo está vazio.")
    for place, top in written:
        for at, (numero, cells) in enumerate(top[:ACIMA]):
            if is_header(cells, columns, first=(numero, place) == (top[0][0], written[0][0])):
                # One of two rows ("ACESSO" over LOGIN and SENHA) names more of them in the second.
                second = top[at + 1] if at + 1 < len(top) else (numero, cells)
                return place, second[0] if known_in(second[1], columns) > known_in(cells, columns) else numero
    return written[0][0], written[0][1][0][0]


def _check_alone(tops: Sequence[Sequence[tuple[int, list[str]]]], columns: Sequence[Column], names: list[str]) -> None:
    """Raises PlanilhaError where several sheets have rows below all needed columns: only one of them would be read."""
    needed = [column for column in columns if column.required]
    with_rows = [
        name
        for name, top in zip(names, tops, strict=True)
        if any(known_in(cells, needed) == len(needed) for _, cells in top[:ACIMA][:-1])
    ]
    if len(with_rows) > 1:
        named = ", ".join(f"«{name[:40]}»" for name in with_rows)
        raise PlanilhaError(f"Há linhas para importar em mais de uma aba: {named}. Deixe uma, ou oculte as outras.")


def _sheets(file: BinaryIO) -> list[tuple[Any, Any]]:
    """The first ones, each with its merged cells."""
    # Here, because it costs start-up time that nobody else need pay.
    from core.planilha.folha import merged_in
    from core.planilha.livro import open_book

    try:
        with zipfile.ZipFile(file) as packed:
            if _is_too_large(packed.infolist()):
                raise PlanilhaError(_TOO_LARGE)
        sheets: list[Any] = open_book(file).worksheets
        # One that is hidden is an old list, or the choices of the one that is seen.
        seen = [sheet for sheet in sheets if sheet.sheet_state == "visible"]
        return [(sheet, merged_in(sheet)) for sheet in (seen or sheets)[:_MOST_SHEETS]]
    except PlanilhaError:
        raise
    except Exception as error:
        # Whatever people send: the library raises whatever its XML and zip readers do.
        raise PlanilhaError(_UNREADABLE) from error


def _rows(sheet: Any, merged: Any, hidden: set[int]) -> Iterator[tuple[int, list[str]]]:
    # Here, as above.
    from core.planilha.folha import rows_of

    try:
        for numero, row, is_hidden in rows_of(sheet, merged):
            if is_hidden:
                hidden.add(numero)
            if numero > _MOST_ROWS or len(row) > _MOST_COLUMNS:
                raise PlanilhaError(_TOO_LARGE)
            yield numero, _trimmed([_as_text(cell) for cell in row])
    except PlanilhaError:
        raise
    except Exception as error:
        raise PlanilhaError(_UNREADABLE) from error


def _is_too_large(parts: Sequence[zipfile.ZipInfo]) -> bool:
    """By what it says of itself: no more than that is unpacked."""
    if sum(part.file_size for part in parts) > _LARGEST:
        return True
    return any(
        (part.filename.endswith("sharedStrings.xml") and part.file_size > _LARGEST_WORDS)
        or (part.file_size > _LARGE and part.file_size > _SHRINKS * max(part.compress_size, 1))
        for part in parts
    )


def _trimmed(cells: list[str]) -> list[str]:
    """Without the empty cells behind the last one: sheets are often wider than their rows."""
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _as_text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "VERDADEIRO" if cell else "FALSO"
    if isinstance(cell, int | float):
        if not isfinite(cell):
            return "#NUM!"
        if abs(cell) >= _EXACT:
            return f"{cell:.14E}".replace(".", ",")
        return str(int(cell)) if cell == int(cell) else str(cell).replace(".", ",")
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, timedelta):
        return f"{cell // timedelta(hours=1)}:00:00"
    return cell.isoformat() if isinstance(cell, datetime | date | time) else _ESCAPED.sub(_letter, str(cell))


def _letter(escaped: re.Match[str]) -> str:
    """Signs that XML has no room for are written as `_x000D_`, an underscore before such a one as `_x005F_`."""
    return chr(int(escaped[1], 16))
