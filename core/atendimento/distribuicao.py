"""The queue of customers: whom the next one is offered to, and what those who wait are told.

A consultor is asked who is online and can be reached, has room for one more, looks at no other card, and has not let
this customer pass just now. Whoever left a card without an answer is not asked again before they give a sign of life;
their place in the turn stays theirs, because only an accepted customer counts as an attendance.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from redis.asyncio import Redis
from sqlalchemy.ext.asyncio import AsyncConnection

from core.consultor.da_vez import Reserva, languages_for
from core.presenca.presenca import PresenceLimits, effective, is_available
from storage.atendimento.atendimentos import (
    Atendimento,
    attended,
    chats_of,
    counts_by_consultor,
    waiting,
    waiting_of_each,
)
from storage.atendimento.ofertas import Deixados, asked_now, last_unanswered, who_let_pass
from storage.consultor.consultores import Consultor, consultores_by_ids, in_turns
from storage.presenca.presenca import Presenca, presencas_of
from storage.presenca.sinais import UNAVAILABLE, Signs, read_signs
from storage.presenca.status import StatusPresenca
from storage.servico.servico import serving

# Whoever passes a customer on is not asked about the same one again for so long.
PASS_REST = timedelta(minutes=5)
# So many customers of each language are looked at in one go, and so many consultores of each language.
HEAD = 20
TURNS = 50


@dataclass(frozen=True, slots=True)
class AtendimentoLimits:
    """`aceite`: so long a card waits for its answer. `graca`: so long a lost consultor keeps their customers.
    `por_consultor`: so many customers one consultor has at most. `reserva`: languages to try when nobody speaks one.
    """

    aceite: timedelta
    graca: timedelta
    por_consultor: int
    reserva: Reserva

    def languages_for(self, idioma: str) -> list[str]:
        """The customer's language, then those that stand in for it."""
        return languages_for(idioma, self.reserva)


@dataclass(frozen=True, slots=True)
class Par:
    """This customer is offered to this consultor, in that chat of theirs."""

    atendimento: Atendimento
    consultor: Consultor
    contato_id: int


async def next_offers(
    connection: AsyncConnection, redis: Redis, now: datetime, limits: AtendimentoLimits, presence: PresenceLimits
) -> list[Par]:
    """Who is to be asked about whom now, oldest customer first. Nothing is locked: who acts on it looks again."""
    customers = await waiting(connection, HEAD)
    if not customers:
        return []
    if len(customers) == HEAD:
        # All of them may wait for a language that nobody speaks now: who comes after them does not.
        customers = await waiting_of_each(connection, HEAD)
    idiomas = sorted({idioma for one in customers for idioma in limits.languages_for(one.idioma)})
    turns = await in_turns(connection, idiomas, TURNS)
    named = {one.destinado_a for one in customers if one.destinado_a is not None}
    known = await consultores_by_ids(connection, named) if named else {}
    known.update({one.id: one for turn in turns.values() for one in turn})
    chats = await askable(connection, redis, list(known.values()), now, limits, presence)
    deixados = await who_let_pass(connection, [one.id for one in customers], now - PASS_REST)
    return pair(customers, turns, known, chats, deixados, limits, now)


def pair(
    customers: Sequence[Atendimento],
    turns: Mapping[str, Sequence[Consultor]],
    known: Mapping[int, Consultor],
    chats: Mapping[int, int],
    deixados: Deixados,
    limits: AtendimentoLimits,
    now: datetime,
) -> list[Par]:
    """The pairs, oldest customer first; each consultor in one of them at most. `chats`: who may be asked, and where."""
    pairs: list[Par] = []
    taken: set[int] = set()
    for customer in customers:
        askable_now = [one for one in _in_order(customer, turns, known, limits, now) if one.id in chats]
        free = _rested(customer, [one for one in askable_now if one.id not in taken], deixados)
        if free:
            taken.add(free[0].id)
            pairs.append(Par(customer, free[0], chats[free[0].id]))
    return pairs


def _rested(customer: Atendimento, consultores: Sequence[Consultor], deixados: Deixados) -> list[Consultor]:
    """Those who have not let this customer pass just now; else who left the card lying, and is there again.

    Whoever passes is not the one who is meant any more: who is meant now may have passed before that.
    """
    willing = [
        one for one in consultores if (customer.id, one.id) not in deixados.passados or one.id == customer.destinado_a
    ]
    first = [
        one for one in willing if (customer.id, one.id) not in deixados.sem_resposta or one.id == customer.destinado_a
    ]
    return first or willing


def _in_order(
    customer: Atendimento,
    turns: Mapping[str, Sequence[Consultor]],
    known: Mapping[int, Consultor],
    limits: AtendimentoLimits,
    now: datetime,
) -> Sequence[Consultor]:
    """Whom to try for this customer. One who was named is waited for as long as two cards last."""
    named = known.get(customer.destinado_a) if customer.destinado_a is not None else None
    if named is not None and now - customer.na_fila_desde <= 2 * limits.aceite:
        return [named]
    return [consultor for idioma in limits.languages_for(customer.idioma) for consultor in turns[idioma]]


async def askable(
    connection: AsyncConnection,
    redis: Redis,
    consultores: Sequence[Consultor],
    now: datetime,
    limits: AtendimentoLimits,
    presence: PresenceLimits,
) -> dict[int, int]:
    """Those of these who may be shown a card now, and in which chat."""
    who = await serving(connection, [one.id for one in consultores])
    people = {one.usuario_id: one.id for one in consultores if one.usuario_id is not None and one.id in who}
    ids = list(people.values())
    if not ids:
        return {}
    presencas = await presencas_of(connection, list(people))
    signs = await _signs(redis, list(presencas), now)
    online = [
        usuario_id
        for usuario_id, presenca in presencas.items()
        if is_available(effective(presenca, signs.get(usuario_id), now, presence).status)
    ]
    chats = await chats_of(connection, online)
    asked, ignored = await asked_now(connection, ids), await last_unanswered(connection, ids)
    counts = await counts_by_consultor(connection, ids)
    return {
        people[usuario_id]: contato_id
        for usuario_id, contato_id in chats.items()
        if people[usuario_id] not in asked
        and counts.get(people[usuario_id], 0) < limits.por_consultor
        and not _still_silent(signs.get(usuario_id), ignored.get(people[usuario_id]))
    }


async def anyone_has_room(
    connection: AsyncConnection, turns: Mapping[str, Sequence[Consultor]], limits: AtendimentoLimits
) -> bool:
    """Whether one of these may take one more customer."""
    ids = {one.id for turn in turns.values() for one in turn}
    counts = await counts_by_consultor(connection, list(ids))
    return any(counts.get(one, 0) < limits.por_consultor for one in ids)


def _still_silent(signs: Signs | None, ignored: datetime | None) -> bool:
    """Whether somebody who left a card without an answer has given no sign of life in chat since then."""
    if ignored is None:
        return False
    return signs is None or signs.chat is None or signs.chat <= ignored


async def _signs(redis: Redis, usuario_ids: Sequence[UUID], now: datetime) -> Mapping[UUID, Signs]:
    """Their signs of life; nothing while Redis is away."""
    try:
        return await read_signs(redis, usuario_ids, now)
    except UNAVAILABLE:
        return {}


async def lost_and_found(
    connection: AsyncConnection, redis: Redis, now: datetime, presence: PresenceLimits, limit: int
) -> tuple[list[Atendimento], list[Atendimento]]:
    """Attended customers whose consultor cannot be reached and of whom that is news; and those whose is back."""
    customers = await attended(connection, limit)
    consultores = await consultores_by_ids(connection, {one.consultor_id for one in customers if one.consultor_id})
    people = [one.usuario_id for one in consultores.values() if one.usuario_id is not None]
    presencas = await presencas_of(connection, people)
    try:
        signs = await read_signs(redis, list(presencas), now)
    except UNAVAILABLE:
        # Nobody is taken for lost because we do not know.
        return [], []
    gone = {
        one.id
        for one in consultores.values()
        if one.usuario_id is None or is_lost(presencas.get(one.usuario_id), signs.get(one.usuario_id), now, presence)
    }
    lost = [one for one in customers if one.consultor_id in gone and one.consultor_sumiu_em is None]
    found = [one for one in customers if one.consultor_id not in gone and one.consultor_sumiu_em is not None]
    return lost, found


def is_lost(presenca: Presenca | None, signs: Signs | None, now: datetime, presence: PresenceLimits) -> bool:
    """Whether whoever has customers is gone: offline, or away without having said so."""
    if presenca is None:
        return True
    status = effective(presenca, signs, now, presence).status
    return status is StatusPresenca.OFFLINE or (
        status is StatusPresenca.AWAY and presenca.status != StatusPresenca.AWAY
    )


def estimate(position: int, accepted: Sequence[datetime], now: datetime) -> timedelta | None:
    """How long somebody at this place may have to wait, as fast as the queue moved lately; None when nobody can say.

    `accepted`: when the last customers were accepted, newest first. The time since the newest one counts too, so the
    answer grows while nothing moves.
    """
    recent = [moment for moment in accepted if now - moment <= timedelta(hours=2)]
    if len(recent) < 3:
        return None
    return position * (now - recent[-1]) / len(recent)
