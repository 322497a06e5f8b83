"""Fetches files that people sent, after the commit, into our own store: a channel keeps them for days at most."""

import asyncio
import time
from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from bot.channels.downloads import MAX_BYTES, Downloads
from bot.outbox.lanes import patience
from bot.turn import Turns
from core.commands.base import write_command
from core.commands.conversa import BringLateFile, FetchFile, TellFetched
from core.delivery_errors import TOO_OLD, Again, Refused, StoreAway, Throttled
from storage.contatos.conversas import mark_event
from storage.conversa.arquivos import arquivo_by_id, close_arquivo, object_key_of
from storage.database import Database
from storage.objects import ObjectStore, ObjectStoreError
from storage.transaction import Call, Transaction

# So long a file between two people keeps its place, and less when something waits behind it (bot/outbox/lanes.py);
# then what was written after it goes on, and it comes by itself.
IN_PLACE_SECONDS = 5.0
# So long the next file of who sent one that did not come in time is not waited for.
_AWAY_SECONDS = 5.0
_AGAIN_IN_PLACE_SECONDS = 0.5
# A store that is away is no fault of the file's: it is asked again for as long as channels keep files.
KEPT_FOR = timedelta(days=7)
# Of the marks by which a fetching that is made again, its answer lost or its process dead, finds itself.
_CHANNEL = "arquivo"


# What apps say of a file that they know nothing of: its first bytes know more.
_PDF, _UNKNOWN = "application/pdf", (None, "", "application/octet-stream")


class FileSender:
    """Fetches files."""

    # About an hour of a channel that does not give it.
    max_attempts = 20
    first_wait = 2.0

    def __init__(
        self, channels: Mapping[str, Downloads], turns: Turns, database: Database, objects: ObjectStore
    ) -> None:
        self._channels = channels
        self._turns = turns
        self._database = database
        self._objects = objects
        # Of whom, in which lane, a file did not come in time, and until when the next one is not waited for.
        self._away: dict[tuple[str, int | None], float] = {}

    async def fetch(self, wanted: FetchFile, call: Call) -> str | None:
        """Bring the file into our store; its key there.

        In another person's lane it has a few seconds. None: whoever sends the message finds no file, says a line in
        its place, and has it fetched in a lane of its own (bot/channels/stored.py).
        """
        if wanted.de_atendimento and call.lane != wanted.lane:
            return await self._in_place(wanted, call)
        try:
            return await self._fetch(wanted, call)
        except ObjectStoreError as error:
            raise StoreAway(str(error)) from None

    async def _in_place(self, wanted: FetchFile, call: Call) -> str | None:
        whose = call.lane, wanted.atendimento
        if self._objects.is_suspect or time.monotonic() < self._away.get(whose, 0.0):
            return None
        try:
            async with patience(call, IN_PLACE_SECONDS):
                while True:
                    try:
                        return await self._fetch(wanted, call)
                    except (Again, ObjectStoreError):
                        await asyncio.sleep(_AGAIN_IN_PLACE_SECONDS)
        except (TimeoutError, Throttled):
            now = time.monotonic()
            self._away = {who: until for who, until in self._away.items() if until > now}
            self._away[whose] = now + _AWAY_SECONDS
            return None

    async def _fetch(self, wanted: FetchFile, call: Call) -> str | None:
        arquivo_id = wanted.arquivo_id
        arquivo = await self._turns.run(lambda tx: arquivo_by_id(tx, arquivo_id))
        if arquivo is None or arquivo.erro is not None:
            return None
        if arquivo.guardado_em is not None:
            await self._bring_kept(wanted, call)
            return None
        if (arquivo.tamanho or 0) > MAX_BYTES:
            raise Refused("larger than 20 MB", "too_large")
        if self._turns.now() - arquivo.recebido_em > KEPT_FOR:
            raise Refused("too old to be had", TOO_OLD)
        content = await self._channels[arquivo.channel].download(arquivo.provider_file_id)
        key = object_key_of(arquivo_id, arquivo.recebido_em)
        kind = _PDF if arquivo.mime_type in _UNKNOWN and content.startswith(b"%PDF-") else None
        await self._objects.put(key, content, kind or arquivo.mime_type or "application/octet-stream")

        async def close(tx: Transaction) -> bool:
            # Done again, it is not brought as one that we had before.
            if await mark_event(tx, _CHANNEL, str(call.id)):
                await _close(tx, wanted, object_key=key, mime_type=kind)
            return await arquivo_by_id(tx, arquivo_id) is not None

        if not await self._turns.run(close):
            # Its person was erased while it came (LGPD): nobody would ever find it again.
            await self._objects.delete(key)
            return None
        return key

    async def _bring_kept(self, wanted: FetchFile, call: Call) -> None:
        """We have it, and only the store was away when it was to be shown."""
        if wanted.mensagem_id is None:
            return
        await self._objects.check()
        late = BringLateFile(wanted.mensagem_id, contato_id=wanted.contato_id)

        async def bring(tx: Transaction) -> None:
            if await mark_event(tx, _CHANNEL, str(call.id)):
                await write_command(tx, late)

        await self._turns.run(bring)

    async def give_up(self, wanted: FetchFile, reason: str) -> None:
        """Its sender hears that we do not have it, and so does who was told that it comes later."""
        await self._turns.run(lambda tx: _close(tx, wanted, erro=reason))


async def _close(
    tx: Transaction,
    wanted: FetchFile,
    *,
    object_key: str | None = None,
    erro: str | None = None,
    mime_type: str | None = None,
) -> None:
    """Who sent it is told; when it was for another person, only that it could not be had."""
    arquivo_id: UUID = wanted.arquivo_id
    if not await close_arquivo(tx, arquivo_id, object_key=object_key, erro=erro, mime_type=mime_type):
        return
    if erro is not None or not wanted.de_atendimento:
        await write_command(tx, TellFetched(arquivo_id))
    if wanted.mensagem_id is not None:
        await write_command(tx, BringLateFile(wanted.mensagem_id, erro, wanted.contato_id))
