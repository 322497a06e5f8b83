"""Has a bill read once more when its NFCom comes after it."""

from zoneinfo import ZoneInfo

from bot.faturas.leitor import Leitor
from bot.senders.faturas.sender import READ_AGAIN_FOR, READ_AGAIN_SECONDS
from bot.senders.store_errors import store_errors
from bot.turn import Turns
from core.commands.base import write_command
from core.commands.processo import HearNota, TellNota
from core.delivery_errors import Refused, Throttled
from core.processo.limites import ProcessoLimits
from core.reexame.reexame import ouvir_de_novo
from core.testemunha.leitura import LeituraAdiada, Recusado
from core.testemunha.lido import Lido
from storage.database import Database
from storage.objects import ObjectStore
from storage.processo.documentos import Documento, conteudo_of, documento_by_id
from storage.processo.processos import processo_by_id
from storage.transaction import Call


class NotaSender:
    """The bill was read and taken before: what cannot be read now is no fault of the file's."""

    max_attempts = 6
    first_wait = 2.0

    def __init__(
        self,
        turns: Turns,
        database: Database,
        objects: ObjectStore,
        limits: ProcessoLimits,
        leitor: Leitor,
        zone: ZoneInfo,
    ) -> None:
        self._turns = turns
        self._database = database
        self._objects = objects
        self._limits = limits
        self._leitor = leitor
        self._zone = zone

    async def hear(self, wanted: HearNota, call: Call) -> str | None:
        """All witnesses of the bill, the note among them."""
        async with self._database.read() as connection:
            nota = await documento_by_id(connection, wanted.documento_id)
            processo = await processo_by_id(connection, nota.processo_id) if nota is not None else None
            which = processo.documento_id if processo is not None else None
            documento = await documento_by_id(connection, which) if which is not None else None
            content = await conteudo_of(connection, documento.id) if documento is not None else None
        if nota is None or documento is None:
            return None
        if content is None:
            with store_errors():
                content = await self._objects.get(documento.object_key)
        lido = await self._read(nota, content)
        received = documento.criado_em.astimezone(self._zone).date()
        limits, processo_id = self._limits, documento.processo_id
        await self._turns.run(lambda tx: ouvir_de_novo(tx, nota.id, processo_id, lido, received, limits))
        return None

    async def give_up(self, wanted: HearNota, reason: str) -> None:
        """Whoever brought it was told that it is compared."""
        await self._turns.run(lambda tx: write_command(tx, TellNota(wanted.documento_id, perdida=True)))

    async def _read(self, nota: Documento, content: bytes) -> Lido:
        try:
            found = await self._leitor.read(content)
        except LeituraAdiada as adiada:
            if self._turns.now() - nota.criado_em < READ_AGAIN_FOR:
                raise Throttled(f"the reader: {adiada}", "leitor", READ_AGAIN_SECONDS) from None
            raise Refused("no reader gets through the bill", "unreadable") from None
        if isinstance(found, Recusado):
            raise Refused(f"the bill is not taken any more: {found.motivo}", "unreadable")
        return found.lido
