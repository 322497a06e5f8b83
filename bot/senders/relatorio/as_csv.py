"""The month's processos as CSV."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

from bot.senders.relatorio.linhas import COLUMNS, Cell
from core.planilha.planilhas import csv_bytes


def month_csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with BOM, separated by `;`, decimal commas, ISO dates, no cell a formula."""
    return csv_bytes(COLUMNS, ([_text(cell) for cell in row] for row in rows))


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
