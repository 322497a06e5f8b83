"""Consultores in a database, and what shows that nobody was passed over."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from core.consultor.da_vez import Escolha
from storage.consultor.consultores import NEVER, add_consultor, refresh_rodizio
from storage.transaction import Transaction


async def add(tx: Transaction, nome: str = "Ana", idiomas: str = "pt", **values: Any) -> int:
    """Somebody who takes turns in these languages."""
    row = {"nome": nome, "idiomas": idiomas.split(), "status_online": True, **values}
    consultor_id = await add_consultor(tx, row)
    await refresh_rodizio(tx, consultor_id)
    return consultor_id


def out_of_turn(given: Sequence[tuple[int, int]], consultor_ids: Sequence[int]) -> int:
    """How many of these (protocolo, consultor) were not the turn of who got them.

    All speak the language and none had attended before; the numbers tell the order.
    """
    order = sorted(consultor_ids)
    wrong = 0
    for _, consultor_id in sorted(given):
        wrong += consultor_id != order[0]
        order.remove(consultor_id)
        order.append(consultor_id)
    return wrong


def as_given(chosen: Sequence[Escolha | None]) -> list[tuple[int, int]]:
    return [(one.protocolo_id or 0, one.consultor.id) for one in chosen if one is not None]


def since(row: dict[str, Any]) -> datetime:
    return row["ultimo_atendimento"] or NEVER
