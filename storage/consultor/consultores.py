"""Queries over consultores, and over the rodizio: whose turn it is, by language."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Row,
    Select,
    Subquery,
    Text,
    and_,
    bindparam,
    column,
    delete,
    func,
    insert,
    not_,
    select,
    union_all,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engines.nomes import names_it
from storage.engines.prepared import Prepared, prepared
from storage.pessoa.perfil import ATENDENTES
from storage.tables import consultores, protocolos, rodizio, usuarios
from storage.transaction import Kept, Transaction
from storage.types import UtcDateTime

# The place in the turn of somebody who has never attended: before everybody who has.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Consultor:
    """One consultor; `usuario_id` is the person of that `telefone`, whose presence `status_online` follows.

    Out of service nobody is online: the column keeps what counts when they are back.
    """

    id: int
    nome: str
    idiomas: list[str]
    status_ativo: bool
    status_ativo_sequencial: bool
    status_online: bool
    ultimo_atendimento: datetime | None
    id_pipedrive: int | None
    telefone: str | None
    usuario_id: UUID | None

    @property
    def takes_turns(self) -> bool:
        """Whether they have a place in the turn now."""
        return self.status_ativo and self.status_ativo_sequencial and self.status_online


_SHOWN_ONLINE = and_(consultores.c.status_ativo, consultores.c.status_online).label("status_online")
COLUMNS = [_SHOWN_ONLINE if name == "status_online" else consultores.c[name] for name in Consultor.__dataclass_fields__]
# Built once: these are the hottest statements of the house.
_ROW = select(*COLUMNS)
_BY_ID = _ROW.where(consultores.c.id == bindparam("b_id"))
_OF_USUARIO = Prepared(_ROW.where(consultores.c.usuario_id == bindparam("b_usuario_id")))
_OF_USUARIOS = prepared(lambda among: _ROW.where(among(consultores.c.usuario_id, "b_usuario_ids")))
# By the person, as this turn found them, and None for whoever is none; nobody changed a consultor in it since.
_of_usuario: Kept[dict[UUID, Consultor | None]] = Kept(dict)
_LOCK = _ROW.where(consultores.c.id.in_(bindparam("b_ids", expanding=True))).order_by(consultores.c.id)
_LOCK = _LOCK.with_for_update(key_share=True)
_IDS, _MOMENTS = bindparam("b_ids", type_=ARRAY(BigInteger)), bindparam("b_moments", type_=ARRAY(UtcDateTime()))
# PostgreSQL takes all of them in one statement; SQLite runs one in a loop of its own.
_attended = func.unnest(_IDS, _MOMENTS).table_valued(
    column("id", BigInteger), column("moment", UtcDateTime()), name="attended"
)
_attended = _attended.render_derived()
_STAMP_ALL = update(consultores).where(consultores.c.id == _attended.c.id).values(ultimo_atendimento=_attended.c.moment)
_MOVE_ALL = update(rodizio).where(rodizio.c.consultor_id == _attended.c.id).values(desde=_attended.c.moment)
_MOMENT = bindparam("b_moment", type_=UtcDateTime())
_STAMP = update(consultores).where(consultores.c.id == bindparam("b_id")).values(ultimo_atendimento=_MOMENT)
_MOVE = update(rodizio).where(rodizio.c.consultor_id == bindparam("b_id")).values(desde=_MOMENT)
# Read once a statement, whatever the number of rows.
_NEWEST = select(protocolos.c.created_at).order_by(protocolos.c.id.desc()).limit(1).scalar_subquery().label("newest")
_SET_ONLINE = (
    update(consultores)
    .where(consultores.c.usuario_id == bindparam("b_usuario_id"), consultores.c.status_online != bindparam("b_online"))
    .values(status_online=bindparam("b_online"), atualizado_em=bindparam("b_now", type_=UtcDateTime()))
    .returning(consultores.c.id)
)


async def consultor_by_id(connection: AsyncConnection, consultor_id: int) -> Consultor | None:
    row = (await connection.execute(_BY_ID, {"b_id": consultor_id})).first()
    return None if row is None else _consultor(row)


async def consultores_by_ids(connection: AsyncConnection, consultor_ids: Iterable[int]) -> dict[int, Consultor]:
    """Those of these that there are."""
    rows = await connection.execute(_ROW.where(consultores.c.id.in_(set(consultor_ids))))
    return {row.id: _consultor(row) for row in rows}


async def consultor_of_usuario(connection: AsyncConnection, usuario_id: UUID) -> Consultor | None:
    """The consultor that this person is, if any."""
    row = await _OF_USUARIO.first(connection, {"b_usuario_id": usuario_id})
    return None if row is None else _consultor(row)


async def consultor_now(tx: Transaction, usuario_id: UUID) -> Consultor | None:
    """The same, asked of the database once in a turn that changes no consultor."""
    known = _of_usuario.of(tx)
    if usuario_id not in known:
        known[usuario_id] = await consultor_of_usuario(tx.connection, usuario_id)
    return known[usuario_id]


async def learn_consultores(tx: Transaction, usuario_ids: Sequence[UUID]) -> list[int]:
    """Read what `consultor_now` will be asked of these people; the ids of those who are consultores."""
    rows = await _OF_USUARIOS[tx.dialect].rows(tx.connection, {"b_usuario_ids": list(usuario_ids)})
    found = [_consultor(row) for row in rows]
    _of_usuario.of(tx).update(dict.fromkeys(usuario_ids) | {one.usuario_id: one for one in found if one.usuario_id})
    return [one.id for one in found]


async def existing(connection: AsyncConnection, consultor_ids: Collection[int]) -> set[int]:
    """Those of these ids that are a consultor's, an inactive one's too."""
    if not consultor_ids:
        return set()
    found = select(consultores.c.id).where(consultores.c.id.in_(consultor_ids))
    return set((await connection.execute(found)).scalars())


async def consultores_like(
    tx: Transaction,
    telefones: Collection[str] = (),
    ids_pipedrive: Collection[int] = (),
    nomes: Collection[str] = (),
    usuario_ids: Collection[UUID] = (),
) -> list[Consultor]:
    """Everybody who has one of these, by id."""
    columns = consultores.c
    named = ((columns.telefone, telefones), (columns.id_pipedrive, ids_pipedrive), (columns.nome, nomes))
    found: dict[int, Consultor] = {}
    for which, values in (*named, (columns.usuario_id, usuario_ids)):
        if values:
            rows = await tx.execute(_ROW.where(which.in_(values)))
            found |= {row.id: _consultor(row) for row in rows}
    return [found[consultor_id] for consultor_id in sorted(found)]


async def list_consultores(
    connection: AsyncConnection, filters: Mapping[str, Any], skip: int, limit: int, depois: int | None = None
) -> tuple[list[Consultor], int]:
    """A page of those the filters leave, by id, and how many they are. `depois`: those after this one.

    `filters`: columns and the value they have; `idioma`: a language they speak; `nome`: a part of it,
    in any case, with or without its accents.
    """
    wanted = [_filter(connection, name, value) for name, value in filters.items()]
    after = [] if depois is None else [consultores.c.id > depois]
    rows = await connection.execute(_ROW.where(*wanted, *after).order_by(consultores.c.id).offset(skip).limit(limit))
    found = [_consultor(row) for row in rows]
    total = await connection.execute(select(func.count()).select_from(consultores).where(*wanted))
    return found, int(total.scalar_one())


def _filter(connection: AsyncConnection, name: str, value: Any) -> ColumnElement[bool]:
    if name == "nome":
        return names_it(connection, consultores.c.nome, value)
    if name == "status_online":
        return _SHOWN_ONLINE.element if value else not_(_SHOWN_ONLINE.element)
    if name != "idioma":
        return and_(consultores.c[name] == value)
    if connection.dialect.name == "postgresql":
        return and_(func.jsonb_exists(consultores.c.idiomas, value))
    each = func.json_each(consultores.c.idiomas, type_=Text).table_valued("value")
    return select(each.c.value).where(each.c.value == value).exists()


async def lock_consultores(tx: Transaction, consultor_ids: Iterable[int]) -> dict[int, Consultor]:
    """Those of these that there are, locked in the order of their ids, so that two who lock many never wait in a ring.

    Whoever changes who takes turns locks them first.
    """
    rows = await tx.execute(_LOCK, {"b_ids": sorted(set(consultor_ids))})
    return {row.id: _consultor(row) for row in rows}


async def in_turns(connection: AsyncConnection, idiomas: Sequence[str], limit: int) -> dict[str, list[Consultor]]:
    """The first so many of those who take turns in each of these languages: longest since the last attendance first.

    Whoever never attended is before them, and equals stand by id. As new as the lock of the counter, when the
    transaction has it (storage/consultor/protocolos.py).
    """
    return (await turns_and_newest(connection, idiomas, limit))[0]


async def turns_and_newest(
    connection: AsyncConnection, idiomas: Sequence[str], limit: int
) -> tuple[dict[str, list[Consultor]], datetime | None]:
    """`in_turns`, and when the newest protocolo was given out, by the clock of whoever did; None for no protocolo."""
    params: dict[str, Any] = {f"b_idioma_{number}": idioma for number, idioma in enumerate(idiomas)}
    found: dict[str, list[Consultor]] = {idioma: [] for idioma in idiomas}
    newest = None
    for row in await connection.execute(_turns_of(len(idiomas)), params | {"b_limit": limit}):
        found[row.idioma].append(_consultor(row))
        newest = row.newest
    return found, newest


async def count_in_turns(connection: AsyncConnection, idiomas: Sequence[str]) -> dict[str, int]:
    """How many take turns in each of these languages."""
    counted = select(rodizio.c.idioma, func.count().label("total")).where(rodizio.c.idioma.in_(idiomas))
    rows = await connection.execute(counted.group_by(rodizio.c.idioma))
    return dict.fromkeys(idiomas, 0) | {row.idioma: row.total for row in rows}


@lru_cache(maxsize=128)
def _turns_of(languages: int) -> Select[Any]:
    """The heads of so many languages, each read from its index and no further."""
    heads = union_all(*(select(_head(number)) for number in range(languages))).subquery("heads")
    return (
        select(heads.c.idioma, _NEWEST, *COLUMNS)
        .join_from(heads, consultores, consultores.c.id == heads.c.consultor_id)
        .order_by(heads.c.idioma, heads.c.desde, heads.c.consultor_id)
    )


def _head(number: int) -> Subquery:
    return (
        select(rodizio.c.idioma, rodizio.c.desde, rodizio.c.consultor_id)
        .where(rodizio.c.idioma == bindparam(f"b_idioma_{number}"))
        .order_by(rodizio.c.desde, rodizio.c.consultor_id)
        .limit(bindparam("b_limit"))
        .subquery(f"head_{number}")
    )


async def stamp(tx: Transaction, attended: Sequence[tuple[int, datetime]]) -> None:
    """Write down that these consultores attended at these moments: from there on their place in the turn counts.

    Whoever chose them by the order locked the counter before reading it (`lock_counter`). Of a consultor who stands
    there twice the later pair counts.
    """
    moments = dict(attended)
    if not moments:
        return
    _of_usuario.of(tx).clear()
    if tx.dialect == "postgresql":
        params = {"b_ids": list(moments), "b_moments": list(moments.values())}
        # The consultores first: whoever changes where they stand in the rodizio has locked them, and is waited for.
        await tx.execute(_STAMP_ALL, params)
        await tx.execute(_MOVE_ALL, params)
        return
    rows = [{"b_id": one, "b_moment": moment} for one, moment in moments.items()]
    await tx.execute(_STAMP, rows)
    await tx.execute(_MOVE, rows)


async def refresh_rodizio(tx: Transaction, consultor_id: int) -> None:
    """Make the rows of the rodizio what they should be after a change: one for each language of who takes turns.

    Every change of a consultor ends here. Whose person is out of service is not online.
    """
    _of_usuario.of(tx).clear()
    consultor = (await lock_consultores(tx, [consultor_id])).get(consultor_id)
    if consultor is not None and consultor.status_online and not await _person_serves(tx, consultor.usuario_id):
        await tx.execute(update(consultores).where(consultores.c.id == consultor_id).values(status_online=False))
        consultor = replace(consultor, status_online=False)
    wanted = consultor.idiomas if consultor is not None and consultor.takes_turns else []
    own = rodizio.c.consultor_id == consultor_id
    await tx.execute(
        delete(rodizio).where(own, rodizio.c.idioma.not_in(wanted)) if wanted else delete(rodizio).where(own)
    )
    if consultor is None or not wanted:
        return
    since = consultor.ultimo_atendimento or NEVER
    statement = tx.insert(rodizio).on_conflict_do_nothing(index_elements=["consultor_id", "idioma"])
    await tx.execute(statement, [{"consultor_id": consultor_id, "idioma": one, "desde": since} for one in wanted])


async def _person_serves(tx: Transaction, usuario_id: UUID | None) -> bool:
    if usuario_id is None:
        return True
    row = await tx.one(select(usuarios.c.status_ativo, usuarios.c.perfil_usuario).where(usuarios.c.id == usuario_id))
    return row is not None and bool(row.status_ativo) and row.perfil_usuario in ATENDENTES


async def set_online(tx: Transaction, usuario_id: UUID, online: bool) -> None:
    """What this person's presence says is the `status_online` of the consultor they are, if they are one in service."""
    row = await tx.one(_SET_ONLINE, {"b_usuario_id": usuario_id, "b_online": online, "b_now": tx.now})
    if row is not None:
        await refresh_rodizio(tx, row.id)


async def add_consultor(tx: Transaction, values: Mapping[str, Any]) -> int:
    """Insert one consultor, not yet in the rodizio; their id."""
    _of_usuario.of(tx).clear()
    row = dict(values) | {"criado_em": tx.now, "atualizado_em": tx.now}
    return int((await tx.execute(insert(consultores).values(row).returning(consultores.c.id))).scalar_one())


async def add_consultores(tx: Transaction, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert many, none of them in the rodizio yet."""
    if rows:
        _of_usuario.of(tx).clear()
        await tx.execute(insert(consultores), [{**row, "criado_em": tx.now, "atualizado_em": tx.now} for row in rows])


async def change_consultor(tx: Transaction, consultor_id: int, values: Mapping[str, Any]) -> None:
    """Change facts of one consultor, and their place in the turn with them."""
    changed = update(consultores).where(consultores.c.id == consultor_id).values(**values, atualizado_em=tx.now)
    await tx.execute(changed)
    await refresh_rodizio(tx, consultor_id)


def _consultor(row: Row[Any]) -> Consultor:
    """From a row that ends with `COLUMNS`."""
    return Consultor(*row[-len(COLUMNS) :])
