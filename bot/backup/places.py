"""Where this installation keeps its database, its keys and its objects; the object store, running or started for us."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from dotenv import dotenv_values

from bot.own_secrets import DOTENV, SECRETS_FILE
from bot.settings import Settings
from core.backup.chaves import Alerta, alertas
from storage.backup import engine
from storage.engines.lock import DataDirLock, is_held
from storage.engines.s3 import EmbeddedS3
from storage.objects import ObjectStore

_KEYS = "SECRET_KEYS"


def warnings(settings: Settings) -> list[Alerta]:
    """What would be lost together with the database."""
    return alertas(
        key_disks=_disks_of_keys(settings),
        backed_up_disk=_disk_of_database(settings),
        destinatarios=len(settings.backup_destinatarios),
        store_disk=None if settings.minio_endpoint else _disk(settings.data_dir),
    )


def has_store(settings: Settings) -> bool:
    """Whether one is configured, or the embedded one was ever started here."""
    return bool(settings.minio_endpoint) or (settings.data_dir / "s3").exists()


@asynccontextmanager
async def object_store(settings: Settings) -> AsyncIterator[ObjectStore]:
    """The configured one; else the embedded one, started for this command where no `balcao up` runs."""
    if settings.minio_endpoint:
        access, secret = settings.minio_access_key.get_secret_value(), settings.minio_secret_key.get_secret_value()
        async with _store(settings, settings.minio_endpoint, access, secret, secure=settings.minio_secure) as objects:
            yield objects
        return
    s3 = EmbeddedS3(settings.data_dir)
    if is_held(settings.data_dir):
        async with _store(settings, s3.endpoint, s3.access_key, s3.secret_key, secure=False) as objects:
            yield objects
        return
    with DataDirLock(settings.data_dir):
        await s3.start()
        try:
            async with _store(settings, s3.endpoint, s3.access_key, s3.secret_key, secure=False) as objects:
                yield objects
        finally:
            await s3.stop()


@asynccontextmanager
async def _store(
    settings: Settings, endpoint: str, access: str, secret: str, *, secure: bool
) -> AsyncIterator[ObjectStore]:
    objects = ObjectStore(endpoint, access, secret, settings.minio_bucket, secure=secure)
    try:
        yield objects
    finally:
        objects.close()


def _disks_of_keys(settings: Settings) -> list[int]:
    if os.environ.get(_KEYS):
        return []
    files = (Path(DOTENV), settings.data_dir / SECRETS_FILE)
    disks = [_disk(file) for file in files if dotenv_values(file).get(_KEYS)]
    return [disk for disk in disks if disk is not None]


def _disk_of_database(settings: Settings) -> int | None:
    if engine.engine_of(settings.database_url) != "sqlite":
        return None
    return _disk(engine.file_of(settings.database_url))


def _disk(path: Path) -> int | None:
    """The device it is on; of what is not there yet, its nearest directory's."""
    for place in (path, *path.absolute().parents):
        with suppress(FileNotFoundError):
            return place.stat().st_dev
    return None
