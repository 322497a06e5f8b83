"""What failed for good: events nobody could answer (dead letters), calls that were given up. Listed, done again."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from core.auditoria.auditoria import Autor, registrar
from core.commands.base import write_command
from core.commands.reprocesso import HearAgain, TellUnanswered
from core.reprocesso.avisos import voltar_a_avisar
from core.reprocesso.nomes import error_shown, kind_of_call, kind_of_event
from storage.auditoria.tipos import Ato
from storage.failed_events import dead_letter_count, dead_letters, record_failure
from storage.reprocesso.desistidos import begin_anew, given_up_calls, given_up_count
from storage.transaction import Transaction

# As many are done again at once, and listed where there are no pages.
LIMIT = 200
# 18 digits are a number of 64 bits, whichever they are.
_CALL = re.compile("[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class Pendencia:
    """Something that failed for good.

    `id`: `telegram:123` of an event, `4512` of a call. `o_que`: where from, or what was to be done. `pode`: whether
    what it needs is still there.
    """

    id: str
    quando: datetime
    o_que: str
    erro: str
    pode: bool = True


@dataclass(slots=True)
class Refeitas:
    """Which ids are done again, and which are none of ours, or cannot be; how many more there are than are listed."""

    feitas: list[str] = field(default_factory=list)
    recusadas: list[str] = field(default_factory=list)
    restam: int = 0


async def pendencias(connection: AsyncConnection, limit: int = LIMIT) -> list[Pendencia]:
    """The newest of each kind: events first, then calls."""
    events = [_event(row) for row in await dead_letters(connection, limit)]
    return events + [_call(row) for row in await given_up_calls(connection, limit)]


async def pagina_de(connection: AsyncConnection, skip: int, limit: int) -> tuple[list[Pendencia], int]:
    """So many of them, in that order, and how many there are in all."""
    total = await dead_letter_count(connection) + await given_up_count(connection)
    if skip >= total:
        return [], total
    end = skip + limit
    return (await pendencias(connection, end))[skip:end], total


async def _named(connection: AsyncConnection, ids: Sequence[str]) -> list[Pendencia]:
    """Those of them that failed for good, however many newer ones there are."""
    events = [event_id for _channel, _, event_id in (one.partition(":") for one in ids) if event_id]
    calls = [int(one) for one in ids if _CALL.fullmatch(one)]
    found = [_event(row) for row in await dead_letters(connection, None, events)] if events else []
    return found + ([_call(row) for row in await given_up_calls(connection, None, calls)] if calls else [])


async def contar_falha(tx: Transaction, canal: str, evento: str, erro: str, payload: dict[str, Any] | None) -> bool:
    """An event's turn failed. True: for the last time, and whoever wrote is told."""
    dead = await record_failure(tx, canal, evento, erro, payload)
    if dead:
        await write_command(tx, TellUnanswered(canal, evento))
    return dead


def marca_de(id_: str) -> int:
    """Short enough for a button, which an event's id is not."""
    return int(hashlib.sha256(id_.encode("utf-8", "surrogatepass")).hexdigest()[:15], 16) + 1


async def refazer_marcada(tx: Transaction, marca: int, autor: Autor) -> Refeitas:
    """The one that a button means; nothing when it is done, or was forgotten."""
    wanted = [one.id for one in await pendencias(tx.connection) if marca_de(one.id) == marca]
    return await refazer(tx, wanted, autor)


async def refazer(tx: Transaction, ids: Sequence[str] | None, autor: Autor) -> Refeitas:
    """Do these again, or, without ids, all that can be. Events are heard by a worker, after this turn."""
    found = await pendencias(tx.connection) if ids is None else await _named(tx.connection, ids)
    known = {one.id: one for one in found}
    wanted = list(dict.fromkeys(ids)) if ids is not None else [one.id for one in known.values() if one.pode]
    done = Refeitas()
    calls = [int(one) for one in wanted if _CALL.fullmatch(one) and one in known and known[one].pode]
    again = {str(one) for one in await begin_anew(tx, calls)} if calls else set()
    for one in wanted:
        channel, _, event_id = one.partition(":")
        if one in again:
            done.feitas.append(one)
        elif event_id and one in known and known[one].pode:
            await write_command(tx, HearAgain(channel, event_id))
            done.feitas.append(one)
        else:
            done.recusadas.append(one)
    if ids is None:
        total = await dead_letter_count(tx.connection) + await given_up_count(tx.connection)
        done.restam = max(0, total + len(again) - len(known))
    if done.feitas:
        await voltar_a_avisar(tx, {known[one].o_que for one in done.feitas})
        # Only how many: a channel's id of an event may have a phone in it.
        registrar(tx, Ato.REPROCESSAR, autor, quantos=len(done.feitas))
    return done


def _event(row: Row[tuple[object, ...]]) -> Pendencia:
    """Without its content (a report of a channel) there is nothing to hear again."""
    return Pendencia(
        f"{row.channel}:{row.event_id}",
        row.dead_at,
        kind_of_event(row.channel),
        error_shown(row.error),
        bool(row.payload),
    )


def _call(row: Row[tuple[object, ...]]) -> Pendencia:
    """A secret is wiped when its call is over: it cannot be said again."""
    is_wiped = row.method == "sendMessage" and not row.params.get("text")
    return Pendencia(
        str(row.id), row.done_at, kind_of_call(row.target, row.method), error_shown(row.error), not is_wiped
    )
