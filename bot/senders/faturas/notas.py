"""Has a bill read once more when its NFCom comes after it."""

from bot.senders.faturas.reading import Reading
from bot.senders.store_errors import store_errors
from core.commands.base import write_command
from core.commands.processo import HearNota, TellNota
from core.delivery_errors import Refused
from core.reexame.reexame import ouvir_de_novo
from core.testemunha.leitura import Recusado
from core.testemunha.lido import Lido
from storage.processo.documentos import Documento, conteudo_of, documento_by_id
from storage.processo.processos import processo_by_id
from storage.transaction import Call


class NotaSender:
    """The bill was read and taken before: what cannot be read now is no fault of the file's."""

    max_attempts = 6
    first_wait = 2.0

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._turns = reading.turns

    async def hear(self, wanted: HearNota, call: Call) -> str | None:
        """All witnesses of the bill, the note among them."""
        async with self._reading.database.read() as connection:
            nota = await documento_by_id(connection, wanted.documento_id)
            processo = await processo_by_id(connection, nota.processo_id) if nota is not None else None
            which = processo.documento_id if processo is not None else None
            documento = await documento_by_id(connection, which) if which is not None else None
            content = await conteudo_of(connection, documento.id) if documento is not None else None
        if nota is None or documento is None:
            return None
        if content is None:
            with store_errors():
                content = await self._reading.objects.get(documento.object_key)
        lido = await self._read(nota, content)
        received = self._reading.day_of(documento.criado_em)
        limits, processo_id = self._reading.limits, documento.processo_id
        await self._turns.run(lambda tx: ouvir_de_novo(tx, nota.id, processo_id, lido, received, limits))
        return None

    async def give_up(self, wanted: HearNota, reason: str) -> None:
        """Whoever brought it was told that it is compared."""
        await self._turns.run(lambda tx: write_command(tx, TellNota(wanted.documento_id, perdida=True)))

    async def _read(self, nota: Documento, content: bytes) -> Lido:
        found = await self._reading.of(self._reading.leitor.read(content), nota.criado_em)
        if isinstance(found, Recusado):
            raise Refused(f"the bill is not taken any more: {found.motivo}", "unreadable")
        return found.lido
