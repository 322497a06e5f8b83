"""Makes the transcript that somebody asked for in chat: after the turn, in a thread, then sent as a document.

The file lies in the object store only until it is delivered: it is removed by the next call of the same lane.
"""

import asyncio
from uuid import UUID

from bot.channels.recorder import StoredFile
from bot.senders.on_request import MadeOnRequest
from bot.senders.transcricao.as_csv import transcript_csv
from core.commands.base import write_command
from core.commands.conversa import DropTranscript, FormatoTranscricao, MakeTranscript
from core.consultor.protocolos import numero_de
from core.delivery_errors import Again
from dialogs.conversa.documento import Documento, document_of
from dialogs.conversa.transcricao import may_still_read, send_transcript, transcript_failed
from dialogs.frame.i18n import use_language
from storage.contatos.conversas import mark_event
from storage.conversa.transcricao import Transcricao, transcricao
from storage.objects import ObjectMissing, ObjectStoreError
from storage.transaction import Call, Transaction

# The document shows so many pictures at most; the others are named.
PICTURES = 60
_MARKED = "transcricao"
_TYPES = {FormatoTranscricao.PDF: "application/pdf", FormatoTranscricao.CSV: "text/csv"}


class TranscriptSender(MadeOnRequest):
    """Makes and sends transcripts, and removes their files."""

    max_attempts = 6
    first_wait = 2.0

    async def make(self, wanted: MakeTranscript, call: Call) -> str | None:
        """Make it and send it; the file's key."""
        if await self._is_answered(_MARKED, call):
            return None
        async with self._database.read() as connection:
            found = await transcricao(connection, wanted.atendimento_id)
        if found is None:
            return None
        key = f"transcricoes/{call.id}.{wanted.formato}"
        use_language(wanted.idioma)
        try:
            content = await self._content(found, wanted)
        except ObjectStoreError as error:
            raise Again(str(error), "object_store") from error
        await self._store(key, content, _TYPES[wanted.formato])
        await self._turns.run(lambda tx: self._answer(tx, wanted, call, found, key))
        return key

    async def drop(self, wanted: DropTranscript, call: Call) -> None:
        """The file is delivered: it goes."""
        try:
            await self._objects.delete(wanted.object_key)
        except ObjectStoreError as error:
            raise Again(str(error), "object_store") from error

    async def give_up(self, wanted: MakeTranscript, reason: str) -> None:
        """Who asked hears that there is none."""
        await self._tell(wanted.contato_id, transcript_failed)

    async def _content(self, found: Transcricao, wanted: MakeTranscript) -> bytes:
        if wanted.formato is FormatoTranscricao.PDF:
            return await self._pdf(found, wanted.idioma)
        return await self._csv(found)

    async def _csv(self, found: Transcricao) -> bytes:
        return await asyncio.to_thread(transcript_csv, found, self._zone)

    async def _pdf(self, found: Transcricao, idioma: str) -> bytes:
        documento = document_of(found, await self._pictures(found), self._zone, self._turns.now())
        return await asyncio.to_thread(_drawn, documento, idioma)

    async def _pictures(self, found: Transcricao) -> dict[UUID, bytes]:
        """The pictures that can be shown, small, by the id of their arquivo."""
        small: dict[UUID, bytes] = {}
        wanted = [fala for fala in found.falas if (fala.mime_type or "").startswith("image/")]
        for fala in wanted[:PICTURES]:
            if fala.object_key is None or fala.arquivo_id is None:
                continue
            try:
                content = await self._objects.get(fala.object_key)
            except ObjectMissing:
                continue
            if picture := await asyncio.to_thread(_small, content):
                small[fala.arquivo_id] = picture
        return small

    async def _answer(self, tx: Transaction, wanted: MakeTranscript, call: Call, found: Transcricao, key: str) -> None:
        if not await mark_event(tx, _MARKED, str(call.id)):
            return
        talk = await self._open_talk(tx, wanted.contato_id)
        if talk is not None and await may_still_read(talk, found.id):
            numero = numero_de(found.protocolo_id)
            file = StoredFile(key, f"atendimento-{numero[1:]}.{wanted.formato}", _TYPES[wanted.formato])
            await send_transcript(talk, numero, file, wanted.topico)
        await write_command(tx, DropTranscript(key), lane=talk.contato.lane if talk is not None else None)


# Imported by who draws first: fpdf2 with its fonts is a tenth of a process's memory, and most of them draw nothing.
def _drawn(documento: Documento, idioma: str) -> bytes:
    from bot.senders.transcricao.as_pdf import draw_pdf

    return draw_pdf(documento, idioma)


def _small(content: bytes) -> bytes | None:
    from bot.senders.transcricao.as_pdf import thumbnail

    return thumbnail(content)
