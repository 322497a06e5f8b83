"""The processos of a month, many at a time: made where the rows are, by INSERT … SELECT."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Insert,
    Integer,
    Select,
    String,
    Uuid,
    cast,
    exists,
    func,
    literal,
    literal_column,
    select,
    type_coerce,
)

from storage.processo.status import StatusProcesso
from storage.tables import clientes, historico, operadoras, processos
from storage.transaction import Transaction

_ROWID: ColumnElement[int] = literal_column("processos.rowid", Integer)
_CLIENTE: ColumnElement[int] = literal_column("clientes.rowid", Integer)


@dataclass(frozen=True, slots=True)
class Faixa:
    """Clientes of these operadoras, or of all: those behind `after` in the order of their ids, up to `upto`."""

    operadoras: Sequence[str]
    after: UUID | None = None
    upto: UUID | None = None

    def of(self, statement: Select[Any], cliente_id: ColumnElement[UUID]) -> Select[Any]:
        """Only what is of them."""
        if self.after is not None:
            statement = statement.where(cliente_id > self.after)
        return statement if self.upto is None else statement.where(cliente_id <= self.upto)

    def active(self, statement: Select[Any]) -> Select[Any]:
        """Only active ones of active operadoras; in the order of their ids, which a join would not read them in."""
        active = select(operadoras.c.id).where(operadoras.c.id == clientes.c.operadora_id, operadoras.c.status_ativo)
        if self.operadoras:
            active = active.where(operadoras.c.codigo.in_(self.operadoras))
        return self.of(statement.where(clientes.c.status_ativo, exists(active)), clientes.c.id)


async def end_of_batch(tx: Transaction, faixa: Faixa, size: int) -> UUID | None:
    """The cliente at which the next `size` of them end; None where fewer are left."""
    statement = faixa.active(select(clientes.c.id)).order_by(clientes.c.id).offset(size - 1).limit(1)
    found: UUID | None = (await tx.execute(statement)).scalar()
    return found


async def add_processos(tx: Transaction, faixa: Faixa, mes_ano: str, competencia: int, passo: dict[str, Any]) -> int:
    """A processo for each active cliente of these that has none of this month; how many.

    With the first line of its history, which says `passo`.
    """
    values = {
        "id": _new_id(tx.dialect, tx.now),
        "cliente_id": clientes.c.id,
        "mes_ano": literal(mes_ano),
        "competencia": literal(competencia),
        "status_processo": literal(str(StatusProcesso.AGUARDANDO_DOWNLOAD)),
        "criado_automaticamente": literal(True),
        "criado_em": literal(tx.now, processos.c.criado_em.type),
        "atualizado_em": literal(tx.now, processos.c.criado_em.type),
    }
    of_month = processos.c.cliente_id == clientes.c.id, processos.c.mes_ano == mes_ano
    wanted = faixa.active(select(*_labels(values))).where(~exists(select(processos.c.id).where(*of_month)))
    made = tx.insert(processos).from_select(list(values), wanted).on_conflict_do_nothing()
    if tx.dialect == "postgresql":
        new = made.returning(processos.c.id).cte("made")
        return (await tx.execute(_first_steps(tx, select(new.c.id), new.c.id, passo))).rowcount
    # The only one who writes: what is behind the last row of before is ours.
    before = (await tx.execute(select(func.max(_ROWID)).select_from(processos))).scalar() or 0
    count = (await tx.execute(made)).rowcount
    if count:
        await tx.execute(_first_steps(tx, select(processos.c.id).where(before < _ROWID), processos.c.id, passo))
    return count


def _first_steps(tx: Transaction, new: Select[Any], processo_id: ColumnElement[UUID], passo: dict[str, Any]) -> Insert:
    """The first line of the history of each of these."""
    values: dict[str, ColumnElement[Any]] = {
        "processo_id": processo_id,
        "quando": literal(tx.now, historico.c.quando.type),
        "para": literal(str(StatusProcesso.AGUARDANDO_DOWNLOAD)),
        **{name: literal(value) for name, value in passo.items() if value is not None},
    }
    return historico.insert().from_select(list(values), new.with_only_columns(*_labels(values)))


def _labels(values: Mapping[str, ColumnElement[Any]]) -> list[ColumnElement[Any]]:
    return [value.label(name) for name, value in values.items()]


def _new_id(dialect: str, now: datetime) -> ColumnElement[UUID]:
    """An id as core/ids.py makes them (UUID of version 7), made for each row by the database."""
    milliseconds = f"{int(now.timestamp() * 1000):012x}"
    if dialect == "postgresql":
        begins = f"{milliseconds[:8]}-{milliseconds[8:]}-7"
        return cast(func.concat(begins, func.substr(cast(func.gen_random_uuid(), String), 16)), Uuid)
    # In the order of the clientes, so that every index grows at its end: a counter, then chance (RFC 9562, 6.2).
    counter = func.printf("%03xa%03x", _CLIENTE // 2**12 % 2**12, _CLIENTE % 2**12)
    return type_coerce(literal(milliseconds + "7") + counter + func.lower(func.hex(func.randomblob(6))), Uuid)
