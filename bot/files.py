"""Fetches files that people sent, after the commit, into our own store: a channel keeps them for days at most."""

from collections.abc import Mapping
from typing import Protocol
from uuid import UUID

from bot.turn import Turns
from core.delivery import Refused
from storage.arquivos import arquivo_by_id, close_arquivo
from storage.database import Database
from storage.objects import ObjectStore
from storage.outbox import write_down
from storage.transaction import Call, Transaction

# Telegram's own limit for downloads, and well above any invoice.
MAX_BYTES = 20_000_000


class Downloads(Protocol):
    """A channel one can download a file from."""

    async def download(self, file_id: str) -> bytes:
        """The file's content. Raises `core.delivery` errors."""


class FileSender:
    """The outbox's sender for files to fetch."""

    max_attempts = 8
    first_wait = 2.0

    def __init__(
        self, channels: Mapping[str, Downloads], turns: Turns, database: Database, objects: ObjectStore
    ) -> None:
        self._channels = channels
        self._turns = turns
        self._database = database
        self._objects = objects

    async def send(self, call: Call) -> str | None:
        arquivo_id = UUID(call.params["arquivo_id"])
        arquivo = await self._turns.run(lambda tx: arquivo_by_id(tx, arquivo_id))
        if arquivo is None or arquivo.guardado_em is not None:
            return None
        if (arquivo.tamanho or 0) > MAX_BYTES:
            raise Refused("larger than 20 MB", "too_large")
        content = await self._channels[arquivo.channel].download(arquivo.provider_file_id)
        # The name a person gave is kept beside the file, never in its key.
        key = f"arquivos/{arquivo.recebido_em:%Y/%m}/{arquivo_id}"
        await self._objects.put(key, content, arquivo.mime_type or "application/octet-stream")
        await self._turns.run(lambda tx: _close(tx, arquivo_id, object_key=key, erro=None))
        return key

    async def give_up(self, call: Call, reason: str) -> None:
        arquivo_id = UUID(call.params["arquivo_id"])
        await self._turns.run(lambda tx: _close(tx, arquivo_id, object_key=None, erro=reason))


async def _close(tx: Transaction, arquivo_id: UUID, *, object_key: str | None, erro: str | None) -> None:
    if await close_arquivo(tx, arquivo_id, object_key=object_key, erro=erro):
        await write_down(tx, f"arquivo:{arquivo_id}", "turn", "arquivo_guardado", {"arquivo_id": str(arquivo_id)})
