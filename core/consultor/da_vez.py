"""Whose turn it is: the fair order, the choice for many at once, and why it fell on whom it fell.

Longest since the last attendance first, whoever never attended before them, equals by id (contract §4). Nobody is
passed over, however many ask at once: the counter of protocolos is locked before the order is read, one after the
other is chosen from what was read, and all of them are stamped before the lock is given back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from core.consultor.idioma_reserva import Reserva as Reserva
from core.consultor.idioma_reserva import languages_for as languages_for
from core.live import as_timestamp
from storage.consultor.consultores import Consultor, count_in_turns, stamp, turns_and_newest
from storage.consultor.protocolos import issue_protocolos, lock_counter
from storage.transaction import Transaction

# Two attendances never have the same moment, so the order after them is the order in which they were given.
_TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Pedido:
    """Somebody asks who is next.

    `passados`: consultores who are not asked for this one, each with why (they let the card pass, say).
    `explicar`: whether how many stand behind is worth counting.
    """

    idioma: str
    passados: Mapping[int, str] = field(default_factory=dict)
    explicar: bool = False


@dataclass(frozen=True, slots=True)
class Escolha:
    """Whose turn it was, and why.

    `consultor` as they are now, stamped. `idioma` is the language they were in turn for: another than the one asked
    for when nobody spoke that. `antes` is their last attendance before this one. `passados`: who stood before them and
    was not asked, and why. `atras`: how many stand behind, when somebody wanted to know.
    """

    consultor: Consultor
    idioma: str
    pedido: Pedido
    antes: datetime | None
    passados: Mapping[int, str]
    atras: int | None = None
    protocolo_id: int | None = None

    @property
    def moment(self) -> datetime:
        """When it was their turn."""
        assert self.consultor.ultimo_atendimento is not None
        return self.consultor.ultimo_atendimento

    def motivo(self) -> dict[str, Any]:
        """Why it is their turn, ready for JSON."""
        waited = None if self.antes is None else int((self.moment - self.antes).total_seconds())
        return {
            "idioma_pedido": self.pedido.idioma,
            "idioma": self.idioma,
            "ultimo_atendimento": None if self.antes is None else as_timestamp(self.antes),
            "espera_segundos": waited,
            "passados": [{"consultor_id": one, "motivo": why} for one, why in self.passados.items()],
            "atras": self.atras,
        }


def choose(
    filas: Mapping[str, Sequence[Consultor]], pedidos: Sequence[Pedido], reserva: Reserva, first: datetime
) -> list[Escolha | None]:
    """Who is next for each of these, in the order in which they asked; None where there is nobody.

    `filas`: for each language the heads of those in turn, at least as many as there are pedidos and `passados` of one.
    Whoever is chosen goes to the end of every language of theirs, stamped with a moment of their own from `first` on.
    """
    order = {idioma: list(fila) for idioma, fila in filas.items()}
    chosen: list[Escolha | None] = []
    moment = first
    for pedido in pedidos:
        escolha = _next(order, pedido, reserva, moment)
        chosen.append(escolha)
        if escolha is not None:
            _to_the_end(order, escolha.consultor)
            moment += _TICK
    return chosen


def _next(
    order: Mapping[str, Sequence[Consultor]], pedido: Pedido, reserva: Reserva, moment: datetime
) -> Escolha | None:
    before: dict[int, str] = {}
    for idioma in languages_for(pedido.idioma, reserva):
        for consultor in order.get(idioma, ()):
            if (why := pedido.passados.get(consultor.id)) is not None:
                before[consultor.id] = why
                continue
            stamped = replace(consultor, ultimo_atendimento=moment)
            return Escolha(stamped, idioma, pedido, consultor.ultimo_atendimento, before)
    return None


def _to_the_end(order: Mapping[str, list[Consultor]], stamped: Consultor) -> None:
    for idioma in stamped.idiomas:
        fila = order.get(idioma)
        if fila is None:
            continue
        place = next((place for place, one in enumerate(fila) if one.id == stamped.id), None)
        if place is not None:
            del fila[place]
        # Of a language of which only the head was read this is not the end, but behind all that can be asked for.
        fila.append(stamped)


async def next_in_turn(tx: Transaction, pedidos: Sequence[Pedido], reserva: Reserva) -> list[Escolha | None]:
    """Who is next for each of these, stamped; None where nobody takes turns in any language that would do.

    The counter is locked from here to the end of the transaction: everybody else who asks waits. So it is among the
    last things a turn does, after it opened its conversations.
    """
    await lock_counter(tx)
    idiomas = sorted({idioma for pedido in pedidos for idioma in languages_for(pedido.idioma, reserva)})
    depth = len(pedidos) + max(len(pedido.passados) for pedido in pedidos)
    filas, newest = await turns_and_newest(tx.connection, idiomas, depth)
    # Another process's clock may be ahead of ours, or ours was set back: the order is that of the numbers all the same.
    first = tx.now if newest is None else max(tx.now, newest + _TICK)
    chosen = choose(filas, pedidos, reserva, first)
    await stamp(tx, [(one.consultor.id, one.moment) for one in chosen if one is not None])
    return await _with_counts(tx, chosen)


async def attend(tx: Transaction, pedidos: Sequence[Pedido], reserva: Reserva) -> list[Escolha | None]:
    """`next_in_turn`, each with a protocolo of its own; where there is nobody no number is used up."""
    chosen = await next_in_turn(tx, pedidos, reserva)
    found = [one for one in chosen if one is not None]
    ids = await issue_protocolos(tx, [one.consultor.id for one in found], [one.moment for one in found])
    numbered = iter([replace(one, protocolo_id=new) for one, new in zip(found, ids, strict=True)])
    return [None if one is None else next(numbered) for one in chosen]


async def _with_counts(tx: Transaction, chosen: Sequence[Escolha | None]) -> list[Escolha | None]:
    wanted = {one.idioma for one in chosen if one is not None and one.pedido.explicar}
    if not wanted:
        return list(chosen)
    counts = await count_in_turns(tx.connection, sorted(wanted))
    return [
        replace(one, atras=counts[one.idioma] - 1) if one is not None and one.pedido.explicar else one for one in chosen
    ]
