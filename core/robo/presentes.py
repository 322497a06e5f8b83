"""Whom a robot's question is put to: whoever asked for the download, then operators who are there."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from core.direitos.direitos import QUEM, Direito
from storage.presenca.status import StatusPresenca
from storage.robo.presentes import Presente, reachable_of
from storage.transaction import Transaction

# Whoever never said whether they are there is, for so long after they wrote.
CONVERSA_RECENTE = timedelta(minutes=30)
MAY_ANSWER = tuple(sorted(QUEM[Direito.RESPONDER_AO_ROBO]))


async def next_to_ask(tx: Transaction, starter: UUID | None, asked: list[str]) -> UUID | None:
    """Who is asked next; nobody, when nobody else is there."""
    people = await reachable_of(tx.connection, MAY_ANSWER, asked)
    return next(iter(in_order(people, starter, tx.now)), None)


def in_order(people: Iterable[Presente], starter: UUID | None, now: datetime) -> list[UUID]:
    """Those who are there: who asked for it, wherever they did; those who say that they are online; who wrote last."""
    there = [one for one in people if is_there(one, now) or (one.usuario_id == starter and one.status is None)]
    there.sort(key=lambda one: (one.usuario_id != starter, one.status != StatusPresenca.ONLINE))
    return [one.usuario_id for one in there]


def is_there(one: Presente, now: datetime) -> bool:
    """What somebody chose to be counts; of whoever chose nothing, when they last wrote."""
    if one.status is not None:
        return one.status == StatusPresenca.ONLINE
    return one.falou_em is not None and now - one.falou_em <= CONVERSA_RECENTE
