"""A backup put back: opened, checked against what it says of itself, loaded, brought to the newest schema."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.backup.copies import PREFIX, beside, key_of, scratch
from storage.backup import engine, postgres, sqlite
from storage.backup.keys import BackupKeys
from storage.backup.manifest import Manifest
from storage.backup.problems import BackupError, Problem
from storage.backup.sealing import check_sealed, unseal
from storage.database import Database
from storage.objects import ObjectMissing, ObjectStore
from storage.schema import known_revisions, migrate

# Tables that have rows in a database nobody has used yet.
_BORN_WITH = frozenset({"alembic_version", "auditoria_cabeca", "protocolo_contador"})


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back. `esquema`: the migration it is at now. `guardado`: where the file that was replaced is kept."""

    manifest: Manifest
    esquema: str
    guardado: Path | None


@dataclass(frozen=True, slots=True)
class Source:
    """A sealed file here and, where there is one, what its manifest says."""

    sealed: Path
    manifest: Manifest | None


async def fetch(objects: ObjectStore, name: str, directory: Path) -> Source:
    """A backup out of the store, by its key or its name. BackupError (MISSING), ObjectStoreError."""
    nome = name.removeprefix(PREFIX).removesuffix(".age").removesuffix(".json")
    sealed = directory / "sealed"
    try:
        key = key_of(nome)
        await objects.get_file(key, sealed)
        manifest = Manifest.from_json(await objects.get(key_of(nome, ".json")))
    except (ObjectMissing, ValueError):
        raise BackupError(Problem.MISSING, nome=name) from None
    return Source(sealed, manifest)


def local(path: Path) -> Source:
    """A copy on this machine; its manifest may be lost."""
    manifest = Manifest.from_json(beside(path).read_bytes()) if beside(path).exists() else None
    return Source(path, manifest)


async def restore(
    source: Source, database_url: str, data_dir: Path, keys: BackupKeys, now: datetime, *, replacing: bool
) -> Restored:
    """Put it into this database, all of it or nothing; BackupError says why not, and then nothing was changed."""
    with scratch(data_dir) as directory:
        dumped = directory / "dump"
        if source.manifest is not None:
            await asyncio.to_thread(check_sealed, source.sealed, source.manifest)
        chave = source.manifest.chave if source.manifest is not None else ""
        inside = await asyncio.to_thread(unseal, source.sealed, dumped, keys, directory, chave)
        _refuse_other(inside, database_url)
        await _refuse_full(database_url, replacing)
        if inside.engine == "sqlite":
            guardado = await _put_sqlite(inside, dumped, engine.file_of(database_url), now)
        else:
            guardado = None
            await postgres.load(database_url, dumped, inside.programa or 0, directory, replacing=True)
            engine.compare_counts(inside.linhas, await engine.count_rows(database_url))
            await _migrate(database_url)
    return Restored(inside, await engine.revision(database_url), guardado)


def _refuse_other(manifest: Manifest, database_url: str) -> None:
    here = engine.engine_of(database_url)
    if manifest.engine != here:
        raise BackupError(Problem.OTHER_ENGINE, do_backup=manifest.engine, daqui=here)
    if manifest.esquema not in known_revisions():
        raise BackupError(Problem.NEWER_SCHEMA, esquema=manifest.esquema)


async def _refuse_full(database_url: str, replacing: bool) -> None:
    counts = await engine.count_rows(database_url)
    linhas = sum(rows for table, rows in counts.items() if table not in _BORN_WITH)
    if linhas and not replacing:
        raise BackupError(Problem.NOT_EMPTY, linhas=linhas)


async def _put_sqlite(manifest: Manifest, dumped: Path, database: Path, now: datetime) -> Path | None:
    """Counted and migrated beside the old one first; only then it takes its place."""
    await asyncio.to_thread(sqlite.check, dumped)
    engine.compare_counts(manifest.linhas, await engine.count_rows(engine.url_of(dumped)))
    await _migrate(engine.url_of(dumped))
    await asyncio.to_thread(sqlite.close_log, dumped)
    kept = database.with_name(f"{database.name}.antes-{now:%Y%m%dT%H%M%SZ}")
    return await asyncio.to_thread(sqlite.put_in_place, dumped, database, kept)


async def _migrate(database_url: str) -> None:
    database = Database(database_url, patient=True)
    try:
        await migrate(database)
    finally:
        await database.close()
