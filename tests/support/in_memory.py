"""The tests' files in memory where there is room: each commit on SQLite waits for the disk, some 15 times a test."""

import os
import shutil
from contextlib import suppress
from pathlib import Path

_MEMORY = Path("/dev/shm")
# What the workers need at once is below a tenth of it; a container's 64 MB would be too little.
_ROOM_BYTES = 2_000_000_000


def pytest_configure() -> None:
    with suppress(OSError):
        if os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ROOM_BYTES:
            os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))
