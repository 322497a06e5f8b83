"""The month's processos as CSV."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Self

from bot.senders.relatorio.linhas import COLUMNS, Cell
from core.planilha.planilhas import CsvFile, cnpj_cell


class MonthCsv:
    """A file of ours: UTF-8 with BOM, separated by `;`, decimal commas, ISO dates, no cell a formula."""

    def __init__(self, path: Path, columns: Sequence[str] = COLUMNS) -> None:
        self._path = path
        self._columns = columns

    def __enter__(self) -> Self:
        self._file = CsvFile(self._path)
        self._file.write(self._columns)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()

    def write(self, row: Sequence[Cell]) -> None:
        """One more row, in the order of the columns."""
        cells = zip(self._columns, row, strict=True)
        self._file.write([cnpj_cell(str(cell)) if name == "cnpj" else _text(cell) for name, cell in cells])


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "sim" if cell else "nao"
    if isinstance(cell, Decimal):
        return f"{cell:.2f}".replace(".", ",")
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M:%S}"
    return cell.isoformat() if isinstance(cell, date) else str(cell)
