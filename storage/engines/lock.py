"""One `balcao up` per DATA_DIR: two would run two engines on the same files."""

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Self

LOCK_FILE = "up.lock"


class DataDirBusy(Exception):
    """Another process holds DATA_DIR; the text names it."""

    def __init__(self, data_dir: Path, pid: int | None) -> None:
        self.pid = pid
        who = f"pelo processo {pid}" if pid else "por outro processo"
        super().__init__(f"{data_dir} está em uso {who}: pare-o, ou escolha outra DATA_DIR")


class DataDirLock:
    """`with DataDirLock(data_dir): …`. The kernel lets go when the process ends, kill -9 included."""

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        self._descriptor: int | None = None

    def __enter__(self) -> Self:
        """Create DATA_DIR for its owner alone, and hold it. DataDirBusy when somebody else does."""
        make_private_dir(self._data_dir)
        descriptor = os.open(self._data_dir / LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            pid = _read_pid(descriptor)
            os.close(descriptor)
            raise DataDirBusy(self._data_dir, pid) from None
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        self._descriptor = descriptor
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # The file stays: removing it would let two processes lock two files of the same name.
        if self._descriptor is not None:
            os.ftruncate(self._descriptor, 0)
            os.close(self._descriptor)
            self._descriptor = None


def is_held(data_dir: Path) -> bool:
    """Whether some `balcao up` runs there now, so that its engines can be used instead of started."""
    try:
        descriptor = os.open(data_dir / LOCK_FILE, os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def make_private_dir(path: Path) -> None:
    """Create it for its owner alone; the rights of one that exists are its owner's business."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)


def _read_pid(descriptor: int) -> int | None:
    text = os.pread(descriptor, 32, 0).strip()
    return int(text) if text.isdigit() else None
