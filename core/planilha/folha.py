"""The rows of one sheet of a workbook. Imported when one is read, because openpyxl costs start-up time.

openpyxl gives nothing at all for a formula without a result, as for an empty cell. A workbook that a program wrote has
such formulas until a spreadsheet saves it: here they say so, since an empty cell means "leave what is stored".
"""

from collections.abc import Iterator
from typing import Any

from openpyxl.worksheet._reader import FORMULA_TAG, VALUE_TAG, WorkSheetParser

from core.planilha.planilhas import UNCALCULATED


class _Parser(WorkSheetParser):  # type: ignore[misc]  # openpyxl has no types
    """Knows a formula that nobody has calculated."""

    def parse_cell(self, element: Any) -> Any:
        cell = super().parse_cell(element)
        if cell["value"] is None and element.find(FORMULA_TAG) is not None and not _gave_no_text(element):
            cell["value"] = UNCALCULATED
        return cell


def rows_of(sheet: Any) -> Iterator[tuple[int, list[Any]]]:
    """Each row that the file has, with its number from 1: the values of its cells.

    What a sheet says of its own size is often wrong, so that nobody asks it.
    """
    book = sheet.parent
    before = 0
    with sheet._get_source() as source:
        dates = {"date_formats": book._date_formats, "timedelta_formats": book._timedelta_formats}
        parser = _Parser(source, sheet._shared_strings, data_only=True, epoch=book.epoch, **dates)
        for numero, cells in parser.parse():
            # A row that comes a second time, or too late, is none.
            if numero > before:
                before = numero
                yield numero, _by_place(cells)


def _by_place(cells: list[dict[str, Any]]) -> list[Any]:
    found = {cell["column"]: cell["value"] for cell in cells}
    return [found.get(place) for place in range(1, max(found, default=0) + 1)]


def _gave_no_text(element: Any) -> bool:
    """A formula whose result is the empty text, as of `=IF(A1="";"";A1)`."""
    return element.get("t") == "str" and element.find(VALUE_TAG) is not None
