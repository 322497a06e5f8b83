"""How a presence changes: by choice, by the clock, by signs of life. The rules are in core/presenca/presenca.py.

A presence is locked, judged and changed in one turn, so any number of processes may try: what `announced` says decides
who is first. A turn that speaks to somebody opens the conversation before it locks the presence.
"""

import asyncio
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from redis.asyncio import Redis
from sqlalchemy.ext.asyncio import AsyncConnection

from core.commands.atendimento import HandOut, PassCard
from core.commands.base import write_command
from core.commands.presenca import FollowUpPresenca, Motivo
from core.live import Assunto, Audience, as_timestamp, publish
from core.presenca.horarios import return_time
from core.presenca.presenca import MESSAGE_LIMIT, Estado, PresenceLimits, effective, is_available, should_be_asked
from storage.atendimento.ofertas import shown_to
from storage.consultor.consultores import set_online
from storage.presenca import presenca as rows
from storage.presenca.presenca import Presenca
from storage.presenca.sinais import (
    UNAVAILABLE,
    Kind,
    Signs,
    drop_silent,
    forget_sign,
    forget_sockets,
    note_signs,
    read_signs,
    watch,
)
from storage.presenca.status import StatusPresenca, Via
from storage.transaction import Kept, Transaction

# A sign of life in chat is not worth more of a turn's time than this.
SIGN_SECONDS = 0.5

# Whose sign of life was noted in this turn.
_noted: Kept[set[UUID]] = Kept(set)
# What shows that somebody who chose that way is still there; of another system nothing is awaited.
_KINDS = {Via.API: Kind.HEARTBEAT, Via.CHAT: Kind.CHAT}


async def choose(
    tx: Transaction, usuario_id: UUID, status: StatusPresenca, message: str, via: Via, *, zone: ZoneInfo
) -> Presenca:
    """Somebody says what they are. A time in the message of BUSY or AWAY brings them back by itself."""
    before = await rows.lock_presenca(tx, usuario_id)
    message = message.strip()[:MESSAGE_LIMIT].rstrip()
    told = StatusPresenca.OFFLINE if before is None else StatusPresenca(before.announced)
    since = before.status_changed_at if before is not None and status is told else tx.now
    chosen = Presenca(
        usuario_id=usuario_id,
        status=status,
        status_message=message or None,
        via=via,
        returns_at=return_time(message, tx.now, zone) if status in (StatusPresenca.BUSY, StatusPresenca.AWAY) else None,
        asked_at=None,
        last_heartbeat=None if before is None else before.last_heartbeat,
        announced=status,
        status_changed_at=since,
    )
    await rows.save_chosen(tx, chosen)
    if via in _KINDS:
        with suppress(*UNAVAILABLE):
            await note_signs(tx.redis, _KINDS[via], [usuario_id], tx.now)
    if status is not told or (before is not None and chosen.status_message != before.status_message):
        await _tell(tx, usuario_id, Estado(status, tx.now, message), via)
    return chosen


async def note_chat_signs(tx: Transaction, usuario_ids: Collection[UUID]) -> None:
    """These attendants said or tapped something. Without Redis it goes unnoticed, and nobody waits for it."""
    wanted = set(usuario_ids) - _noted.of(tx)
    if not wanted:
        return
    _noted.of(tx).update(wanted)
    try:
        async with asyncio.timeout(SIGN_SECONDS):
            first = await note_signs(tx.redis, Kind.CHAT, wanted, tx.now)
    except (*UNAVAILABLE, TimeoutError):
        return
    for usuario_id in first:
        tx.undo.append(partial(forget_sign, tx.redis, Kind.CHAT, usuario_id))
        await _follow_up(tx, usuario_id, Motivo.SINAL)


async def answer_question(tx: Transaction, usuario_id: UUID, at: datetime, limits: PresenceLimits) -> Estado | None:
    """Somebody who may have been asked was here at that moment; what they are again, or None when that is no news."""
    presenca = await rows.lock_presenca(tx, usuario_id)
    if presenca is None or presenca.asked_at is None or at <= presenca.asked_at:
        return None
    await rows.change_presenca(tx, usuario_id, asked_at=None)
    estado = effective(replace(presenca, asked_at=None), Signs(chat=at), tx.now, limits)
    return estado if await _announce(tx, presenca, estado, Via.SINAL) else None


async def announce_back(tx: Transaction, usuario_id: UUID, limits: PresenceLimits) -> bool:
    """The first heartbeat after a silence: what was chosen in the app holds again."""
    presenca = await rows.lock_presenca(tx, usuario_id)
    if presenca is None or presenca.via != Via.API:
        return False
    estado = effective(presenca, Signs(heartbeat=tx.now), tx.now, limits)
    return await _announce(tx, presenca, estado, Via.SINAL)


async def announce_gone(tx: Transaction, usuario_ids: Sequence[UUID], before: datetime, limits: PresenceLimits) -> int:
    """Tell that these people's apps are silent since before that moment; of how many it was news."""
    locked = await rows.lock_presencas(tx, usuario_ids)
    silent = await _drop(tx, Kind.HEARTBEAT, usuario_ids, before)
    told = 0
    for presenca in locked:
        last = silent.get(presenca.usuario_id)
        if last is None:
            continue
        estado = effective(presenca, Signs(heartbeat=last), tx.now, limits)
        if presenca.via == Via.API and await _announce(tx, presenca, estado, Via.SEM_HEARTBEAT, last_heartbeat=last):
            told += 1
        else:
            await rows.change_presenca(tx, presenca.usuario_id, last_heartbeat=last)
    return told


async def ask_silent(tx: Transaction, usuario_ids: Sequence[UUID], before: datetime) -> int:
    """Ask those who have said nothing since before that moment whether they are still there; how many."""
    locked = await rows.lock_presencas(tx, usuario_ids)
    silent = await _drop(tx, Kind.CHAT, usuario_ids, before)
    asked = [one for one in locked if one.usuario_id in silent and should_be_asked(one)]
    for presenca in asked:
        await rows.change_presenca(tx, presenca.usuario_id, asked_at=tx.now)
        await _follow_up(tx, presenca.usuario_id, Motivo.PERGUNTAR)
    return len(asked)


async def set_away(tx: Transaction, usuario_ids: Sequence[UUID], limits: PresenceLimits) -> int:
    """Tell that these people did not answer; of how many it was news. Whoever gave a sign meanwhile has answered."""
    locked = await rows.lock_presencas(tx, usuario_ids)
    signs = await read_signs(tx.redis, usuario_ids, tx.now)
    told = 0
    for presenca in locked:
        estado = effective(presenca, signs[presenca.usuario_id], tx.now, limits)
        if estado.status is not StatusPresenca.AWAY:
            await rows.change_presenca(tx, presenca.usuario_id, asked_at=None)
        elif await _announce(tx, presenca, estado, Via.SILENCIO):
            await _follow_up(tx, presenca.usuario_id, Motivo.AUSENTE)
            told += 1
    return told


async def bring_back(tx: Transaction, usuario_ids: Sequence[UUID], limits: PresenceLimits) -> int:
    """Whose time has come is online again; how many. Whoever chose in chat is told there, an app by the event."""
    locked = [one for one in await rows.lock_presencas(tx, usuario_ids) if _is_due(one, tx.now)]
    signs = await read_signs(tx.redis, [one.usuario_id for one in locked], tx.now)
    for presenca in locked:
        back = {"status": StatusPresenca.ONLINE, "status_message": None, "returns_at": None}
        await rows.change_presenca(tx, presenca.usuario_id, **back)
        estado = effective(presenca, signs[presenca.usuario_id], tx.now, limits)
        await _announce(tx, presenca, estado, Via.HORARIO)
        if presenca.via == Via.CHAT:
            # From here on their silence counts.
            await note_signs(tx.redis, Kind.CHAT, [presenca.usuario_id], tx.now)
            await _follow_up(tx, presenca.usuario_id, Motivo.DE_VOLTA)
    return len(locked)


async def keep_watch(connection: AsyncConnection, redis: Redis, now: datetime) -> None:
    """Whoever is said to be here is among those whose silence is noticed, although Redis may have lost them."""
    await forget_sockets(redis, now)
    for via, kind in _KINDS.items():
        await watch(redis, kind, dict.fromkeys(await rows.to_be_watched(connection, via), now))


def _is_due(presenca: Presenca, now: datetime) -> bool:
    return presenca.returns_at is not None and presenca.returns_at <= now


async def _drop(tx: Transaction, kind: Kind, usuario_ids: Sequence[UUID], before: datetime) -> dict[UUID, datetime]:
    silent = await drop_silent(tx.redis, kind, usuario_ids, before)
    tx.undo.append(partial(watch, tx.redis, kind, silent))
    return silent


async def _announce(tx: Transaction, presenca: Presenca, estado: Estado, via: Via, **also: Any) -> bool:
    """Tell what a person is now, once: False when it was told before. The presence is locked in this turn.

    `also`: facts to change with it.
    """
    if presenca.announced == estado.status:
        return False
    told = {"announced": estado.status, "status_changed_at": estado.since}
    await rows.change_presenca(tx, presenca.usuario_id, **told, **also)
    await _tell(tx, presenca.usuario_id, estado, via)
    return True


async def _tell(tx: Transaction, usuario_id: UUID, estado: Estado, via: Via) -> None:
    await rows.add_change(tx, usuario_id, estado.status, estado.message or None, via, estado.since)
    # Whoever is told to be online takes turns, and nobody else.
    await set_online(tx, usuario_id, is_available(estado.status))
    if is_available(estado.status):
        await write_command(tx, HandOut())
    else:
        for oferta_id in await shown_to(tx.connection, usuario_id):
            await write_command(tx, PassCard(oferta_id))
    data = {
        "agent_id": str(usuario_id),
        "status": estado.status,
        "message": estado.message,
        "timestamp": as_timestamp(estado.since),
    }
    audience = Audience.of(Assunto.PRESENCA, usuario_id)
    await publish(tx, "agent_presence_changed", data, audience=audience, lane=f"live:presenca:{usuario_id}")


async def _follow_up(tx: Transaction, usuario_id: UUID, motivo: Motivo) -> None:
    await write_command(tx, FollowUpPresenca(usuario_id, motivo, tx.now))
