"""Where a process spends its time: py-spy's samples, summed by part of the program and by function."""

import asyncio
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

_RATE = 200
_SHOWN = 40
# A sample belongs to the innermost of its frames that one of these names.
_PARTS = {
    "the log": ("structlog/", "(logging/", "bot/runtime/logs", "bot/runtime/redaction"),
    "metrics": ("prometheus_client/",),
    "calls to the Bot API (aiohttp client)": ("aiohttp/client", "aiohttp/connector", "bot/channels/telegram"),
    "aiogram's own session": ("aiogram/client/session",),
    "redis-py": ("redis/",),
    "asyncpg": ("asyncpg/",),
    "SQLite and its thread": ("aiosqlite/",),
    "SQLAlchemy": ("sqlalchemy/",),
    "rows (storage)": ("(storage/",),
    "pydantic": ("pydantic/", "aiogram/types"),
    "recorded calls": ("bot/channels/recorder",),
    "aiogram": ("aiogram/",),
    "dialogs": ("(dialogs/", "bot/conversations", "(core/", "stock.py"),
    "turn and group commit": ("bot/turn", "bot/hearing"),
    "outbox": ("bot/outbox", "bot/channels/pace"),
    "the door (webhooks)": ("(webhooks/",),
    "aiohttp server": ("aiohttp/",),
}
_LOOP = "asyncio: sockets, tasks, waiting"
# Idle threads of a pool: seen at work because they are woken with nothing to do.
_IDLE = "_worker (concurrent/futures/thread.py)"


async def profile(pid: int, seconds: float) -> str:
    """Record a running process; its parts and functions by the time spent in them."""
    with tempfile.TemporaryDirectory() as directory:
        raw = Path(directory, "samples")
        recorder = await asyncio.create_subprocess_exec(
            str(Path(sys.executable).parent / "py-spy"),
            *("record", "--pid", str(pid), "--duration", str(round(seconds)), "--rate", str(_RATE)),
            *("--format", "raw", "--output", str(raw)),
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )
        _, said = await recorder.communicate()
        if recorder.returncode != 0:
            raise SystemExit(f"py-spy: {said.decode(errors='replace').strip()}")
        return summed(await asyncio.to_thread(raw.read_text))


def summed(samples: str) -> str:
    """`samples` as py-spy's raw format has them: a stack and how often it was seen, a line each."""
    parts: Counter[str] = Counter()
    own: Counter[str] = Counter()
    cumulative: Counter[str] = Counter()
    for line in samples.splitlines():
        stack, _, count = line.rpartition(" ")
        frames = [_named(frame) for frame in stack.split(";")]
        if frames[-1] == _IDLE:
            continue
        parts[_part(frames)] += int(count)
        own[frames[-1]] += int(count)
        for frame in set(frames):
            cumulative[frame] += int(count)
    total = own.total()
    tables = (("by part", parts), ("own time", own), ("cumulative", cumulative))
    return "\n\n".join(_table(f"{title}, of {total} samples", times, total) for title, times in tables)


def _part(frames: Sequence[str]) -> str:
    for frame in reversed(frames):
        for part, names in _PARTS.items():
            if any(name in frame for name in names):
                return part
    return _LOOP


def _named(frame: str) -> str:
    """Without the line number, which would split a function into many."""
    return frame.rpartition(":")[0] + ")" if frame.endswith(")") and ":" in frame else frame


def _table(title: str, times: Counter[str], total: int) -> str:
    lines = [f"{count / total:7.1%}  {frame}" for frame, count in times.most_common(_SHOWN)]
    return "\n".join([title, *lines])
