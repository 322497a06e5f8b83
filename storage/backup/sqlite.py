"""SQLite: copied by its own backup API while it is in use, checked, put in another one's place."""

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from storage.auditoria.cadeia import CabecaDaAuditoria
from storage.backup.problems import BackupError, Problem
from storage.engines.nomes import teach

_LOCK_SECONDS = 5.0
# It takes a second or two, in which nobody else writes.
_REWRITTEN_AT_MOST = 256 * 1024 * 1024
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_' ORDER BY name"
_SIDE_FILES = ("-wal", "-shm", "-journal")


def dump(database: Path, target: Path) -> None:
    """A copy of one moment, without a log beside it. BackupError (DUMP_FAILED, NO_ROOM)."""
    try:
        with closing(_read_only(database)) as source, closing(sqlite3.connect(target)) as copy:
            os.chmod(target, 0o600)
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
        check(target)
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
            raise BackupError(Problem.NO_ROOM) from error
        raise BackupError(Problem.DUMP_FAILED, motivo=str(error)) from error


def check(database: Path) -> None:
    """Sound pages, and every reference leads somewhere. BackupError (DUMP_FAILED) says what is not."""
    with closing(_read_only(database)) as connection:
        said = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
        broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    if said != "ok":
        raise BackupError(Problem.DUMP_FAILED, motivo=str(said).splitlines()[0][:200])
    if broken is not None:
        raise BackupError(Problem.DUMP_FAILED, motivo=f"{broken[0]}: {broken[2]}")


def count_rows(database: Path) -> dict[str, int]:
    """Rows by table."""
    with closing(_read_only(database)) as connection:
        names = [name for (name,) in connection.execute(_TABLES)]
        return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}  # noqa: S608 - names out of the schema itself


def audit_head(database: Path) -> CabecaDaAuditoria | None:
    """How far the audit is; None for a database of before there was one."""
    with closing(_read_only(database)) as connection, suppress(sqlite3.Error):
        row = connection.execute("SELECT numero, hash FROM auditoria_cabeca WHERE id = 1").fetchone()
        return CabecaDaAuditoria(*row) if row else None
    return None


def revision(database: Path) -> str:
    """The migration it is at; "" for a database that is not ours."""
    with closing(_read_only(database)) as connection, suppress(sqlite3.Error):
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        return str(row[0]) if row else ""
    return ""


def close_log(database: Path) -> None:
    """Everything into the file itself, which is on the disk then."""
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    with database.open("rb") as file:
        os.fsync(file.fileno())


def empty_log(database: Path) -> bool:
    """What was replaced leaves the log, too. False while somebody reads an older state: it goes later then."""
    with closing(sqlite3.connect(database, timeout=_LOCK_SECONDS)) as connection:
        (is_busy, *_) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not is_busy


def rewrite(database: Path) -> bool:
    """Every row in new pages: one that was moved may have left a copy of itself in the unused part of its old one.

    SQLite's `secure_delete` overwrites what is deleted, and not those. False where others write just now, where the
    disk has no room for it, and for a file so large that turns would wait too long.
    """
    if database.stat().st_size > _REWRITTEN_AT_MOST:
        return False
    try:
        with closing(sqlite3.connect(database, timeout=_LOCK_SECONDS, isolation_level=None)) as connection:
            # Indexes are made anew.
            teach(connection)
            connection.execute("VACUUM")
    except sqlite3.OperationalError:
        return False
    return True


def put_in_place(new: Path, database: Path, kept: Path) -> Path | None:
    """`new` becomes the database, in one step; what was there moves to `kept`, or beside what is kept there already.

    Where it is kept, None when there was nothing. BackupError (IN_USE) while somebody writes; whoever only has it open
    goes on with the old one.
    """
    where = None
    if database.exists():
        _close_for_good(database)
        where = _link(database, kept)
    database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    for suffix in _SIDE_FILES:
        database.with_name(database.name + suffix).unlink(missing_ok=True)
    # They may be on two disks: the replacing itself has to be within one.
    beside = database.with_name(f".{database.name}.novo")
    shutil.move(new, beside)
    os.replace(beside, database)
    directory = os.open(database.parent, os.O_RDONLY)
    os.fsync(directory)
    os.close(directory)
    return where


def _link(database: Path, kept: Path) -> Path:
    """Another name of the same file: the first of `kept`, `kept-2`, … that nothing has."""
    name, number = kept, 1
    while True:
        try:
            os.link(database, name)
        except FileExistsError:
            number += 1
            name = kept.with_name(f"{kept.name}-{number}")
        else:
            return name


def _close_for_good(database: Path) -> None:
    with closing(sqlite3.connect(database, timeout=_LOCK_SECONDS)) as old:
        try:
            # Everything of its log into the file itself: refused while somebody else has it open.
            (mode,) = old.execute("PRAGMA journal_mode=DELETE").fetchone()
        except sqlite3.OperationalError as error:
            raise BackupError(Problem.IN_USE) from error
    if mode != "delete":
        raise BackupError(Problem.IN_USE)


def _read_only(database: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True, timeout=_LOCK_SECONDS)
