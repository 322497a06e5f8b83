"""Every table. Business columns carry the names of the reference systems; technical ones are English."""

from storage.tables.agendamentos import agendamentos, execucoes_agendamento
from storage.tables.atendimentos import atendimentos, mensagens, ofertas, respostas_rapidas
from storage.tables.auditoria import auditoria, auditoria_cabeca
from storage.tables.base import metadata
from storage.tables.consultores import consultores, protocolo_contador, protocolos, rodizio
from storage.tables.exames import codigos_fatura, exames
from storage.tables.importacoes import importacoes
from storage.tables.painel import links_painel, sessoes_painel
from storage.tables.pessoas import arquivos, contatos, convites, usuarios
from storage.tables.presenca import agent_presence, presence_changes
from storage.tables.processos import (
    aprovacoes,
    cartoes_aprovacao,
    clientes,
    delegacoes,
    documentos_fatura,
    execucoes,
    historico,
    logs_compactados,
    logs_execucao,
    operadoras,
    processos,
)
from storage.tables.robos import andamentos, logs_venda, perguntas_execucao
from storage.tables.turns import (
    OUTBOX_ID_BLOCK,
    answered_calls,
    early_callbacks,
    events,
    failed_events,
    message_statuses,
    ocorrencias,
    outbox,
    outbox_ids,
)
from storage.tables.vendas import pap_bo_em_uso, pap_bo_fila, passos_venda, vendas

__all__ = [
    "OUTBOX_ID_BLOCK", "agendamentos", "agent_presence", "andamentos", "answered_calls", "aprovacoes", "arquivos",
    "atendimentos", "auditoria", "auditoria_cabeca", "cartoes_aprovacao", "clientes", "codigos_fatura", "consultores",
    "contatos", "convites", "delegacoes", "documentos_fatura", "early_callbacks", "events", "exames", "execucoes",
    "execucoes_agendamento", "failed_events", "historico", "importacoes", "links_painel", "logs_compactados",
    "logs_execucao", "logs_venda", "mensagens", "message_statuses", "metadata", "ocorrencias", "ofertas", "operadoras",
    "outbox", "outbox_ids", "pap_bo_em_uso", "pap_bo_fila", "passos_venda", "perguntas_execucao", "presence_changes",
    "processos", "protocolo_contador", "protocolos", "respostas_rapidas", "rodizio", "sessoes_painel", "usuarios",
    "vendas",
]  # fmt: skip
