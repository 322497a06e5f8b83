"""The times that channels tell."""

from datetime import UTC, datetime, timedelta
from typing import Any

# WhatsApp began in 2009, Telegram later, and no clock of theirs is a day ahead of ours: anything else is no time of
# a message.
_FIRST_YEAR = 2009
_CLOCK_ERROR = timedelta(days=1)


def read_timestamp(value: Any, now: datetime) -> datetime:
    """Seconds since 1970 as integer or text; with anything else, `now`: the moment we got it."""
    try:
        at = datetime.fromtimestamp(int(value), UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return now
    return at if at.year >= _FIRST_YEAR and at <= now + _CLOCK_ERROR else now
