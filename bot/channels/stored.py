"""Files of the object store that go out to a channel, and what is said where one cannot."""

import asyncio
from typing import Any

from bot.turn import Turns
from core.commands.base import write_command
from core.commands.conversa import FetchFile
from core.delivery_errors import LATE, NO_OBJECT, Refused
from dialogs.conversa.recusa import in_place_of_file
from dialogs.frame.i18n import SOURCE
from storage.contatos.contatos import glance
from storage.conversa.arquivos import arquivo_by_key
from storage.database import Database
from storage.objects import ObjectMissing, ObjectStore, ObjectStoreError
from storage.transaction import Call, Transaction

# A lane waits no longer for its file.
STORE_SECONDS = 5.0


async def content_of(objects: ObjectStore, key: str) -> bytes:
    """The file's content. Raises Refused: it is not there (`NO_OBJECT`), or the store is away (`LATE`)."""
    try:
        async with asyncio.timeout(STORE_SECONDS):
            return await objects.get(key)
    except ObjectMissing:
        raise Refused("the file is not in the object store", NO_OBJECT) from None
    except (ObjectStoreError, TimeoutError) as error:
        raise Refused(f"the object store does not answer: {error}", LATE) from None


async def said_instead(database: Database, call: Call, file: dict[str, Any], reason: str) -> tuple[str, str]:
    """(A line in the person's language that stands for a file they cannot get, why they cannot).

    A file that is still being fetched is late, not missing.
    """
    async with database.read() as connection:
        person = await glance(connection, call.contato_id) if call.contato_id is not None else None
        if reason == NO_OBJECT:
            arquivo = await arquivo_by_key(connection, file["object_key"])
            if arquivo is not None and arquivo.guardado_em is None and arquivo.erro is None:
                reason = LATE
    idioma = person.idioma if person is not None else SOURCE
    comes = reason != LATE or _carried(call) is not None
    return in_place_of_file(idioma, reason, file["filename"], comes=comes), reason


async def bring_later(turns: Turns, call: Call, file: dict[str, Any]) -> None:
    """The file of this message is brought, in a lane of its own, when it can be had."""
    mensagem_id = _carried(call)
    if mensagem_id is None:
        return

    async def work(tx: Transaction) -> None:
        arquivo = await arquivo_by_key(tx.connection, file["object_key"])
        if arquivo is not None:
            await write_command(tx, FetchFile(arquivo.id, de_atendimento=True, mensagem_id=mensagem_id))

    await turns.run(work)


def _carried(call: Call) -> int | None:
    """The message between two people that the call carries, if it does."""
    found: int | None = (call.params.get("about") or {}).get("mensagem_id")
    return found
