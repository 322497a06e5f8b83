"""A step of a processo that the table allows (core/processo/maquina.py): its status, its line of history, its event."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from core.auditoria.auditoria import Autor, registrar
from core.live import publish_processo
from core.processo.maquina import Acao, leads_to
from core.processo.quem import Quem
from storage.auditoria.tipos import Ato
from storage.processo.historico import add_passo
from storage.processo.processos import Processo, change_status, processo_by_id
from storage.processo.status import StatusProcesso
from storage.transaction import Transaction

# Steps that the audit has, too: decisions, and what changes what was decided on.
_AUDITED = frozenset(
    {
        Acao.APROVAR,
        Acao.REJEITAR,
        Acao.DESFAZER,
        Acao.ENVIAR,
        Acao.CORRIGIR,
        Acao.DESATIVAR,
        Acao.REATIVAR,
    }
)
# What people bring; what robots bring is in the history, and in their execucao.
_BROUGHT = frozenset({Acao.RECEBER, Acao.ANEXAR})


async def anotar(tx: Transaction, processo_id: UUID, acao: Acao, quem: Quem, **historico: Any) -> None:
    """Write a step into the history, and what somebody decided into the audit."""
    await add_passo(tx, processo_id, acao=acao, **quem.as_step(), **historico)
    if acao in _AUDITED or (acao in _BROUGHT and quem.usuario_id is not None):
        em_nome_de = historico.get("em_nome_de_usuario_id")
        registrar(
            tx,
            Ato(acao.value),
            Autor(quem.canal, quem.usuario_id),
            alvo=f"processo:{processo_id}",
            motivo=historico.get("motivo"),
            em_nome_de=None if em_nome_de is None else str(em_nome_de),
        )


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
    await anotar(tx, processo.id, acao, quem, de=de, para=para, **historico)
    changed = await processo_by_id(tx.connection, processo.id)
    assert changed is not None
    await publish_processo(tx, event, changed)
    return changed
