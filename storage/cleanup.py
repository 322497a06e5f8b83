"""Forgetting what is done and old: a rule for every table that grows, or a reason why it has none.

A row goes when it is older than its rule's days and nothing open needs it. `tests/storage/test_cleanup.py` holds the
two lists against the tables: whoever adds a table decides.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ColumnElement, Select, Table, and_, delete, func, select, tuple_

from storage.tables import (
    andamentos,
    answered_calls,
    atendimentos,
    convites,
    early_callbacks,
    events,
    execucoes,
    execucoes_agendamento,
    failed_events,
    importacoes,
    links_painel,
    logs_compactados,
    logs_execucao,
    logs_venda,
    mensagens,
    message_statuses,
    ocorrencias,
    ofertas,
    outbox,
    pap_bo_em_uso,
    passos_venda,
    perguntas_execucao,
    presence_changes,
    sessoes_painel,
    vendas,
)
from storage.transaction import Transaction

BATCH, BATCH_SQLITE = 500, 100
"""Rows of one transaction: some fifty milliseconds, and ten where nobody else can write meanwhile."""


@dataclass(frozen=True, slots=True)
class Regra:
    """When rows of a table go.

    `idade`: the column that says how old one is; where it is NULL, the row is not done and stays. `dias`: how old it
    must be; `piso`: the least that a cleaning may ask for. `livre`: what must hold besides, so that nothing open
    loses it.
    """

    tabela: Table
    idade: ColumnElement[datetime]
    dias: int
    piso: int
    livre: ColumnElement[bool] | None = None

    @property
    def nome(self) -> str:
        return self.tabela.name


def kept_for(regras: Sequence[Regra], retencao: Mapping[str, int]) -> list[Regra]:
    """The rules, with other days where an operation has its own for a table (setting `RETENCAO`)."""
    return [replace(regra, dias=max(retencao.get(regra.nome, regra.dias), regra.piso)) for regra in regras]


async def forget_some(tx: Transaction, regra: Regra, dias: int | None = None, limit: int = BATCH) -> int:
    """Remove the oldest that may go, at most `limit`; how many went.

    `dias`: another age, never below the rule's floor.
    """
    age = regra.dias if dias is None else max(dias, regra.piso)
    where = [regra.idade < tx.now - timedelta(days=age)]
    if regra.livre is not None:
        where.append(regra.livre)
    key = list(regra.tabela.primary_key.columns)
    old = select(*key).where(*where).order_by(regra.idade).limit(limit)
    return (await tx.execute(delete(regra.tabela).where(_in(key, old)))).rowcount


def _in(key: list[Any], rows: Any) -> ColumnElement[bool]:
    found: ColumnElement[bool] = key[0].in_(rows) if len(key) == 1 else tuple_(*key).in_(rows)
    return found


def _there_is(found: Select[Any]) -> ColumnElement[bool]:
    """As EXISTS, but looked for row by row: PostgreSQL makes a join of that one, and reads all of the other table."""
    return found.limit(1).scalar_subquery().is_not(None)


def _call_is_free() -> ColumnElement[bool]:
    """The newest stays: on SQLite the next id is counted from it. So do those of customers who are attended.

    Their `provider_id` is the topic, or the message that an edit, a quote and a report of delivery name.
    """
    is_open = atendimentos.c.encerrado_em.is_(None)
    topics = select(atendimentos.c.topico_outbox_id).where(is_open, atendimentos.c.topico_outbox_id.is_not(None))
    spoken = select(mensagens.c.id).join(atendimentos, atendimentos.c.id == mensagens.c.atendimento_id)
    newest = select(func.max(outbox.c.id)).scalar_subquery()
    return and_(
        outbox.c.id < newest,
        outbox.c.id.not_in(topics),
        ~_there_is(spoken.where(is_open, mensagens.c.outbox_id == outbox.c.id)),
    )


def _status_is_free() -> ColumnElement[bool]:
    """The call that it is about is forgotten already."""
    return ~_there_is(select(outbox.c.id).where(outbox.c.provider_id == message_statuses.c.provider_id))


def _offer_is_free() -> ColumnElement[bool]:
    ended = select(atendimentos.c.id).where(
        atendimentos.c.id == ofertas.c.atendimento_id, atendimentos.c.encerrado_em.is_not(None)
    )
    return _there_is(ended)


def _lease_is_free() -> ColumnElement[bool]:
    """The newest of each login stays: epochs are counted from it. The sale has ended."""
    other = pap_bo_em_uso.alias()
    later = select(other.c.epoch).where(
        other.c.bo_usuario_id == pap_bo_em_uso.c.bo_usuario_id, other.c.epoch > pap_bo_em_uso.c.epoch
    )
    return and_(_there_is(later), _has_ended(pap_bo_em_uso.c.venda_id))


def _change_is_free() -> ColumnElement[bool]:
    """The newest of each person stays: it says what they are."""
    other = presence_changes.alias()
    return _there_is(
        select(other.c.id).where(
            other.c.usuario_id == presence_changes.c.usuario_id, other.c.id > presence_changes.c.id
        )
    )


def _log_is_free() -> ColumnElement[bool]:
    return _there_is(
        select(execucoes.c.id).where(execucoes.c.id == logs_execucao.c.execucao_id, execucoes.c.data_fim.is_not(None))
    )


def _has_ended(venda_id: Column[UUID]) -> ColumnElement[bool]:
    return _there_is(select(vendas.c.id).where(vendas.c.id == venda_id, vendas.c.encerrada_em.is_not(None)))


def _run_is_free() -> ColumnElement[bool]:
    """The newest instant of each schedule stays: the next one follows from it."""
    other = execucoes_agendamento.alias()
    return _there_is(
        select(other.c.id).where(
            other.c.agendamento_id == execucoes_agendamento.c.agendamento_id,
            other.c.pedida_por.is_(None),
            other.c.devido_em > execucoes_agendamento.c.devido_em,
        )
    )


REGRAS = (
    # A provider may deliver again for days; design: 8 days or more.
    Regra(events, events.c.received_at, dias=14, piso=14),
    # Whoever lost an answer asks again within the day.
    Regra(answered_calls, answered_calls.c.answered_at, dias=1, piso=1),
    Regra(early_callbacks, early_callbacks.c.received_at, dias=1, piso=1),
    Regra(outbox, outbox.c.done_at, dias=30, piso=30, livre=_call_is_free()),
    Regra(message_statuses, message_statuses.c.at, dias=30, piso=30, livre=_status_is_free()),
    # They hold what somebody wrote. Three months to do them again by hand.
    Regra(failed_events, failed_events.c.last_at, dias=90, piso=14),
    Regra(convites, convites.c.expira_em, dias=30, piso=1),
    # Whoever opened the panel can be looked up for three months.
    Regra(links_painel, links_painel.c.expira_em, dias=30, piso=1),
    Regra(sessoes_painel, sessoes_painel.c.expira_em, dias=90, piso=30),
    Regra(logs_execucao, logs_execucao.c.timestamp, dias=90, piso=7, livre=_log_is_free()),
    # Packed thirty days after its end (bot/agendamento/limpeza.py).
    Regra(logs_compactados, logs_compactados.c.compactado_em, dias=365, piso=30),
    Regra(logs_venda, logs_venda.c.timestamp, dias=90, piso=7, livre=_has_ended(logs_venda.c.venda_id)),
    # Whoever asks what became of a sale asks within the quarter.
    Regra(passos_venda, passos_venda.c.quando, dias=90, piso=7, livre=_has_ended(passos_venda.c.venda_id)),
    # What came of it is in the audit; nothing of the file's own is here.
    Regra(importacoes, importacoes.c.criada_em, dias=90, piso=7),
    Regra(andamentos, andamentos.c.encerrado_em, dias=7, piso=1),
    Regra(perguntas_execucao, perguntas_execucao.c.encerrada_em, dias=90, piso=7),
    Regra(
        execucoes_agendamento, execucoes_agendamento.c.terminada_em, dias=180, piso=14, livre=_run_is_free()
    ),
    # What somebody wrote and was not understood, by its pattern.
    Regra(ocorrencias, ocorrencias.c.quando, dias=90, piso=30, livre=ocorrencias.c.tipo == "nao_entendido"),
    # Who did what by hand, and what was refused.
    Regra(ocorrencias, ocorrencias.c.quando, dias=365, piso=90),
    # Reports look back a year.
    Regra(presence_changes, presence_changes.c.quando, dias=400, piso=90, livre=_change_is_free()),
    Regra(ofertas, ofertas.c.respondida_em, dias=400, piso=90, livre=_offer_is_free()),
    Regra(pap_bo_em_uso, pap_bo_em_uso.c.liberado_em, dias=400, piso=90, livre=_lease_is_free()),
)  # fmt: skip

# Tables without a rule, each with the reason.
SEM_REGRA = {
    "agendamentos": "as many as people make",
    "agent_presence": "a row for each person",
    "aprovacoes": "who decided what: the history of an invoice",
    "cartoes_aprovacao": "which message asked whom to decide: goes with its invoice",
    "arquivos": "what customers sent; goes with them (LGPD), not with time",
    "auditoria": "only grows: nothing is ever removed from the chain",
    "auditoria_cabeca": "one row",
    "atendimentos": "people look them up; go with the customer (LGPD), not with time",
    "clientes": "the operation's own",
    "codigos_fatura": "what was read of an invoice: goes with it",
    "consultores": "the operation's own",
    "contatos": "a row for each person who ever wrote; goes with them (LGPD)",
    "delegacoes": "in whose name somebody decided: the history of an invoice",
    "documentos_fatura": "invoices are kept by law",
    "execucoes": "what robots did: the history of an invoice; its log lines go",
    "exames": "what was read of an invoice: goes with it",
    "historico": "who did what: the history of an invoice",
    "mensagens": "people look them up; go with the customer (LGPD), not with time",
    "operadoras": "the operation's own",
    "pap_bo_fila": "a row goes when its seller is served or leaves",
    "processos": "invoices are kept by law",
    "protocolo_contador": "one row",
    "protocolos": "numbers without gaps, for ever",
    "respostas_rapidas": "as many as people make",
    "rodizio": "a row for each consultor and language",
    "usuarios": "the operation's own",
    "vendas": "the operation's own",
}
