"""When a cliente's invoice usually comes, and whether one that has not come should be here by now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from uuid import UUID

from core.processo.valores import usual
from core.testemunha.meses import Mes

# Fewer months say nothing about what is usual; older ones say nothing about today.
MESES = 3
LEMBRADOS = 6
# How late an invoice may be before anybody is told: at least, and however much it varied before, at most.
FOLGA, FOLGA_MAXIMA = 2, 7


@dataclass(frozen=True, slots=True)
class Chegada:
    """An invoice that came: of which month, on which business day, what it came to in cents."""

    mes: Mes
    dia: date
    valor_centavos: int | None


@dataclass(frozen=True, slots=True)
class Falta:
    """One that should be here. `esperada`: the day on which it usually comes; `valor_centavos`: what it usually is."""

    processo_id: UUID
    esperada: date
    valor_centavos: int | None


def esperada(mes: Mes, chegadas: Sequence[Chegada]) -> tuple[date, date] | None:
    """The day on which the invoice of this month usually comes, and from which on it is missing.

    The median, counted from the first of its month, of the last months; None when too few are known.
    """
    newest = sorted(chegadas, key=lambda one: one.mes, reverse=True)[:LEMBRADOS]
    if len(newest) < MESES:
        return None
    days = [(one.dia - one.mes.primeiro_dia).days for one in newest]
    middle = round(median(days))
    slack = min(max(max(days) - middle, FOLGA), FOLGA_MAXIMA)
    usual_day = mes.primeiro_dia + timedelta(days=middle)
    return usual_day, usual_day + timedelta(days=slack + 1)


def falta(processo_id: UUID, mes: Mes, chegadas: Sequence[Chegada], today: date) -> Falta | None:
    """What is missing today, with the value at risk; None for what may still come in its time, or nobody knows."""
    found = esperada(mes, chegadas)
    if found is None or today < found[1]:
        return None
    values = [one.valor_centavos for one in chegadas if one.valor_centavos is not None]
    return Falta(processo_id, found[0], usual(values))
