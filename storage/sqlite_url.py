"""URLs of SQLite files, whatever stands in their paths: a `?` in a URL begins its options, a `%` an escape."""

import re
from pathlib import Path

_ESCAPES = {"%": "%25", "?": "%3F"}


def sqlite_url(file: Path) -> str:
    """The URL of this file."""
    return "sqlite+aiosqlite:///" + re.sub("[%?]", lambda found: _ESCAPES[found[0]], str(file))
