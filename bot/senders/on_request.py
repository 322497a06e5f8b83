"""What somebody asked for in chat and is made after the turn: it needs the same things, and ends in their chat."""

from collections.abc import Awaitable, Callable
from zoneinfo import ZoneInfo

from bot.turn import Turns
from core.delivery_errors import Again
from dialogs.conversa.consultor import OpenTalk
from dialogs.frame.talk import Talk
from storage.contatos.conversas import is_marked
from storage.database import Database
from storage.objects import ObjectStore, ObjectStoreError
from storage.transaction import Call, Transaction


class MadeOnRequest:
    """Makes something in a thread, keeps it in the object store, and answers in a turn of its own."""

    def __init__(
        self, turns: Turns, open_talk: OpenTalk, database: Database, objects: ObjectStore, zone: ZoneInfo
    ) -> None:
        self._turns = turns
        self._open_talk = open_talk
        self._database = database
        self._objects = objects
        self._zone = zone

    async def _store(self, key: str, content: bytes, content_type: str) -> None:
        """Keep it under that key. Raises Again while the store is away."""
        try:
            await self._objects.put(key, content, content_type)
        except ObjectStoreError as error:
            raise Again(str(error), "object_store") from error

    async def _is_answered(self, channel: str, call: Call) -> bool:
        """Whether it was made before, and only its row does not know: made again, nobody would take its files away."""
        async with self._database.read() as connection:
            return await is_marked(connection, channel, str(call.id))

    async def _tell(self, contato_id: int, say: Callable[[Talk], Awaitable[object]]) -> None:
        """Say something in the conversation of who asked, as long as there is one."""

        async def work(tx: Transaction) -> None:
            if talk := await self._open_talk(tx, contato_id):
                await say(talk)

        await self._turns.run(work)
