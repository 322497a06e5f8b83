"""At what time: "às 8", "8h30", "oito e meia da manhã", "10 pras 8", "8h, 12h e 18h", "das 8h às 9h30"."""

import re
from dataclasses import dataclass, field

from core.agendamento.falado.frase import Duvida, Frase, Marca, Perguntar
from core.agendamento.falado.numeros import NUMBER, WORDS, number_of
from core.fala.lexico.texto import cleaned, plain

_WORD = "|".join(sorted(WORDS, key=len, reverse=True))
_PART = r"(?:\s+(?:da|de|na)\s+(manha|tarde|noite|madrugada))"
_UNIT = r"(?:\s?(?:horas?|hrs?|hs|h))"
# 8h30, 8:30, 8h, 8 horas e 15 minutos, 8pm
_EXACT = (
    rf"(\d{{1,2}})(?:\s?:\s?(\d{{2}})|{_UNIT}(?:\s?e\s)?\s?(\d{{2}})\s?(?:minutos|min|m)?|{_UNIT}|\s?(am|pm)){_PART}?"
)
_SPOKEN = rf"({_WORD})(?:\s+horas?)?(?:\s+e\s+(meia|{_WORD}))?(?:\s+horas?)?{_PART}?"
_BARE = rf"(\d{{1,2}})(?:\s+e\s+(meia|\d{{1,2}}))?{_PART}?"
_AT = r"(?:as|a|ao|das)\s+"
_NOON = rf"(?:(?:{_AT})?)(meio[- ]dia|meia[- ]noite)(?:\s+e\s+(meia|{NUMBER}))?"
# "Toda noite às 8": of the evening.
_EVERY_PART = (
    (r"tod[ao]s?\s+(?:as\s+)?noites?", "noite", "0?[6-9]|1[01]"),
    (r"tod[ao]s?\s+(?:as\s+)?tardes?", "tarde", "0?[1-7]"),
)
# "Às 24h", "12 da noite": the day's end to some, its beginning to others, as midnight is.
_END_OF_DAY = rf"\b{_AT}(?:24(?:\s?:\s?00|{_UNIT}(?:\s?00)?)|(?:12|doze)(?:\s?:\s?00|{_UNIT})?\s+(?:da|de)\s+noite)\b"
_BEFORE = rf"(?:{_AT})?({NUMBER})\s+(?:para|pra)\s*(?:s|as)?\s+({NUMBER}){_PART}?"
_VAGUE = (
    r"(?:depois|antes|na hora) do almoco|apos o almoco|no fim do dia|"
    r"cedo|cedinho|tarde|mais tarde|de manha|pela manha|a tarde|de tarde|a noite|de noite|de madrugada|"
    r"tod[ao]s? (?:as )?(?:manha|tarde|noite|madrugada)s?|"
    r"(?:no |em )?horario (?:comercial|de expediente)|"
    r"n?o (?:fim|final|comeco|inicio) d[oa] (?:expediente|dia|tarde|manha|noite)"
)


@dataclass(slots=True)
class Horas:
    """Hour and minute of each run; `janela_minutos`: over how long its runs are spread.

    `todo`: every day, as "toda madrugada" says."""

    momentos: list[tuple[int, int]] = field(default_factory=list)
    janela_minutos: int = 0
    meia_noite: bool = False
    todo: bool = False


def cut_windows(frase: Frase) -> list[tuple[int, int]]:
    """The hours of "das 8 às 18", or of "das 8 às 12 e das 14 às 18": of something that runs again and again.

    Minutes of the day.
    """
    side = rf"(?:{_EXACT}|(\d{{1,2}}){_PART}?|(meio[- ]dia|meia[- ]noite))"
    found = []
    pattern = rf"(?:entre|das|de|da|do)\s+(?:as\s+)?{side}\s+(?:e|as|a|ate as|ate|ao|ate o)\s+{side}"
    while (one := frase.cut(pattern, Marca.HORAS)) is not None:
        half = len(one.grupos) // 2
        found.append((_minutes(one.grupos[:half]), _minutes(one.grupos[half:])))
        frase.cut(rf"(?<={Marca.HORAS} )e(?= (?:entre|das|de|da|do) )")
    return found


def _minutes(groups: tuple[str | None, ...]) -> int:
    hour, colon, beside, half, part, bare, bare_part, named = groups
    if named is not None:
        return 12 * 60 if "dia" in named else 0
    hours, minutes = _checked(int(hour or bare or 0), int(colon or beside or 0), half or part or bare_part)
    return hours * 60 + minutes


def cut_times(frase: Frase) -> Horas:
    """Every time that is named; none where none is. Raises Perguntar."""
    horas = Horas()
    if (vague := frase.has(r"(?:la pelas|por volta d[aeo]s?|umas|perto das)\s+\S+")) is not None:
        raise Perguntar(Duvida.VAGUE_TIME, vague[0])
    frase.texto = re.sub(_END_OF_DAY, "a meia-noite", frase.texto)
    while (found := frase.cut(_NOON, Marca.HORAS)) is not None:
        midnight = found.grupos[0] in ("meia-noite", "meia noite")
        horas.meia_noite |= midnight
        past = found.grupos[1]
        horas.momentos.append(_checked(0 if midnight else 12, 30 if past == "meia" else number_of(past or "0"), None))
    while (found := frase.cut(_BEFORE, Marca.HORAS)) is not None:
        less, hour, part = found.grupos
        hours, _ = _checked(number_of(hour or ""), 0, part)
        total = (hours * 60 - number_of(less or "")) % (24 * 60)
        horas.momentos.append(divmod(total, 60))
    for every, part, range_ in _EVERY_PART:
        if frase.has(every) is not None:
            at = rf"\b(as (?:{range_})(?:\s?:\s?\d{{2}}|\s?h(?:\d{{2}})?)?)(?![\w:]|\s+(?:da|de|e)\b)"
            frase.texto = re.sub(at, rf"\1 da {part}", frase.texto)
    _cut_exact(frase, horas)
    _cut_spoken(frase, horas)
    _cut_bare(frase, horas)
    if not horas.momentos and (vague := frase.has(_VAGUE)) is not None:
        raise Perguntar(Duvida.VAGUE_TIME, vague[0])
    if horas.momentos:
        # "toda madrugada às 3h": the hour says it.
        horas.todo = frase.cut(r"tod[ao]s?\s+(?:as\s+)?(?:manha|tarde|noite|madrugada)s?", Marca.DIAS) is not None
        frase.cut(r"(?:de|da|a|pela)\s+(?:manha|tarde|noite|madrugada)|cedo")
    return horas


def hora_dita(texto: str) -> tuple[int, int]:
    """The one time that is said alone: "8 da noite", "sete e meia", "meio-dia". Raises Perguntar."""
    frase = Frase(texto)
    if re.match(rf"(?:{_AT})?(?:meio[- ]dia|meia[- ]noite)|{_AT}", frase.texto) is None:
        frase.texto = f"as {frase.texto}"
    horas = cut_times(frase)
    if len(horas.momentos) != 1 or frase.left(
        frozenset({"em", "ponto", "por", "favor", "pode", "ser", "hora", "horas"})
    ):
        raise Perguntar(Duvida.NO_TIME)
    return horas.momentos[0]


_INSTEAD = re.compile(
    r"(?:(?:nao|n|opa|ops|alias|melhor|na verdade|digo|errei|pera|e|eh|era|quero|muda|troca|coloca|bota|poe|so que|mas)"
    r"\b[ ,.!:]*)+(?:pr?a?s?\b |para\b )?(?P<rest>.+)"
)
_ONE_HOUR = re.compile(r"(?P<minute>\d{1,2}) (?P<hour>\d{1,2})(?P<days> .+)")
_PART_SAID = re.compile(r"\b(?:manha|madrugada|tarde|noite|am|pm)\b|\b0\d")


def at_another_hour(cron: str, text: str) -> str | None:
    """The expression with the one hour that is said in place of its own ("não, às 4"); None where none is.

    Of one in the afternoon an hour that does not say its part of the day is of the afternoon, too.
    """
    old, said = _ONE_HOUR.fullmatch(cron), _INSTEAD.fullmatch(plain(cleaned(text)).strip(" .!"))
    if old is None or said is None:
        return None
    try:
        hour, minute = hora_dita(said["rest"])
    except Perguntar:
        return None
    if int(old["hour"]) > 12 and 0 < hour < 12 and _PART_SAID.search(said["rest"]) is None:
        hour += 12
    return f"{minute} {hour}{old['days']}"


def _cut_exact(frase: Frase, horas: Horas) -> None:
    while (found := frase.cut(rf"(?:{_AT})?{_EXACT}", Marca.HORAS)) is not None:
        hour, colon, beside, half, part = found.grupos
        horas.momentos.append(_checked(int(hour or 0), int(colon or beside or 0), half or part))


def _cut_spoken(frase: Frase, horas: Horas) -> None:
    while (found := frase.cut(rf"{_AT}{_SPOKEN}", Marca.HORAS)) is not None:
        hour, minute, part = found.grupos
        horas.momentos.append(
            _checked(WORDS[hour or ""], 30 if minute == "meia" else WORDS[minute] if minute else 0, part)
        )


def _cut_bare(frase: Frase, horas: Horas) -> None:
    while (found := frase.cut(rf"{_AT}{_BARE}", Marca.HORAS)) is not None:
        hour, second, part = found.grupos
        if second and second != "meia" and int(second) < 24:
            raise Perguntar(Duvida.AMBIGUOUS_TIME, found.texto)
        horas.momentos.append(_checked(int(hour or 0), 30 if second == "meia" else int(second or 0), part))


def _checked(hour: int, minute: int, part: str | None) -> tuple[int, int]:
    """The hour of the day; "8 da noite" is 20. Raises Perguntar for what no clock shows."""
    fits = {
        "manha": range(1, 12), "am": range(1, 13), "tarde": range(1, 8), "noite": range(6, 12), "pm": range(1, 13),
        "madrugada": range(7),
    }  # fmt: skip
    if part in ("tarde", "noite", "pm") and hour in fits[part] and hour != 12:
        hour += 12
    elif part == "am" and hour == 12:
        hour = 0
    elif part == "tarde" and hour == 12:
        pass
    elif part is not None and hour not in fits[part] and not (part in ("tarde", "noite") and 12 < hour < 24):
        raise Perguntar(Duvida.BAD_TIME, str(hour))
    if hour > 23 or minute > 59:
        raise Perguntar(Duvida.BAD_TIME, f"{hour}:{minute:02}")
    return hour, minute


def as_fields(momentos: list[tuple[int, int]]) -> str:
    """Minute and hour of the expression. Raises Perguntar where one expression cannot say them all."""
    minutes = {minute for _hour, minute in momentos}
    if len(minutes) > 1:
        raise Perguntar(Duvida.TIMES_APART)
    hours = sorted({hour for hour, _minute in momentos})
    return f"{minutes.pop()} {','.join(map(str, hours))}"
