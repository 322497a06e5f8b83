"""What waits for approvers, in the order of what it would cost to be late."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from core.exame.guardado import agrees
from core.processo.limites import ProcessoLimits
from core.processo.valores import is_unusual, usual
from storage.exame.exames import Guardado, exames_of
from storage.processo.processos import Processo, values_before_each

# Further away than this all are equally far.
_HORIZON = 60


def in_order(several: Sequence[Processo], today: date) -> list[Processo]:
    """The most urgent first: little time and much money. Without a value or a due date nobody can say: last."""
    return sorted(several, key=lambda processo: (-_urgency(processo, today), processo.id))


async def aprovaveis_juntas(
    connection: AsyncConnection, several: Sequence[Processo], limits: ProcessoLimits
) -> frozenset[UUID]:
    """Ids of those that may be approved together with others, with one confirmation.

    All their witnesses agree, they say what the processo says, and its value is near this cliente's usual one.
    """
    kept = await exames_of(connection, [one.documento_id for one in several if one.documento_id is not None])
    before = await values_before_each(connection, [one.id for one in several])
    return frozenset(
        one.id
        for one in several
        if one.documento_id is not None
        and one.documento_id in kept
        and _holds(one, kept[one.documento_id])
        and not is_unusual(one.valor_centavos, usual(before.get(one.id, ())), limits)
    )


def _holds(processo: Processo, kept: Guardado) -> bool:
    """Whether the witnesses agree on what the processo says; a due date that none of them has is nobody's word."""
    same = processo.valor_centavos == kept.valor_centavos and processo.data_vencimento == kept.data_vencimento
    return same and agrees(kept)


def _urgency(processo: Processo, today: date) -> float:
    """The value, the more the nearer its due date; what is overdue counts more with every day."""
    if processo.data_vencimento is None or processo.valor_centavos is None:
        return -1.0
    days = (processo.data_vencimento - today).days
    return processo.valor_centavos * max(_HORIZON - days, 1.0)
