"""The downloads of a month, by many at once: what the schedule EXECUTAR_DOWNLOADS has robots do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from core.agendamento.espalhar import offset_seconds
from core.ids import new_id
from core.processo.maquina import Acao
from core.processo.quem import O_RELOGIO
from core.testemunha.meses import Mes
from storage.operadora.operadoras import Operadora
from storage.processo.downloads import Aguardando, add_downloads, next_awaiting
from storage.transaction import Transaction

BATCH = 500
"""Downloads of one turn: what a killed run has written down stays, and the next one goes on behind it."""


@dataclass(frozen=True, slots=True)
class Lote:
    """`pedidos`: how many downloads were written down. `ultimo`: where the next batch begins; None after the last."""

    pedidos: int
    ultimo: UUID | None


async def pedir_lote(
    tx: Transaction, mes: Mes, codigos: Sequence[str], inicio: datetime, janela: timedelta, depois: UUID | None
) -> Lote:
    """Write down the next downloads, each for its client's own place in the window that begins at `inicio`.

    What is under way, or whose login the portal refused, is left alone, so doing it again asks for nothing twice. The
    clock sends the robots (`despachar`): so many at once, and none while the operadora is paused. No live event for
    each: nobody wants a hundred thousand of them.
    """
    found = await next_awaiting(tx, mes.competencia, codigos, depois, BATCH)
    if not found:
        return Lote(0, None)
    rows = [
        {
            "id": new_id(tx.now),
            "processo_id": one.processo_id,
            "operadora_id": one.operadora_id,
            "classe_rpa_utilizada": one.classe_rpa,
            "parametros_entrada": {"mes_ano": str(mes), "operadora": one.codigo},
            "devida_em": _due(one, inicio, janela),
        }
        for one in found
    ]
    made = await add_downloads(tx, rows, {"acao": Acao.BAIXAR, **O_RELOGIO.as_step()})
    return Lote(made, found[-1].processo_id if len(found) == BATCH else None)


def paradas(operadoras: Sequence[Operadora], now: datetime) -> list[str]:
    """The codes of those that no robot is sent for until their pause is over."""
    return [one.codigo for one in operadoras if one.pausada_ate is not None and one.pausada_ate > now]


def _due(one: Aguardando, inicio: datetime, janela: timedelta) -> datetime:
    return inicio + timedelta(seconds=offset_seconds(one.cliente_id, janela))
