"""When somebody comes back, as they write it: "em reunião até 15h", "por 30 min", "volto em 10 minutos"."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.palavras import folded

_WORDS = {
    "um": 1,
    "uma": 1,
    "dois": 2,
    "duas": 2,
    "tres": 3,
    "cinco": 5,
    "dez": 10,
    "quinze": 15,
    "vinte": 20,
    "trinta": 30,
    "quarenta": 40,
}
_NUMBER = rf"(?:\d{{1,3}}|{'|'.join(_WORDS)})"
_HOURS = r"(?:h|hs|hr|hrs|horas?)"
_MINUTES = r"(?:m|min|mins|minutos?)"
_ABOUT = r"(?: (?:uns|umas|mais|cerca de))? "
_DURATION = re.compile(
    # "até 2 horas" is a time of day, so hours need another word before them.
    rf"\b(?:(?:por|durante|em|daqui a|daqui)(?: ate)?{_ABOUT}"
    rf"(?P<hours>{_NUMBER}) ?{_HOURS}(?: ?e? ?(?P<more>meia|\d{{1,2}})(?: ?{_MINUTES})?)?"
    rf"|(?:por|durante|em|ate|daqui a|daqui)(?: ate)?{_ABOUT}(?:(?P<half>meia hora)|(?P<minutes>{_NUMBER}) ?{_MINUTES})"
    r")(?!\w)"
)
_TIME = re.compile(
    r"\b(?:(?:ate|volto|retorno|de volta)(?: (?:as|a|o|umas))?|das [\dh:]+ as) (?:"
    r"(?P<noon>meio[- ]dia)|(?P<midnight>meia[- ]noite)"
    r"|(?P<hour>\d{1,2})(?: ?(?:h|hs|hrs|horas?)(?: ?e? ?(?P<past>meia|\d{2})(?: ?min)?)?|:(?P<colon>\d{2})h?)?"
    r"(?: da (?P<part>manha|tarde|noite))?"
    # Not the beginning of a date, an amount, or a number of something.
    r")(?![\w:/]|[.,]\d| ?(?:min|dia|semana|mes|cliente|pessoa))"
)


def return_time(message: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The moment the message names, after `now`, in the business time zone; None when it names none.

    A time of day is the next one of that name: "até 9h" said in the afternoon is tomorrow's.
    """
    text = folded(message)
    until = _TIME.search(text)
    if until is not None:
        return _next(until, now, zone)
    lasting = _DURATION.search(text)
    length = _length(lasting) if lasting is not None else timedelta()
    return now + length if length else None


def _next(found: re.Match[str], now: datetime, zone: ZoneInfo) -> datetime | None:
    hour, minute = _clock(found)
    if hour > 23 or minute > 59:
        return None
    local = now.astimezone(zone)
    at = local.replace(hour=hour, minute=minute, second=0, microsecond=0)
    if at <= local:
        at += timedelta(days=1)
    return at.astimezone(now.tzinfo)


def _clock(found: re.Match[str]) -> tuple[int, int]:
    if found["noon"] or found["midnight"]:
        return (12 if found["noon"] else 0), 0
    hour = int(found["hour"])
    if hour == 24:
        hour = 0
    if found["part"] in ("tarde", "noite") and hour < 12:
        hour += 12
    past = found["past"] or found["colon"] or "0"
    return hour, 30 if past == "meia" else int(past)


def _length(found: re.Match[str]) -> timedelta:
    if found["half"]:
        return timedelta(minutes=30)
    if found["minutes"]:
        return timedelta(minutes=_count(found["minutes"]))
    more = found["more"] or "0"
    return timedelta(hours=_count(found["hours"]), minutes=30 if more == "meia" else int(more))


def _count(word: str) -> int:
    return _WORDS[word] if word in _WORDS else int(word)
