"""Backups in the object store: made, listed, proved, and old ones let go."""

import asyncio
import fcntl
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

from bot.backup.apagados import erased_in, remember
from core.backup.retencao import Copia, to_delete
from core.time import Clock
from storage.backup import engine, postgres
from storage.backup.keys import BackupKeys
from storage.backup.manifest import Manifest, Prova
from storage.backup.problems import BackupError, Problem
from storage.backup.sealing import check_sealed, seal, sha256_of, unseal
from storage.database import FULL_DISK
from storage.engines.lock import make_private_dir
from storage.objects import ObjectMissing, ObjectStore

PREFIX = "backups/"
_SEALED = ".age"
_BESIDE = ".json"
_SCRATCH = ".backup-"
# How a backup's name begins, and the names that are ours: nothing else in the bucket is let go.
_MOMENT = "%Y%m%dT%H%M%SZ"
_OURS = re.compile(r"(\d{8}T\d{6}Z)-[a-z]+-[0-9a-f]{6}", re.ASCII)
# Its manifest is written within moments of it.
_UNFINISHED_AFTER = timedelta(hours=6)
# Old ones go right after a proof.
_LET_GO_WITHIN = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Backups:
    """The backups of one database in one object store."""

    database_url: str
    data_dir: Path
    keys: BackupKeys
    objects: ObjectStore
    now: Clock
    zone: ZoneInfo

    async def make(self, copy_to: Path | None = None) -> Manifest:
        """Dump, seal and store; with `copy_to` a copy on this machine too, its manifest beside it.

        BackupError, ObjectStoreError, OSError. Only what is in the store already can lack its copy (NOT_COPIED).
        """
        if copy_to is not None and not await asyncio.to_thread(copy_to.parent.is_dir):
            raise BackupError(Problem.NO_FOLDER, pasta=copy_to.parent)
        with scratch(self.data_dir) as directory:
            dumped, sealed = directory / "dump", directory / "sealed"
            made = await engine.dump(self.database_url, dumped)
            manifest = self._manifest(made, await asyncio.to_thread(sha256_of, dumped), dumped.stat().st_size)
            manifest = await asyncio.to_thread(seal, dumped, manifest, sealed, self.keys, directory)
            await self.objects.put_file(key_of(manifest.nome), sealed, "application/octet-stream")
            # Last: what has no manifest yet is not listed.
            await self._write_manifest(manifest)
            await remember(self.objects, await erased_in(self.database_url))
            if copy_to is not None:
                try:
                    await asyncio.to_thread(_copy, sealed, manifest, copy_to)
                except OSError as error:
                    facts = {"nome": manifest.nome, "arquivo": copy_to, "motivo": error.strerror}
                    raise BackupError(Problem.NOT_COPIED, **facts) from error
        return manifest

    def _manifest(self, made: engine.Dump, sha256: str, size: int) -> Manifest:
        moment = self.now()
        return Manifest(
            nome=f"{moment.astimezone(UTC):{_MOMENT}}-{made.engine}-{uuid4().hex[:6]}",
            feito_em=moment,
            engine=made.engine,
            versao=made.versao,
            programa=made.programa,
            esquema=made.esquema,
            linhas=made.linhas,
            auditoria=made.auditoria,
            sha256=sha256,
            tamanho=size,
            chave=self.keys.newest_id,
            destinatarios=self.keys.destinatarios,
        )

    async def all(self) -> list[Manifest]:
        """What is in the store, newest first. ObjectStoreError."""
        found = []
        for key in await self.objects.list(PREFIX):
            if key.endswith(_BESIDE):
                # Somebody else may let it go meanwhile; and what is not ours is not listed.
                with suppress(ObjectMissing, BackupError):
                    found.append(Manifest.from_json(await self.objects.get(key)))
        return sorted(found, key=lambda manifest: manifest.feito_em, reverse=True)

    async def prove(self, manifest: Manifest) -> Manifest:
        """Restore what the store has into a scratch database, count it, compare one file; the manifest says so then.

        BackupError says what was not as it should be.
        """
        started = time.monotonic()
        with scratch(self.data_dir) as directory:
            sealed, dumped = directory / "sealed", directory / "dump"
            try:
                await self.objects.get_file(key_of(manifest.nome), sealed)
            except ObjectMissing:
                raise BackupError(Problem.MISSING, nome=manifest.nome) from None
            await asyncio.to_thread(check_sealed, sealed, manifest)
            inside = await asyncio.to_thread(unseal, sealed, dumped, self.keys, directory, manifest.chave)
            if inside.engine == "sqlite":
                arquivo = await self._compare(inside, engine.url_of(dumped))
            else:
                async with postgres.scratch_database(self.database_url) as url:
                    await postgres.load(url, dumped, inside.programa or 0, directory, replacing=False)
                    arquivo = await self._compare(inside, url)
        prova = Prova(self.now(), round(time.monotonic() - started, 2), inside.total, arquivo)
        proved = manifest.proved(prova)
        await self._write_manifest(proved)
        return proved

    async def forget_old(self) -> list[str]:
        """Remove what no period keeps and a newer proved one stands before; the names."""
        old = _too_old(await self.all(), self.zone)
        for nome in old:
            # The manifest first: what is listed can be restored.
            await self.objects.delete(key_of(nome, _BESIDE))
            await self.objects.delete(key_of(nome))
        await self._forget_unfinished()
        return old

    async def _forget_unfinished(self) -> None:
        """What was sealed and never got its manifest, for the store went away in between: nobody would find it."""
        keys = set(await self.objects.list(PREFIX))
        for key in sorted(keys):
            nome = key.removeprefix(PREFIX).removesuffix(_SEALED)
            made = _OURS.fullmatch(nome) if key.endswith(_SEALED) and key_of(nome, _BESIDE) not in keys else None
            if made and datetime.strptime(made[1], _MOMENT).replace(tzinfo=UTC) < self.now() - _UNFINISHED_AFTER:
                await self.objects.delete(key)

    async def _compare(self, manifest: Manifest, url: str) -> str | None:
        """Rows are counted and one file looked at; the key of the file, None when the database names none."""
        engine.compare_counts(manifest.linhas, await engine.count_rows(url))
        # Backups of before there was one have none.
        if "auditoria" in manifest.linhas:
            await engine.check_audit(url, manifest.auditoria)
        known = await engine.known_file(url)
        if known is None:
            return None
        try:
            size = len(await self.objects.get(known.object_key))
        except ObjectMissing:
            size = -1
        if size != known.tamanho:
            raise BackupError(Problem.FILE_DIFFERS, arquivo=known.object_key)
        return known.object_key

    async def _write_manifest(self, manifest: Manifest) -> None:
        await self.objects.put(key_of(manifest.nome, _BESIDE), manifest.to_json(), "application/json")


def left_too_long(found: Sequence[Manifest], zone: ZoneInfo, now: datetime) -> list[str]:
    """Those that should have gone when the newest was proved, and are there still: the store does not let them go."""
    proofs = [one.prova.em for one in found if one.prova is not None]
    return _too_old(found, zone) if proofs and max(proofs) < now - _LET_GO_WITHIN else []


def _too_old(found: Sequence[Manifest], zone: ZoneInfo) -> list[str]:
    copias = [Copia(one.nome, one.feito_em, one.prova is not None) for one in found]
    return [copia.nome for copia in to_delete(copias, zone)]


def key_of(nome: str, suffix: str = _SEALED) -> str:
    """The key of a backup in the store."""
    return f"{PREFIX}{nome}{suffix}"


def beside(sealed: Path) -> Path:
    """Where the manifest of a local copy is."""
    return sealed.with_name(sealed.name + _BESIDE)


@contextmanager
def scratch(data_dir: Path) -> Iterator[Path]:
    """A directory nobody else can read, gone afterwards; what a killed run left in the clear goes now.

    BackupError (NO_ROOM) when a disk is full.
    """
    make_private_dir(data_dir)
    try:
        with ExitStack() as stack:
            with _held(data_dir):
                _sweep(data_dir)
                directory = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix=_SCRATCH, dir=data_dir)))
                stack.enter_context(_held(directory))
            yield directory
    except OSError as error:
        if error.errno not in FULL_DISK:
            raise
        raise BackupError(Problem.NO_ROOM) from error


def _sweep(data_dir: Path) -> None:
    """Whoever works in such a directory holds it, in whatever container; numbers of processes are used again."""
    for left in data_dir.glob(f"{_SCRATCH}*"):
        with suppress(OSError), _held(left, wait=False):
            shutil.rmtree(left, ignore_errors=True)


@contextmanager
def _held(directory: Path, *, wait: bool = True) -> Iterator[None]:
    """Nobody else holds it meanwhile; the kernel lets go of it when a process ends. BlockingIOError."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        yield
    finally:
        os.close(descriptor)


def _copy(sealed: Path, manifest: Manifest, target: Path) -> None:
    shutil.copyfile(sealed, target)
    target.chmod(0o600)
    beside(target).write_bytes(manifest.to_json())
