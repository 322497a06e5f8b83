"""The processos of one month, one row each, for the month's report."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import clientes, documentos_fatura, operadoras, processos, usuarios

_BATCH = 2000


@dataclass(frozen=True, slots=True)
class LinhaMes:
    """One processo of the month. Money in cents; `anterior_centavos`: what its cliente paid the month before.

    `operadora`: by its nome, as people know it; no two have the same.
    """

    id: UUID
    operadora: str
    codigo: str
    razao_social: str
    cnpj: str
    filtro: str
    unidade: str
    status_processo: str
    valor_centavos: int | None
    anterior_centavos: int | None
    data_vencimento: date | None
    recebida_em: datetime | None
    data_aprovacao: datetime | None
    aprovada_por: str | None
    data_envio_sat: datetime | None
    tentativas_download: int
    upload_manual: bool


async def rows_of_month(
    connection: AsyncConnection, competencia: int, mes_ano_anterior: str, batch: int = _BATCH
) -> AsyncIterator[LinhaMes]:
    """The active processos of a month (AAAAMM), by status and id, read in pieces: 100,000 are never held at once."""
    last: Row[Any] | None = None
    statement = _statement(competencia, mes_ano_anterior).limit(batch)
    key = tuple_(processos.c.status_processo, processos.c.id)
    while True:
        after = statement if last is None else statement.where(key > tuple_(last.status_processo, last.id))
        found = (await connection.execute(after)).all()
        for row in found:
            yield LinhaMes(**row._mapping)
        if len(found) < batch:
            return
        last = found[-1]


def _statement(competencia: int, mes_ano_anterior: str) -> Any:
    before = processos.alias("before")
    of_others = {
        "operadora": operadoras.c.nome,
        "codigo": operadoras.c.codigo,
        "razao_social": clientes.c.razao_social,
        "cnpj": clientes.c.cnpj,
        "filtro": clientes.c.filtro,
        "unidade": clientes.c.unidade,
        "anterior_centavos": before.c.valor_centavos,
        "recebida_em": documentos_fatura.c.criado_em,
        "aprovada_por": usuarios.c.nome_completo,
    }
    columns = [
        of_others[name].label(name) if name in of_others else processos.c[name]
        for name in LinhaMes.__dataclass_fields__
    ]
    same_client = and_(
        before.c.cliente_id == processos.c.cliente_id, before.c.mes_ano == mes_ano_anterior, before.c.status_ativo
    )
    source = (
        processos.join(clientes, clientes.c.id == processos.c.cliente_id)
        .join(operadoras, operadoras.c.id == clientes.c.operadora_id)
        .outerjoin(before, same_client)
        .outerjoin(documentos_fatura, documentos_fatura.c.id == processos.c.documento_id)
        .outerjoin(usuarios, usuarios.c.id == processos.c.aprovado_por_usuario_id)
    )
    where = processos.c.competencia == competencia, processos.c.status_ativo
    return select(*columns).select_from(source).where(*where).order_by(processos.c.status_processo, processos.c.id)
