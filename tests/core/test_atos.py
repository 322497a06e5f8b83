"""Every writing action there is, and the row of the audit that it leaves; or why it leaves none."""

from collections.abc import Iterator
from typing import Any

import pytest
from typer.main import get_command

from bot.commands.cli import app
from storage.auditoria.tipos import Ato
from webhooks.routes import PAGES, ROUTES

OF_A_PROCESSO = "its history (`historico`) says who, when and how; nobody decided anything"
OWN = "one's own, and of nobody else"
COUNTER = "a counter of the operation's systems, with an api-key"
PRESENCE = "presence: its own table says it"
CHANNEL = "a channel's or a robot's: what people do there is a word or a button"

ROUTES_OF: dict[str, Ato | str] = {
    "POST /consultor": Ato.CONSULTOR,
    "PUT /consultor/{id}": Ato.CONSULTOR,
    "DELETE /consultor/{id}": Ato.CONSULTOR,
    "PUT /consultor/{id}/connection": PRESENCE,
    "POST /protocolo": COUNTER,
    "PUT /protocolo/{id}": COUNTER,
    "POST /api/v1/presence/set-status": PRESENCE,
    "POST /api/v1/presence/heartbeat": PRESENCE,
    "POST /api/v1/typing": PRESENCE,
    "DELETE /api/v1/typing": PRESENCE,
    "POST /pool-bo/liberar": Ato.LIBERAR,
    "POST /reprocessar": Ato.REPROCESSAR,
    "POST /usuarios": Ato.USUARIO,
    "PUT /usuarios/{id}": Ato.USUARIO,
    "DELETE /usuarios/{id}": Ato.USUARIO,
    "POST /operadoras": Ato.OPERADORA,
    "PUT /operadoras/{id}": Ato.OPERADORA,
    "DELETE /operadoras/{id}": Ato.OPERADORA,
    "POST /clientes": Ato.CLIENTE,
    "PUT /clientes/{id}": Ato.CLIENTE,
    "DELETE /clientes/{id}": Ato.CLIENTE,
    "POST /processos": OF_A_PROCESSO,
    "POST /processos/upload-manual-fatura": Ato.RECEBER,
    "POST /processos/baixar/{id}": OF_A_PROCESSO,
    "POST /processos/enviar-para-sat/{id}": Ato.ENVIAR,
    "POST /processos/aprovar/{id}": Ato.APROVAR,
    "POST /processos/rejeitar/{id}": Ato.REJEITAR,
    "POST /processos/desfazer/{id}": Ato.DESFAZER,
    "PUT /processos/{id}": Ato.CORRIGIR,
    "DELETE /processos/{id}": Ato.DESATIVAR,
    "POST /agendamentos": Ato.AGENDAMENTO,
    "PUT /agendamentos/{id}": Ato.AGENDAMENTO,
    "DELETE /agendamentos/{id}": Ato.AGENDAMENTO,
    "POST /agendamentos/{id}/executar": Ato.AGENDAMENTO,
    "POST /webhooks/telegram": CHANNEL,
    "POST /webhooks/whatsapp": CHANNEL,
    "POST /webhooks/rpa": CHANNEL,
}
PAGES_OF: dict[str, Ato | str] = {
    "execucoes/{id}/parar": OF_A_PROCESSO,
    "execucoes/{id}/de-novo": OF_A_PROCESSO,
    "vendas/{id}/parar": Ato.VENDA,
    "atendimento/{id}/encerrar": Ato.ATENDIMENTO,
    "atendimento/{id}/transferir": Ato.ATENDIMENTO,
    "respostas": Ato.RESPOSTA,
    "respostas/apagar": Ato.RESPOSTA,
    "processos/varios": Ato.APROVAR,
    "processos/{id}/aprovar": Ato.APROVAR,
    "processos/{id}/rejeitar": Ato.REJEITAR,
    "processos/{id}/desfazer": Ato.DESFAZER,
    "processos/{id}/baixar": OF_A_PROCESSO,
    "processos/{id}/enviar": Ato.ENVIAR,
    "processos/{id}/parar": OF_A_PROCESSO,
    "processos/{id}/arquivo": Ato.RECEBER,
    "clientes/{id}/acesso": Ato.CLIENTE,
    "clientes/{id}/senha": Ato.REVELAR,
    "clientes": Ato.CLIENTE,
    "clientes/{id}": Ato.CLIENTE,
    "clientes/{id}/desativar": Ato.CLIENTE,
    "clientes/{id}/reativar": Ato.CLIENTE,
    "consultores": Ato.CONSULTOR,
    "consultores/{id}": Ato.CONSULTOR,
    "consultores/{id}/desativar": Ato.CONSULTOR,
    "consultores/{id}/reativar": Ato.CONSULTOR,
    "consultores/{id}/online": PRESENCE,
    "consultores/{id}/offline": PRESENCE,
    "importar": "looked at, and nothing is imported",
    "importar/{nome}/confirmar": Ato.IMPORTAR,
    "importar/{nome}/largar": "nothing was imported",
    "operadoras": Ato.OPERADORA,
    "operadoras/{id}": Ato.OPERADORA,
    "operadoras/{id}/desativar": Ato.OPERADORA,
    "operadoras/{id}/reativar": Ato.OPERADORA,
    "operadoras/{id}/retomar": Ato.OPERADORA,
    "usuarios": Ato.USUARIO,
    "usuarios/{id}": Ato.USUARIO,
    "usuarios/{id}/desativar": Ato.USUARIO,
    "usuarios/{id}/reativar": Ato.USUARIO,
    "usuarios/{id}/convite": Ato.CONVIDAR,
    "usuarios/{id}/idioma": "the language of a conversation; its person changes it with a word",
    "agendamentos/{id}/executar": Ato.AGENDAMENTO,
    "agendamentos/{id}/pausar": Ato.AGENDAMENTO,
    "agendamentos/{id}/retomar": Ato.AGENDAMENTO,
    "agendamentos": Ato.AGENDAMENTO,
    "agendamentos/{id}": Ato.AGENDAMENTO,
    "saude/refazer": Ato.REPROCESSAR,
    "desfazer": "as what it undoes",
    "sair": OWN,
    "entrar": Ato.ENTRAR,
    "telegram": Ato.ENTRAR,
}
COMMANDS_OF: dict[str, Ato | str] = {
    **dict.fromkeys(("up", "web", "worker", "clock"), "runs the service; administrators in its settings are USUARIO"),
    "migrate": "the schema, and nothing of anybody",
    "doctor": "looks",
    "fala": "looks",
    "liberar-pap-bo": Ato.LIBERAR,
    "token": Ato.TOKEN,
    "backup": Ato.BACKUP,
    "restaurar": Ato.BACKUP,
    "agendamentos": Ato.AGENDAMENTO,
    "rotacionar-chaves": Ato.CHAVES,
    "reprocessar": Ato.REPROCESSAR,
    **dict.fromkeys(
        [f"importar {o_que}" for o_que in ("usuarios", "consultores", "operadoras", "clientes")], Ato.IMPORTAR
    ),
    **dict.fromkeys(("lgpd exportar", "lgpd apagar"), Ato.LGPD),
}
# What is done in chat and nowhere else, or reads: they stand here so that every kind of act has its place.
IN_CHAT = {Ato.DELEGAR, Ato.EXPORTAR, Ato.VINCULAR, Ato.ANEXAR, Ato.REATIVAR}
# What leaves us (tests/core/test_revelacoes.py).
REVEALED = {Ato.ENTREGAR, Ato.ABRIR}


def _commands(group: Any, before: str = "") -> Iterator[str]:
    for name, command in group.commands.items():
        yield from _commands(command, f"{before}{name} ") if hasattr(command, "commands") else (f"{before}{name}",)


@pytest.mark.falha(285)
def test_whoever_adds_a_writing_action_says_which_act_it_is() -> None:
    writing = [f"{route.method} {route.path}" for route in ROUTES if route.method not in ("GET", "HEAD")]
    assert sorted(writing) == sorted(ROUTES_OF)
    pages = [route.path.removeprefix("/painel/") for route in PAGES if route.method == "POST"]
    assert sorted(pages) == sorted(PAGES_OF)
    assert sorted(_commands(get_command(app))) == sorted(COMMANDS_OF)


def test_every_kind_of_act_is_somebodys() -> None:
    known = {*ROUTES_OF.values(), *PAGES_OF.values(), *COMMANDS_OF.values(), *IN_CHAT, *REVEALED}
    assert set(Ato) - known == set()
