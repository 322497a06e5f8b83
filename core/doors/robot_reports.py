"""What robots report while they work, of sales and of invoices, as it is kept: log lines, and how far they are."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

# Characters of a line and of a stage that are worth keeping: both are read by people.
_LINE_LIMIT = 2000
STAGE_LIMIT = 200


def log_line(data: Mapping[str, Any], seq: int | None, now: datetime) -> dict[str, Any]:
    """A log line as it is kept; without a `seq` it is placed by the time it came."""
    return {
        "seq": seq if seq is not None else int(now.timestamp() * 1000),
        "timestamp": _moment(data.get("timestamp")) or now,
        "level": (words(data.get("level")).upper() or "INFO")[:20],
        "message": words(data.get("message"))[:_LINE_LIMIT],
    }


def words(value: object) -> str:
    """A text, or a number as it is written; empty for anything else."""
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def percentage(value: object) -> int | float | None:
    """From 0 to 100; None for what is no number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return min(max(value, 0), 100)


def _moment(value: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None
