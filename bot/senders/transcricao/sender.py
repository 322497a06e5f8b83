"""Makes the transcript that somebody asked for in chat: after the turn, in a thread, then sent as a document.

The file lies in the object store only until it is delivered: it is removed by the next call of the same lane.
"""

import asyncio
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.channels.recorder import StoredFile
from bot.conversations import Conversations
from bot.senders.transcricao.as_csv import transcript_csv
from bot.senders.transcricao.as_pdf import draw_pdf, thumbnail
from bot.senders.transcricao.words import document_of
from bot.turn import Turns
from core.consultor.protocolos import numero_de
from core.delivery_errors import Again
from dialogs.conversa.transcricao import may_still_read, transcript_failed
from dialogs.frame.i18n import _, use_language
from storage.contatos.conversas import mark_event
from storage.conversa.transcricao import Transcricao, transcricao
from storage.database import Database
from storage.objects import ObjectMissing, ObjectStore, ObjectStoreError
from storage.outbox import write_down
from storage.transaction import Call, Transaction

# The document shows so many pictures at most; the others are named.
PICTURES = 60
_TYPES = {"pdf": "application/pdf", "csv": "text/csv"}


class TranscriptSender:
    """The outbox's sender for transcripts: `fazer` makes and sends one, `apagar` removes the file."""

    max_attempts = 6
    first_wait = 2.0

    def __init__(
        self, turns: Turns, conversations: Conversations, database: Database, objects: ObjectStore, zone: ZoneInfo
    ) -> None:
        self._turns = turns
        self._conversations = conversations
        self._database = database
        self._objects = objects
        self._zone = zone

    async def send(self, call: Call) -> str | None:
        try:
            if call.method == "apagar":
                await self._objects.delete(call.params["object_key"])
                return None
            return await self._make(call)
        except ObjectStoreError as error:
            raise Again(str(error), "object_store") from error

    async def give_up(self, call: Call, reason: str) -> None:
        async def work(tx: Transaction) -> None:
            if talk := await self._conversations.open(tx, call.params["contato_id"]):
                await transcript_failed(talk)

        if call.method == "fazer":
            await self._turns.run(work)

    async def _make(self, call: Call) -> str | None:
        async with self._database.read() as connection:
            found = await transcricao(connection, call.params["atendimento_id"])
        if found is None:
            return None
        formato = call.params["formato"]
        key = f"transcricoes/{call.id}.{formato}"
        use_language(call.params["idioma"])
        content = await (self._pdf(found, call.params["idioma"]) if formato == "pdf" else self._csv(found))
        await self._objects.put(key, content, _TYPES[formato])
        await self._turns.run(lambda tx: self._answer(tx, call, found, key))
        return key

    async def _csv(self, found: Transcricao) -> bytes:
        return await asyncio.to_thread(transcript_csv, found, self._zone)

    async def _pdf(self, found: Transcricao, idioma: str) -> bytes:
        documento = document_of(found, await self._pictures(found), self._zone, self._turns.now())
        return await asyncio.to_thread(draw_pdf, documento, idioma)

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
            if picture := await asyncio.to_thread(thumbnail, content):
                small[fala.arquivo_id] = picture
        return small

    async def _answer(self, tx: Transaction, call: Call, found: Transcricao, key: str) -> None:
        if not await mark_event(tx, "transcricao", str(call.id)):
            return
        talk = await self._conversations.open(tx, call.params["contato_id"])
        if talk is not None and await may_still_read(talk, found.id):
            numero = numero_de(found.protocolo_id)
            formato = call.params["formato"]
            file = StoredFile(key, f"atendimento-{numero[1:]}.{formato}", _TYPES[formato])
            caption = _("Transcrição do atendimento {numero}").format(numero=numero)
            topic = int(call.params["topico"]) if call.params.get("topico") else None
            await talk.bot.send_document(talk.contato.id, file, message_thread_id=topic, caption=caption)
        lane = talk.contato.lane if talk is not None else call.lane
        await write_down(tx, lane, "transcricoes", "apagar", {"object_key": key})
