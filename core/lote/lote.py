"""All invoices of a month that a robot can fetch, or take to SAT: which they are, and what came of beginning them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from core.processo.execucoes import baixar, enviar
from core.processo.limites import ProcessoLimits
from core.processo.maquina import Acao
from core.processo.quem import Quem
from core.processo.resultado import Saida
from storage.processo.downloads import ready
from storage.processo.processos import Processo, counts_of_month, lock_processos
from storage.processo.status import StatusProcesso
from storage.transaction import Transaction

TOGETHER = 40
"""So many are begun with one confirmation."""
ACAO_DE: Mapping[StatusProcesso, Acao] = {
    StatusProcesso.AGUARDANDO_DOWNLOAD: Acao.BAIXAR,
    StatusProcesso.AGUARDANDO_ENVIO_SAT: Acao.ENVIAR,
}
"""What is begun of those that stand there."""


@dataclass(frozen=True, slots=True)
class Lote:
    """The first of `prontas` that can be begun now, of `total` that stand there."""

    processos: list[Processo]
    prontas: int
    total: int

    @property
    def centavos(self) -> int:
        """What they are worth together, as far as it is known."""
        return sum(one.valor_centavos or 0 for one in self.processos)


@dataclass(frozen=True, slots=True)
class Comecadas:
    """What became of those that were confirmed."""

    feitas: list[Processo]
    ficaram: list[Processo]


async def a_comecar(connection: AsyncConnection, competencia: int, status: StatusProcesso) -> Lote:
    """The newest of that month and status that a robot can be sent for; the right to it is asked for as each begins."""
    processos, prontas = await ready(connection, competencia, status, TOGETHER)
    counts = await counts_of_month(connection, competencia)
    return Lote(processos, prontas, counts.get(status, 0))


async def a_comecar_destas(connection: AsyncConnection, ids: Collection[UUID], status: StatusProcesso) -> Lote:
    """As `a_comecar`, of these alone."""
    processos, prontas = await ready(connection, ids, status, TOGETHER)
    return Lote(processos, prontas, prontas)


async def comecar(
    tx: Transaction, shown: Mapping[UUID, int], acao: Acao, quem: Quem, limits: ProcessoLimits
) -> Comecadas:
    """Begin those (id, version) that are still as they were shown; all are locked before the first one begins."""
    send = baixar if acao is Acao.BAIXAR else enviar
    done = Comecadas([], [])
    for processo in await lock_processos(tx, shown.keys()):
        same = processo.versao == shown[processo.id]
        resultado = await send(tx, processo.id, quem, limits) if same else None
        began = resultado is not None and resultado.saida is Saida.FEITO
        (done.feitas if began else done.ficaram).append(processo)
    return done
