"""Files of the object store that go out to a channel, and what is said where one cannot."""

import asyncio
from typing import Any

from bot.outbox.lanes import patience
from bot.turn import Turns
from core.commands.base import write_command
from core.commands.conversa import FetchFile
from core.conversa.envio import OF_LATE_FILE
from core.delivery_errors import LATE, LOST, NO_OBJECT, NOT_TAKEN, TOO_LARGE, Refused
from dialogs.conversa.recusa import in_place_of_file
from dialogs.conversa.tardio import bring_again
from dialogs.frame.i18n import SOURCE
from storage.contatos.contatos import glance
from storage.contatos.conversas import mark_event
from storage.conversa.arquivos import arquivo_by_key
from storage.database import Database
from storage.objects import ObjectMissing, ObjectStore, ObjectStoreError
from storage.transaction import Call, Transaction

# A lane waits no longer for its file; for one that comes by itself not even that, while others wait behind it.
STORE_SECONDS = 5.0
# While the store is known not to answer.
_SUSPECT_SECONDS = 0.5


async def content_of(objects: ObjectStore, database: Database, call: Call, key: str) -> bytes:
    """A file's content. Raises Refused: it is not there (`NO_OBJECT`), or the store is away (`LATE`)."""
    if not await _may_be_there(database, key):
        raise Refused("the file is not fetched yet", NO_OBJECT)
    seconds = _SUSPECT_SECONDS if objects.is_suspect else STORE_SECONDS
    try:
        async with patience(call, seconds) if _carried(call) is not None else asyncio.timeout(seconds):
            return await objects.get(key)
    except ObjectMissing:
        raise Refused("the file is not in the object store", NO_OBJECT) from None
    except (ObjectStoreError, TimeoutError) as error:
        if not objects.is_suspect:
            # Not again while it is: every now and then it is given all its time.
            objects.suspect()
        raise Refused(f"the object store does not answer: {error}", LATE) from None


async def _may_be_there(database: Database, key: str) -> bool:
    """Whether the store need be asked at all: what people sent is not there before it was fetched."""
    async with database.read() as connection:
        arquivo = await arquivo_by_key(connection, key)
    return arquivo is None or arquivo.guardado_em is not None


def has_line(call: Call) -> bool:
    """Whether a line was said in place of this file before, so that nobody waits for another one."""
    arquivo_lane: str = FetchFile.lane_of("")
    return call.lane.startswith(arquivo_lane)


async def lacks_its_file(objects: ObjectStore, call: Call) -> bool:
    """Whether the call says whose a late file is that cannot be had after all, and says so when it comes again."""
    key = call.params.get(OF_LATE_FILE)
    if key is None:
        return False
    try:
        async with asyncio.timeout(STORE_SECONDS):
            await objects.find(key)
    except (ObjectStoreError, TimeoutError):
        return True
    except ObjectMissing:
        # A line takes its place, and stands under this one.
        return False
    return False


async def said_instead(
    database: Database, call: Call, file: dict[str, Any], reason: str, caption: str | None
) -> tuple[str, str]:
    """(A line in the person's language that stands for a file they cannot get, why they cannot).

    A file that is still being fetched is late, not missing; one that was fetched, or made here, is lost. What was
    written under one that does not come is read all the same; under one that is late it comes with it.
    """
    async with database.read() as connection:
        person = await glance(connection, call.contato_id) if call.contato_id is not None else None
        is_large = False
        if reason == NO_OBJECT:
            arquivo = await arquivo_by_key(connection, file["object_key"])
            if arquivo is None or arquivo.guardado_em is not None:
                reason = LOST
            elif arquivo.erro is None:
                reason = LATE
            is_large = arquivo is not None and arquivo.erro == TOO_LARGE
    idioma = person.idioma if person is not None else SOURCE
    comes = reason != LATE or _carried(call) is not None
    # What only this channel does not take; a consultor sees the whole conversation in the panel.
    in_panel = reason in (NOT_TAKEN, TOO_LARGE) and "atendimento" in call.params
    line = in_place_of_file(idioma, TOO_LARGE if is_large else reason, file["filename"], comes=comes, in_panel=in_panel)
    return "\n".join(filter(None, (None if reason == LATE else caption, line))), reason


async def bring_later(turns: Turns, call: Call, file: dict[str, Any]) -> None:
    """The file of this message is brought, in a lane of its own, when it can be had."""
    mensagem_id = _carried(call)
    if mensagem_id is None:
        return

    async def work(tx: Transaction) -> None:
        # Sent again, because its mark was lost, it says its line again; the file comes once.
        if not await mark_event(tx, "tardio", str(call.id)):
            return
        if has_line(call) and call.contato_id is not None:
            await bring_again(tx, mensagem_id, call.contato_id)
        arquivo = await arquivo_by_key(tx.connection, file["object_key"])
        if arquivo is not None:
            wanted = FetchFile(arquivo.id, de_atendimento=True, mensagem_id=mensagem_id, contato_id=call.contato_id)
            await write_command(tx, wanted)

    await turns.run(work)


def _carried(call: Call) -> int | None:
    """The message between two people that the call carries, if it does."""
    found: int | None = (call.params.get("about") or {}).get("mensagem_id")
    return found
