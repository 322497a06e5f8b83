"""On which days: "dias úteis", "toda segunda e quarta", "dia 5 de cada mês", "a última sexta do mês"."""

import re
from dataclasses import dataclass, field

from core.agendamento.falado.frase import Duvida, Frase, Marca, Perguntar
from core.agendamento.falado.numeros import NUMBER, number_of
from core.testemunha.meses import NOMES

_D = Marca.DIAS
_NAMES = {
    1: r"segundas?(?:[- ]feiras?)?|seg|2a(?:[- ]feira)?",
    2: r"tercas?(?:[- ]feiras?)?|ter|3a(?:[- ]feira)?",
    3: r"quartas?(?:[- ]feiras?)?|qua|4a(?:[- ]feira)?",
    4: r"quintas?(?:[- ]feiras?)?|qui|5a(?:[- ]feira)?",
    5: r"sextas?(?:[- ]feiras?)?|sex|6a(?:[- ]feira)?",
    6: r"sabados?|sab",
    0: r"domingos?|dom",
}
WEEKDAY = "|".join(_NAMES.values())
_ORDINALS = {"primeir": 1, "segund": 2, "terceir": 3, "quart": 4, "quint": 5, "1": 1, "2": 2, "3": 3, "4": 4, "5": 5}
_ORDINAL = r"(primeir|segund|terceir|quart|quint)[ao]|([1-5])[ao]"
_OF_MONTH = r"(?:d[eo]|de cada|de todo|de todos os|em cada) (?:o )?m(?:es|eses)"
MONTH = "|".join(NOMES)
_LIST = r"(?:\s*,\s*|\s+e\s+(?:n[ao]s?\s+|aos?\s+|as?\s+)?)"
_DAY = r"\d{1,2}[ao]?|primeiro"
_OFTEN_ENOUGH = (29, 30, 31)
_EVERY_HOUR = (
    r"de hora em hora|de uma em uma hora|(?:a )?cada (?:1 |uma )?hora(?: cheia)?|"
    r"(?:em |a )?tod[ao]s? (?:as )?horas?(?: cheias?| em ponto)?|n?as horas cheias|(?:a )?cada 1 ?h|"
    r"de 1 em 1 ?h(?:ora)?"
)
# Of the calendar: the first one begins in January.
_SEASONS = {"bimestr": 2, "trimestr": 3, "quadrimestr": 4, "semestr": 6}


_A_DAY = (
    r"\b(?:(?:a )?cada (?:24|vinte e quatro)|de 24 em 24|de vinte e quatro em vinte e quatro) ?(?:horas?|hrs?|hs?)\b"
)


@dataclass(slots=True)
class Dias:
    """The last three fields of the expression, or how often within a day. `todo`: every single day."""

    dia: str = "*"
    mes: str = "*"
    semana: str = "*"
    passo: str | None = None
    horas: int = 0
    minuto: int = 0
    todo: bool = False
    found: set[str] = field(default_factory=set)

    @property
    def is_weekly(self) -> bool:
        return self.semana != "*" and "#" not in self.semana and "L" not in self.semana

    @property
    def is_monthly(self) -> bool:
        return self.dia != "*" or (self.semana != "*" and not self.is_weekly)

    @property
    def fields(self) -> str:
        return f"{self.dia} {self.mes} {self.semana}"


def weekday_of(text: str) -> int:
    """0 is Sunday."""
    return next(day for day, names in _NAMES.items() if re.fullmatch(names, text))


def cut_days(frase: Frase, dias: Dias, *, monthly: bool = False) -> None:
    """Every day that is named, beside how often within one; `monthly`: the task says so already.

    Raises Perguntar for what is no rule, or two.
    """
    _refuse_what_is_no_rule(frase)
    _cut_except(frase, dias)
    _cut_nth(frase, dias)
    _cut_workdays(frase, dias)
    _cut_ranges(frase, dias)
    weekly = frase.cut(r"(?:toda|cada)(?: a)? semana|semanal(?:mente)?|toda semana n[ao]", _D)
    monthly = frase.cut(r"(?:todo|cada)(?: o)? mes|todos os meses|mensal(?:mente)?|mensais", _D) is not None or monthly
    season = _cut_season(frase)
    _cut_month_days(frase, dias, monthly=monthly or season is not None)
    if season is not None:
        if dias.dia == "*" or dias.mes != "*":
            raise Perguntar(Duvida.NO_MONTH_DAY)
        dias.mes = "1" if season == 12 else f"*/{season}"
    _cut_weekdays(frase, dias, weekly=weekly is not None)
    if frase.cut(r"todos? (?:os )?(?:santo )?dias?|diariamente|diari[ao]s?|cada dia|por dia", _D) is not None:
        dias.todo = True
    _settle(dias, weekly=weekly is not None, monthly=monthly)


def _settle(dias: Dias, *, weekly: bool, monthly: bool) -> None:
    named = dias.found & {"weekdays", "monthdays", "nth"}
    if len(named) > 1 or (dias.todo and "weekdays" in named and "except" not in dias.found):
        raise Perguntar(Duvida.DAYS_CLASH)
    if dias.todo and named & {"monthdays", "nth"}:
        raise Perguntar(Duvida.DAYS_CLASH)
    if not named and not dias.found & {"workdays", "range", "except"} and not dias.todo and dias.passo is None:
        if weekly:
            raise Perguntar(Duvida.NO_WEEKDAY)
        if monthly:
            raise Perguntar(Duvida.NO_MONTH_DAY)


def _refuse_what_is_no_rule(frase: Frase) -> None:
    if found := frase.has(rf"(?:todo |no |n[ao] )?(?:{_ORDINAL}|\d{{1,2}}[ao]?) dia util"):
        raise Perguntar(Duvida.NTH_WORKDAY, found[0])
    if found := frase.has(r"(?:fim|final|inicio|comeco|meio|meados) (?:do|de(?: cada)?|de todo) mes"):
        raise Perguntar(Duvida.VAGUE_DAY, found[0])
    if found := frase.has(r"dia sim,? ?,? ?dia nao|quinzenal(?:mente)?|a cada quinzena"):
        raise Perguntar(Duvida.INTERVAL, found[0])
    if found := frase.has(rf"(?:a cada|de) (?:{NUMBER})(?: em (?:{NUMBER}))? (?:dias|semanas|meses|anos)"):
        raise Perguntar(Duvida.INTERVAL, found[0])


def cut_repeats(frase: Frase) -> Dias:
    """How often within a day; before times are looked for: "a cada 2 horas" is none. Raises Perguntar."""
    dias = Dias()
    frase.texto = re.sub(_A_DAY, "todo dia", frase.texto)
    if odd := frase.has(r"(?:a )?cada (?:uma )?hora e (?:meia|\S+)|de hora e meia em hora e meia"):
        raise Perguntar(Duvida.INTERVAL, odd[0])
    at = rf"(?:sempre )?(?:aos?|no minuto|nos) ({NUMBER})(?: minutos?)?"
    minute = frase.cut(rf"{at} (?:de |a )?(?:{_EVERY_HOUR})", Marca.HORAS)
    minute = minute or frase.cut(rf"(?:{_EVERY_HOUR})(?: ,)? {at}", Marca.HORAS)
    if minute is not None:
        dias.passo, dias.horas, dias.minuto = "horas", 1, number_of(minute.grupos[0] or "")
        if dias.minuto > 59:
            raise Perguntar(Duvida.BAD_NUMBER, minute.texto)
    elif frase.cut(_EVERY_HOUR, Marca.HORAS):
        dias.passo, dias.horas = "horas", 1
    elif frase.cut(r"de meia em meia hora|(?:a )?cada meia hora|toda meia hora", Marca.HORAS):
        dias.passo, dias.horas = "minutos", 30
    elif frase.cut(r"(?:a )?cada minuto|todo minuto|de minuto em minuto", Marca.HORAS):
        dias.passo, dias.horas = "minutos", 1
    elif found := frase.cut(rf"({NUMBER})(?: vezes| vez|x) (?:por|a cada|a|em cada) hora", Marca.HORAS):
        count = number_of(found.grupos[0] or "")
        dias.passo, dias.horas = ("horas", 1) if count == 1 else ("minutos", 60 // max(count, 1))
        if count == 0 or 60 % count:
            raise Perguntar(Duvida.INTERVAL, found.texto)
    elif found := frase.cut(
        rf"(?:a cada|cada|de) ({NUMBER})(?: em (?:{NUMBER}))? ?(horas?|hrs?|hs?|minutos?|mins?|m)", Marca.HORAS
    ):
        count, unit = number_of(found.grupos[0] or ""), found.grupos[1] or ""
        dias.passo, dias.horas = ("horas" if unit.startswith("h") else "minutos"), count
        if count == 0 or (24 if dias.passo == "horas" else 60) % count:
            raise Perguntar(Duvida.INTERVAL, found.texto)
        # No step of cron's is as long as its field.
        if (dias.passo, count) == ("minutos", 60):
            dias.passo, dias.horas = "horas", 1
    return dias


def cut_times_a_day(frase: Frase) -> int | None:
    """Of "duas vezes por dia": how many times have to be said as well; "uma vez por semana" is "toda semana"."""
    once = r"(?:(?:so |apenas )?uma? vez|1 vez|1 ?x|so uma vez)"
    for unit, becomes in (("dia", "todo dia"), ("semana", "toda semana"), ("mes", "todo mes"), ("ano", "§x")):
        found = frase.has(rf"{once} (?:por|ao|a|na|no|a cada|em cada) {unit}")
        if found is not None:
            frase.texto = f"{frase.texto[: found.start()]}{becomes}{frase.texto[found.end() :]}"
    found_often = frase.cut(rf"({NUMBER})(?: vezes| ?x) (?:por|ao|a cada|em cada) dia(?: ,)?")
    if found_often is None:
        return None
    if frase.has(r"tod[ao]s? .*") is None:
        frase.texto = f"todo dia {frase.texto}"
    return number_of(found_often.grupos[0] or "")


def cut_day_range(frase: Frase, dias: Dias) -> None:
    """ "Do dia 1 ao dia 5", "entre os dias 1 e 10": of every month. Before times are: "ao 15" is none."""
    to = rf"({_DAY}) (?:ao|a|ate|ate o|e|e o)(?: dia)? ({_DAY})"
    found = frase.cut(rf"(?:todo mes )?(?:do|de|entre os?|dos?) dias? {to}(?: {_OF_MONTH})?", _D)
    found = found or frase.cut(rf"(?:do|de) {to} {_OF_MONTH}", _D)
    if found is None:
        return
    first, last = (_day(text or "") for text in found.grupos)
    if not 1 <= first < last <= 31:
        raise Perguntar(Duvida.BAD_DAY, found.texto)
    dias.dia = f"{first}-{last}"
    dias.found.add("monthdays")


def _cut_except(frase: Frase, dias: Dias) -> None:
    list_ = rf"(?:{WEEKDAY})(?:{_LIST}(?:{WEEKDAY}))*"
    found = frase.cut(
        rf"(?:todos? (?:os )?dias?|diariamente) (?:, )?(?:menos|exceto|fora|salvo)(?: n?[ao]s?| aos?)? ({list_})", _D
    )
    if found is not None:
        out = set(_weekdays_in(found.grupos[0] or ""))
        dias.semana, dias.todo = _as_field(set(range(7)) - out), False
        dias.found |= {"except"}
    if dias.passo is not None and (
        alone := frase.cut(rf"(?:, )?(?:menos|exceto|fora|salvo)(?: n?[ao]s?| aos?)? ({list_})", _D)
    ):
        dias.semana = _as_field(set(range(7)) - set(_weekdays_in(alone.grupos[0] or "")))
        dias.found |= {"except"}
    if left := frase.has(r"(?:menos|exceto|fora|salvo|tirando) .*"):
        raise Perguntar(Duvida.EXCEPTION, left[0])


def _cut_nth(frase: Frase, dias: Dias) -> None:
    if found := frase.cut(rf"(?:no |todo )?ultimo dia( util)?(?: {_OF_MONTH})?", _D):
        dias.dia = "LW" if found.grupos[0] else "L"
        dias.found.add("monthdays")
    if found := frase.cut(rf"(?:n[ao] |tod[ao] )?(?:{_ORDINAL}) ({WEEKDAY}) {_OF_MONTH}", _D):
        nth = _ORDINALS[found.grupos[0] or found.grupos[1] or ""]
        dias.semana = f"{weekday_of(found.grupos[2] or '')}#{nth}"
        dias.found.add("nth")
    if found := frase.cut(rf"(?:n[ao] |tod[ao] )?ultim[ao] ({WEEKDAY})(?: {_OF_MONTH})", _D):
        dias.semana = f"{weekday_of(found.grupos[0] or '')}L"
        dias.found.add("nth")
    if frase.cut(rf"(?:no |todo )?primeiro dia(?: {_OF_MONTH})", _D):
        dias.dia = "1"
        dias.found.add("monthdays")


def _cut_workdays(frase: Frase, dias: Dias) -> None:
    work = r"(?:n?os |todos os |todo |em |de )?dias? (?:uteis|util|de semana)|durante a semana|nos dias da semana"
    if frase.cut(work, _D):
        dias.semana = "1-5"
        dias.found.add("workdays")
    if frase.cut(r"(?:n?os |todos os |todo |no |aos )?(?:fim|fins|finais|final) de semana", _D):
        dias.semana = "0,6"
        dias.found.add("workdays")


def _cut_ranges(frase: Frase, dias: Dias) -> None:
    found = frase.cut(rf"(?:de |da )?({WEEKDAY}) (?:a|ate) ({WEEKDAY})", _D)
    if found is None:
        return
    first, last = (weekday_of(text or "") for text in found.grupos)
    dias.found.add("range")
    if first == last:
        dias.todo = True
        return
    days = [(first + step) % 7 for step in range((last - first) % 7 + 1)]
    dias.semana = f"{first}-{last}" if first < last else _as_field(set(days))


def _cut_season(frase: Frase) -> int | None:
    """Months from one to the next of "todo trimestre", "semestralmente"."""
    found = frase.cut(rf"(?:todo |cada |a cada |por )?({'|'.join(_SEASONS)})(?:e|es|al|ais|almente)", _D)
    return None if found is None else _SEASONS[found.grupos[0] or ""]


def _cut_month_days(frase: Frase, dias: Dias, *, monthly: bool) -> None:
    list_ = rf"((?:{MONTH})(?:{_LIST}(?:em |de )?(?:{MONTH}))*)"
    before = frase.cut(rf"(?:todo ano )?(?:em|todo(?: o)?|nos meses de|no mes de|todo mes de) {list_}(?: ,)?", _D)
    date = frase.cut(rf"(?:todo ano )?(?:em|no|todo) ({_DAY}) de ({MONTH})(?: de (?:cada|todo) ano)?", _D)
    if date is not None:
        frase.texto = f"todo dia {date.grupos[0]} de {date.grupos[1]} {frase.texto}"
    every = r"(todos? (?:os )?|nos |n?o |aos? |em )?"
    months = rf"(?: de {list_})?"
    pattern = rf"{every}dias? ({_DAY})((?:{_LIST}(?:{_DAY}))*)( {_OF_MONTH})?{months}(?!/)"
    found = frase.cut(pattern, _D)
    if found is None:
        if before is not None:
            raise Perguntar(Duvida.NO_MONTH_DAY)
        return
    often, first, others, of_month, in_months = found.grupos
    if dias.dia != "*" or (before is not None and in_months):
        raise Perguntar(Duvida.DAYS_CLASH)
    in_months = in_months or (before.grupos[0] if before is not None else None)
    days = sorted({_day(text) for text in _words(f"{first}{others or ''}")})
    if any(day not in range(1, 32) for day in days):
        raise Perguntar(Duvida.BAD_DAY, found.texto)
    named = [NOMES.index(text) + 1 for text in _words(in_months or "")]
    longest = max((29 if month == 2 else 30 if month in (4, 6, 9, 11) else 31 for month in named), default=31)
    if days[-1] > longest:
        raise Perguntar(Duvida.BAD_DAY, found.texto)
    if not named and any(day in _OFTEN_ENOUGH for day in days):
        raise Perguntar(Duvida.NOT_EVERY_MONTH, found.texto)
    if not (monthly or of_month or named or len(days) > 1 or (often or "").startswith("todo")):
        raise Perguntar(Duvida.RECURRING, found.texto)
    dias.dia, dias.mes = ",".join(map(str, days)), ",".join(map(str, sorted(named))) or "*"
    dias.found.add("monthdays")


def _cut_weekdays(frase: Frase, dias: Dias, *, weekly: bool) -> None:
    every = r"(tod[ao]s?(?: [ao]s)? |aos? |n[ao]s? |cada |as |os )?"
    one = rf"({WEEKDAY})((?:{_LIST}(?:tod[ao]s? )?(?:{WEEKDAY}))*)"
    while (found := frase.cut(rf"{every}{one}", _D)) is not None:
        often, first, others = (text or "" for text in found.grupos)
        days = _weekdays_in(f"{first}{others}")
        plural = first.split("-")[0].endswith("s")
        if not (
            weekly or dias.todo or often.startswith(("tod", "cada", "aos", "nas", "as")) or plural or len(days) > 1
        ):
            raise Perguntar(Duvida.RECURRING, found.texto)
        dias.semana = _as_field(set(days) | _set_of(dias.semana))
        dias.found.add("weekdays")


def _weekdays_in(text: str) -> list[int]:
    return [weekday_of(found[0]) for found in re.finditer(rf"\b(?:{WEEKDAY})\b", text)]


def _set_of(semana: str) -> set[int]:
    return {int(part) for part in semana.split(",")} if semana.replace(",", "").isdecimal() else set()


def _as_field(days: set[int]) -> str:
    ordered = sorted(days)
    if len(ordered) > 2 and ordered == list(range(ordered[0], ordered[-1] + 1)):
        return f"{ordered[0]}-{ordered[-1]}"
    return ",".join(map(str, ordered))


def _words(text: str) -> list[str]:
    return [
        word
        for word in text.replace(",", " ").split()
        if word not in ("e", "no", "nos", "ao", "aos", "a", "o", "as", "em", "de")
    ]


def _day(text: str) -> int:
    return 1 if text == "primeiro" else int(text.rstrip("ao"))
