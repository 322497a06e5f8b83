"""Every place where a plain secret, or what is somebody else's, leaves us; and the row of the audit that it leaves."""

import ast
from collections.abc import Iterator

import pytest

from storage.auditoria.tipos import Ato
from tests.support.source_code import ROOT, files, parsed
from webhooks.routes import PAGES, ROUTES

REGISTER = "what the registers say of it, no secret and no file"
WORK = "how far the work is; no conversation and no file"
FIGURES = "how many, how long, who"
OWN = "one's own, or what one is about to do"
NOBODYS = "of nobody"
LINES = "a robot's lines, without what it was given (core/robo/segredos.py)"

READS: dict[Ato | str, tuple[str, ...]] = {
    REGISTER: (
        "/consultores",
        "/consultor/{id}",
        "/usuarios",
        "/usuarios/{id}",
        "/clientes",
        "/operadoras",
        "/operadoras/{id}",
        "/clientes/{id}",
        "/agendamentos",
        "/agendamentos/{id}",
        "/painel/clientes",
        "/painel/consultores",
        "/painel/operadoras",
        "/painel/usuarios",
        "/painel/clientes/{id}",
        "/painel/consultores/{id}",
        "/painel/operadoras/{id}",
        "/painel/usuarios/{id}",
        "/painel/agendamentos",
        "/painel/agendamentos/{id}",
        "/painel/respostas",
        "/painel/auditoria",
    ),
    FIGURES: (
        "/consultor/da-vez",
        "/protocolos",
        "/protocolo/{id}",
        "/gerar-protocolo",
        "/pool-bo",
    ),
    WORK: (
        "/processos",
        "/processos/visualizar/{id}",
        "/processos/{id}",
        "/processos/{id}/historico",
        "/processos/{id}/documentos",
        "/processos/{id}/testemunhas",
        "/execucoes",
        "/execucoes/{id}",
        "/execucoes/detalhes/{id}",
        "/ws/v1/events",
        "/api/v1/events",
        "/reprocessar",
        "/auditoria",
        "/painel",
        "/painel/vendas",
        "/painel/vendas/{id}",
        "/painel/vendas/vendedores",
        "/painel/relatorios",
        "/painel/saude",
        "/painel/processos",
        "/painel/processos/{id}",
        "/painel/execucoes",
        "/painel/execucoes/{id}",
    ),
    OWN: (
        "/api/v1/presence/me",
        "/painel/importar",
        "/painel/importar/{nome}",
        "/painel/importar/{nome}/recusadas.csv",
        "/painel/sessoes",
    ),
    LINES: (
        "/api/v2/logs-tempo-real/stream/{job_id}",
        "/painel/execucoes/{id}/linhas",
        "/painel/vendas/{id}/linhas",
    ),
    NOBODYS: (
        "/webhooks/whatsapp",
        "/healthz",
        "/readyz",
        "/metrics",
        "/openapi.json",
        "/docs",
        "/redoc",
        "/docs/start.js",
        "/docs/swagger-ui.css",
        "/docs/swagger-ui-bundle.js",
        "/redoc/start.js",
        "/redoc/page.css",
        "/redoc/redoc.standalone.js",
        "/painel/clientes/novo",
        "/painel/consultores/novo",
        "/painel/usuarios/novo",
        "/painel/agendamentos/novo",
        "/painel/operadoras/nova",
        "/painel/entrar",
        "/painel/telegram",
        "/painel/static/{nome}",
    ),
    Ato.EXPORTAR: (
        "/painel/processos.csv",
        "/painel/processos.xlsx",
    ),
    Ato.ABRIR: (
        "/painel/atendimento",
        "/painel/atendimento/{id}",
        "/painel/arquivos/{id}",
        "/painel/documentos/{id}",
    ),
}

# Who opens what is sealed, by file and function.
OPENED: dict[str, Ato | str] = {
    "core/cliente/senhas.py revelar": Ato.REVELAR,
    "core/cliente/senhas.py entregar": Ato.ENTREGAR,
    "core/venda/emprestimo.py entregar": Ato.ENTREGAR,
    "core/venda/emprestimo.py _opened_password": "whether it opens: a login that no key opens is lent to nobody",
    "core/cliente/clientes.py open_password": "opened for the two of core/cliente/senhas.py",
    "core/cliente/importacao.py _is_senha": "compared with what a file brings",
    "core/pessoa/importacao.py _is_senha": "compared with what a file brings",
    "core/exame/senhas.py _opened": "tried on a PDF, by us",
    "core/robo/segredos.py _opened": "looked for in what robots say, to be masked",
    "bot/importacao/painel.py achar": "one's own file of rows",
    "webhooks/painel/desfazer.py _taken": "one's own act",
    "storage/live.py open": "a live event, sealed in Redis; its readers may read it",
    "storage/outbox/claims.py as_call": "what is said to a person, to be sent to them",
    "storage/presenca/digitacao.py take_indicator": "who is typing",
}
# Who takes the content of a file that is kept.
TAKEN: dict[str, Ato | str] = {
    "webhooks/painel/atendimento/conversa.py show_file": Ato.ABRIR,
    "webhooks/painel/processo/arquivos.py show": Ato.ABRIR,
    "webhooks/painel/processo/arquivos.py _stored": Ato.ABRIR,
    "bot/senders/transcricao/sender.py _pictures": Ato.EXPORTAR,
    "bot/channels/stored.py content_of": "by the turn that sends it: EXPORTAR a transcript, a report; ABRIR an invoice",
    "bot/robots/execucoes.py _link": Ato.ENVIAR,
    **dict.fromkeys(
        (
            "bot/backup/copies.py all",
            "bot/backup/copies.py prove",
            "bot/backup/copies.py _compare",
            "bot/backup/restore.py fetch",
            "bot/senders/importacao/sender.py _fetch",
            "bot/senders/faturas/notas.py hear",
            "bot/senders/faturas/trazidas.py _content",
            "bot/senders/faturas/trazidas.py _file",
            "bot/senders/faturas/store.py store",
            "bot/senders/faturas/sender.py _of_key",
        ),
        "read by us, shown to nobody",
    ),
}
_OPENS, _TAKES = {"open", "open_password"}, {"conteudo_of", "presigned_url", "get_file", "get"}


@pytest.mark.falha(292)
def test_whoever_adds_a_page_or_a_route_says_what_it_reveals() -> None:
    paths = [one.path for one in (*ROUTES, *PAGES) if one.method == "GET"]
    assert sorted(paths) == sorted(path for some in READS.values() for path in some)


@pytest.mark.falha(291)
def test_whoever_opens_a_sealed_secret_or_takes_a_file_says_what_for() -> None:
    opened, taken = set(), set()
    for name, function, call in _calls():
        holder = ast.unparse(call.func.value) if isinstance(call.func, ast.Attribute) else ""
        called = call.func.attr if isinstance(call.func, ast.Attribute) else ast.unparse(call.func)
        if called in _OPENS and (called == "open_password" or holder.endswith("secrets")):
            opened.add(f"{name} {function}")
        if called in _TAKES and (called == "conteudo_of" or holder.endswith("objects")):
            taken.add(f"{name} {function}")
    assert sorted(opened) == sorted(OPENED)
    assert sorted(taken) == sorted(TAKEN)


def _calls() -> Iterator[tuple[str, str, ast.Call]]:
    """Each call in our packages, with the file and the function that it stands in."""
    for path in files("core", "bot", "dialogs", "webhooks", "storage"):
        name = path.relative_to(ROOT).as_posix()
        for function in ast.walk(parsed(path)) if name != "storage/objects.py" else ():
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                yield from ((name, function.name, one) for one in ast.walk(function) if isinstance(one, ast.Call))
