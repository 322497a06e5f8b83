"""A step of a processo that the table allows (core/processo/maquina.py): its status, its line of history, its event."""

from collections.abc import Mapping
from typing import Any

from core.live import publish_processo
from core.processo.maquina import Acao, leads_to
from core.processo.quem import Quem
from storage.processo.historico import add_passo
from storage.processo.processos import Processo, change_status, processo_by_id
from storage.processo.status import StatusProcesso
from storage.transaction import Transaction


async def dar_passo(
    tx: Transaction,
    processo: Processo,
    acao: Acao,
    quem: Quem,
    values: Mapping[str, Any],
    *,
    event: str,
    **historico: Any,
) -> Processo:
    """Take the step of a processo that this turn has locked; the processo as it is then.

    `values`: its other columns; `historico`: what the history says besides who, when and how.
    """
    de, para = StatusProcesso(processo.status_processo), leads_to(processo.status_processo, acao)
    assert para is not None, "the caller has looked whether the table allows it"
    if not await change_status(tx, processo.id, de, processo.versao, para, **values):
        raise RuntimeError("a locked processo changed under our hands")
    await add_passo(tx, processo.id, acao=acao, de=de, para=para, **quem.as_step(), **historico)
    changed = await processo_by_id(tx.connection, processo.id)
    assert changed is not None
    await publish_processo(tx, event, changed)
    return changed
