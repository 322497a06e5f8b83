"""Queries over execucoes. An open one has no `data_fim`; a processo has one open at most."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.pages import Pagina, page, without_total
from storage.processo.status import StatusExecucao, StatusProcesso, TipoExecucao
from storage.robo.polled import take_to_poll
from storage.tables import clientes, execucoes, logs_execucao, processos
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Execucao:
    """One attempt at one step of a processo, as the row stood when it was read."""

    id: UUID
    processo_id: UUID
    operadora_id: UUID
    tipo_execucao: str
    status_execucao: str
    classe_rpa_utilizada: str | None
    job_id: str | None
    parametros_entrada: dict[str, Any] | None
    resultado_saida: dict[str, Any] | None
    detalhes_erro: dict[str, Any] | None
    progresso: dict[str, Any] | None
    data_inicio: datetime
    data_fim: datetime | None
    mensagem_log: str | None
    url_arquivo_s3: str | None
    numero_tentativa: int
    executado_por_usuario_id: UUID | None
    ip_origem: str | None
    user_agent: str | None
    devida_em: datetime
    enviada_em: datetime | None
    sinal_em: datetime


_ROW = select(*(execucoes.c[name] for name in Execucao.__dataclass_fields__))
_OPEN = execucoes.c.data_fim.is_(None)


async def add_execucao(tx: Transaction, values: dict[str, Any]) -> bool:
    """Insert one; False when its processo has an open one."""
    row = {"devida_em": tx.now, "sinal_em": tx.now, **values, "data_inicio": tx.now}
    return await tx.changed(tx.insert(execucoes).values(row).on_conflict_do_nothing())


async def execucao_by_id(connection: AsyncConnection, execucao_id: UUID) -> Execucao | None:
    return _execucao((await connection.execute(_ROW.where(execucoes.c.id == execucao_id))).first())


async def execucao_by_job(connection: AsyncConnection, job_id: str) -> Execucao | None:
    return _execucao((await connection.execute(_ROW.where(execucoes.c.job_id == job_id))).first())


async def open_execucao_of(connection: AsyncConnection, processo_id: UUID) -> Execucao | None:
    """The processo's open one."""
    return _execucao((await connection.execute(_ROW.where(execucoes.c.processo_id == processo_id, _OPEN))).first())


async def last_execucoes_of(connection: AsyncConnection, processo_id: UUID, limit: int = 20) -> list[Execucao]:
    """The processo's execucoes, newest first."""
    statement = _ROW.where(execucoes.c.processo_id == processo_id).order_by(execucoes.c.id.desc()).limit(limit)
    return [Execucao(**row._mapping) for row in await connection.execute(statement)]


async def change_open(tx: Transaction, execucao_id: UUID, **values: Any) -> bool:
    """Change one that is still open; False when it no longer is."""
    return await tx.changed(update(execucoes).where(execucoes.c.id == execucao_id, _OPEN).values(**values))


async def note_sign(tx: Transaction, execucao_id: UUID) -> None:
    """A sign of life, or waiting that is no silence; one that has ended needs none."""
    await tx.execute(update(execucoes).where(execucoes.c.id == execucao_id, _OPEN).values(sinal_em=tx.now))


async def take_result(tx: Transaction, execucao_id: UUID, resultado: dict[str, Any]) -> bool:
    """The robot is done: what it brought. False when it was done already, or the execucao has ended."""
    first = update(execucoes).where(execucoes.c.id == execucao_id, _OPEN, execucoes.c.resultado_saida.is_(None))
    return await tx.changed(first.values(resultado_saida=resultado, sinal_em=tx.now))


async def close_execucao(tx: Transaction, execucao_id: UUID, status: str, **values: Any) -> bool:
    """End an open one; False when it had ended already."""
    return await change_open(tx, execucao_id, status_execucao=status, data_fim=tx.now, **values)


async def bind_job(tx: Transaction, execucao_id: UUID, job_id: str) -> bool:
    """Write down the robot's job of an execucao that has none yet; False when it has one."""
    statement = update(execucoes).where(execucoes.c.id == execucao_id, execucoes.c.job_id.is_(None))
    return await tx.changed(statement.values(job_id=job_id))


async def at_work(tx: Transaction, operadora_id: UUID) -> int:
    """How many robots are at work for this operadora: sent, and not done yet. SAT's robots are not the portal's."""
    statement = select(func.count()).where(
        execucoes.c.operadora_id == operadora_id,
        execucoes.c.tipo_execucao == TipoExecucao.DOWNLOAD_FATURA,
        _OPEN,
        execucoes.c.enviada_em.is_not(None),
        execucoes.c.resultado_saida.is_(None),
    )
    return int((await tx.execute(statement)).scalar_one())


async def due_downloads(tx: Transaction, operadora_id: UUID, limit: int) -> list[Execucao]:
    """The next downloads to be sent for this operadora: whose time has come, longest due first, no login held.

    Their processos are locked; one that somebody else has is left out: they may wait for our operadora.
    """
    source = execucoes.join(processos, processos.c.id == execucoes.c.processo_id).join(
        clientes, clientes.c.id == processos.c.cliente_id
    )
    statement = (
        _ROW.select_from(source)
        .where(
            execucoes.c.operadora_id == operadora_id,
            execucoes.c.tipo_execucao == TipoExecucao.DOWNLOAD_FATURA,
            _OPEN,
            execucoes.c.enviada_em.is_(None),
            execucoes.c.devida_em <= tx.now,
            clientes.c.credencial_recusada_em.is_(None),
        )
        .order_by(execucoes.c.devida_em, execucoes.c.id)
        .limit(limit)
        .with_for_update(of=processos, key_share=True, skip_locked=True)
    )
    return [Execucao(**row._mapping) for row in await tx.execute(statement)]


async def due_uploads(tx: Transaction, operadora_id: UUID, limit: int) -> list[Execucao]:
    """The next uploads to SAT to be sent, of invoices of this operadora: whose time has come, longest due first.

    Locked, and left out, as the downloads are.
    """
    where = (
        execucoes.c.operadora_id == operadora_id,
        execucoes.c.tipo_execucao == TipoExecucao.UPLOAD_SAT,
        _OPEN,
        execucoes.c.enviada_em.is_(None),
        execucoes.c.devida_em <= tx.now,
    )
    source = execucoes.join(processos, processos.c.id == execucoes.c.processo_id)
    statement = _ROW.select_from(source).where(*where).order_by(execucoes.c.devida_em, execucoes.c.id).limit(limit)
    locked = statement.with_for_update(of=processos, key_share=True, skip_locked=True)
    return [Execucao(**row._mapping) for row in await tx.execute(locked)]


async def failed_uploads(connection: AsyncConnection, before: datetime, limit: int) -> list[UUID]:
    """Processos that wait for SAT and whose last robot failed for good before that moment; longest due first."""
    later = execucoes.alias("later")
    upload = execucoes.c.tipo_execucao == TipoExecucao.UPLOAD_SAT
    newer = exists().where(
        later.c.processo_id == processos.c.id,
        later.c.tipo_execucao == TipoExecucao.UPLOAD_SAT,
        later.c.id > execucoes.c.id,
    )
    statement = (
        select(processos.c.id)
        .join(execucoes, execucoes.c.processo_id == processos.c.id)
        .where(
            processos.c.status_processo == StatusProcesso.AGUARDANDO_ENVIO_SAT,
            processos.c.status_ativo,
            processos.c.envio_automatico_em.is_(None),
            upload,
            execucoes.c.status_execucao.in_((StatusExecucao.FALHOU, StatusExecucao.TIMEOUT)),
            execucoes.c.data_inicio >= processos.c.data_aprovacao,
            execucoes.c.data_fim < before,
            ~newer,
        )
        .order_by(processos.c.data_vencimento, processos.c.id)
        .limit(limit)
    )
    return list((await connection.execute(statement)).scalars())


async def operadoras_with_due(connection: AsyncConnection, now: datetime) -> list[UUID]:
    """Operadoras that have a robot to be sent."""
    statement = (
        select(execucoes.c.operadora_id)
        .where(_OPEN, execucoes.c.enviada_em.is_(None), execucoes.c.devida_em <= now)
        .distinct()
    )
    return list((await connection.execute(statement)).scalars())


async def jobs_to_poll(tx: Transaction, silent_for: timedelta) -> list[tuple[UUID, str]]:
    """Open ones with a job, and no result yet, that is asked how it is now."""
    waiting = and_(_OPEN, execucoes.c.resultado_saida.is_(None))
    return await take_to_poll(tx, waiting, execucoes.c.sinal_em, execucoes.c.data_inicio, silent_for)


async def silent_since(connection: AsyncConnection, before: datetime, limit: int = 50) -> list[Execucao]:
    """Sent ones whose robot has given no sign of life since then."""
    where = _OPEN, execucoes.c.enviada_em.is_not(None), execucoes.c.resultado_saida.is_(None)
    statement = _ROW.where(*where, execucoes.c.sinal_em <= before).order_by(execucoes.c.sinal_em).limit(limit)
    return [Execucao(**row._mapping) for row in await connection.execute(statement)]


async def list_execucoes(
    connection: AsyncConnection, pagina: Pagina, *, abertas: bool | None = None, **filters: Any
) -> tuple[list[Execucao], int]:
    """A page of those that have these values, newest first, and how many they are."""
    where = [execucoes.c[name] == value for name, value in filters.items()]
    if abertas is not None:
        where.append(_OPEN if abertas else execucoes.c.data_fim.is_not(None))
    rows, total = await page(connection, _ROW, execucoes, where, execucoes.c.id, pagina, so_cresce=True)
    return [Execucao(**without_total(row)) for row in rows], total


async def add_log(tx: Transaction, execucao_id: UUID, lines: Sequence[dict[str, Any]]) -> None:
    """Keep log lines; those that are kept already (by `seq`) are passed over."""
    rows = [{"execucao_id": execucao_id, **line} for line in lines]
    if rows:
        await tx.execute(tx.insert(logs_execucao).values(rows).on_conflict_do_nothing())


def _execucao(row: Row[Any] | None) -> Execucao | None:
    return None if row is None else Execucao(**row._mapping)
