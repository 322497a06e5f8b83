"""`balcao backup` and `balcao restaurar`."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from bot.backup.apagados import erased_in, remembered
from bot.backup.copies import Backups, scratch
from bot.backup.places import has_store, object_store, warnings
from bot.backup.restore import Source, fetch, local, restore
from bot.commands.expected import CommandError
from bot.commands.turns import command_turns
from bot.settings import Settings, load_settings
from core.auditoria.auditoria import LINHA_DE_COMANDO, registrar
from core.lgpd.lgpd import apagar_de_novo
from core.time import utc_now
from dialogs.backup import frases
from storage.auditoria.tipos import Ato
from storage.backup import engine
from storage.backup.keys import BackupKeys, read_identities
from storage.backup.problems import BackupError
from storage.database import Database
from storage.engines.lock import DataDirLock
from storage.engines.process import EngineError
from storage.objects import ObjectStoreError
from storage.schema import check_schema
from storage.transaction import Transaction

Say = Callable[[str], None]


async def make_backup(say: Say, para: Path | None) -> None:
    """Make one, prove it, let old ones go; what came of each is said. CommandError when one of them failed."""
    async with _backups() as (settings, backups):
        await _refuse_outdated(settings)
        await _write_down("fazer")
        manifest = await backups.make(para)
        say(frases.made(manifest))
        for alerta in warnings(settings):
            say(frases.warning(alerta))
        try:
            manifest = await backups.prove(manifest)
        except BackupError as error:
            raise CommandError(frases.not_proved(error, in_terminal=True)) from error
        say(frases.proved(manifest))
        try:
            old = await backups.forget_old()
        except ObjectStoreError as error:
            # The backup is there and proved: that is what was asked for.
            say(frases.kept_too_long(str(error)))
        else:
            if old:
                say(frases.forgotten(len(old)))


async def list_backups() -> list[str]:
    """A line for each, newest first."""
    async with _backups() as (settings, backups):
        lines = [frases.line(manifest, settings.zone) for manifest in await backups.all()]
    return lines or [frases.none_yet()]


async def restore_backup(arquivo: str, chave: Path | None, *, substituir: bool) -> list[str]:
    """Put one back; what came of it. CommandError when it cannot be, and then nothing was changed."""
    settings = load_settings("cli")
    keys = _keys(settings, chave)
    with _sentences(), scratch(settings.data_dir) as directory:
        source = await _source(settings, arquivo, directory)
        erased, unread = await _erased(settings)
        # A running `balcao up` has the database open, and would go on with the old one.
        with DataDirLock(settings.data_dir):
            done = await restore(
                source, settings.database_url, settings.data_dir, keys, utc_now(), replacing=substituir
            )
            # What was done since the backup is gone, with its rows: the next one says why.
            again = await _write_down("restaurar", erased)
            await engine.empty_log(settings.database_url)
    lines = frases.restored(done.manifest, done.esquema, done.guardado, settings.zone)
    return [*lines, *frases.erased_again(again, unread)]


async def _write_down(o_que: str, erased: Collection[str] = ()) -> int:
    """The act; whoever of the erased is there again is erased before anything is sent. How many were."""

    async def work(tx: Transaction) -> int:
        registrar(tx, Ato.BACKUP, LINHA_DE_COMANDO, o_que=o_que)
        return len(await apagar_de_novo(tx, erased, LINHA_DE_COMANDO)) if erased else 0

    async with command_turns() as (_, turns):
        return await turns.run(work)


async def _erased(settings: Settings) -> tuple[set[str], str]:
    """Who was erased, by the store and by the database that is there; why the store does not say, "" where it does."""
    here = await erased_in(settings.database_url)
    if not has_store(settings):
        return here, frases.no_store()
    try:
        async with object_store(settings) as objects:
            return here | await remembered(objects), ""
    except (ObjectStoreError, EngineError) as error:
        return here, frases.store_down(str(error))


async def _source(settings: Settings, arquivo: str, directory: Path) -> Source:
    if await asyncio.to_thread(Path(arquivo).is_file):
        return await asyncio.to_thread(local, Path(arquivo))
    async with object_store(settings) as objects:
        return await fetch(objects, arquivo, directory)


def _keys(settings: Settings, chave: Path | None) -> BackupKeys:
    try:
        identities = read_identities(chave) if chave is not None else []
    except ValueError:
        raise CommandError(frases.no_identity(str(chave))) from None
    return BackupKeys(settings.fernet_keys, settings.backup_destinatarios, identities)


@asynccontextmanager
async def _backups() -> AsyncIterator[tuple[Settings, Backups]]:
    settings = load_settings("cli")
    settings.require("SECRET_KEYS")
    with _sentences():
        async with object_store(settings) as objects:
            keys = BackupKeys(settings.fernet_keys, settings.backup_destinatarios)
            yield (
                settings,
                Backups(settings.database_url, settings.data_dir, keys, objects, utc_now, settings.zone),
            )


async def _refuse_outdated(settings: Settings) -> None:
    """Only to connect would make an empty SQLite file; and what is no database of ours is not worth a backup."""
    if engine.engine_of(settings.database_url) == "sqlite" and not engine.file_of(settings.database_url).exists():
        raise CommandError(frases.no_database(str(engine.file_of(settings.database_url))))
    database = Database(settings.database_url)
    try:
        await check_schema(database)
    finally:
        await database.close()


@contextmanager
def _sentences() -> Iterator[None]:
    """What goes wrong with a backup, as the sentence for whoever sits at the terminal."""
    try:
        yield
    except BackupError as error:
        raise CommandError(frases.problem(error)) from error
    except ObjectStoreError as error:
        raise CommandError(frases.store_down(str(error))) from error
