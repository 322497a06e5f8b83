"""Queries over processos. A change of status is one conditional statement; its row count is the answer."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, func, not_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.pages import Pagina, page, without_total
from storage.processo.status import StatusProcesso
from storage.tables import clientes, operadoras, processos
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Processo:
    """The invoice of one cliente and month, as the row stood when it was read, with who it is about."""

    id: UUID
    cliente_id: UUID
    mes_ano: str
    competencia: int
    status_processo: str
    versao: int
    url_fatura: str | None
    caminho_s3_fatura: str | None
    fatura_s3_key: str | None
    fatura_filename: str | None
    documento_id: UUID | None
    data_vencimento: date | None
    valor_centavos: int | None
    aprovado_por_usuario_id: UUID | None
    data_aprovacao: datetime | None
    motivo_rejeicao: str | None
    aprovacoes_necessarias: int
    enviado_para_sat: bool
    data_envio_sat: datetime | None
    envio_automatico_em: datetime | None
    tentativas_download: int
    tentativas_upload_sat: int
    upload_manual: bool
    data_upload_manual: datetime | None
    enviado_por_usuario_id: UUID | None
    criado_automaticamente: bool
    status_ativo: bool
    criado_em: datetime
    atualizado_em: datetime
    # Of the cliente and its operadora.
    razao_social: str
    cnpj: str
    operadora_id: UUID
    operadora: str
    operadora_nome: str
    filtro: str
    servico: str


_OF_OTHERS = {
    "razao_social": clientes.c.razao_social,
    "cnpj": clientes.c.cnpj,
    "operadora_id": clientes.c.operadora_id,
    "operadora": operadoras.c.codigo.label("operadora"),
    "operadora_nome": operadoras.c.nome.label("operadora_nome"),
    "filtro": clientes.c.filtro,
    "servico": clientes.c.servico,
}
_COLUMNS = [_OF_OTHERS[name] if name in _OF_OTHERS else processos.c[name] for name in Processo.__dataclass_fields__]
PROCESSO_SOURCE = processos.join(clientes, clientes.c.id == processos.c.cliente_id).join(
    operadoras, operadoras.c.id == clientes.c.operadora_id
)
PROCESSO_ROW = select(*_COLUMNS).select_from(PROCESSO_SOURCE)


async def add_processo(tx: Transaction, values: dict[str, Any]) -> bool:
    """Insert one; False when that cliente has that month already."""
    row = {**values, "criado_em": tx.now, "atualizado_em": tx.now}
    return await tx.changed(tx.insert(processos).values(row).on_conflict_do_nothing())


async def processo_by_id(connection: AsyncConnection, processo_id: UUID) -> Processo | None:
    return _processo((await connection.execute(PROCESSO_ROW.where(processos.c.id == processo_id))).first())


async def processos_by_ids(connection: AsyncConnection, processo_ids: Collection[UUID]) -> dict[UUID, Processo]:
    """Those that there are, by their id."""
    rows = await connection.execute(PROCESSO_ROW.where(processos.c.id.in_(processo_ids)))
    return {row.id: Processo(**row._mapping) for row in rows}


async def processo_of(connection: AsyncConnection, cliente_id: UUID, mes_ano: str) -> Processo | None:
    """That cliente's processo of that month."""
    where = processos.c.cliente_id == cliente_id, processos.c.mes_ano == mes_ano
    return _processo((await connection.execute(PROCESSO_ROW.where(*where))).first())


async def processos_beginning(connection: AsyncConnection, inicio: str, limit: int) -> list[Processo]:
    """Those whose ids begin with these hex digits, newest first."""
    first, last = UUID(hex=inicio.ljust(32, "0")), UUID(hex=inicio.ljust(32, "f"))
    statement = PROCESSO_ROW.where(processos.c.id.between(first, last)).order_by(processos.c.id.desc()).limit(limit)
    return [Processo(**row._mapping) for row in await connection.execute(statement)]


async def lock_processo(tx: Transaction, processo_id: UUID) -> Processo | None:
    """Whoever else locks it waits until this transaction ends; read after everybody before us is done."""
    await tx.execute(select(processos.c.id).where(processos.c.id == processo_id).with_for_update(key_share=True))
    return await processo_by_id(tx.connection, processo_id)


async def lock_processos(tx: Transaction, processo_ids: Collection[UUID]) -> list[Processo]:
    """`lock_processo` of many at once, in the order of their ids."""
    which = processos.c.id.in_(processo_ids)
    await tx.execute(select(processos.c.id).where(which).order_by(processos.c.id).with_for_update(key_share=True))
    rows = await tx.execute(PROCESSO_ROW.where(which).order_by(processos.c.id))
    return [Processo(**row._mapping) for row in rows]


async def change_status(
    tx: Transaction, processo_id: UUID, de: StatusProcesso, versao: int, para: StatusProcesso, **values: Any
) -> bool:
    """From that status, at that version, to this one; False when it is not there any more."""
    statement = update(processos).where(
        processos.c.id == processo_id, processos.c.status_processo == de, processos.c.versao == versao
    )
    changed = statement.values(status_processo=para, versao=versao + 1, atualizado_em=tx.now, **values)
    return await tx.changed(changed)


async def change_processo(tx: Transaction, processo_id: UUID, **values: Any) -> None:
    """Change what is no status of one that is locked in this turn."""
    assert "status_processo" not in values
    statement = update(processos).where(processos.c.id == processo_id)
    await tx.execute(statement.values(**values, atualizado_em=tx.now))


async def count_attempt(tx: Transaction, processo_id: UUID, column: str) -> None:
    """One more in `tentativas_download` or `tentativas_upload_sat`."""
    which = processos.c[column]
    await tx.execute(update(processos).where(processos.c.id == processo_id).values({column: which + 1}))


async def list_processos(
    connection: AsyncConnection,
    pagina: Pagina,
    busca: Sequence[str] = (),
    ate: int | None = None,
    *,
    vence_antes: date | None = None,
    vence_desde: date | None = None,
    sabido: int | None = None,
    **filters: Any,
) -> tuple[list[Processo], int]:
    """A page of those that have these values and whose cliente's search text holds all these words; how many.

    `ate`: they are counted so far only; `sabido`: how many they are, where somebody has counted. `vence_antes`,
    `vence_desde`: of those that have not reached SAT, due before that day, and not before that one.
    """
    of_cliente = bool(busca) or "operadora_id" in filters or "cnpj" in filters
    source = processos.join(clientes, clientes.c.id == processos.c.cliente_id) if of_cliente else processos
    where = [_filter(name, value) for name, value in filters.items()]
    where += [clientes.c.busca.contains(word, autoescape=True) for word in busca]
    if vence_antes is not None:
        where.append(unsent_due_before(vence_antes))
    if vence_desde is not None:
        where.append(processos.c.data_vencimento >= vence_desde)
    # Few are ever put away: all but them are counted as quickly as all.
    menos = not_(processos.c.status_ativo) if filters == {"status_ativo": True} and len(where) == 1 else None
    rows, total = await page(
        *(connection, PROCESSO_ROW, source, where, processos.c.id, pagina, ate),
        so_cresce=True,
        menos=menos,
        sabido=sabido,
    )
    return [Processo(**without_total(row)) for row in rows], total


async def counts_of_month(connection: AsyncConnection, competencia: int) -> dict[str, int]:
    """How many active processos of a month (AAAAMM) there are in each status."""
    where = processos.c.competencia == competencia, processos.c.status_ativo
    statement = select(processos.c.status_processo, func.count().label("n")).where(*where)
    rows = await connection.execute(statement.group_by(processos.c.status_processo))
    return {row.status_processo: row.n for row in rows}


async def list_by_value(
    connection: AsyncConnection,
    limit: int,
    busca: Sequence[str] = (),
    *,
    minimo: int | None = None,
    maximo: int | None = None,
    menores: bool = False,
    **filters: Any,
) -> tuple[list[Processo], int, int]:
    """The largest (or smallest) active ones with a value in that range; how many there are, and what they come to.

    Money in cents. `busca` and the filters as in `list_processos`; one of them is to keep the rows few.
    """
    valor = processos.c.valor_centavos
    # What was rejected waits for another file: its value is none of what is to be paid.
    known = valor.is_not(None) & (processos.c.status_processo != StatusProcesso.AGUARDANDO_DOWNLOAD)
    where = [processos.c.status_ativo, known, *(_filter(name, value) for name, value in filters.items())]
    where += [clientes.c.busca.contains(word, autoescape=True) for word in busca]
    where += [valor >= minimo] if minimo is not None else []
    where += [valor <= maximo] if maximo is not None else []
    of_cliente = bool(busca) or "operadora_id" in filters
    source = processos.join(clientes, clientes.c.id == processos.c.cliente_id) if of_cliente else processos
    order = valor if menores else valor.desc()
    # Sorted alone, and only those that are shown are joined with whose they are.
    shown = select(processos.c.id).select_from(source).where(*where).order_by(order, processos.c.id).limit(limit)
    place = shown.subquery()
    statement = PROCESSO_ROW.join(place, place.c.id == processos.c.id).order_by(order, processos.c.id)
    rows = await connection.execute(statement)
    figures = select(func.count(), func.coalesce(func.sum(valor), 0)).select_from(source).where(*where)
    n, total = (await connection.execute(figures)).one()
    return [Processo(**row._mapping) for row in rows], int(n), int(total)


async def values_before(connection: AsyncConnection, cliente_id: UUID, competencia: int, limit: int = 12) -> list[int]:
    """What this cliente's invoices came to in the months before, in cents, newest first."""
    statement = (
        select(processos.c.valor_centavos)
        .where(
            processos.c.cliente_id == cliente_id,
            processos.c.competencia < competencia,
            processos.c.valor_centavos.is_not(None),
        )
        .order_by(processos.c.competencia.desc())
        .limit(limit)
    )
    return [int(value) for value in (await connection.execute(statement)).scalars()]


async def values_before_each(
    connection: AsyncConnection, processo_ids: Collection[UUID], limit: int = 12
) -> dict[UUID, list[int]]:
    """`values_before` of many processos at once, by their id."""
    before = processos.alias("before")
    place = func.row_number().over(partition_by=processos.c.id, order_by=before.c.competencia.desc())
    ranked = (
        select(processos.c.id, before.c.valor_centavos, place.label("place"))
        .select_from(processos.join(before, before.c.cliente_id == processos.c.cliente_id))
        .where(
            processos.c.id.in_(processo_ids),
            before.c.competencia < processos.c.competencia,
            before.c.valor_centavos.is_not(None),
        )
        .subquery()
    )
    found: dict[UUID, list[int]] = {}
    for row in await connection.execute(select(ranked).where(ranked.c.place <= limit).order_by(ranked.c.place)):
        found.setdefault(row.id, []).append(int(row.valor_centavos))
    return found


async def pending(connection: AsyncConnection, limit: int = 500) -> list[Processo]:
    """What waits for its approval, the earliest due date first; what has none comes last."""
    where = processos.c.status_processo == StatusProcesso.AGUARDANDO_APROVACAO, processos.c.status_ativo
    order = processos.c.data_vencimento.is_(None), processos.c.data_vencimento, processos.c.id
    rows = await connection.execute(PROCESSO_ROW.where(*where).order_by(*order).limit(limit))
    return [Processo(**row._mapping) for row in rows]


async def due_for_sat(connection: AsyncConnection, now: datetime, limit: int = 100) -> list[UUID]:
    """Approved ones whose time to be undone is over; not those that were taken out of the lists meanwhile."""
    where = processos.c.envio_automatico_em <= now, processos.c.status_ativo
    statement = select(processos.c.id).where(*where).order_by(processos.c.envio_automatico_em).limit(limit)
    return list((await connection.execute(statement)).scalars())


def unsent_due_before(day: date) -> ColumnElement[bool]:
    """What is due before that day and has not reached SAT."""
    return and_(processos.c.status_processo != StatusProcesso.UPLOAD_REALIZADO, processos.c.data_vencimento < day)


def _filter(name: str, value: Any) -> ColumnElement[bool]:
    column: Any = _OF_OTHERS[name] if name in _OF_OTHERS else processos.c[name]
    wanted: ColumnElement[bool] = column == value
    return wanted


def _processo(row: Row[Any] | None) -> Processo | None:
    return None if row is None else Processo(**row._mapping)
