"""What waits for approvers: what one of them may approve together, with one confirmation."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from core.direitos.avisados import Noticia, avisados
from core.exame.guardado import agrees
from core.processo.limites import ProcessoLimits
from core.processo.maquina import VIEWERS, Acao
from core.processo.processos import aprovar_trancado, whose_right
from core.processo.quem import Quem
from core.processo.resultado import Resultado, Saida
from core.processo.valores import is_unusual, text_of, usual
from storage.exame.exames import Guardado, exames_of
from storage.pessoa.usuarios import active_perfis
from storage.processo.aprovacoes import delegados_of
from storage.processo.pendentes import pendentes
from storage.processo.processos import Processo, lock_processos, pending, values_before_each
from storage.transaction import Transaction

# Of the costliest ones so many are looked at, and so many approved with one confirmation.
LOOKED_AT = 40
TOGETHER = 20


@dataclass(frozen=True, slots=True)
class Feitas:
    """What became of several that were approved together."""

    aprovadas: list[Resultado]
    ficaram: list[Processo]


async def people_who_approve(connection: AsyncConnection, now: datetime, limit: int) -> list[UUID]:
    """Everybody who may approve, by a right of their own (so many of each perfil) or a delegated one."""
    people = [row.id for row in await avisados(connection, Noticia.FATURA, limit)]
    delegates = await active_perfis(connection, await delegados_of(connection, people, now))
    return [*people, *(one for one, perfil in delegates.items() if perfil in VIEWERS)]


async def sem_aprovador(connection: AsyncConnection, now: datetime) -> tuple[int, list[Processo]]:
    """How many people may approve, and what waits that none of them can approve."""
    people = await people_who_approve(connection, now, LOOKED_AT)
    return len(set(people)), [one for one in await pending(connection) if ninguem_pode(people, one)]


def ninguem_pode(people: Collection[UUID], processo: Processo) -> bool:
    """Whether these people, all who have the right, cannot approve it: too few, or only whoever brought the file."""
    others = set(people) - {processo.enviado_por_usuario_id}
    return not others or len(set(people)) < processo.aprovacoes_necessarias


async def a_aprovar_juntas(tx: Transaction, quem: Quem, today: date, limits: ProcessoLimits) -> list[Processo]:
    """Those of the costliest to be late with that this person alone can approve, and whose witnesses all agree."""
    if await whose_right(tx, quem, Acao.APROVAR) is None:
        return []
    found, _total = await pendentes(tx.connection, today, LOOKED_AT)
    alone = [
        one.processo
        for one in found
        if one.processo.aprovacoes_necessarias == 1 and one.processo.enviado_por_usuario_id != quem.usuario_id
    ]
    able = await aprovaveis_juntas(tx.connection, alone, limits)
    return [one for one in alone if one.id in able][:TOGETHER]


async def aprovar_varias(
    tx: Transaction, lote: Sequence[tuple[UUID, int]], quem: Quem, limits: ProcessoLimits
) -> Feitas:
    """Approve those of these (id, version) that are still as they were shown, and agree still; in the order of ids."""
    done = Feitas([], [])
    shown = dict(lote)
    locked = await lock_processos(tx, shown.keys())
    titular = await whose_right(tx, quem, Acao.APROVAR)
    able = await aprovaveis_juntas(tx.connection, locked, limits)
    for processo in locked:
        if processo.id not in able:
            done.ficaram.append(processo)
            continue
        versao, mostrado = shown[processo.id], shown_of(processo)
        resultado = await aprovar_trancado(tx, processo, quem, titular, limits, versao=versao, mostrado=mostrado)
        if resultado.saida is Saida.FEITO:
            done.aprovadas.append(resultado)
        else:
            done.ficaram.append(processo)
    return done


def shown_of(processo: Processo) -> dict[str, Any]:
    """What somebody had before their eyes, for the record of the decision."""
    due = processo.data_vencimento.isoformat() if processo.data_vencimento else None
    return {"valor_fatura": text_of(processo.valor_centavos), "data_vencimento": due, "versao": processo.versao}


async def aprovaveis_juntas(
    connection: AsyncConnection, several: Sequence[Processo], limits: ProcessoLimits
) -> frozenset[UUID]:
    """Ids of those that may be approved together with others, with one confirmation.

    All their witnesses agree, they say what the processo says, and its value is near this cliente's usual one.
    """
    kept = await exames_of(connection, [one.documento_id for one in several if one.documento_id is not None])
    before = await values_before_each(connection, [one.id for one in several])
    return frozenset(
        one.id
        for one in several
        if one.documento_id is not None
        and one.documento_id in kept
        and _holds(one, kept[one.documento_id])
        and not is_unusual(one.valor_centavos, usual(before.get(one.id, ())), limits)
    )


def _holds(processo: Processo, kept: Guardado) -> bool:
    """Whether the witnesses agree on what the processo says; a due date that none of them has is nobody's word."""
    same = processo.valor_centavos == kept.valor_centavos and processo.data_vencimento == kept.data_vencimento
    return same and agrees(kept)
