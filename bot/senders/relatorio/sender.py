"""Makes reports that somebody, or a schedule, asked for: after the turn, in a thread, then sent into the chat."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.channels.recorder import StoredFile
from bot.senders.on_request import MadeOnRequest
from bot.senders.relatorio.as_csv import MonthCsv
from bot.senders.relatorio.as_xlsx import write_month
from bot.senders.relatorio.equipe import page_of, write_page
from bot.senders.relatorio.linhas import Cell, cells_of
from bot.senders.relatorio.picture import draw_month
from core.commands.base import write_command
from core.commands.conversa import DropTranscript
from core.commands.relatorio import MakeFechamento, MakeFechamentoPdf, MakeRelatorioEquipe, MakeRelatorioMes
from core.delivery_errors import Again
from core.relatorio.fechamento import Fechamento, fechamento_of
from core.relatorio.mes import RelatorioMes
from core.relatorio.pedido import Assunto
from core.relatorio.periodo import Periodo
from core.testemunha.meses import Mes
from dialogs.frame.i18n import use_language
from dialogs.frame.talk import Talk
from dialogs.relatorio import fechamento as closing_words
from dialogs.relatorio import mes as words
from storage.contatos.conversas import mark_event
from storage.objects import ObjectStoreError
from storage.relatorio.mes import LinhaMes, rows_of_month
from storage.transaction import Call, Transaction

PNG, XLSX, CSV, PDF = (
    "image/png",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "text/csv",
    "application/pdf",
)
_KINDS = {"png": PNG, "xlsx": XLSX, "csv": CSV}
# Rows that go to the thread at once.
BATCH = 1000
_MARKED = "relatorio"

Answer = Callable[[Talk], Awaitable[None]]


class ReportSender(MadeOnRequest):
    """Makes the month's report, and its closing."""

    max_attempts = 4
    first_wait = 2.0

    async def mes(self, wanted: MakeRelatorioMes, call: Call) -> str | None:
        """Picture, workbook and CSV of a month; where they lie until they are delivered."""
        if await self._is_answered(_MARKED, call):
            return None
        mes = Mes.of(wanted.mes_ano)
        prefix = f"relatorios/{call.id}"
        files: list[StoredFile] = []
        with tempfile.TemporaryDirectory(prefix="balcao-") as folder:
            report = await self._write(mes, wanted.idioma, Path(folder))
            if report.tudo.total:
                name = f"faturas-{mes.ano}-{mes.mes:02d}"
                for end, kind in _KINDS.items():
                    file = StoredFile(f"{prefix}.{end}", f"{name}.{end}", kind)
                    await self._keep(file, Path(folder) / end)
                    files.append(file)

        async def answer(talk: Talk) -> None:
            await _send(talk, words.caption(report, mes), files)

        await self._turns.run(lambda tx: self._answer(tx, wanted.contato_id, call, files, answer))
        return prefix if files else None

    async def equipe(self, wanted: MakeRelatorioEquipe, call: Call) -> str | None:
        """Sales, atendimentos, logins or presence of a period, as the month's report is sent."""
        if await self._is_answered(_MARKED, call):
            return None
        use_language(wanted.idioma)
        assunto, periodo = Assunto(wanted.assunto), Periodo(wanted.de, wanted.ate)
        async with self._database.read(patient=True) as connection:
            pagina = await page_of(connection, assunto, periodo, self._zone, self._turns.now())
        prefix = f"relatorios/{call.id}"
        files: list[StoredFile] = []
        with tempfile.TemporaryDirectory(prefix="balcao-") as folder:
            if pagina.barras:
                await asyncio.to_thread(write_page, pagina, assunto, Path(folder))
                for end, kind in _KINDS.items():
                    file = StoredFile(f"{prefix}.{end}", f"{pagina.arquivo}.{end}", kind)
                    await self._keep(file, Path(folder) / end)
                    files.append(file)

        async def answer(talk: Talk) -> None:
            await _send(talk, pagina.legenda, files)

        await self._turns.run(lambda tx: self._answer(tx, wanted.contato_id, call, files, answer))
        return prefix if files else None

    async def fechamento(self, wanted: MakeFechamento, call: Call) -> None:
        """How far a month is, as a message."""
        found = await self._closing(wanted.mes_ano, whole=False)

        async def answer(talk: Talk) -> None:
            text, choices = closing_words.text_of(found, self._zone), closing_words.choices(found)
            if wanted.message_id is not None and talk.can_edit:
                await talk.rewrite(wanted.message_id, text, *choices)
            else:
                await talk.say(text, *choices)

        await self._turns.run(lambda tx: self._answer(tx, wanted.contato_id, call, [], answer))

    async def fechamento_pdf(self, wanted: MakeFechamentoPdf, call: Call) -> str | None:
        """The closing as a document; where it lies until it is delivered."""
        if await self._is_answered(_MARKED, call):
            return None
        found = await self._closing(wanted.mes_ano, whole=True)
        use_language(wanted.idioma)
        content = await asyncio.to_thread(_drawn, found, wanted.idioma, self._zone)
        file = StoredFile(f"relatorios/{call.id}.pdf", closing_words.pdf_name(found), PDF)
        await self._store(file.key, content, PDF)

        async def answer(talk: Talk) -> None:
            await talk.bot.send_document(talk.contato.id, file, caption=closing_words.pdf_caption(found))

        await self._turns.run(lambda tx: self._answer(tx, wanted.contato_id, call, [file], answer))
        return file.key

    async def give_up(
        self, wanted: MakeRelatorioMes | MakeFechamento | MakeFechamentoPdf | MakeRelatorioEquipe, reason: str
    ) -> None:
        """Who asked hears that there is none."""
        await self._tell(wanted.contato_id, words.failed)

    async def _closing(self, mes_ano: str, *, whole: bool) -> Fechamento:
        async with self._database.read(patient=True) as connection:
            return await fechamento_of(connection, Mes.of(mes_ano), self._turns.now(), self._zone, whole=whole)

    async def _write(self, mes: Mes, idioma: str, folder: Path) -> RelatorioMes:
        """The files of a month; its rows are never held at once."""
        use_language(idioma)
        hoje = self._turns.now().astimezone(self._zone).date()
        report, names, loop = RelatorioMes(hoje, self._zone), words.sheets(), asyncio.get_running_loop()

        def write(batches: AsyncIterator[list[LinhaMes]]) -> None:
            with MonthCsv(folder / "csv") as table:

                def rows() -> Iterator[tuple[Cell, ...]]:
                    for batch in _pulled(batches, loop):
                        for linha in batch:
                            report.add(linha)
                            cells = cells_of(linha, report.late(linha), self._zone)
                            table.write(cells)
                            yield cells

                write_month(str(folder / "xlsx"), rows(), report, names)

        async with self._database.read(patient=True) as connection:
            rows = rows_of_month(connection, mes.competencia, str(mes.plus(-1)))
            await asyncio.to_thread(write, _batches(rows))
        picture = await asyncio.to_thread(draw_month, report, words.title_of(mes), words.labels(), words.notes(report))
        (folder / "png").write_bytes(picture)
        return report

    async def _keep(self, file: StoredFile, path: Path) -> None:
        try:
            await self._objects.put_file(file.key, path, file.mime_type)
        except ObjectStoreError as error:
            raise Again(str(error), "object_store") from error

    async def _answer(
        self, tx: Transaction, contato_id: int, call: Call, files: list[StoredFile], answer: Answer
    ) -> None:
        """Said to whoever is registered still; the files go once they are delivered, or nobody is there for them."""
        if not await mark_event(tx, _MARKED, str(call.id)):
            return
        talk = await self._open_talk(tx, contato_id)
        if talk is not None and talk.pessoa is not None:
            await answer(talk)
        for file in files:
            await write_command(tx, DropTranscript(file.key), lane=talk.contato.lane if talk is not None else None)


async def _send(talk: Talk, text: str, files: list[StoredFile]) -> None:
    """The picture with its words, then the others; the words alone where there is nothing to show."""
    if not files:
        await talk.say(text)
        return
    await talk.bot.send_photo(talk.contato.id, files[0], caption=text)
    for file in files[1:]:
        await talk.bot.send_document(talk.contato.id, file)


async def _batches(rows: AsyncIterator[LinhaMes]) -> AsyncIterator[list[LinhaMes]]:
    batch: list[LinhaMes] = []
    async for linha in rows:
        batch.append(linha)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _pulled(batches: AsyncIterator[list[LinhaMes]], loop: asyncio.AbstractEventLoop) -> Iterator[list[LinhaMes]]:
    """What comes in the loop, for a thread that waits for it."""

    async def following() -> list[LinhaMes] | None:
        return await anext(batches, None)

    while (batch := asyncio.run_coroutine_threadsafe(following(), loop).result()) is not None:
        yield batch


def _drawn(found: Fechamento, idioma: str, zone: ZoneInfo) -> bytes:
    # Imported by who draws first (bot/senders/transcricao/sender.py).
    from bot.senders.relatorio.as_pdf import draw_closing

    return draw_closing(found, idioma, zone)
