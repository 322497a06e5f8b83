"""What else releases leave in rows for those after them, beside commands: rows are added, and never changed."""

from typing import Any

ID = "5f0f6d0e-3d5c-4a53-9a0c-1f2e3d4c5b6a"
_SINCE = {"_perguntado_em": "2026-11-29T12:00:00+00:00", "_perguntado_por": 41}
_DELEGAR = {"para": ID, "nome": "Gil Torres"}
_ACHADO = ["cep", "30140071", "30140-071", 0, 9, "30140-071"]

# A question that waits for its answer: `contatos.state`, and what is kept with it.
ESTADOS: list[tuple[str, dict[str, Any]]] = [
    ("Vender:confirmacao", {}),
    ("Vender:lugar_na_fila", {}),
    ("Vender:robo", {}),
    ("Vender:resposta", {"about": ID}),
    ("Vender:leitura", {"about": ID, "lida": "30140-071"}),
    ("Vender:achados", {"about": ID, "achados": [_ACHADO]}),
    ("Vender:confirmacao_cancelamento", {}),
    ("Agendar:frase", {}),
    ("Agendar:hora", {"agendar": {"tipo": "BACKUP_DIARIO_BD", "dias": "*"}}),
    ("Agendar:cron", {"agendar": {"tipo": "LIMPEZA_LOGS", "parametros": {"dias": 90}}}),
    ("Agendar:confirmacao", {"agendar": {"tipo": "LIMPEZA_LOGS", "parametros": None, "cron": "0 3 * * 0"}}),
    ("Nota:texto", {"atendimento_id": 5}),
    ("Rejeitar:motivo", {"processo_id": ID, "versao": 2}),
    ("Rejeitar:confirmacao", {"processo_id": ID, "versao": 2, "motivo": "valor errado"}),
    ("UsarMesmoAssim:motivo", {"processo_id": ID, "versao": 2}),
    ("AprovarVarias:confirmacao", {"lote_aprovacao": [[ID, 1]]}),
    ("Comecar:confirmacao", {"lote_a_comecar": {ID: 1}, "lote_acao": "BAIXAR"}),
    ("Delegar:inicio", {"delegar": _DELEGAR}),
    ("Delegar:fim", {"delegar": _DELEGAR | {"inicio": "2026-12-01"}}),
    ("Delegar:confirmacao", {"delegar": _DELEGAR | {"inicio": "2026-12-01", "fim": "2026-12-09"}}),
    ("Robo:resposta", {"pergunta": 7}),
    ("Senha:fatura", {"de": "arq", "which": ID}),
    ("Avaliar:nota", {"atendimento_id": 5}),
    ("Avaliar:comentario", {"atendimento_id": 5}),
]
# What is kept beside any question, or none.
BESIDE = _SINCE | {
    "dito": ["oi", "quero vender"],
    "mal_entendidos": 1,
    "respondido_em": ["2026-11-30T12:00:00+00:00"],
    "ultima_pergunta": ["quantas vendas fizemos hoje?", "2026-11-30T12:00:00+00:00"],
    "faturas_que_faltam": [ID],
    "busca_processos": {"palavras": ["padaria"], "competencia": "2026-11", "status": None},
}

# `agendamentos.tipo_agendamento` and `parametros_execucao`.
PARAMETROS: list[tuple[str, dict[str, Any]]] = [
    ("CRIAR_PROCESSOS_MENSAIS", {"mes": "proximo", "operadoras": ["VIVO"]}),
    ("EXECUTAR_DOWNLOADS", {"mes": "anterior", "operadoras": [], "janela_minutos": 60}),
    ("ENVIAR_RELATORIOS", {"assunto": "vendas", "periodo": "semanal", "para": ["ADMINISTRADOR", "5531988806002"]}),
    ("LIMPEZA_LOGS", {"dias": 90}),
    ("BACKUP_DADOS", {"restaurar": False}),
    ("BACKUP_DIARIO_BD", {"restaurar": True}),
]

# On Redis, for ten minutes: how something that was done in the panel is taken back (`webhooks/painel/desfazer.py`).
VOLTAS: list[tuple[str, dict[str, Any]]] = [
    ("cliente", {"id": ID, "antes": {"razao_social": "Padaria", "status_ativo": True}, "visto": "0f3a"}),
    ("consultor", {"id": "7", "antes": {"status_ativo": False}, "visto": "0f3a"}),
    ("presenca", {"id": 7, "online": True}),
    ("operadora", {"id": ID, "antes": {"possui_rpa": False}, "visto": "0f3a"}),
    ("retomada", {"id": ID, "ate": "2026-11-30T12:00:00+00:00"}),
    ("usuario", {"id": ID, "antes": {"nome_completo": "Bia"}, "visto": "0f3a"}),
    ("idioma", {"id": ID, "antes": "pt_BR"}),
    ("agendamento", {"id": ID, "antes": {"status_ativo": True}, "visto": "0f3a"}),
    ("resposta", {"nome": "saudacao", "antes": "Oi!", "agora": "Olá!"}),
    ("processos", {"acao": "APROVAR", "ids": [ID]}),
    ("robo", {"id": ID, "acao": "BAIXAR"}),
]

_SAID = {"message_id": 9, "date": 1, "chat": {"id": 77, "type": "private"}, "from": {"id": 77, "is_bot": False}}
# `failed_events.payload`: of somebody who wrote, and of a robot that called back.
CARTAS: list[tuple[str, dict[str, Any]]] = [
    ("telegram", {"external_id": "77", "update": {"message": _SAID | {"text": "VENDER"}}, "nome": "Ana"}),
    (
        "whatsapp",
        {
            "external_id": "5531988804000",
            "update": {"message": _SAID | {"text": "oi"}},
            "telefone": "5531988804000",
            "at": "2026-11-29T12:00:00+00:00",
        },
    ),
]
RETORNOS: list[dict[str, Any]] = [
    {
        "event": "job.completed",
        "job_id": "job-7",
        "data": {"numero_pedido": "NIO-1"},
        "seq": 4,
        "venda_id": ID,
        "execucao_id": None,
    },
    {"event": "job.log", "job_id": "job-8", "data": {"linhas": []}, "seq": None, "venda_id": None, "execucao_id": ID},
]
# On Redis, written by the process of before and taken up by ours: a task's name and what it is given.
TAREFAS = [("deliver", ["contato:4"])]

# A browser that is in goes on after an update: what its cookie `painel` holds, what its pages' forms carry
# (`webhooks/painel/sessao.py`), and the row of `sessoes_painel` that the release before left.
SESSAO_COOKIE = "q3k0X7c2yqJxJ2l1m0aZ8Hn4rT5wV6uE9sD1fG7hK0Y"
SESSAO_FORM = "d4f5dc45025d56d21d08c285f71d065a681ebaf4482a2b0ce41e927d7180ee19"
SESSAO: dict[str, Any] = {
    "id": ID,
    "token_hash": "58de51483afae458f16cffe237db49379861a9cf9712e0c6e873fffdd8694090",
    "perfil_usuario": "ADMINISTRADOR",
    "canal": "telegram",
    "idioma": "pt_BR",
    "user_agent": "Mozilla/5.0",
    "encerrada_em": None,
}
# What a link said in chat holds, and its row of `links_painel`: tapped within a minute of the update.
LINK_TOKEN = "Zt8Yx1Wv4Us7Rq0Po3Nm6Lk9Ji2Hg5Fe8Dc1Ba4zY7x"
LINK: dict[str, Any] = {
    "token_hash": "618f856f6409a7b74bc27e749791eeed3d0631eceee74e8babb6cf989b6d76bb",
    "canal": "whatsapp",
    "idioma": "pt_BR",
    "destino": "/painel/processos",
    "usado_em": None,
}
