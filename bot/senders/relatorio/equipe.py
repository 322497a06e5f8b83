"""Reports of the team: asked of the database, put into words, drawn and written."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.senders.relatorio.as_csv import MonthCsv
from bot.senders.relatorio.as_xlsx import write_sheets
from bot.senders.relatorio.equipe_picture import draw_page
from core.relatorio import equipe as figures
from core.relatorio.pedido import Assunto
from core.relatorio.periodo import Periodo
from dialogs.relatorio import equipe as words
from dialogs.relatorio.pagina import Pagina


async def page_of(
    connection: AsyncConnection, assunto: Assunto, periodo: Periodo, zone: ZoneInfo, now: datetime
) -> Pagina:
    """What is shown of it, in the language that is in use."""
    if assunto is Assunto.VENDAS:
        return words.vendas_page(await figures.vendas_of(connection, periodo, zone), periodo)
    if assunto is Assunto.ATENDIMENTOS:
        return words.atendimentos_page(await figures.atendimentos_of(connection, periodo, zone), periodo)
    if assunto is Assunto.LOGINS:
        return words.logins_page(await figures.ocupacao_of(connection, periodo, zone, now), periodo)
    return words.presenca_page(await figures.presenca_of(connection, periodo, zone, now), periodo)


def write_page(pagina: Pagina, assunto: Assunto, folder: Path) -> None:
    """The picture, the workbook and the CSV as `png`, `xlsx` and `csv`. Not to be called in the event loop."""
    (folder / "png").write_bytes(draw_page(pagina, assunto))
    write_sheets(str(folder / "xlsx"), pagina.folhas)
    first = pagina.folhas[0]
    with MonthCsv(folder / "csv", first.colunas) as table:
        for row in first.linhas:
            table.write(row)
