"""PDFs that people of the back office send to the bot: read after the turn, and handed to their processo."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Row

from bot.faturas.leitor import Leitor
from bot.turn import Turns
from core.commands.processo import IdentifyFatura, TakeFatura
from core.delivery_errors import Refused, Throttled
from core.exame.procura import procurar
from core.exame.senhas import senhas_of
from core.processo.arquivos import Arquivo, shown_name
from core.processo.faturas import receber
from core.processo.limites import ProcessoLimits
from core.testemunha.leitura import Leitura, LeituraAdiada, Recusa, Recusado
from core.testemunha.lido import Lido
from dialogs.conversa.consultor import OpenTalk
from dialogs.frame.talk import Talk
from dialogs.processo import trazida
from dialogs.processo.aprovacao import who
from storage.contatos.conversas import mark_event
from storage.conversa.arquivos import arquivo_by_id
from storage.database import Database
from storage.exame.nomes import names_of
from storage.objects import ObjectMissing, ObjectStore, ObjectStoreError
from storage.processo.status import TipoDocumento
from storage.transaction import Call, Transaction

# The store is away, or the reader was killed: tried again this often; a file that no reader gets through, for an hour.
AGAIN_SECONDS = 15.0
READ_AGAIN_FOR = timedelta(hours=1)


class BroughtSender:
    """Reads what people send, and has it received."""

    max_attempts = 6
    first_wait = 2.0

    def __init__(
        self,
        turns: Turns,
        open_talk: OpenTalk,
        database: Database,
        objects: ObjectStore,
        leitor: Leitor,
        limits: ProcessoLimits,
        zone: ZoneInfo,
    ) -> None:
        self._turns = turns
        self._open_talk = open_talk
        self._database = database
        self._objects = objects
        self._leitor = leitor
        self._limits = limits
        self._zone = zone

    async def identify(self, wanted: IdentifyFatura, call: Call) -> str | None:
        """Look whose it is, and say or ask so."""
        arquivo, content = await self._file(wanted.arquivo_id)
        found = await self._read(arquivo, content, await self._said(arquivo, wanted.na_tela))
        if isinstance(found, Recusado):
            await self._tell(arquivo, call, lambda talk: trazida.refused(talk, arquivo.nome, found.motivo))
            return None
        async with self._database.read() as connection:
            achado = await procurar(connection, found.lido, arquivo.legenda or "", wanted.na_tela)
            nomes = await names_of(connection, {UUID(one) for one in achado.clientes})
        await self._tell(arquivo, call, lambda talk: trazida.identified(talk, arquivo, achado, nomes))
        return None

    async def take(self, wanted: TakeFatura, call: Call) -> str | None:
        """Give it to its processo, by the right that its sender has now."""
        arquivo, content = await self._file(wanted.arquivo_id)
        found = await self._read(arquivo, content, wanted.processo_id)
        if isinstance(found, Recusado):
            await self._tell(arquivo, call, lambda talk: trazida.refused(talk, arquivo.nome, found.motivo))
            return None
        today = self._turns.now().astimezone(self._zone).date()
        brought = Arquivo(content, shown_name(arquivo.nome or ""), tipo=wanted.tipo, leitura=found, recebido=today)
        await self._tell(arquivo, call, lambda talk: self._receive(talk, wanted.processo_id, brought))
        return None

    async def give_up(self, wanted: IdentifyFatura | TakeFatura, reason: str) -> None:
        """Its sender hears that nothing came of it."""

        async def work(tx: Transaction) -> None:
            arquivo = await arquivo_by_id(tx, wanted.arquivo_id)
            if arquivo is not None and (talk := await self._open_talk(tx, arquivo.contato_id)):
                await trazida.unreadable(talk, arquivo.nome)

        await self._turns.run(work)

    async def _receive(self, talk: Talk, processo_id: UUID, brought: Arquivo) -> None:
        if talk.pessoa is None:
            return
        resultado = await receber(talk.tx, processo_id, brought, who(talk), self._limits)
        await trazida.taken(talk, resultado, TipoDocumento(brought.tipo))

    async def _file(self, arquivo_id: UUID) -> tuple[Row[Any], bytes]:
        arquivo = await self._turns.run(lambda tx: arquivo_by_id(tx, arquivo_id))
        if arquivo is None or arquivo.object_key is None:
            raise Refused("no such file", "no_file")
        try:
            return arquivo, await self._objects.get(arquivo.object_key)
        except ObjectMissing:
            raise Refused("no object has this key", "missing") from None
        except ObjectStoreError as error:
            raise Throttled(str(error), "objects", AGAIN_SECONDS) from None

    async def _said(self, arquivo: Row[Any], na_tela: UUID | None) -> UUID | None:
        """The processo that caption or screen name, before the file says a word: its numbers may open it."""
        async with self._database.read() as connection:
            achado = await procurar(connection, Lido(""), arquivo.legenda or "", na_tela)
        return None if achado.certo is None else UUID(achado.certo.candidato.processo_id)

    async def _read(self, arquivo: Row[Any], content: bytes, processo_id: UUID | None) -> Leitura | Recusado:
        senhas: tuple[str, ...] = ()
        if processo_id is not None:
            async with self._database.read() as connection:
                senhas = await senhas_of(connection, processo_id)
        try:
            return await self._leitor.read(content, senhas)
        except LeituraAdiada as adiada:
            if self._turns.now() - arquivo.guardado_em < READ_AGAIN_FOR:
                raise Throttled(f"the reader: {adiada}", "leitor", AGAIN_SECONDS) from None
            return Recusado(Recusa.DEMOROU)

    async def _tell(self, arquivo: Row[Any], call: Call, say: Callable[[Talk], Awaitable[None]]) -> None:
        """Once for this call, whatever ends between the turn and its mark."""

        async def once(tx: Transaction) -> None:
            if not await mark_event(tx, "faturas_trazidas", str(call.id)):
                return
            if talk := await self._open_talk(tx, arquivo.contato_id):
                await say(talk)

        await self._turns.run(once)
