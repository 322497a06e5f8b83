"""Whoever was erased, remembered beside the backups: one that is restored brings nobody of them back."""

from collections.abc import Iterable

from storage.backup import engine
from storage.database import Database
from storage.lgpd.apagados import erasures
from storage.objects import ObjectStore

PREFIX = "apagados/"


async def erased_in(database_url: str) -> set[str]:
    """What a database knows of it; nothing where there is none yet."""
    if engine.engine_of(database_url) == "sqlite" and not engine.file_of(database_url).exists():
        return set()
    database = Database(database_url)
    try:
        async with database.read() as connection:
            return await erasures(connection)
    finally:
        await database.close()


async def remembered(objects: ObjectStore) -> set[str]:
    """What the store knows of it. ObjectStoreError."""
    return {key.removeprefix(PREFIX) for key in await objects.list(PREFIX)}


async def remember(objects: ObjectStore, names: Iterable[str]) -> None:
    """Keep what the store does not know yet: numbers and moments, in the names of empty objects. ObjectStoreError."""
    for name in sorted(set(names) - await remembered(objects)):
        await objects.put(f"{PREFIX}{name}", b"", "application/octet-stream")
