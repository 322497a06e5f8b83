"""What each part of a deployment has used of the CPU, by name: processes of ours, PostgreSQL's, Redis, and this one."""

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from benchmarks.support.postgres import DurablePostgres
from storage.engines.redis import EmbeddedRedis
from tests.support.crowds import cpu_seconds_of

Used = Callable[[], dict[str, float]]


def used_by(pids: Mapping[str, Sequence[int]], postgres: DurablePostgres, redis: EmbeddedRedis) -> Used:
    """Seconds so far, asked for again and again. PostgreSQL's are its server's with every backend, ended ones too."""
    postmaster = int((postgres.directory / "data" / "postmaster.pid").read_text().split()[0])

    def used() -> dict[str, float]:
        seconds = {name: sum(map(cpu_seconds_of, several)) for name, several in pids.items()}
        seconds["postgresql"] = _with_children(postmaster)
        if redis.pid is not None:
            seconds["redis"] = cpu_seconds_of(redis.pid)
        return seconds | {"the load": time.process_time()}

    return used


def _with_children(parent: int) -> float:
    """A process, its children of now, and those it has waited for."""
    seconds = cpu_seconds_of(parent) + _ended_children(parent)
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
            if int(fields[1]) == parent:
                seconds += cpu_seconds_of(int(stat.parent.name))
        except (FileNotFoundError, ProcessLookupError):
            # It has ended meanwhile.
            continue
    return seconds


def _ended_children(parent: int) -> float:
    fields = Path(f"/proc/{parent}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[13]) + int(fields[14])) / 100
