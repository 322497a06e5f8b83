"""What the witnesses said of a file, kept with its codes; read back for the card and for the next bill."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import codigos_fatura, documentos_fatura, exames, processos
from storage.transaction import Transaction

_MONTHS = 14


@dataclass(frozen=True, slots=True)
class Guardado:
    """What was said of one file, as it is kept."""

    documento_id: UUID
    veredito: str
    campos: list[dict[str, Any]]
    valor_centavos: int | None
    data_vencimento: date | None
    linha: str
    referencia: int | None
    favorecidos: list[str]
    feito_em: datetime


@dataclass(frozen=True, slots=True)
class Anterior:
    """A processo of an earlier file: its month, what it came to, and what the file said of itself."""

    processo_id: UUID
    cliente_id: UUID
    mes_ano: str
    sha256: str | None
    valor_centavos: int | None
    data_vencimento: date | None
    referencia: int | None
    favorecidos: tuple[str, ...]


async def keep_exame(tx: Transaction, documento_id: UUID, codigos: Collection[str], **values: Any) -> None:
    """What was said of a file, in the place of what was said before."""
    for table in (exames, codigos_fatura):
        await tx.execute(delete(table).where(table.c.documento_id == documento_id))
    await tx.execute(insert(exames).values(documento_id=documento_id, feito_em=tx.now, **values))
    if codigos:
        rows = [{"codigo": codigo, "documento_id": documento_id} for codigo in sorted(codigos)]
        await tx.execute(insert(codigos_fatura).values(rows))


async def exame_of(connection: AsyncConnection, documento_id: UUID) -> Guardado | None:
    """What was said of that file; None when it was never examined."""
    columns = [exames.c[name] for name in Guardado.__dataclass_fields__]
    row = (await connection.execute(select(*columns).where(exames.c.documento_id == documento_id))).first()
    return None if row is None else Guardado(**row._mapping)


async def exames_of(connection: AsyncConnection, documento_ids: Collection[UUID]) -> dict[UUID, Guardado]:
    """What was said of those of these files that were examined, by the file."""
    columns = [exames.c[name] for name in Guardado.__dataclass_fields__]
    rows = await connection.execute(select(*columns).where(exames.c.documento_id.in_(documento_ids)))
    return {row.documento_id: Guardado(**row._mapping) for row in rows}


async def months_of(connection: AsyncConnection, cliente_id: UUID, exceto: UUID) -> list[Anterior]:
    """This cliente's last processos that have a file, newest first, without `exceto`."""
    where = processos.c.cliente_id == cliente_id, processos.c.id != exceto, processos.c.documento_id.is_not(None)
    statement = _anteriores().where(*where, processos.c.status_ativo).order_by(processos.c.competencia.desc())
    return [_anterior(row) for row in await connection.execute(statement.limit(_MONTHS))]


async def twins_of(
    connection: AsyncConnection, sha256: str, codigos: Collection[str], exceto: UUID
) -> list[tuple[Anterior, str | None]]:
    """Files of other processos, anybody's, with the same content or one of these codes; each with the code, if any."""
    same = codigos_fatura.c.codigo.in_(codigos)
    of_codes = select(codigos_fatura.c.documento_id).where(same)
    statement = (
        _anteriores(of_file=True)
        .add_columns(codigos_fatura.c.codigo)
        .outerjoin(codigos_fatura, (codigos_fatura.c.documento_id == documentos_fatura.c.id) & same)
        .where(or_(documentos_fatura.c.sha256 == sha256, documentos_fatura.c.id.in_(of_codes)))
        .where(processos.c.id != exceto, processos.c.status_ativo)
    )
    rows = (await connection.execute(statement.limit(100))).all()
    return [(_anterior(row), row.codigo) for row in rows]


def _anteriores(*, of_file: bool = False) -> Any:
    """Of each processo its present file; `of_file`: of each file its processo."""
    joined = (
        documentos_fatura.c.processo_id == processos.c.id
        if of_file
        else (documentos_fatura.c.id == processos.c.documento_id)
    )
    of_others = {
        "processo_id": processos.c.id.label("processo_id"),
        "sha256": documentos_fatura.c.sha256,
        "referencia": exames.c.referencia,
        "favorecidos": exames.c.favorecidos,
    }
    columns = [of_others[name] if name in of_others else processos.c[name] for name in Anterior.__dataclass_fields__]
    source = processos.join(documentos_fatura, joined).outerjoin(
        exames, exames.c.documento_id == documentos_fatura.c.id
    )
    return select(*columns).select_from(source)


def _anterior(row: Row[Any]) -> Anterior:
    values = {name: row._mapping[name] for name in Anterior.__dataclass_fields__}
    return Anterior(**(values | {"favorecidos": tuple(row.favorecidos or ())}))
