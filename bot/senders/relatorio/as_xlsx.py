"""The month's processos as a workbook: a sheet of totals, a sheet of rows, with real dates and numbers.

Text is written as text: a name that begins with `=` is no formula, a CNPJ keeps its zeros.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from bot.senders.relatorio.linhas import COLUMNS, Cell
from core.relatorio.mes import RelatorioMes, Totais
from dialogs.relatorio.pagina import Folha
from storage.processo.status import StatusProcesso

_WIDTH = 18
_SECONDS_OF_AN_HOUR = 3600
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write_month(path: str, rows: Iterable[Sequence[Cell]], report: RelatorioMes, names: Mapping[str, str]) -> None:
    """Write the workbook to a file of ours. `report` is read after the last row.

    `names`: of the sheets `totais` and `processos`, the line `tudo` and the columns of the totals, in the reader's
    language. Rows are not held: 100,000 take some seconds, not in the event loop.
    """
    with _book(path) as book:
        formats = _formats(book)
        totals, sheet = book.add_worksheet(names["totais"]), book.add_worksheet(names["processos"])
        last = _write(sheet, COLUMNS, rows, formats)
        sheet.autofilter(0, 0, last, len(COLUMNS) - 1)
        _write(totals, [names[name] for name in TOTALS], _totals(report, names), formats)


def write_sheets(path: str, folhas: Sequence[Folha]) -> None:
    """Write tables as the sheets of a workbook of ours."""
    with _book(path) as book:
        formats = _formats(book)
        for folha in folhas:
            sheet = book.add_worksheet(folha.nome)
            last = _write(sheet, folha.colunas, folha.linhas, formats)
            sheet.autofilter(0, 0, last, len(folha.colunas) - 1)


def _book(path: str) -> Any:
    # Here, because it costs start-up time and memory that most processes never need.
    import xlsxwriter

    return xlsxwriter.Workbook(path, _OPTIONS)


def _formats(book: Any) -> dict[str, Any]:
    return {
        "head": book.add_format({"bold": True, "bottom": 1}),
        "money": book.add_format({"num_format": "#,##0.00"}),
        "day": book.add_format({"num_format": "dd/mm/yyyy"}),
        "moment": book.add_format({"num_format": "dd/mm/yyyy hh:mm"}),
    }


TOTALS = ("operadora", *StatusProcesso, "total", "valor", "variacao", "horas_ate_o_sat", "atrasadas", "sem_valor")


def _totals(report: RelatorioMes, names: Mapping[str, str]) -> Iterable[Sequence[Any]]:
    for operadora, totais in {**report.por_operadora, names["tudo"]: report.tudo}.items():
        yield operadora, *(totais.por_status[status] for status in StatusProcesso), totais.total, *_figures(totais)


def _figures(totais: Totais) -> tuple[Cell | float, ...]:
    took, change = totais.tempo_mediano, totais.variacao
    return (
        Decimal(totais.valor).scaleb(-2),
        None if change is None else round(change, 1),
        None if took is None else round(took.total_seconds() / _SECONDS_OF_AN_HOUR, 1),
        totais.atrasadas,
        totais.sem_valor,
    )


def _write(sheet: Any, head: Sequence[str], rows: Iterable[Sequence[Any]], formats: Mapping[str, Any]) -> int:
    """Head and rows from the top; the number of the last row."""
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(head) - 1, _WIDTH)
    sheet.write_row(0, 0, head, formats["head"])
    number = 0
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            _write_cell(sheet, number, column, cell, formats)
    return number


def _write_cell(sheet: Any, row: int, column: int, cell: Any, formats: Mapping[str, Any]) -> None:
    if isinstance(cell, datetime):
        sheet.write_datetime(row, column, cell, formats["moment"])
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, datetime(cell.year, cell.month, cell.day), formats["day"])  # noqa: DTZ001
    elif isinstance(cell, Decimal):
        sheet.write_number(row, column, float(cell), formats["money"])
    elif isinstance(cell, str):
        sheet.write_string(row, column, cell)
    else:
        sheet.write(row, column, cell)
