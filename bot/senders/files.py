"""Fetches files that people sent, after the commit, into our own store: a channel keeps them for days at most."""

from collections.abc import Mapping
from uuid import UUID

from bot.channels.downloads import MAX_BYTES, Downloads
from bot.turn import Turns
from core.commands.base import write_command
from core.commands.conversa import FetchFile, TellFetched
from core.delivery_errors import Again, Refused
from storage.conversa.arquivos import arquivo_by_id, close_arquivo, object_key_of
from storage.database import Database
from storage.objects import ObjectStore, ObjectStoreError
from storage.transaction import Call, Transaction

# A file between two people keeps what comes after it waiting: after some 14 seconds a line takes its place.
ATTEMPTS_WHILE_TALKING = 4


class FileSender:
    """Fetches files."""

    max_attempts = 8
    first_wait = 2.0

    def __init__(
        self, channels: Mapping[str, Downloads], turns: Turns, database: Database, objects: ObjectStore
    ) -> None:
        self._channels = channels
        self._turns = turns
        self._database = database
        self._objects = objects

    async def fetch(self, wanted: FetchFile, call: Call) -> str | None:
        """Bring the file into our store; its key there."""
        try:
            return await self._fetch(wanted)
        except (Again, ObjectStoreError) as error:
            if wanted.de_atendimento and call.attempts + 1 >= ATTEMPTS_WHILE_TALKING:
                raise Refused(str(error), error.code if isinstance(error, Again) else "objects") from None
            raise

    async def _fetch(self, wanted: FetchFile) -> str | None:
        arquivo_id = wanted.arquivo_id
        arquivo = await self._turns.run(lambda tx: arquivo_by_id(tx, arquivo_id))
        if arquivo is None or arquivo.guardado_em is not None:
            return None
        if (arquivo.tamanho or 0) > MAX_BYTES:
            raise Refused("larger than 20 MB", "too_large")
        content = await self._channels[arquivo.channel].download(arquivo.provider_file_id)
        key = object_key_of(arquivo_id, arquivo.recebido_em)
        await self._objects.put(key, content, arquivo.mime_type or "application/octet-stream")
        told = not wanted.de_atendimento
        await self._turns.run(lambda tx: _close(tx, arquivo_id, object_key=key, told=told))
        return key

    async def give_up(self, wanted: FetchFile, reason: str) -> None:
        """Its sender hears that we do not have it."""
        await self._turns.run(lambda tx: _close(tx, wanted.arquivo_id, erro=reason))


async def _close(
    tx: Transaction, arquivo_id: UUID, *, object_key: str | None = None, erro: str | None = None, told: bool = True
) -> None:
    """Who sent it is told; when it was for another person, only that it could not be had."""
    if await close_arquivo(tx, arquivo_id, object_key=object_key, erro=erro) and told:
        await write_command(tx, TellFetched(arquivo_id))
