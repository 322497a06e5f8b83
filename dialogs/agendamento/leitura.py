"""A cron expression read back in words, where it is one of those that people say; else it stands as it is.

core/agendamento/cron.py is the truth of what it means. The words are only ever those of fields that a sentence says
completely; tests hold them against the next runs.
"""

import re
from collections.abc import Sequence

from dialogs.frame.i18n import _, in_language

_NUMBERS = re.compile(r"\d{1,2}(,\d{1,2})*")
_STEP = re.compile(r"\*/(\d{1,2})")
_SPAN = re.compile(r"(\d{1,2})(?:-(\d{1,2}))?")
_WINDOW = re.compile(r"(\d{1,2})-(\d{1,2})(?:/(\d{1,2}))?")
_NTH = re.compile(r"([0-7])#([1-5])")
_LAST = re.compile(r"([0-7])L")
_NAMES = {name: str(day) for day, name in enumerate(("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"))}
# Sunday comes last, as people say it.
_MASCULINE = frozenset({6, 7})
_EVERY = frozenset(range(1, 8))
_IN_EVERY_MONTH = 28
_LEAP_DAY = 29
# The last day that each month has in every year.
_LAST_DAYS_OF_MONTHS = dict(enumerate((31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), 1))


def in_words(expr: str) -> str:
    """`0 8 * * 1-5` is "dias úteis às 08:00"."""
    minute, hour, day, month, weekday = expr.upper().split()
    days, times = _days(day, month, weekday), _times(minute, hour)
    if days is None or times is None:
        return _("expressão {cron}").format(cron=expr)
    return f"{days} {times}"


def in_words_of(expr: str, idioma: str) -> str:
    """`in_words` for somebody who reads it elsewhere than in chat."""
    with in_language(idioma):
        return in_words(expr)


def _times(minute: str, hour: str) -> str | None:
    if minute == "*" and hour == "*":
        return _("a cada minuto")
    if step := _STEP.fullmatch(minute):
        return _every_minutes(int(step[1]), hour)
    if not minute.isdecimal():
        return None
    if hour == "*":
        return _("de hora em hora, no minuto {minuto}").format(minuto=f"{int(minute):02}")
    if window := _WINDOW.fullmatch(hour):
        return _within(window, int(minute))
    if step := _STEP.fullmatch(hour):
        return _every_hours(int(step[1]), int(minute))
    if not _NUMBERS.fullmatch(hour):
        return None
    return _("às {horas}").format(horas=_joined([f"{int(one):02}:{int(minute):02}" for one in _once_each(hour)]))


def _every_minutes(minutes: int, hour: str) -> str | None:
    if minutes == 0 or 60 % minutes:
        return None
    if hour == "*":
        return _("a cada {n} minutos").format(n=minutes)
    spans = [_SPAN.fullmatch(part) for part in hour.split(",")]
    if None in spans:
        return None
    said = [
        _("das {de} às {ate}").format(de=f"{int(span[1]):02}:00", ate=f"{int(span[2] or span[1]):02}:{60 - minutes:02}")
        for span in spans
        if span is not None
    ]
    return _("a cada {n} minutos, {quando}").format(n=minutes, quando=_joined(said))


def _within(window: re.Match[str], minute: int) -> str | None:
    """ "De hora em hora", or every so many, of some hours; the last one said is the last run."""
    first, last, step = int(window[1]), int(window[2]), int(window[3] or 1)
    if last <= first or step == 0:
        return None
    last -= (last - first) % step
    said = {"de": f"{first:02}:{minute:02}", "ate": f"{last:02}:{minute:02}"}
    if step == 1:
        return _("de hora em hora, das {de} às {ate}").format(**said)
    return _("a cada {n} horas, das {de} às {ate}").format(n=step, **said)


def _every_hours(hours: int, minute: int) -> str | None:
    """Only steps that divide the day are the same every day."""
    if 24 % hours:
        return None
    text = _("a cada {n} horas, a partir de 00:{minuto}")
    return text.format(n=hours, minuto=f"{minute:02}")


def _days(day: str, month: str, weekday: str) -> str | None:
    if month != "*":
        return _of_months(day, month) if weekday == "*" else None
    if day != "*" and weekday != "*":
        return _on_either(day, weekday)
    if weekday != "*":
        return _weekdays(weekday)
    if day == "*":
        return _("todo dia")
    if day in ("L", "LW"):
        return _("no último dia do mês") if day == "L" else _("no último dia útil do mês")
    if (span := _SPAN.fullmatch(day)) and span[2]:
        said = _("do dia {de} ao dia {ate} do mês").format(de=int(span[1]), ate=int(span[2]))
        return said if int(span[1]) <= _IN_EVERY_MONTH else _where_there_is(said)
    if not _NUMBERS.fullmatch(day):
        return None
    numbers = _once_each(day)
    if len(numbers) == 1:
        said = _("todo dia {dia} do mês").format(dia=numbers[0])
    else:
        said = _("nos dias {dias} do mês").format(dias=_joined(numbers))
    return said if max(map(int, numbers)) <= _IN_EVERY_MONTH else _where_there_is(said)


def _where_there_is(dias: str) -> str:
    return _("{dias} (nos meses que têm)").format(dias=dias)


def _once_each(numbers: str) -> list[str]:
    """`8,12,8` as it is said: 8 and 12."""
    return [str(one) for one in sorted({int(one) for one in numbers.split(",")})]


def _on_either(day: str, weekday: str) -> str | None:
    """cron takes either of the two, where neither begins with `*`."""
    on, also = _days(day, "*", "*"), _weekdays(weekday)
    if day.startswith("*") or weekday.startswith("*") or on is None or also is None:
        return None
    return _("{dias} e também {semana}").format(dias=on, semana=also)


def _of_months(day: str, month: str) -> str | None:
    """ "Todo dia 31 de dezembro", "nos dias 1 e 15 de janeiro e julho", "todo trimestre, no dia 1"."""
    if not _NUMBERS.fullmatch(day):
        return None
    several = _once_each(day)
    numbers = _("nos dias {dias}") if len(several) > 1 else _("no dia {dias}")
    numbers = numbers.format(dias=_joined(several))
    if step := _STEP.fullmatch(month):
        seasons = {2: _("todo bimestre"), 3: _("todo trimestre"), 4: _("todo quadrimestre"), 6: _("todo semestre")}
        season = seasons.get(int(step[1]))
        meant = list(range(1, 13, int(step[1]))) if season else []
        said = f"{season}, {numbers}"
    elif _NUMBERS.fullmatch(month):
        meant = [int(one) for one in _once_each(month)]
        months = _joined([_month_names()[one - 1] for one in meant])
        said = _("{dias} de {meses}").format(dias=numbers, meses=months)
    else:
        return None
    if not meant:
        return None
    return _with_those_that_have_it(said, max(map(int, several)), meant)


def _with_those_that_have_it(said: str, last: int, months: Sequence[int]) -> str:
    """And that it is not each of them, where one of these months ends before that day."""
    if all(last <= _LAST_DAYS_OF_MONTHS[month] for month in months):
        return said
    if last == _LEAP_DAY and list(months) == [2]:
        return _("{dias} (nos anos que têm)").format(dias=said)
    return _where_there_is(said)


def _month_names() -> tuple[str, ...]:
    return (
        _("janeiro"), _("fevereiro"), _("março"), _("abril"), _("maio"), _("junho"), _("julho"), _("agosto"),
        _("setembro"), _("outubro"), _("novembro"), _("dezembro"),
    )  # fmt: skip


def _weekdays(text: str) -> str | None:
    for name, number in _NAMES.items():
        text = text.replace(name, number)
    if nth := _NTH.fullmatch(text):
        return _nth_of_month(int(nth[1]) or 7, int(nth[2]))
    if last := _LAST.fullmatch(text):
        day = int(last[1]) or 7
        phrase = _("no último {dia} do mês") if day in _MASCULINE else _("na última {dia} do mês")
        return phrase.format(dia=_names()[day])
    days = _set_of(text)
    if days is None:
        return None
    if days == _EVERY:
        return _("todo dia")
    if days == {1, 2, 3, 4, 5}:
        return _("dias úteis")
    if days == {6, 7}:
        return _("fins de semana")
    return _("toda semana: {dias}").format(dias=_joined([_names()[one] for one in sorted(days)]))


def _nth_of_month(day: int, nth: int) -> str:
    if day in _MASCULINE:
        ordinal = (_("1º"), _("2º"), _("3º"), _("4º"), _("5º"))[nth - 1]
        return _("no {ordinal} {dia} do mês").format(ordinal=ordinal, dia=_names()[day])
    ordinal = (_("1ª"), _("2ª"), _("3ª"), _("4ª"), _("5ª"))[nth - 1]
    return _("na {ordinal} {dia} do mês").format(ordinal=ordinal, dia=_names()[day])


def _set_of(text: str) -> frozenset[int] | None:
    """Days from 1 (Monday) to 7; None for anything but numbers and ranges."""
    days: set[int] = set()
    for part in text.split(","):
        found = re.fullmatch(r"([0-7])(?:-([0-7]))?", part)
        if found is None:
            return None
        first, last = int(found[1]), int(found[2] or found[1])
        if first > last:
            return None
        days |= {one or 7 for one in range(first, last + 1)}
    return frozenset(days)


def _names() -> dict[int, str]:
    names = (_("segunda"), _("terça"), _("quarta"), _("quinta"), _("sexta"), _("sábado"), _("domingo"))
    return dict(enumerate(names, 1))


def _joined(parts: list[str]) -> str:
    """`a, b e c`."""
    if len(parts) < 2:
        return "".join(parts)
    return _("{todos} e {ultimo}").format(todos=", ".join(parts[:-1]), ultimo=parts[-1])
