"""What is asked for with RELATORIO and FECHAMENTO: about what, over which days. What is not understood is None."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from core.palavras import folded
from core.testemunha.meses import Mes


class Assunto(StrEnum):
    """What a report is about."""

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
_NAMES = (
    "janeiro", "fevereiro", "marco", "abril", "maio", "junho",
    "julho", "agosto", "setembro", "outubro", "novembro", "dezembro",
)  # fmt: skip
# A year of two digits is one that is no month: 5/11 is a day.
_NUMBERS = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{4}|[2-9]\d|1[3-9])")
_NAMED = re.compile(r"([a-z]{3,9})(?:\s*(?:/|-|de)?\s*(\d{4}|\d{2}))?")
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}))?")


@dataclass(frozen=True, slots=True)
class Periodo:
    """Days of the business zone, both ends in it."""

    inicio: date
    fim: date

    @classmethod
    def of_mes(cls, mes: Mes) -> "Periodo":
        return cls(mes.primeiro_dia, mes.plus(1).primeiro_dia - timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Pedido:
    """A report that was asked for. `mes`: where the days are exactly that month."""

    assunto: Assunto
    periodo: Periodo
    mes: Mes | None = None


def pedido_of(text: str, hoje: date) -> Pedido | None:
    """ "vendas ontem", "atendimentos 10/2026", "11/2026", "logins": this month, where no days are named."""
    first, _, rest = folded(text).partition(" ")
    assunto = _ASSUNTOS.get(first)
    if assunto is None or (assunto is Assunto.FATURAS and first == "mes" and rest):
        assunto, rest = Assunto.FATURAS, folded(text)
    rest = re.sub(r"^(?:de|do|da|em)\s+", "", rest)
    mes = mes_of(rest, hoje) if rest else Mes.of_date(hoje)
    if mes is not None:
        return Pedido(assunto, Periodo.of_mes(mes), mes)
    # Invoices have no days: a processo is of a month.
    periodo = None if assunto is Assunto.FATURAS else _days(rest, hoje)
    return None if periodo is None else Pedido(assunto, periodo)


def mes_of(text: str, hoje: date) -> Mes | None:
    """The month of "11/2026", "11/26", "novembro", "nov 2026", "este mês", "mês passado".

    A name without a year is the newest month of that name that has begun.
    """
    said = folded(text)
    this = Mes.of_date(hoje)
    relative = {"mes": 0, "este mes": 0, "esse mes": 0, "mes atual": 0, "mes passado": -1, "mes anterior": -1}
    if said in relative:
        return this.plus(relative[said])
    if found := _NUMBERS.fullmatch(said):
        return _mes(int(found[1]), found[2])
    named = _NAMED.fullmatch(said)
    place = next((n for n, name in enumerate(_NAMES, 1) if named and named[1] in (name, name[:3])), None)
    if named is None or place is None:
        return None
    if named[2]:
        return _mes(place, named[2])
    return Mes(this.ano if place <= this.mes else this.ano - 1, place)


def _mes(month: int, year: str) -> Mes | None:
    return Mes(int(year) + (2000 if len(year) == 2 else 0), month) if 1 <= month <= 12 and int(year) else None


def _days(said: str, hoje: date) -> Periodo | None:
    since: dict[str, Callable[[], date]] = {
        "hoje": lambda: hoje,
        "semana": lambda: hoje - timedelta(days=6),
        "esta semana": lambda: hoje - timedelta(days=hoje.weekday()),
    }
    if said in since:
        return Periodo(since[said](), hoje)
    if said == "ontem":
        return Periodo(hoje - timedelta(days=1), hoje - timedelta(days=1))
    if said == "semana passada":
        monday = hoje - timedelta(days=hoje.weekday() + 7)
        return Periodo(monday, monday + timedelta(days=6))
    found = _DAY.fullmatch(said)
    try:
        day = date(int(found[3] or hoje.year), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None
    return None if day is None else Periodo(day, day)
