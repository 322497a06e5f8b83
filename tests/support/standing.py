"""Processes that stand still, as when a machine is frozen: SIGSTOP, and SIGCONT at the end."""

import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def standing_still(pids: Sequence[int]) -> Iterator[None]:
    """These processes of ours do nothing in this block."""
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)


def family_of(pid: int) -> list[int]:
    """A process and the children it has now."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *map(int, children)]


def server_of(directory: Path) -> list[int]:
    """The processes of the PostgreSQL server that keeps its data there."""
    return family_of(int((directory / "data" / "postmaster.pid").read_text().split()[0]))
