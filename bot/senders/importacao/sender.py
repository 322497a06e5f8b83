"""Looks at files of rows that administrators send, and imports them: outside of the chat's turn, a piece at a time."""

import asyncio
import hashlib
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from bot.channels.recorder import StoredFile
from bot.importacao.cadastros import CADASTROS, kinds_of, needed_columns
from bot.importacao.motor import BroughtByAnother, Feito, Motor
from bot.importacao.vistas import EveryRow, FirstRows, RefusedRows
from bot.senders.on_request import MadeOnRequest
from bot.senders.store_errors import store_errors
from core.auditoria.auditoria import Autor
from core.commands.base import write_command
from core.commands.conversa import DropTranscript
from core.commands.importacao import ListImportacao, LookAtPlanilha, RunImportacao
from core.delivery_errors import Again, Refused
from core.direitos.direitos import Direito, tem
from core.importacao.importacoes import esquecer_arquivo, largar, pode_importar
from core.planilha.planilhas import PlanilhaError
from dialogs.frame.i18n import SOURCE, use_language
from dialogs.frame.talk import Talk
from dialogs.importacao import frases, importacao
from dialogs.importacao.frases import Vista
from storage.contatos.conversas import mark_event
from storage.conversa.arquivos import arquivo_by_id
from storage.importacao.importacoes import Estado, add_importacao, add_piece, importacao_by_id, move_importacao
from storage.pessoa.usuarios import active_perfis
from storage.transaction import Call, Transaction

CSV = "text/csv"
# A message that grows is changed no more often: Telegram takes some twenty changes a minute in one chat.
BETWEEN_CHANGES_SECONDS = 3.0
_MARKED = "importacao"

Answer = Callable[[Talk], Awaitable[None]]


class ImportSender(MadeOnRequest):
    """Files of rows from chat."""

    max_attempts = 6
    first_wait = 2.0

    async def look(self, wanted: LookAtPlanilha, call: Call) -> str | None:
        """Say what the file would change, and ask; nothing of it is written."""
        arquivo = await self._arquivo(wanted.arquivo_id)
        with _place() as path:
            sha256 = await self._fetch(arquivo, path)
            try:
                answer = await self._looked(wanted, arquivo, path, sha256)
            except PlanilhaError as error:
                motivo = str(error)

                async def answer(talk: Talk) -> None:
                    await talk.say(frases.refused_file(arquivo.nome, motivo))
                    await esquecer_arquivo(talk.tx, arquivo.id, talk.contato.lane)

        await self._answer(arquivo.contato_id, call, answer)
        return sha256

    async def rows(self, wanted: ListImportacao, call: Call) -> str | None:
        """What would become of each row now, as a file; where it lies until it is delivered."""
        if await self._is_answered(_MARKED, call):
            return None
        found = await self._turns.run(lambda tx: importacao_by_id(tx, wanted.importacao_id))
        if found is None:
            return None
        arquivo = await self._arquivo(found.arquivo_id)
        file = StoredFile(f"importacoes/{call.id}.csv", f"linhas-{found.id}.csv", CSV)
        with _place() as path:
            await self._fetch(arquivo, path)
            use_language(wanted.idioma)
            every = EveryRow(path.with_name("linhas"))
            try:
                await self._simulated(found.o_que, path, every.take)
            finally:
                every.close()
            await self._keep(file, path.with_name("linhas"))

        async def answer(talk: Talk) -> None:
            await talk.bot.send_document(talk.contato.id, file)
            await write_command(talk.tx, DropTranscript(file.key), lane=talk.contato.lane)

        await self._answer(found.contato_id, call, answer)
        return file.key

    async def run(self, wanted: RunImportacao, call: Call) -> str | None:
        """Import what was confirmed; after a kill from the piece on that was not written yet, once each."""
        found = await self._turns.run(lambda tx: self._still_wanted(tx, wanted.importacao_id))
        if found is None:
            return None
        arquivo = await self._arquivo(found.arquivo_id)
        with _place() as path:
            if await self._fetch(arquivo, path) != found.sha256:
                raise Refused("not the file that was looked at", "other_file")
            refused = RefusedRows(path.with_name("recusadas"))
            try:
                await self._import(found, arquivo.channel, path, refused)
            finally:
                refused.close()
            file = None
            if refused.any:
                file = StoredFile(f"importacoes/{call.id}.csv", _refused_name(arquivo.nome), CSV)
                await self._keep(file, refused.path)
        await self._turns.run(lambda tx: self._finished(tx, found, arquivo, file))
        return str(found.id)

    async def give_up(self, wanted: LookAtPlanilha | ListImportacao | RunImportacao, reason: str) -> None:
        """Its sender hears that nothing, or no more, came of it."""

        async def work(tx: Transaction) -> None:
            if isinstance(wanted, LookAtPlanilha):
                found: Row[Any] | None = await arquivo_by_id(tx, wanted.arquivo_id)
            else:
                found = await importacao_by_id(tx, wanted.importacao_id)
            if found is None:
                return
            talk = await self._open_talk(tx, found.contato_id)
            if isinstance(wanted, RunImportacao) and not await largar(tx, found, Estado.CONFIRMADA):
                # It was done after all, or given up before.
                return
            if talk is not None:
                await importacao.failed(talk)

        await self._turns.run(work)

    async def _still_wanted(self, tx: Transaction, importacao_id: int) -> Row[Any] | None:
        """The import, where it is to be done still, by somebody who may still."""
        found = await importacao_by_id(tx, importacao_id)
        if found is None or found.estado != Estado.CONFIRMADA:
            return None
        perfis = await active_perfis(tx.connection, [found.usuario_id])
        talk = await self._open_talk(tx, found.contato_id)
        if tem(perfis.get(found.usuario_id), Direito.ADMINISTRAR):
            # The reasons of what is refused are read by them.
            use_language(talk.contato.idioma if talk is not None else SOURCE)
            return found
        if await largar(tx, found, Estado.CONFIRMADA) and talk is not None:
            await importacao.no_right_any_more(talk)
        return None

    async def _looked(self, wanted: LookAtPlanilha, arquivo: Row[Any], path: Path, sha256: str) -> Answer:
        """What is said of the file. Raises PlanilhaError."""
        kinds = [wanted.o_que] if wanted.o_que in CADASTROS else await asyncio.to_thread(_kinds_in, path)
        if not kinds:
            return lambda talk: importacao.say_unknown(talk, arquivo.nome, needed_columns())
        if len(kinds) > 1:
            return lambda talk: importacao.ask_kind(talk, arquivo.id, arquivo.nome, kinds)
        vista = Vista(kinds[0])
        feito = await self._simulated(kinds[0], path, FirstRows(vista).take)
        vista.criados, vista.alterados = feito.criados, feito.alterados
        vista.sem_mudanca, vista.recusadas = feito.sem_mudanca, feito.recusadas

        async def answer(talk: Talk) -> None:
            assert talk.pessoa is not None
            number = await add_importacao(
                talk.tx,
                arquivo_id=arquivo.id,
                contato_id=talk.contato.id,
                usuario_id=talk.pessoa.id,
                o_que=vista.o_que,
                sha256=sha256,
                total=vista.total,
            )
            await importacao.show(talk, number, vista, arquivo.nome)

        return answer

    async def _simulated(self, o_que: str, path: Path, take: Callable[..., None]) -> Feito:
        with path.open("rb") as file:
            return await Motor(self._turns).run(CADASTROS[o_que], file, simular=True, on_piece=take)

    async def _import(self, found: Row[Any], canal: str, path: Path, refused: RefusedRows) -> None:
        """The pieces that are not in yet. Raises Again while another process brings them."""
        growing = _Growing(self, found)

        async def keep(tx: Transaction, pecas: int, brings: Feito) -> bool:
            counted = {name: getattr(brings, name) for name in ("criados", "alterados", "sem_mudanca", "recusadas")}
            return await add_piece(tx, found.id, pecas, **counted)

        por = Autor(canal, found.usuario_id)
        try:
            with path.open("rb") as file:
                await Motor(self._turns).run(
                    CADASTROS[found.o_que],
                    file,
                    por=por,
                    on_piece=refused.take,
                    on_way=growing.tell,
                    keep=keep,
                    pecas=found.pecas,
                )
        except BroughtByAnother:
            raise Again("another process goes on with it", "import_elsewhere") from None

    async def show_progress(self, found: Row[Any], done: int) -> None:
        """The message grows, where the channel lets messages change."""

        async def work(tx: Transaction) -> None:
            talk = await self._open_talk(tx, found.contato_id)
            if talk is not None and found.message_id is not None:
                text = frases.progress(found.o_que, done, max(done, found.total))
                await talk.rewrite(found.message_id, text)

        await self._turns.run(work)

    async def _finished(self, tx: Transaction, found: Row[Any], arquivo: Row[Any], file: StoredFile | None) -> None:
        """Said once; the file that was sent goes, for it may hold passwords."""
        talk = await self._open_talk(tx, found.contato_id)
        if not await move_importacao(tx, found.id, Estado.CONFIRMADA, Estado.FEITA):
            return
        done = await importacao_by_id(tx, found.id)
        assert done is not None
        lane = None
        if talk is not None:
            lane = talk.contato.lane
            text = frases.finished(done.o_que, frases.of_row(done))
            if done.message_id is not None and talk.can_edit:
                await talk.rewrite(done.message_id, text)
            else:
                await talk.say(text)
            if file is not None:
                await talk.bot.send_document(talk.contato.id, file, caption=frases.refused_caption(done.recusadas))
        await esquecer_arquivo(tx, arquivo.id, lane)
        if file is not None:
            await write_command(tx, DropTranscript(file.key), lane=lane)

    async def _answer(self, contato_id: int, call: Call, answer: Answer) -> None:
        """Said once, to whoever may import still."""

        async def work(tx: Transaction) -> None:
            if not await mark_event(tx, _MARKED, str(call.id)):
                return
            talk = await self._open_talk(tx, contato_id)
            if talk is None:
                return
            if pode_importar(talk.pessoa):
                await answer(talk)
            else:
                await importacao.no_right_any_more(talk)

        await self._turns.run(work)

    async def _arquivo(self, arquivo_id: UUID) -> Row[Any]:
        arquivo = await self._turns.run(lambda tx: arquivo_by_id(tx, arquivo_id))
        if arquivo is None or arquivo.object_key is None:
            raise Refused("no such file", "no_file")
        return arquivo

    async def _fetch(self, arquivo: Row[Any], path: Path) -> str:
        """Bring the file there; the sha256 of its bytes."""
        with store_errors():
            await self._objects.get_file(arquivo.object_key, path)
        return await asyncio.to_thread(_sha256_of, path)

    async def _keep(self, file: StoredFile, path: Path) -> None:
        with store_errors():
            await self._objects.put_file(file.key, path, file.mime_type)


class _Growing:
    """The message that grows, no more often than a channel takes it."""

    def __init__(self, sender: ImportSender, found: Row[Any]) -> None:
        self._sender = sender
        self._found = found
        self._last = time.monotonic()

    async def tell(self, rows: int) -> None:
        if time.monotonic() - self._last >= BETWEEN_CHANGES_SECONDS:
            self._last = time.monotonic()
            await self._sender.show_progress(self._found, rows)


@contextmanager
def _place() -> Iterator[Path]:
    """Where a file can be that nobody else can read, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="balcao-") as folder:
        yield Path(folder) / "arquivo"


def _kinds_in(path: Path) -> list[str]:
    with path.open("rb") as file:
        return kinds_of(file)


def _sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _refused_name(nome: str | None) -> str:
    stem = Path(nome or "arquivo").name
    return f"{stem.removesuffix('.csv')}.recusadas.csv"
