"""Every job beside its peer and its floor, one after the other; each one's lines of the table come as it ends.

python -m benchmarks.all           at most 15 min; seconds to a minute each
python -m benchmarks.all --quick   whether each of them runs; about 8 min, its figures say little
python -m benchmarks.all --full    the sizes of docs/performance.md; about 3 h, 25 GB of disk
python -m benchmarks.all --only turns checkout --log DIRECTORY

Each runs as a process of its own with a time after which it is ended; what it printed is in DIRECTORY. One that fails
says so in its line, and the others go on. Nothing else should run on the machine.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.support.figures import HEAD, Figure, installed, kept

# The exit code of one that took too long, and how the line of one that failed begins.
ENDED, FAILED = -1, "did not finish as it should"
SIZES = ("quick", "default", "full")
# Of the extra [benchmark], for the reference's design beside da-vez.
_REFERENCE = ("fastapi", "uvicorn", "psycopg")


@dataclass(frozen=True, slots=True)
class Job:
    """A benchmark, what it is given in each size, and after how many minutes it is ended in each."""

    program: str
    quick: str
    default: str
    full: str
    minutes: tuple[int, int, int]


_DA_VEZ = "" if len(installed(_REFERENCE)) == len(_REFERENCE) else "--only ours-pg ours-sqlite "
JOBS = {
    "start": Job("start", "--times 1", "--times 2", "--times 7", (4, 4, 8)),
    "checkout": Job(
        "checkout",
        "--rounds 1 --seconds 0.5 --warmup 0.2",
        "--rounds 5 --seconds 1.5 --warmup 0.5",
        "--rounds 11 --seconds 3",
        (3, 3, 5),
    ),
    "live": Job(
        "consultor.live",
        "--sockets 100 --events 10 --rounds 1 --seconds 0.5",
        "--events 20 --rounds 5 --seconds 1",
        "--rounds 11",
        (3, 4, 6),
    ),
    "da-vez": Job(
        "consultor.da_vez",
        f"{_DA_VEZ}--consultores 20 --rounds 1 --seconds 0.5 --warmup 0.5",
        f"{_DA_VEZ}--rounds 4 --seconds 1.5 --warmup 1",
        "--only ours-pg ours-sqlite --consultores 100000 --protocolos 10000000",
        (3, 4, 15),
    ),
    "faturas": Job("processo.faturas", "8", "30", "200", (3, 4, 8)),
    "turns": Job(
        "turns.turns",
        "--rounds 1 --seconds 0.5 --warmup 0.5 --latency-seconds 2 --chats 100",
        "--rounds 3 --seconds 1.5 --warmup 1 --latency-seconds 4",
        "--rounds 9 --seconds 3",
        (4, 4, 8),
    ),
    "conversa": Job(
        "turns.conversa",
        "--rounds 1 --seconds 0.5 --warmup 0.5 --pairs 50",
        "--rounds 3 --seconds 1.5 --warmup 1",
        "--rounds 9 --seconds 3",
        (3, 3, 5),
    ),
    "lote": Job("processo.lote", "1000", "10000", "100000", (3, 4, 12)),
    "processos": Job(
        "processo.processos",
        "--clientes 8000 --meses 6 --times 10",
        "--clientes 8000 --meses 6 --times 25",
        "",
        (4, 4, 30),
    ),
    "painel": Job(
        "processo.painel",
        "--clientes 3000 --meses 3 --vendas 10000 --times 3",
        "--clientes 6000 --meses 6 --vendas 10000 --times 15",
        "",
        (4, 4, 25),
    ),
    "memory": Job(
        "turns.memory", "--turns 1000 --chats 400", "--turns 20000 --chats 4000", "--turns 1000000", (3, 4, 40)
    ),
    "growth": Job(
        "growth.growth",
        "--contatos 2000 --rows 10000 --rounds 2 --seconds 0.5 --warmup 0.5 --latency-seconds 2 --chats 100",
        "--contatos 10000 --rows 100000 --rounds 5 --seconds 1 --warmup 1 --latency-seconds 4",
        "--full",
        (4, 5, 60),
    ),
    "day": Job(
        "day.day",
        "--scale 0.001 --minutes 0.3",
        "--scale 0.01 --minutes 2",
        "--scale 0.2 --minutes 10",
        (6, 6, 20),
    ),
}


def run(name: str, size: str, log: Path) -> list[Figure]:
    """One benchmark; its figures, or one that says that it has none."""
    job = JOBS[name]
    found = log / f"{name}.json"
    words = getattr(job, size).split()
    command = [sys.executable, "-m", f"benchmarks.{job.program}", *words, "--json", str(found)]
    limit, started = job.minutes[SIZES.index(size)] * 60, time.monotonic()
    print(f"{name}: {' '.join([job.program, *words])} (at most {limit // 60} min)", file=sys.stderr, flush=True)
    with (log / f"{name}.txt").open("wb") as said:
        # A group of its own: whatever it started ends with it.
        process = subprocess.Popen(command, stdout=said, stderr=said, start_new_session=True)  # noqa: S603 - ours
        try:
            code = process.wait(limit)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(30)
            code = ENDED
    print(f"{name}: {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
    figures = kept(found)
    if code or not figures:
        ended = f"ended after {limit // 60} min" if code == ENDED else _last_line(log / f"{name}.txt")
        figures.append(Figure(name, f"{FAILED}: {ended}", 0, goal=1))
    return figures


def _last_line(said: Path) -> str:
    """What it printed last, as much of it as a table has room for; `|` would be a column."""
    lines = said.read_text(errors="replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), "it said nothing")[:100].replace("|", "¦")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=JOBS, default=list(JOBS))
    size = parser.add_mutually_exclusive_group()
    for name in ("quick", "full"):
        size.add_argument(f"--{name}", dest="size", action="store_const", const=name, default="default")
    parser.add_argument("--log", type=Path, help="where each one's output goes")
    return parser.parse_args()


def main() -> None:
    options = _options()
    log = options.log or Path(tempfile.mkdtemp(prefix="balcao-benchmarks-"))
    log.mkdir(parents=True, exist_ok=True)
    print(f"what each of them prints: {log}", file=sys.stderr)
    print(HEAD, flush=True)
    failed = False
    for name in options.only:
        figures = run(name, options.size, log)
        print("\n".join(figure.row for figure in figures), flush=True)
        failed = failed or any(figure.what.startswith(FAILED) for figure in figures)
    if failed:
        sys.exit(1)


if __name__ == "__main__":
    main()
