"""All invoices of a month that a robot can fetch, or take to SAT: which they are, and what came of beginning them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from core.processo.consulta.acoes import acoes_agora
from core.processo.execucoes import baixar, enviar
from core.processo.limites import ProcessoLimits
from core.processo.maquina import Acao
from core.processo.quem import Quem
from core.processo.resultado import Saida
from storage.pages import Pagina
from storage.processo.processos import Processo, list_processos, lock_processos
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
    """Those that can be begun now, of `total` that stand there."""

    processos: list[Processo]
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


async def a_comecar(tx: Transaction, competencia: int, status: StatusProcesso, quem: Quem) -> Lote:
    """The newest of that month and status that this person may have begun, each by the rules of one alone."""
    filters: dict[str, Any] = {"competencia": competencia, "status_ativo": True, "status_processo": status}
    found, total = await list_processos(tx.connection, Pagina(TOGETHER), **filters)
    able = [one for one in found if ACAO_DE[status] in await acoes_agora(tx, one, quem)]
    return Lote(able, total)


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
