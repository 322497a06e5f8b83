"""The times that channels tell."""

from datetime import UTC, datetime
from typing import Any

# WhatsApp began in 2009, Telegram later: anything before is no time of a message.
_FIRST_YEAR = 2009


def read_timestamp(value: Any, now: datetime) -> datetime:
    """Seconds since 1970 as integer or text; with anything else, `now`: the moment we got it. So with what is still to
    come: a clock of theirs may be ahead of ours, and nobody is answered freely for longer than by ours."""
    try:
        at = datetime.fromtimestamp(int(value), UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return now
    return at if at.year >= _FIRST_YEAR and at <= now else now
