"""What the list shows, as a file for a spreadsheet: every row that its filters leave, read in pieces."""

import asyncio
import csv
from collections.abc import AsyncIterator, Sequence
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any
from zoneinfo import ZoneInfo

from aiohttp import web

from core.auditoria.auditoria import Autor, registrar
from core.planilha.planilhas import as_text_cell, cnpj_cell
from core.processo.quem import PAINEL as CANAL
from core.processo.valores import text_of
from storage.auditoria.tipos import Ato
from storage.pages import Pagina
from storage.processo.processos import Processo, list_processos
from storage.transaction import Transaction
from webhooks.http.answers import ApiError
from webhooks.painel.painel import PAINEL
from webhooks.painel.sessao import SESSAO

# More is a report, not a list (RELATORIO); a workbook of so many rows is some megabytes.
MOST_ROWS = 50_000
TOO_MANY_ROWS = "rows"
_PIECE = 1000
_HEADER = ("razao_social", "cnpj", "operadora", "filtro", "servico", "mes_ano", "status_processo", "valor_fatura",
           "data_vencimento", "data_aprovacao", "data_envio_sat", "motivo_rejeicao", "id",
           "operadora_nome")  # fmt: skip
_CNPJ = _HEADER.index("cnpj")


async def as_csv(request: web.Request, filters: dict[str, Any], name: str) -> web.StreamResponse:
    """Separated by `;`, with a BOM: as a spreadsheet in Portuguese opens it. Sent as it is read."""
    await _write_down(request, name)
    zone = request.app[PAINEL].zone
    response = web.StreamResponse(headers=_headers(name, "text/csv; charset=utf-8"))
    async for piece in _pieces(request, filters):
        if not response.prepared:
            # Only now: a list that is too long is refused, and a response that has begun cannot say so.
            await response.prepare(request)
            await response.write("\ufeff".encode() + _line(_HEADER))
        await response.write(b"".join(_line(_texts(_row(one, zone))) for one in piece))
    await response.write_eof()
    return response


async def as_xlsx(request: web.Request, filters: dict[str, Any], name: str) -> web.StreamResponse:
    """A workbook; numbers are numbers and days are days."""
    await _write_down(request, name)
    zone = request.app[PAINEL].zone
    rows = [_row(one, zone) async for piece in _pieces(request, filters) for one in piece]
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return web.Response(body=await asyncio.to_thread(_workbook, rows), headers=_headers(name, kind))


async def _write_down(request: web.Request, name: str) -> None:
    """Who took which file is in the audit."""
    autor = Autor(CANAL, request[SESSAO].usuario_id)

    async def work(tx: Transaction) -> None:
        registrar(tx, Ato.EXPORTAR, autor, o_que="processos", arquivo=name)

    await request.app[PAINEL].run(work)


async def _pieces(request: web.Request, filters: dict[str, Any]) -> AsyncIterator[list[Processo]]:
    last, read, total = None, 0, None
    async with request.app[PAINEL].database.read(patient=True) as connection:
        while True:
            found, total = await list_processos(
                connection, Pagina(_PIECE, depois=last), ate=MOST_ROWS, sabido=total, **filters
            )
            if total > MOST_ROWS:
                raise ApiError(422, TOO_MANY_ROWS)
            yield found
            read += len(found)
            if len(found) < _PIECE or read >= MOST_ROWS:
                return
            last = found[-1].id


def _row(one: Processo, zone: ZoneInfo) -> list[Any]:
    """Moments are those of the operation's clock: what was approved at 22:30 of the 30th is of the 30th."""
    return [
        one.razao_social,
        one.cnpj,
        one.operadora,
        one.filtro,
        one.servico,
        one.mes_ano,
        one.status_processo,
        None if one.valor_centavos is None else one.valor_centavos / 100,
        one.data_vencimento,
        _there(one.data_aprovacao, zone),
        _there(one.data_envio_sat, zone),
        one.motivo_rejeicao,
        str(one.id),
        one.operadora_nome,
    ]


def _there(moment: datetime | None, zone: ZoneInfo) -> datetime | None:
    return None if moment is None else moment.astimezone(zone)


def _texts(row: list[Any]) -> list[str]:
    texts = [_decimal(value) for value in row]
    texts[_CNPJ] = cnpj_cell(texts[_CNPJ])
    return texts


def _decimal(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return (text_of(round(value * 100)) or "").replace(".", ",")
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    return value.isoformat() if isinstance(value, date) else str(value)


def _line(values: Sequence[str]) -> bytes:
    written = StringIO()
    csv.writer(written, delimiter=";", lineterminator="\r\n").writerow(map(as_text_cell, values))
    return written.getvalue().encode()


def _workbook(rows: list[list[Any]]) -> bytes:
    # Here, because it costs start-up time and memory that most processes never need.
    from xlsxwriter import Workbook

    written = BytesIO()
    with Workbook(written, {"remove_timezone": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("processos")
        money = book.add_format({"num_format": "#,##0.00"})
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        sheet.write_row(0, 0, _HEADER, book.add_format({"bold": True}))
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, 0, 38)
        sheet.set_column(1, len(_HEADER) - 1, 18)
        for place, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                if isinstance(value, float):
                    sheet.write_number(place, column, value, money)
                elif hasattr(value, "hour"):
                    sheet.write_datetime(place, column, value, moment)
                elif hasattr(value, "isoformat"):
                    sheet.write_datetime(place, column, value, day)
                elif value is not None:
                    sheet.write_string(place, column, value)
        sheet.autofilter(0, 0, len(rows), len(_HEADER) - 1)
    return written.getvalue()


def _headers(name: str, kind: str) -> dict[str, str]:
    return {"Content-Type": kind, "Content-Disposition": f'attachment; filename="{name}"'}
