"""What is asked for with RELATORIO and FECHAMENTO: about what, and of which month. What is not understood is None."""

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from core.palavras import folded
from core.testemunha.meses import NOMES, RELATIVOS, Mes


class Assunto(StrEnum):
    """What a report may be asked about; that of FATURAS is of a month."""

    FATURAS = "faturas"
    VENDAS = "vendas"
    ATENDIMENTOS = "atendimentos"
    LOGINS = "logins"
    PRESENCA = "presenca"


_ASSUNTOS = {
    **{assunto.value: assunto for assunto in Assunto},
    **dict.fromkeys(("fatura", "processos", "mes"), Assunto.FATURAS),
    "venda": Assunto.VENDAS,
    **dict.fromkeys(("atendimento", "consultores"), Assunto.ATENDIMENTOS),
    **dict.fromkeys(("login", "pool", "acessos"), Assunto.LOGINS),
    "presencas": Assunto.PRESENCA,
}
_OF = re.compile(r"^(?:d[aeo]s?|em)\s+")
# A year of two digits is one that is no month: 5/11 is a day.
_NUMBERS = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{4}|[2-9]\d|1[3-9])")
# "mês de março", "do mês 3": what stands before the month itself.
_MONTH_OF = re.compile(r"^(?:(?:d[aeo]s?|em|no)\s+)?(?:mes\s+de\s+)?(?=\S)")
_YEAR_SAID = re.compile(r"\s+(?:(?:d|de |n)?(?:este|esse) ano|(?:d[eo] |no )?ano (?P<ano>passado))$")
_TOGETHER = re.compile(r"(0[1-9]|1[0-2])(20\d\d)")
_ISO = re.compile(r"(\d{4})\s*[/.\-]\s*(\d{1,2})")
_ALONE = re.compile(r"(?:mes (?:de )?)?(0?[1-9]|1[0-2])")
_NAMED = re.compile(r"([a-z]{3,9})\.?(?:\s*(?:/|-|de)?\s*(\d{4}|\d{2}))?")


@dataclass(frozen=True, slots=True)
class Pedido:
    """A report that was asked for. `resto`: the words that say of when."""

    assunto: Assunto
    mes: Mes | None
    resto: str = field(default="", compare=False)


def pedido_of(text: str, hoje: date) -> Pedido:
    """ "faturas 10/2026", "11/2026", "vendas ontem", "logins": this month, where nothing more is said."""
    said = _OF.sub("", folded(text))
    first, _, rest = said.partition(" ")
    assunto = _ASSUNTOS.get(first)
    if assunto is None or (first == "mes" and rest):
        assunto, rest = Assunto.FATURAS, said
    rest = _OF.sub("", rest)
    return Pedido(assunto, mes_of(rest, hoje) if rest else Mes.of_date(hoje), rest)


_NAMES = re.compile(rf"\b(?:{'|'.join(name for name, one in _ASSUNTOS.items() if one is not Assunto.FATURAS)})\b.*")
_POLITE = re.compile(r"[,!?.]+|\b(?:pra|para) (?:mim|nos)\b|\b(?:por favor|pfv|obrigad[oa]|agora)\b")


def pedido_in(text: str) -> str:
    """The part of a sentence that names a report of the team and its time: "vendas de ontem"; "" where none does."""
    found = _NAMES.search(folded(text))
    return " ".join(_POLITE.sub(" ", found[0]).split()) if found else ""


def mes_of(text: str, hoje: date) -> Mes | None:
    """The month of "11/2026", "11/26", "2026-11", "novembro", "nov 2026", "11", "este mês", "mês passado",
    "março do ano passado".

    Without a year it is the newest month of that name or number that has begun.
    """
    said = _MONTH_OF.sub("", folded(text).rstrip(".,!?"))
    this = Mes.of_date(hoje)
    if found := _YEAR_SAID.search(said):
        said = f"{said[: found.start()]} {hoje.year - (found['ano'] == 'passado')}"
    if said in RELATIVOS:
        return this.plus(RELATIVOS[said])
    if found := _NUMBERS.fullmatch(said) or _TOGETHER.fullmatch(said):
        return _mes(int(found[1]), found[2])
    if found := _ISO.fullmatch(said):
        return _mes(int(found[2]), found[1])
    if found := _ALONE.fullmatch(said):
        return _newest(int(found[1]), this)
    named = _NAMED.fullmatch(said)
    place = next((n for n, name in enumerate(NOMES, 1) if named and named[1] in (name, name[:3])), None)
    if named is None or place is None:
        return None
    if named[2]:
        return _mes(place, named[2])
    return _newest(place, this)


def _newest(month: int, this: Mes) -> Mes:
    return Mes(this.ano if month <= this.mes else this.ano - 1, month)


def _mes(month: int, year: str) -> Mes | None:
    whole = int(year) + (2000 if len(year) == 2 else 0)
    # A slip of the year is no month: of another century there are no bills.
    return Mes(whole, month) if 1 <= month <= 12 and 2000 <= whole <= 2099 else None
