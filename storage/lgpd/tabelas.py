"""Every table: what of a person is in it and what becomes of it, or why it has nothing of anybody.

`tests/storage/test_lgpd.py` holds the two lists against the tables; docs/privacidade.md says the same to people.
"""

# What `apagar` does with a person's part of it.
PESSOAIS = {
    "agendamentos": "schedules; a report is sent to them no more, and their phone in a description is replaced",
    "agent_presence": "what they said of their absence is emptied",
    "answered_calls": "goes by itself after a day",
    "aprovacoes": "who decided, by their id: the law wants to know who approved; their phone in a reason is replaced",
    "arquivos": "what they sent is removed, from the object store too",
    "atendimentos": "what they said of it is emptied; that it was, when and how it was rated stays",
    "consultores": "name and phone are replaced; the row stays, with its protocolos",
    "contatos": "name, phone and the channel's ids are replaced; the row stays, with what names it",
    "convites": "removed",
    "early_callbacks": "goes by itself after a day",
    "execucoes": "address and browser of who asked are emptied",
    "execucoes_agendamento": "runs of schedules; their phone in a result is replaced",
    "failed_events": "removed",
    "links_painel": "removed",
    "historico": "who did what to an invoice, by their id; their phone in a reason is replaced",
    "logs_compactados": "their phone in a packed line of a robot is replaced",
    "logs_execucao": "their phone in a line is replaced",
    "logs_venda": "their phone in a line is replaced",
    "mensagens": "texts of their atendimentos are emptied, their phone in those of others is replaced",
    "ocorrencias": "a detail with their phone in it is emptied",
    "outbox": "what was said to them or about them is emptied; what still waits is not said",
    "pap_bo_em_uso": "the phone of the seller is emptied",
    "perguntas_execucao": "their phone in what a robot asked is replaced; who answered stays, by their id",
    "passos_venda": "a step with their phone or their channel's id in it is emptied; 90 days",
    "presence_changes": "what they said of their absence is emptied",
    "processos": "invoices of companies, kept by law; their phone in a reason is replaced",
    "respostas_rapidas": "texts of the operation; their phone in one is replaced",
    "sessoes_painel": "removed",
    "usuarios": "name, phone, e-mail and credentials are replaced; the row stays, with what they decided",
    # Kept: the contract of a sale, and what robots were told of it (Código Civil, art. 206; lei 13.709, art. 16, I).
    "vendas": "kept for the contract; their phone in what a robot said is replaced; what a buyer answered is not here",
}

NAO_PESSOAIS = {
    "andamentos": "numbers of messages",
    "auditoria": "who did what, by their id",
    "auditoria_cabeca": "one row",
    "cartoes_aprovacao": "numbers of messages",
    "clientes": "companies that are clients; the login and CPF of a portal are the operation's own",
    "codigos_fatura": "codes of invoices of companies",
    "delegacoes": "who decides for whom, by their ids",
    "documentos_fatura": "invoices of companies, kept by law (lei 5.172, art. 195)",
    "events": "marks of events: 14 days; ids of the channels, which only they can read",
    "exames": "what was read of invoices of companies",
    "importacoes": "which file of rows somebody had imported, by their id, and counts",
    "message_statuses": "whether a message was read, by the channel's id: 30 days",
    "ofertas": "which consultor was asked, by their id",
    "operadoras": "companies",
    "pap_bo_fila": "numbers of vendas",
    "protocolo_contador": "one row",
    "protocolos": "numbers",
    "rodizio": "whose turn it is, by their number",
}
