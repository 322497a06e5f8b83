"""When somebody comes back, as they write it: "em reunião até 15h", "por 30 min", "até 9h de segunda"."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from core.fala.leitura.tempo import MONTHS
from core.fala.respostas.datas import find_dates
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
    r"\b(?:(?:ate|volto|retorno|de volta)(?: (?:as|a|ao|o|umas|uns|la pelas|pelas|por volta das?))?|das [\dh:]+ as) (?:"
    r"(?P<noon>meio[- ]dia)|(?P<midnight>meia[- ]noite)"
    r"|(?P<hour>\d{1,2})(?: ?(?:h|hs|hrs|horas?)(?: ?e? ?(?P<past>meia|\d{2})(?: ?min)?)?|:(?P<colon>\d{2})h?"
    r"| e (?P<half>meia|[0-5]\d))?"
    r"(?: da (?P<part>manha|tarde|noite))?"
    # Not the beginning of a date, an amount, or a number of something.
    r")(?![\w:/]|[.,]\d| ?(?:min|dia|semana|mes|cliente|pessoa))"
)


_MORNING = 7
_BACK_IN_HOURS = re.compile(r"(?:volto|retorno|de volta) (?P<hours>[1-3]) ?(?:h|hrs?|horas?)")
# Another day, but which one nobody can tell; an hour beside it is of that day too.
_VAGUE = re.compile(
    r"\b(?:proxim[ao] (?:semana|mes|ano)|outra semana|outro mes|(?:semana|mes|ano) que vem"
    r"|(?:por|durante|em|de|daqui a|ate|mais) (?:uns |umas |mais )?"
    r"(?:\d+|uma?|duas|dois|tres|quatro|cinco|dez|quinze|vinte|trinta|alguns|algumas|varios|varias)"
    r" (?:dias?|semanas?|mes(?:es)?))\b"
)
# These say so only where no hour stands.
_AWAY = re.compile(
    r"\b(?:ferias|licenca|atestado|folga|feriado|feriadao|natal|carnaval|pascoa|ano novo|segunda ordem"
    r"|(?:fim|final) (?:d[eoa]s? )?(?:semana|mes|ano|dia|tarde|expediente|turno))\b"
)
# The weekday's name as an ordinal: "a segunda reunião".
_ORDINAL = re.compile(
    r"\b(?:segunda|terceira|quarta|quinta|sexta) (?:reuniao|call|chamada|ligacao|vez|parte|via|ordem|quinzena|etapa"
    r"|fase|conversa|visita|venda|entrevista|prova|aula|sessao|rodada|tentativa)\b"
)
_OF_NEXT_WEEK = re.compile(r"(?:[- ]feira)? (?:d|n)?a (?:semana que vem|proxima semana|outra semana)\b")
_BEFORE_DAY = re.compile(r"(?:\b(?:de|do|da|no|na|em|o|a|ao|dia|pro|para|proxim[oa]|so)\s+)+$")
# "amanhã à tarde às 3": the afternoon belongs to the hour.
_PART = re.compile(r",? (?:de |a |pela )?(manha|tarde|noite|cedo)\b")
_POINTED = re.compile(r"(?<![\d.,])([0-3]?\d)\.(0[1-9]|1[0-2])(?![\d.]|,\d)")
# A date that no calendar has: 31/02.
_LIKE_A_DATE = re.compile(rf"(?<![\d/])\d{{1,2}}/\d{{1,2}}(?!\d)|\bdia \d|\b\d{{1,2}} de (?:{'|'.join(MONTHS)})\b")


@dataclass(frozen=True, slots=True)
class Volta:
    """When somebody comes back, as we understood it: `quando`, where day and hour are plain, else nothing by itself.

    `dia`: the day they named without an hour. Neither: another day, but it is not said which.
    """

    quando: datetime | None = None
    dia: date | None = None


def return_time(message: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The moment the message names, after `now`, in the business time zone; None when it names none."""
    volta = understood(message, now, zone)
    return volta.quando if volta is not None else None


def understood(message: str, now: datetime, zone: ZoneInfo) -> Volta | None:
    """When the person comes back, in the business time zone; None when the message says nothing of it.

    A time of day is the next one of that name: "até 9h" said in the afternoon is tomorrow's. With a day beside it, it
    is that day's, and a day without an hour brings nobody back: at its midnight nobody is at their desk.
    """
    text = folded(message)
    local = now.astimezone(zone)
    day, rest, named = _day(_ORDINAL.sub("", text), local.date())
    until = _TIME.search(rest)
    if named:
        return _on_day(day, until, rest, local, now)
    if _VAGUE.search(text):
        return Volta()
    if until is not None:
        if (length := _hours_from_now(until, local)) is not None:
            return Volta((local + length).astimezone(now.tzinfo))
        at = _next(until, local)
        # An hour that no clock has ("até 25h") is said, like a day that no calendar has.
        return Volta(at.astimezone(now.tzinfo)) if at is not None else Volta()
    lasting = _DURATION.search(text)
    length = _length(lasting) if lasting is not None else timedelta()
    if length:
        return Volta(now + length)
    return Volta() if _AWAY.search(text) else None


def _day(text: str, today: date) -> tuple[date | None, str, bool]:
    """The last day the text names, None for one that is gone or never was; the text without its days; whether any."""
    # As people write it with a keypad: 20.12.
    text = _POINTED.sub(r"\1/\2", text)
    found = find_dates(text, today)
    rest, days = text, []
    for start, end, when in reversed(found):
        following = _OF_NEXT_WEEK.match(text, end)
        if following is not None:
            when, end = _in_next_week(when, today), following.end()
        days.append(when)
        part = _PART.match(rest, end)
        kept = f" da {part[1]}" if part is not None and part[1] != "cedo" else ""
        end = part.end() if part is not None else end
        before, after = _BEFORE_DAY.sub("", rest[:start]).rstrip(" ,"), rest[end:].lstrip(" ,")
        rest = f"{before} {after}{kept}"
    day = days[0] if days and days[0] >= today else None
    return day, " ".join(rest.split()), bool(found) or _LIKE_A_DATE.search(rest) is not None


def _in_next_week(day: date, today: date) -> date:
    """The same weekday in the week after this one, which begins on a Monday."""
    monday = today - timedelta(days=today.weekday())
    return monday + timedelta(days=7 + day.weekday())


def _on_day(day: date | None, until: re.Match[str] | None, rest: str, local: datetime, now: datetime) -> Volta:
    if day is None:
        return Volta()
    clock = _clock(until) if until is not None else None
    if clock is None or not _is_time(*clock):
        return Volta(dia=day)
    if clock == (0, 0):
        # Midnight ends the day that is named.
        day += timedelta(days=1)
    at = local.replace(year=day.year, month=day.month, day=day.day, hour=clock[0], minute=clock[1])
    at = at.replace(second=0, microsecond=0)
    return Volta(at.astimezone(now.tzinfo)) if at > local else Volta()


def _next(found: re.Match[str], local: datetime) -> datetime | None:
    hour, minute = _clock(found)
    if not _is_time(hour, minute):
        return None
    at = local.replace(hour=hour, minute=minute, second=0, microsecond=0)
    if at <= local and 0 < hour < _MORNING and not found["part"]:
        # One to six o'clock, said during the day, is this afternoon's while that is to come.
        at += timedelta(hours=12)
    return at if at > local else local.replace(hour=hour, minute=minute, second=0, microsecond=0) + timedelta(days=1)


def _hours_from_now(found: re.Match[str], local: datetime) -> timedelta | None:
    """ "Volto 1h": in an hour, unless one o'clock in the afternoon is near."""
    bare = _BACK_IN_HOURS.fullmatch(found[0])
    if bare is None:
        return None
    afternoon = local.replace(hour=int(bare["hours"]) + 12, minute=0, second=0, microsecond=0)
    is_near = timedelta() < afternoon - local <= timedelta(hours=2)
    return None if is_near else timedelta(hours=int(bare["hours"]))


def _is_time(hour: int, minute: int) -> bool:
    return hour <= 23 and minute <= 59


def _clock(found: re.Match[str]) -> tuple[int, int]:
    if found["noon"] or found["midnight"]:
        return (12 if found["noon"] else 0), 0
    hour = int(found["hour"])
    if hour == 24:
        hour = 0
    if found["part"] in ("tarde", "noite") and hour < 12:
        hour += 12
    past = found["past"] or found["colon"] or found["half"] or "0"
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
