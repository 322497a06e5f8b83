"""Puts files of processos into the object store. Until one is there its row keeps it."""

from bot.turn import Turns
from core.commands.processo import StoreDocumento
from core.delivery_errors import StoreAway
from storage.database import Database
from storage.objects import ObjectMissing, ObjectStore, ObjectStoreError
from storage.processo.documentos import conteudo_of, documento_by_id, mark_stored
from storage.transaction import Call


class DocumentoStore:
    """A store that is down for days is no reason to give a file up: the wait between two tries has a limit anyway."""

    max_attempts = 1_000_000
    first_wait = 2.0

    def __init__(self, turns: Turns, database: Database, objects: ObjectStore) -> None:
        self._turns = turns
        self._database = database
        self._objects = objects

    async def store(self, wanted: StoreDocumento, call: Call) -> str | None:
        """Put the file into the store; its key there."""
        async with self._database.read() as connection:
            documento = await documento_by_id(connection, wanted.documento_id)
            conteudo = await conteudo_of(connection, wanted.documento_id)
        if documento is None or conteudo is None:
            return None
        try:
            await self._objects.put(documento.object_key, conteudo, documento.content_type)
        except (ObjectStoreError, ObjectMissing) as error:
            raise StoreAway(str(error)) from None
        await self._turns.run(lambda tx: mark_stored(tx, wanted.documento_id))
        return documento.object_key
