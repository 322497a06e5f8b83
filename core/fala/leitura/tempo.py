"""Hours and months inside a sentence: until when somebody is away, which month somebody means."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from rapidfuzz.distance import OSA

from core.fala.lexico.texto import listed
from core.testemunha.meses import NOMES, RELATIVOS, Mes

_WORD_HOURS = ["uma", "duas", "tres", "quatro", "cinco", "seis", "sete", "oito", "nove", "dez", "onze", "doze"]
_HOURS = {word: hour for hour, word in enumerate(_WORD_HOURS, 1)}
_COUNTS = _HOURS | {"um": 1, "dois": 2, "quinze": 15, "vinte": 20, "trinta": 30, "quarenta": 40, "cinquenta": 50}
WORD_HOUR = "|".join(_HOURS)
_COUNT = rf"[0-9]{{1,3}}|{'|'.join(sorted(_COUNTS, key=len, reverse=True))}"
_MEASURE = r"(?:h|hs|hrs?|horas?|horinhas?|hours?|o'? ?clock)"
_MINUTES = r"(?:m|min|mins|minutos?|minutinhos?|minutin|minutes?)"
CLOCK = (
    r"(?:(?P<noon>meio[- ]?dia)|(?P<midnight>meia[- ]noite)"
    rf"|(?P<hour>[0-9]{{1,2}}|{WORD_HOUR})"
    rf"(?: ?{_MEASURE}(?: ?(?:e )?(?P<past>[0-5][0-9]|meia)(?: ?{_MINUTES})?)?"
    rf"|[:.](?P<colon>[0-5][0-9])(?: ?{_MEASURE})?| e (?P<half>meia|[0-5][0-9]))?"
    r"(?: ?(?P<half_day>[ap])\.?m\b\.?)?"
    r"(?: (?:da|de|a|de la|por la) (?P<part>manha|tarde|noite|noche|manana))?)"
    # Not the beginning of a date, an amount, or a number of something.
    rf"(?![\w/:%]|[.,][0-9]| ?(?:{_MINUTES}|dias?|semanas?|mes|meses|clientes?|pessoas?|reais|megas?)\b)"
)
"""An hour as it is said or written; what it found is read by `hour_and_minute`."""
_BACK = r"(?:volto|retorno|voltarei|retornarei|voltando|de volta|volta|back|vuelvo|regreso|volvere|regresare)"
_AROUND = (
    r"(?: (?:ate|as|a|ao|o|la|las|at|by|around|umas|uns|pelas|pelos|por volta das?|por volta de"
    r"|pras|perto das|so|de|das))*"
)
_UNTIL = re.compile(
    rf"\b(?:(?P<back>{_BACK})|ate|until|till|til|hasta|d[ae]s? [0-9:h]+ (?:as|ate)|entre [0-9:h]+ e|la pelas|la pras)"
    rf"{_AROUND} {CLOCK}"
)
_CLOCK_BACK = re.compile(
    rf"\b(?:as |la pelas )?{CLOCK},? (?:eu )?"
    r"(?P<back>(?:ja )?(?:to|estou|tou|estarei) (?:ja )?(?:de volta|aqui)|volto|retorno)\b"
)
_LASTING = re.compile(
    rf"\b(?:(?P<back>{_BACK}) )?"
    r"(?:(?:por|em|en|in|for|durante|uns|umas|unos|daqui a|daqui|mais|so|mais uns|de|ate|un|an|a) )*"
    rf"(?:(?P<hour_half>(?:uma )?hora e meia)|(?P<half>meia hor(?:a|inha))"
    rf"|(?P<hours>{_COUNT}) ?{_MEASURE}(?: ?(?:e )?(?P<more>meia|[0-5]?[0-9])(?: ?{_MINUTES})?)?"
    rf"|(?P<minutes>{_COUNT}) ?{_MINUTES})(?!\w)"
)
# "Volto em 10": minutes, as nobody says of an hour.
_BACK_IN = re.compile(
    rf"\b{_BACK} (?:em|daqui a?|dentro de) (?:uns |umas )?(?P<minutes>[0-9]{{1,2}}|{_COUNT})(?![\w:/]| [a-z])"
)
_AT = re.compile(rf"\b(?:as|a partir das|pelas|la pelas|para as|pras)? ?{CLOCK}")
_SAYS_HOUR = re.compile(r"[0-9] ?h|as ")
_MAY_BE_TIME = re.compile(rf"[0-9]|\b(?:meia|meio|hora|horinha|{WORD_HOUR}|vinte|quinze|trinta)\b")
# "há uma hora", "faz 10 minutos": they look back.
_SINCE = re.compile(r"\b(?:ha|faz|tem|fazem|desde|demorou|levou) $")
_FIRST_OF_THE_MORNING = 7
_LONGEST_AWAY = 5
_AND = re.compile(r"\b(?:e|and|y|ate)\b|[,;]")
_LAST_WEEK = re.compile(r"\b(?:semana (?:passada|pasada)|last week)\b")
_WEEK = re.compile(r"\b(?:n?essa|n?esta|da|desta|dessa) semana\b|\bthis week\b")


@dataclass(frozen=True, slots=True)
class Prazo:
    """A time in a sentence. `ate` is None for a plain hour ("às 15h"); `volta` when it says that they come back."""

    start: int
    end: int
    ate: str | None
    volta: bool = False


def find_time(plain: str) -> Prazo | None:
    """The first time that says until when, else the first plain hour; of a text made small and bare (`texto.plain`)."""
    if not _MAY_BE_TIME.search(plain):
        return None
    for pattern in (_UNTIL, _CLOCK_BACK):
        if (found := pattern.search(plain)) and (clock := _clock(found)):
            return Prazo(*found.span(), f"até {clock}", found["back"] is not None)
    if (found := _LASTING.search(plain)) and not _SINCE.search(plain, 0, found.start()) and not _is_an_hour(found):
        return Prazo(*found.span(), f"por {_minutes(found)} min", found["back"] is not None)
    if back_in := _BACK_IN.search(plain):
        return Prazo(*back_in.span(), f"por {_count(back_in['minutes'])} min", True)
    found = _AT.search(plain)
    if found and (found["noon"] or found["colon"] or _SAYS_HOUR.search(found[0])) and _clock(found):
        return Prazo(*found.span(), None)
    return None


def _is_an_hour(found: re.Match[str]) -> bool:
    """ "Vou almoçar 12h": nobody is away for so long, and says it so."""
    bare = re.fullmatch(r"(?P<hours>[0-9]{1,2}) ?h", found[0].strip())
    return bare is not None and _LONGEST_AWAY < int(bare["hours"]) <= 24


def _clock(found: re.Match[str]) -> str | None:
    """As `return_time` reads it."""
    clock = hour_and_minute(found)
    if clock is None:
        return None
    hour, minute = clock
    return f"{hour}h{minute:02d}" if minute else f"{hour}h"


def hour_and_minute(found: re.Match[str]) -> tuple[int, int] | None:
    """What `CLOCK` found. One to six o'clock is the afternoon: whoever goes away comes back the same day, and nobody's
    day begins before that.
    """
    if found["noon"] or found["midnight"]:
        return (12, 0) if found["noon"] else (0, 0)
    hour = _HOURS.get(found["hour"]) or int(found["hour"])
    past = found["past"] or found["colon"] or found["half"] or "0"
    minute = 30 if past == "meia" else int(past)
    early = hour < _FIRST_OF_THE_MORNING and not found["hour"].startswith("0")
    part = found["part"] or {"a": "manha", "p": "tarde"}.get(found["half_day"] or "")
    if hour < 12 and (part in ("tarde", "noite", "noche") or (early and part is None)):
        hour += 12
    return None if hour > 24 or minute > 59 else (hour % 24, minute)


def _minutes(found: re.Match[str]) -> int:
    if found["hour_half"]:
        return 90
    if found["half"]:
        return 30
    if found["minutes"]:
        return _count(found["minutes"])
    more = found["more"] or "0"
    return 60 * _count(found["hours"]) + (30 if more == "meia" else int(more))


def _count(word: str) -> int:
    return _COUNTS[word] if word in _COUNTS else int(word)


MONTHS = {name: number for number, name in enumerate(NOMES, 1)} | {name[:3]: at for at, name in enumerate(NOMES, 1)}
_ENGLISH_MONTHS = listed("january february march april may june july august september october november december")
_SPANISH_MONTHS = listed("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre")
FOREIGN_MONTHS = {
    name: number for names in (_ENGLISH_MONTHS, _SPANISH_MONTHS) for number, name in enumerate(names, 1)
} | {"setiembre": 9}
_FULL_MONTHS = {name: number for name, number in (MONTHS | FOREIGN_MONTHS).items() if len(name) > 3}
"""What names a month anywhere in a sentence: "may" does not."""
# The bare one is this month, but for what says another of it.
_RELATIVE = "|".join(sorted((said for said in RELATIVOS if said != "mes"), key=len, reverse=True)) + (
    r"|mes(?! que vem| que viene| proximo| de [a-z]| [0-9])"
)
_MONTH = re.compile(
    rf"\b(?:(?:d[eo]l? |em |in |of |en |for |mes de |mes )*(?:(?P<full>{'|'.join(_FULL_MONTHS)})"
    rf"|(?P<short>{'|'.join(name[:3] for name in NOMES)})(?=/| ?20[0-9]{{2}}| de 20))"
    r"(?:(?:/| de | do | )(?P<year>20[0-9]{2}|[0-9]{2}(?![0-9h:]))| do ano passado| desse ano| deste ano)?"
    r"|(?:d[eo] |em |mes )*(?<![0-9]-)(?P<month>0?[1-9]|1[0-2])[/-](?P<of>20[0-9]{2}|[0-9]{2})(?![0-9/])"
    r"|(?:d[eo] |no |em )?mes (?:de |n |numero )?(?P<nth>0?[1-9]|1[0-2])"
    r"(?![0-9/:h-]|[,.][0-9]|o\b| ?(?:%|dias?|reais|vezes|clientes?|faturas?|contas?)\b)"
    r"(?: d[eo] (?P<nth_year>20[0-9]{2}|[0-9]{2}(?![0-9h:])))?"
    r"|(?:d[eo] |em |mes )*(?P<iso_year>20[0-9]{2})[/-](?P<iso>0[1-9]|1[0-2])(?![0-9/-])"
    rf"|(?:d[oe]s?|del|no|o|el|n?esse|n?este|desse|deste|ao)? ?(?P<relative>{_RELATIVE})"
    r")(?!\w)"
)
# As they are mistyped: "outubo", "novenbro"; "mês retrasdo", "mes pasado".
_MISTYPED = re.compile(
    r"\b(?:d[eo] |em |mes )*(?P<name>(?:j[ae]n|fe?v|s[et]t|[ou]u?t|nov|no?v|d[ei][zs])[a-z]{3,7})(?![a-z])"
    r"(?:(?:/| de | do | )(?P<year>20[0-9]{2}|[0-9]{2}(?![0-9h:]))| do ano passado)?"
    r"|\b(?:d?o|no) (?P<alone>retrasado)(?![a-z])"
    r"|\b(?:d?o |no )?me[sz] (?P<which>[apr][a-z]{4,11})(?![a-z])"
)
_LONG_NAMES = tuple(name for name in NOMES if len(name) > 6)
_WHICH = {"passado": -1, "anterior": -1, "retrasado": -2, "antepassado": -2}
_MAY_BE_MONTH = re.compile(
    rf"me[sz]|month|atras|[/-][0-9]|\b(?:{'|'.join(_FULL_MONTHS)})"
    rf"|\b(?:{'|'.join(name[:3] for name in NOMES)})(?=/| ?20| de 20)"
)


@dataclass(frozen=True, slots=True)
class MesDito:
    """A month in a sentence, `MM/AAAA`."""

    start: int
    end: int
    mes: str


def find_month(plain: str, today: date) -> MesDito | None:
    """The first month of a text made small and bare. Without a year, the last one of that name that has begun."""
    found = _MONTH.search(plain) if _MAY_BE_MONTH.search(plain) else None
    if (found is None or found["relative"] == "mes") and (meant := _mistyped_month(plain, today)) is not None:
        return meant
    if found is None:
        return None
    if found["relative"]:
        that = Mes.of_date(today).plus(RELATIVOS[found["relative"]])
        return MesDito(*found.span(), f"{that.mes:02d}/{that.ano}")
    if found["iso"]:
        return MesDito(*found.span(), f"{found['iso']}/{found['iso_year']}")
    number = found["month"] or found["nth"]
    month = int(number) if number else _month_named(found["full"] or found["short"])
    return MesDito(*found.span(), f"{month:02d}/{_year(found, month, today)}")


def _mistyped_month(plain: str, today: date) -> MesDito | None:
    """A month with letters lost or changed; nothing that is the word for something else."""
    for found in _MISTYPED.finditer(plain):
        words, most = (_WHICH, 2) if found["which"] else (_LONG_NAMES, 1)
        if found["alone"]:
            return MesDito(*found.span(), str(Mes.of_date(today).plus(-2)))
        said = found["which"] or found["name"]
        near = [word for word in words if OSA.distance(said, word, score_cutoff=most) <= most]
        if not near:
            continue
        this = Mes.of_date(today)
        if found["which"]:
            return MesDito(*found.span(), str(this.plus(_WHICH[near[0]])))
        return MesDito(*found.span(), f"{MONTHS[near[0]]:02d}/{_year(found, MONTHS[near[0]], today)}")
    return None


def _month_named(name: str) -> int:
    return _FULL_MONTHS.get(name) or MONTHS[name]


def _year(found: re.Match[str], month: int, today: date) -> int:
    years = found.groupdict()
    said = found["year"] or years.get("of") or years.get("nth_year")
    if said:
        return int(said) if len(said) == 4 else 2000 + int(said)
    if "ano passado" in found[0]:
        return today.year - 1
    return today.year if month <= today.month else today.year - 1


def days_said(said: str, today: date) -> tuple[date, date]:
    """The first and the last of the days that a sentence is about: this month's so far, where it says none."""
    return days_named(said, today) or (today.replace(day=1), today)


def days_named(said: str, today: date) -> tuple[date, date] | None:
    """The first and the last of the days that a sentence names, in small letters; None where it names none.

    Of several ("ontem e hoje", "outubro e novembro") from the first of them to the last.
    """
    parts = [found for part in _AND.split(said) if (found := _days_in(part, today)) is not None]
    return (min(first for first, _last in parts), max(last for _first, last in parts)) if parts else None


def _days_in(said: str, today: date) -> tuple[date, date] | None:
    if re.search(r"\b(?:hoje|today|hj|hoy)\b", said):
        return today, today
    if re.search(r"\b(?:ontem|yesterday|ayer)\b", said):
        return today - timedelta(days=1), today - timedelta(days=1)
    if re.search(r"\banteontem\b", said):
        return today - timedelta(days=2), today - timedelta(days=2)
    if _LAST_WEEK.search(said):
        monday = today - timedelta(days=today.weekday() + 7)
        return monday, monday + timedelta(days=6)
    if _WEEK.search(said):
        return today - timedelta(days=today.weekday()), today
    month = find_month(said, today)
    if month is None:
        return None
    mes = Mes.of(month.mes)
    return mes.primeiro_dia, min(mes.plus(1).primeiro_dia - timedelta(days=1), today)
