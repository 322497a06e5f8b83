"""The rows of one sheet of a workbook. Imported when one is read, because openpyxl costs start-up time.

openpyxl gives nothing at all for a formula without a result, as for an empty cell. A workbook that a program wrote has
such formulas until a spreadsheet saves it: here they say so, since an empty cell means "leave what is stored".

A number whose format fills it up with zeros is what is seen: an account 0000123 that was typed into such a column.

Of cells that are merged the file gives a value to the first alone. One that is merged with those below it counts for
each of their rows, as it is read on a screen.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import IO, Any

from openpyxl.styles.numbers import BUILTIN_FORMATS_MAX_SIZE
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet._reader import FORMULA_TAG, ROW_TAG, VALUE_TAG, WorkSheetParser
from openpyxl.xml.functions import iterparse

from core.planilha.planilhas import UNCALCULATED

# As a sheet names them behind its rows, with a prefix or without.
_MERGED = re.compile(
    rb"""<(?:\w+:)?mergeCell\s[^>]{0,200}?ref=["']([A-Z]{1,3})([0-9]{1,7}):[A-Z]{1,3}([0-9]{1,7})["']"""
)
_LONGEST_TAG = 256
_PIECE = 1 << 20
# More are no sheet that somebody keeps.
_MOST_MERGED = 20_000
# A format of a number without literals: whole, every digit shown.
_ZEROS = re.compile(r"0[0./-]*0")
_TRUE = ("1", "true")
Merged = dict[int, list[tuple[int, int]]]
"""By the row in which they begin: column, and the row in which they end."""


class _Parser(WorkSheetParser):  # type: ignore[misc]  # openpyxl has no types
    """Knows a formula that nobody has calculated, and how many digits the format of a number shows."""

    digits: Mapping[int, int] = {}
    col_counter: int

    def parse(self) -> Iterator[Any]:
        """Its rows; nothing of what stands around them, in which other programs make mistakes."""
        for _, element in iterparse(self.source):
            if element.tag == ROW_TAG:
                row = self.parse_row(element)
                element.clear()
                yield row

    def parse_cell(self, element: Any) -> Any:
        before = self.col_counter
        try:
            cell = super().parse_cell(element)
        except (ValueError, IndexError, OverflowError):
            # What no program can read of a cell is an error of that cell, and of no other.
            self.col_counter = before
            cell = super().parse_cell(_in_error(element))
        if cell["value"] is None and element.find(FORMULA_TAG) is not None and not _gave_no_text(element):
            cell["value"] = UNCALCULATED
        elif (shown := self.digits.get(cell["style_id"], 0)) and type(cell["value"]) is int and cell["value"] >= 0:
            cell["value"] = str(cell["value"]).zfill(shown)
        return cell


def _in_error(element: Any) -> Any:
    value = element.find(VALUE_TAG)
    if value is not None:
        element.set("t", "str")
        value.text = "#NUM!"
    return element


def rows_of(sheet: Any, merged: Merged) -> Iterator[tuple[int, list[Any], bool]]:
    """Each row that the file has: its number from 1, the values of its cells, and whether it is hidden.

    `merged`: of `merged_in`. A filter hides rows, and so does a group that was folded.

    What a sheet says of its own size is often wrong, so that nobody asks it.
    """
    book = sheet.parent
    before, standing = 0, dict[int, tuple[int, Any]]()
    with sheet._get_source() as source:
        dates = {"date_formats": book._date_formats, "timedelta_formats": book._timedelta_formats}
        parser = _Parser(source, sheet._shared_strings, data_only=True, epoch=book.epoch, **dates)
        parser.digits = _digits_of_styles(book)
        for numero, cells in parser.parse():
            hidden = parser.row_dimensions.pop(str(numero), {}).get("hidden") in _TRUE
            # A row that comes a second time, or too late, is none.
            if numero > before:
                before = numero
                row = _by_place(cells)
                yield numero, _filled(row, numero, merged, standing) if merged else row, hidden


def _by_place(cells: list[dict[str, Any]]) -> list[Any]:
    found = {cell["column"]: cell["value"] for cell in cells}
    return [found.get(place) for place in range(1, max(found, default=0) + 1)]


def _digits_of_styles(book: Any) -> dict[int, int]:
    """Of the styles that fill a number up with zeros (`00000000`, `00"."000"."000"/"0000-00`), to how many digits."""
    own = [_digits_of(form) for form in book._number_formats]
    wanted = ((style, one.numFmtId - BUILTIN_FORMATS_MAX_SIZE) for style, one in enumerate(book._cell_styles))
    return {style: own[place] for style, place in wanted if 0 <= place < len(own) and own[place]}


def _digits_of(form: str) -> int:
    plain = re.sub(r'"[^"]*"|\\.', "", form)
    return plain.count("0") if _ZEROS.fullmatch(plain) else 0


def merged_in(sheet: Any) -> Merged:
    """Which cells reach over several rows; the file says so behind its rows, and is looked through for it."""
    found: Merged = defaultdict(list)
    with sheet._get_source() as source:
        for column, first, last in islice(_merges(source), _MOST_MERGED):
            found[first].append((column_index_from_string(column), last))
    return found


def _merges(source: IO[bytes]) -> Iterator[tuple[str, int, int]]:
    left = b""
    while piece := source.read(_PIECE):
        text, end = left + piece, 0
        for one in _MERGED.finditer(text):
            end, first, last = one.end(), int(one[2]), int(one[3])
            if last > first:
                yield one[1].decode(), first, last
        left = text[max(end, len(text) - _LONGEST_TAG) :]


def _filled(row: list[Any], numero: int, merged: Merged, standing: dict[int, tuple[int, Any]]) -> list[Any]:
    """The row with what stands in it from above; one that has nothing of its own stays empty."""
    if any(cell is not None for cell in row):
        for column, (last, value) in standing.items():
            if numero <= last and value is not None:
                row += [None] * (column - len(row))
                row[column - 1] = value if row[column - 1] is None else row[column - 1]
    for column, last in merged.get(numero, ()):
        standing[column] = last, row[column - 1] if column <= len(row) else None
    return row


def _gave_no_text(element: Any) -> bool:
    """A formula whose result is the empty text, as of `=IF(A1="";"";A1)`."""
    return element.get("t") == "str" and element.find(VALUE_TAG) is not None
