"""Money of invoices: cents inside, decimal text outside; and what is usual for a cliente."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from statistics import median

from core.processo.limites import ProcessoLimits

# Fewer months say nothing about what is usual.
MESES_PARA_USUAL = 3
# What a column of 64 bits and a sane invoice hold.
_MOST = Decimal("1e13")


def cents_of(text: str) -> int:
    """Cents of a decimal written `1234.56`. Raises ValueError for what is none, negative, or finer than a cent."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise ValueError("not a decimal") from None
    if not value.is_finite() or not 0 <= value < _MOST or value != round(value, 2):
        raise ValueError("not an amount of money")
    return int(value * 100)


def text_of(cents: int | None) -> str | None:
    """The decimal text of cents: `1234.56`."""
    return None if cents is None else f"{cents // 100}.{cents % 100:02d}"


def usual(values: Sequence[int]) -> int | None:
    """What a cliente's invoices usually come to: the median of three or more months; None when too few are known."""
    return round(median(values)) if len(values) >= MESES_PARA_USUAL else None


def variation(valor: int | None, usual_value: int | None) -> int | None:
    """How many percent off the usual value; None when one of them is not known."""
    if valor is None or not usual_value:
        return None
    return round((valor - usual_value) * 100 / usual_value)


def is_unusual(valor: int | None, usual_value: int | None, limits: ProcessoLimits) -> bool:
    """Whether it is further off the usual value than the settings let pass."""
    off = variation(valor, usual_value)
    return off is not None and abs(off) > limits.variacao


def approvals_needed(
    valor: int | None, usual_value: int | None, limits: ProcessoLimits, *, diverge: bool = False
) -> int:
    """How many people have to approve: two for a large or unusual amount and when a witness diverges, else one.

    Always one where the operation does not work with two (APROVACAO_DOIS_ACIMA).
    """
    if limits.dois_acima is None:
        return 1
    marked = diverge or is_unusual(valor, usual_value, limits)
    return 2 if marked or (valor is not None and valor >= limits.dois_acima) else 1
