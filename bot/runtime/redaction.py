"""Masks secrets, CPFs and phones in log events: by a key's name, by a text's form, by known values."""

import re
from collections.abc import Iterable, Mapping, MutableMapping
from functools import lru_cache
from typing import Any

from core.secret_names import MASK as MASK
from core.secret_names import PEOPLE, SECRETS, is_secret_name

# Ours, not a person's: never looked into, so that times and ids stay whole.
_KEPT = frozenset({"timestamp", "level", "logger", "request_id"})
# What is said of a request (webhooks/http/logs.py) has its id inside.
OF_REQUESTS = ("request", "response", "error")
_DEEPEST = 6
_LONGEST = 20_000
# Texts whose shown form is kept: so many, and none longer.
_KEPT_TEXTS, _SHORT = 1000, 40

# One alternation, one pass. Ids and times come first and are kept, because they look like phones inside.
_TEXT = re.compile(
    rf"""
    (?P<kept>
        \b[0-9a-f]{{8}}-[0-9a-f]{{4}}-[0-9a-f]{{4}}-[0-9a-f]{{4}}-[0-9a-f]{{12}}\b
      | \b[0-9a-f]{{20,}}\b
      | \b\d{{4}}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?
    )
  | (?P<named>                                             # name=value, "name": "value", Header: value
        (?:{SECRETS}|{PEOPLE})\w{{0,20}} [\\"']{{0,4}} [ ]{{0,3}} [=:] [ ]{{0,3}} (?:(?:Bearer|Basic)[ ]+)?
    )
    (?: [\[(]? b? (?P<quote>\\{{0,3}}["']) (?:(?!(?P=quote)).)* (?P=quote)? | [^\s&,;"'}})\]]+ )
  | (?P<scheme>\bBearer[ ]+)[A-Za-z0-9._~+/=-]+
  | (?P<user>://[^\s:/@]{{0,99}}:)[^\s/@]{{1,999}}(?=@)                    # a password inside a URL
  | (?<!\d)\d{{1,20}}:[A-Za-z0-9_-]{{30,}}                    # a bot token, in Telegram's URLs too
  | \beyJ[A-Za-z0-9_-]{{1,999}}\.[A-Za-z0-9_-]{{1,999}}\.[A-Za-z0-9_-]*    # a JSON web token
  | \bwhsec_[A-Za-z0-9+/=_-]+
  | (?<!\d)\d{{3}}[. ]?\d{{3}}[. ]?\d{{3}}[-/. ]?\d{{2}}(?!\d)   # CPF
  | (?<!\d)\+?\d{{10,13}}(?!\d)                            # phone, digits only
  | (?<!\d)(?:\+?\d{{1,3}}[ .-]?)?\(?\d{{2}}\)?[ .-]?9?[ .-]?\d{{4}}[ .-]\d{{4}}(?!\d)   # phone, as written
    """,
    re.IGNORECASE | re.VERBOSE | re.ASCII,
)

# Every form above has one of these: a search three times as fast, and most texts end here.
_SUSPECT = re.compile(r"[=:]|\d{3}|eyJ|whsec_|[Bb]earer|BEARER", re.ASCII)


class Redactor:
    """A structlog processor; the last one before rendering."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        """`secrets`: values masked wherever they appear. Those under 6 characters would mask half the log."""
        known = sorted({secret for secret in secrets if len(secret) >= 6}, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, known))) if known else None
        # Names of keys, methods, paths: the same few short texts on every line.
        self._short = lru_cache(_KEPT_TEXTS)(self._shown)

    def __call__(self, logger: Any, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        for key, value in event.items():
            if key not in _KEPT:
                event[key] = self._clean(key, value, _DEEPEST)
        return event

    def text(self, value: str) -> str:
        """One text without what must not be shown."""
        return self._short(value) if len(value) <= _SHORT else self._shown(value)

    def _shown(self, value: str) -> str:
        if self._known is not None:
            value = self._known.sub(MASK, value)
        value = _cut(value)
        return _TEXT.sub(_masked, value) if _SUSPECT.search(value) else value

    def _clean(self, key: str, value: Any, depth: int) -> Any:
        if value is None or isinstance(value, bool):
            return value
        if is_secret_name(key):
            return MASK
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, int | float):
            return value
        return self._clean_inside(key, value, depth - 1)

    def _clean_inside(self, key: str, value: Any, depth: int) -> Any:
        if depth > 0 and isinstance(value, Mapping):
            of_request = key in OF_REQUESTS
            return {
                self.text(str(name)): item if of_request and name == "id" else self._clean(str(name), item, depth)
                for name, item in value.items()
            }
        if depth > 0 and isinstance(value, list | tuple | set | frozenset):
            return [self._clean(key, item, depth) for item in value]
        return self.text(str(value))


def _cut(value: str) -> str:
    """Long enough for any traceback; longer texts come from outside and only cost."""
    return value if len(value) <= _LONGEST else f"{value[:_LONGEST]}… ({len(value)} characters)"


def _masked(match: re.Match[str]) -> str:
    if match["kept"]:
        return match[0]
    return f"{match['named'] or match['scheme'] or match['user'] or ''}{MASK}"
