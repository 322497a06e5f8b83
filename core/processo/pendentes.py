"""What waits for approvers, in the order of what it would cost to be late."""

from collections.abc import Sequence
from datetime import date

from storage.processo.processos import Processo

# Further away than this all are equally far.
_HORIZON = 60


def in_order(several: Sequence[Processo], today: date) -> list[Processo]:
    """The most urgent first: little time and much money. Without a value or a due date nobody can say: last."""
    return sorted(several, key=lambda processo: (-_urgency(processo, today), processo.id))


def _urgency(processo: Processo, today: date) -> float:
    """The value, the more the nearer its due date; what is overdue counts more with every day."""
    if processo.data_vencimento is None or processo.valor_centavos is None:
        return -1.0
    days = (processo.data_vencimento - today).days
    return processo.valor_centavos * max(_HORIZON - days, 1.0)
