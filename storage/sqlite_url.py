"""URLs of SQLite files, whatever stands in their paths: a `?` in a URL begins its options."""

import re
from pathlib import Path

_ESCAPES = {"%": "%25", "?": "%3F"}
_ESCAPED = {"%25": "%", "%3F": "?"}


def sqlite_url(file: Path) -> str:
    """The URL of this file."""
    return "sqlite+aiosqlite:///" + re.sub("[%?]", lambda found: _ESCAPES[found[0]], str(file))


def unescaped(database: str) -> Path:
    """The file that such a URL names as its database."""
    return Path(re.sub("%25|%3F", lambda found: _ESCAPED[found[0]], database))
