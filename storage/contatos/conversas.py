"""Conversations: marking what was heard, locking the Contato it came from, and writing back what the turn changed."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ARRAY,
    CTE,
    BindParameter,
    Row,
    Select,
    Text,
    any_,
    bindparam,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.contatos.contatos import ASKED_AT, ASKED_BY, CONTATO_COLUMNS, ERASED, PESSOA_COLUMNS, Contato, pessoa_of
from storage.engines.prepared import ForMany, Prepared
from storage.tables import contatos, events, outbox, outbox_ids, usuarios
from storage.transaction import Kept, Transaction
from storage.types import Json

# The conversations opened, and so locked, in this turn, by Contato id.
_opened_ones: Kept[dict[int, Contato]] = Kept(dict)

_NAMES = [column.name for column in CONTATO_COLUMNS]
_JOINED = contatos.outerjoin(usuarios, usuarios.c.id == contatos.c.usuario_id)

# The first id of a block nobody else holds. On SQLite the write lock makes the newest id enough.
_ID_SQLITE = select(func.coalesce(func.max(outbox.c.id), 0) + 1).scalar_subquery()
_ID_POSTGRES = outbox_ids.next_value()

_MARK_VALUES = {
    "channel": bindparam("b_channel"),
    "event_id": bindparam("b_event_id"),
    "received_at": bindparam("b_now", type_=events.c.received_at.type),
}
_MARK_SQLITE = sqlite.insert(events).values(_MARK_VALUES).on_conflict_do_nothing()
_MARK_POSTGRES = postgresql.insert(events).values(_MARK_VALUES).on_conflict_do_nothing()
_FRESH = _MARK_POSTGRES.returning(literal(1).label("one")).cte("mark")
_NOTHING = select(literal(1).label("one")).subquery("nothing")


def _contato_select(first_id: Any) -> Select[Any]:
    return select(first_id.label("first_id"), *CONTATO_COLUMNS, *PESSOA_COLUMNS).select_from(_JOINED)


_BY_EXTERNAL = (contatos.c.channel == bindparam("b_channel")) & (contatos.c.external_id == bindparam("b_external"))
_OTHER_IDS: BindParameter[str] = bindparam("b_others", expanding=True)
_BY_OTHER = (contatos.c.channel == bindparam("b_channel")) & or_(
    contatos.c.external_id.in_(_OTHER_IDS), contatos.c.scoped_id.in_(_OTHER_IDS)
)
_BY_ID = contatos.c.id == bindparam("b_id")
_WHOLE = select(*CONTATO_COLUMNS, contatos.c.usuario_id)


def _locked(found: Select[Any]) -> CTE:
    """Turns of one conversation wait for each other here. What is selected beside it is read after the wait."""
    return found.with_for_update(key_share=True).cte("person")


def _locked_select(found: Select[Any]) -> Select[Any]:
    # A plain `SELECT nextval(…) … FOR UPDATE` takes the number before it waits, and a later turn gets the lower one.
    person = _locked(found)
    columns = (person.c[column.name] for column in CONTATO_COLUMNS)
    joined = person.outerjoin(usuarios, usuarios.c.id == person.c.usuario_id)
    return select(_ID_POSTGRES.label("first_id"), *columns, *PESSOA_COLUMNS).select_from(joined)


# PostgreSQL marks the event and locks and reads the conversation in one round trip; always one row.
_PERSON = _locked(_WHOLE.where(_BY_EXTERNAL))
_OPEN_POSTGRES = Prepared(
    select(
        _ID_POSTGRES.label("first_id"),
        exists(_FRESH.select()).label("fresh"),
        *(_PERSON.c[column.name] for column in CONTATO_COLUMNS),
        *PESSOA_COLUMNS,
    ).select_from(_NOTHING.outerjoin(_PERSON, true()).outerjoin(usuarios, usuarios.c.id == _PERSON.c.usuario_id))
)
_FIND = {
    "sqlite": {
        "external": _contato_select(_ID_SQLITE).where(_BY_EXTERNAL),
        "other": _contato_select(_ID_SQLITE).where(_BY_OTHER).order_by(contatos.c.id).limit(1),
        "id": _contato_select(_ID_SQLITE).where(_BY_ID),
    },
    "postgresql": {
        "external": _locked_select(_WHOLE.where(_BY_EXTERNAL)),
        "other": _locked_select(_WHOLE.where(_BY_OTHER).order_by(contatos.c.id).limit(1)),
        "id": _locked_select(_WHOLE.where(_BY_ID)),
    },
}


async def mark_event(tx: Transaction, channel: str, event_id: str) -> bool:
    """Write down that this event is being handled; False when it already was."""
    mark = _MARK_POSTGRES if tx.dialect == "postgresql" else _MARK_SQLITE
    return await tx.changed(mark, {"b_channel": channel, "b_event_id": event_id, "b_now": tx.now})


async def unmark_event(tx: Transaction, channel: str, event_id: str) -> None:
    """It comes once more: forget that it was being handled."""
    await tx.execute(events.delete().where(events.c.channel == channel, events.c.event_id == event_id))


async def is_marked(connection: AsyncConnection, channel: str, event_id: str) -> bool:
    """Whether it was written down that this event is being handled."""
    where = events.c.channel == channel, events.c.event_id == event_id
    return await connection.scalar(select(events.c.channel).where(*where)) is not None


async def hear_from(tx: Transaction, channel: str, external_id: str, event_id: str) -> tuple[bool, Contato | None]:
    """Mark the event and open the conversation it belongs to: (is it new, the Contato or None when unknown).

    When the event is a repeat the Contato is not to be used.
    """
    params = {"b_channel": channel, "b_external": external_id, "b_event_id": event_id, "b_now": tx.now}
    if tx.dialect == "postgresql":
        (row,) = await _OPEN_POSTGRES.rows(tx.connection, params)
        fresh = bool(row.fresh)
        tx.take_ids([row.first_id])
        found = None if row.id is None else _opened(tx, row)
    else:
        fresh = await mark_event(tx, channel, event_id)
        found = await _find(tx, "external", params) if fresh else None
    return fresh, found


async def contato_by_other_ids(tx: Transaction, channel: str, ids: Sequence[str]) -> Contato | None:
    """The conversation of somebody whom the channel has named by one of these ids before, locked."""
    return await _find(tx, "other", {"b_channel": channel, "b_others": list(ids)})


# The same for many conversations of one channel. Marked and locked in one order, so that two processes cannot wait for
# each other.
_IDS = bindparam("b_event_ids", type_=ARRAY(Text))
_EXTERNALS = bindparam("b_externals", type_=ARRAY(Text))
_MARKED = ["channel", "event_id", "received_at"]
_CHANNEL = bindparam("b_channel", type_=Text)
_NOW = bindparam("b_now", type_=events.c.received_at.type)
_GIVEN = func.unnest(_IDS, _EXTERNALS).table_valued("event_id", "external_id", name="given").render_derived()
_MARKS = (
    postgresql.insert(events)
    .from_select(_MARKED, select(_CHANNEL, func.unnest(_IDS), _NOW))
    .on_conflict_do_nothing()
    .returning(events.c.event_id)
    .cte("marks")
)
_PEOPLE = (
    select(*CONTATO_COLUMNS, contatos.c.usuario_id)
    .where(contatos.c.channel == _CHANNEL, contatos.c.external_id == any_(_EXTERNALS))
    .order_by(contatos.c.id)
    .with_for_update(key_share=True)
    .cte("people")
)
# Counting them waits until the last of them is locked, so these numbers are above all that their lanes have.
_HOW_MANY = select(func.count()).select_from(_PEOPLE).scalar_subquery()
_BLOCKS = (
    select(func.array_agg(_ID_POSTGRES)).select_from(func.generate_series(0, _HOW_MANY.op("/")(literal_column("4"))))
).scalar_subquery()
# PostgreSQL does it in one round trip: a row for each event.
_HEAR_POSTGRES = Prepared(
    select(
        _GIVEN.c.event_id.label("given_id"),
        _MARKS.c.event_id.is_not(None).label("fresh"),
        _BLOCKS.label("first_ids"),
        *(_PEOPLE.c[column.name] for column in CONTATO_COLUMNS),
        *PESSOA_COLUMNS,
    ).select_from(
        _GIVEN.outerjoin(_MARKS, _MARKS.c.event_id == _GIVEN.c.event_id)
        .outerjoin(_PEOPLE, _PEOPLE.c.external_id == _GIVEN.c.external_id)
        .outerjoin(usuarios, usuarios.c.id == _PEOPLE.c.usuario_id)
    )
)
_EACH_ID = func.json_each(bindparam("b_event_ids", type_=Json)).table_valued("value").c.value
_EACH_EXTERNAL = func.json_each(bindparam("b_externals", type_=Json)).table_valued("value").c.value
_MARKS_SQLITE = (
    sqlite.insert(events)
    .from_select(_MARKED, select(_CHANNEL, _EACH_ID, _NOW).where(true()))
    .on_conflict_do_nothing()
    .returning(events.c.event_id)
)
_PEOPLE_SQLITE = _contato_select(_ID_SQLITE).where(
    contatos.c.channel == _CHANNEL, contatos.c.external_id.in_(select(_EACH_EXTERNAL))
)


async def hear_from_many(
    tx: Transaction, channel: str, events_of: Mapping[str, str]
) -> tuple[set[str], dict[str, Contato]]:
    """Mark events and open their conversations, given as external id -> event id.

    Returns the events that are new, and the Contatos that are known, by external id.
    """
    in_order = sorted(events_of.items(), key=lambda one: one[1])
    params = {
        "b_channel": channel,
        "b_event_ids": [event_id for _, event_id in in_order],
        "b_externals": [external_id for external_id, _ in in_order],
        "b_now": tx.now,
    }
    if tx.dialect == "postgresql":
        heard = await _HEAR_POSTGRES.rows(tx.connection, params)
        fresh = {row.given_id for row in heard if row.fresh}
        rows = [row for row in heard if row.id is not None]
        firsts = heard[0].first_ids
    else:
        fresh = set((await tx.execute(_MARKS_SQLITE, params)).scalars())
        rows = list(await tx.execute(_PEOPLE_SQLITE, params))
        firsts = [row.first_id for row in rows]
    if rows:
        tx.take_ids(firsts)
    return fresh, {row.external_id: _opened(tx, row) for row in rows}


def opened(tx: Transaction, contato_id: int) -> Contato | None:
    """The conversation with this Contato, if this turn has opened it."""
    return _opened_ones.of(tx).get(contato_id)


async def open_contato(tx: Transaction, contato_id: int) -> Contato | None:
    """The conversation with this Contato, locked for the rest of the turn; None of somebody who was erased."""
    found = opened(tx, contato_id) or await _find(tx, "id", {"b_id": contato_id})
    return None if found is None or found.external_id.startswith(ERASED) else found


_NEW = ("channel", "external_id", "scoped_id", "telefone", "nome", "idioma", "is_group", "criado_em")


def _adding(insert_for: Any, first_id: Any) -> Prepared:
    values = {name: bindparam(f"b_{name}", type_=contatos.c[name].type) for name in _NEW}
    added = insert_for(contatos).values(values).on_conflict_do_nothing()
    return Prepared(added.returning(contatos.c.id, first_id.label("first_id")))


_ADD = {
    "postgresql": _adding(postgresql.insert, _ID_POSTGRES),
    "sqlite": _adding(sqlite.insert, _ID_SQLITE),
}


async def add_contato(
    tx: Transaction,
    channel: str,
    external_id: str,
    *,
    scoped_id: str | None = None,
    telefone: str | None = None,
    nome: str | None = None,
    idioma: str = "pt_BR",
    is_group: bool = False,
) -> Contato:
    """A new conversation; when another turn adds it at the same moment, that one."""
    contato = Contato(0, channel, external_id, scoped_id, telefone, nome, idioma, is_group)
    values = {f"b_{name}": tx.now if name == "criado_em" else getattr(contato, name) for name in _NEW}
    if rows := await _ADD[tx.dialect].rows(tx.connection, values):
        contato.id = rows[0].id
        tx.take_ids([rows[0].first_id])
        _opened_ones.of(tx)[contato.id] = contato
        return contato
    found = await _find(tx, "external", {"b_channel": channel, "b_external": external_id})
    if found is None:
        raise LookupError(f"no contato after adding one: {channel}")
    return found


_SAVE = ForMany(
    update(contatos)
    .where(contatos.c.id == bindparam("b_id"))
    .values(
        nome=bindparam("b_nome"),
        state=bindparam("b_state"),
        state_data=bindparam("b_state_data", type_=contatos.c.state_data.type),
        choices=bindparam("b_choices", type_=contatos.c.choices.type),
        last_inbound_id=bindparam("b_inbound_id"),
        last_inbound_at=bindparam("b_inbound_at", type_=contatos.c.last_inbound_at.type),
        unreachable_at=bindparam("b_unreachable_at", type_=contatos.c.unreachable_at.type),
        atendimento_id=bindparam("b_atendimento_id", type_=contatos.c.atendimento_id.type),
    )
)


async def save_conversations(tx: Transaction) -> None:
    """Write back the conversations this turn changed."""
    changed = []
    for contato in _opened_ones.of(tx).values():
        if contato.changed:
            _note_question(tx, contato)
            changed.append(_saved(contato))
    if changed:
        await _SAVE.execute(tx.connection, changed)


def _note_question(tx: Transaction, contato: Contato) -> None:
    """The last message of the turn in which a question was asked is the one that asks it."""
    if contato.state_data.get(ASKED_AT) != tx.now.isoformat():
        return
    said = [call.id for call in tx.calls if call.contato_id == contato.id and call.method == "sendMessage"]
    if said:
        contato.state_data = {**contato.state_data, ASKED_BY: said[-1]}


def _saved(contato: Contato) -> dict[str, Any]:
    return {
        "b_id": contato.id,
        "b_nome": contato.nome,
        "b_state": contato.state,
        "b_state_data": contato.state_data or None,
        "b_choices": contato.choices,
        "b_inbound_id": contato.last_inbound_id,
        "b_inbound_at": contato.last_inbound_at,
        "b_unreachable_at": contato.unreachable_at,
        "b_atendimento_id": contato.atendimento_id,
    }


async def _find(tx: Transaction, by: str, params: dict[str, Any]) -> Contato | None:
    row = await tx.one(_FIND[tx.dialect][by], params)
    if row is None:
        return None
    tx.take_ids([row.first_id])
    return _opened(tx, row)


def _opened(tx: Transaction, row: Row[Any]) -> Contato:
    known = opened(tx, row.id)
    if known is not None:
        return known
    # Every statement that reads a Contato ends with these columns.
    values = row[-len(CONTATO_COLUMNS) - len(PESSOA_COLUMNS) :]
    own, pessoa = values[: len(CONTATO_COLUMNS)], values[len(CONTATO_COLUMNS) :]
    contato = Contato(**dict(zip(_NAMES, own, strict=True)), usuario=pessoa_of(pessoa) if row.u_id else None)
    contato.state_data = contato.state_data or {}
    _opened_ones.of(tx)[contato.id] = contato
    return contato
