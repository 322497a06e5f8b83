"""Files of the object store that go out to a channel, and what is said where one cannot."""

from typing import Any

from core.delivery_errors import NO_OBJECT, Again, Refused
from dialogs.conversa.recusa import in_place_of_file
from dialogs.frame.i18n import SOURCE
from storage.contatos.contatos import glance
from storage.database import Database
from storage.objects import ObjectMissing, ObjectStore, ObjectStoreError
from storage.transaction import Call


async def content_of(objects: ObjectStore, key: str) -> bytes:
    """The file's content. What is gone will not come back, the store itself may (core/delivery_errors.py)."""
    try:
        return await objects.get(key)
    except ObjectMissing:
        raise Refused("the file is not in the object store", NO_OBJECT) from None
    except ObjectStoreError as error:
        raise Again(str(error), "objects") from None


async def said_instead(database: Database, call: Call, file: dict[str, Any], reason: str) -> str:
    """A line in the person's language that stands for a file they cannot get."""
    async with database.read() as connection:
        person = await glance(connection, call.contato_id) if call.contato_id is not None else None
    return in_place_of_file(person.idioma if person is not None else SOURCE, reason, file["filename"])
