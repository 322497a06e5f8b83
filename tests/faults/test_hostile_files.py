"""Anything at all as a file or a form: uploads, the panel: taken, or refused (170)."""

import json
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager, suppress
from io import BytesIO
from typing import Any
from urllib.parse import quote

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from bot.importacao.cadastros import CADASTROS
from bot.importacao.motor import Motor
from core.planilha.planilhas import PlanilhaError
from sandbox.faturas.estragos import pdf_of
from storage.pessoa.perfil import Perfil
from tests.support.faturas import conta
from tests.support.hostile import damaged, mutated
from tests.support.hostile_doors import Counter, hostile
from tests.support.painel import Browser, browser_of, csrf_in
from tests.webhooks.processo.test_upload import NFCOM, PATH, waits
from webhooks.painel.telas import TELAS

# Of what is huge.
pytestmark = [
    pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisWarning"),
    pytest.mark.filterwarnings("ignore:Sending a large body:ResourceWarning"),
]


def as_xlsx(sheet: str) -> bytes:
    """The same rows as a workbook."""
    book, content = openpyxl.Workbook(), BytesIO()
    for row in sheet.splitlines():
        book.active.append(row.split(";"))
    book.save(content)
    return content.getvalue()


SHEETS = [
    sheet.encode(encoding)
    for encoding in ("utf-8", "latin-1", "utf-16")
    for sheet in (
        "nome_completo;telefone;perfil_usuario;email\nAna Souza;5531988804000;VENDEDOR;ana@exemplo.com.br\n" * 2,
        "nome;codigo;possui_rpa\nVivo;vivo;sim\n",
        'razao_social,cnpj,operadora,filtro,login_portal\n"Padaria; Pão",11.222.333/0001-81,VIVO,899012_24,padaria\n',
    )
]
SHEETS += [as_xlsx(sheet.decode()) for sheet in SHEETS[:2]]


# aiohttp warns of what it cannot read there; a warning is an error only here.
@pytest.mark.filterwarnings("ignore::aiohttp.BadContentDispositionHeader")
@pytest.mark.filterwarnings("ignore::aiohttp.BadContentDispositionParam")
@pytest.mark.falha(170)
def test_whatever_is_uploaded_is_taken_or_refused(counter: Counter) -> None:
    """Forms with a file, and files in whole forms: taken, or refused with the reason."""
    service = counter.service
    processo_id = counter.run(waits(service)).id
    headers = service.token(counter.run(service.usuario("Hugo", "5531988801000", Perfil.OPERADOR)))
    headers["Content-Type"] = "multipart/form-data; boundary=b"
    forms = [_form(processo_id, pdf, tipo) for pdf, tipo in ((pdf_of(conta()), "FATURA"), (NFCOM, "XML"))]

    async def post(body: bytes) -> tuple[int, str]:
        async with service.http.post(PATH, data=body, headers=headers) as response:
            return response.status, await response.text()

    @hostile(12)
    @given(damaged(forms))
    def whatever_it_is(body: bytes) -> None:
        counter.takes(post(body), {201, 400, 404, 409, 413, 422})

    whatever_it_is()
    counter.nothing_failed()


@pytest.mark.falha(170)
def test_whatever_is_imported_is_read_or_refused(counter: Counter) -> None:
    """Each kind of sheet: read as far as it can be, or refused with a sentence."""
    motor = Motor(counter.service.wiring.turns)

    @hostile(60)
    @given(st.sampled_from(sorted(CADASTROS)), damaged(SHEETS))
    def whatever_it_is(word: str, sheet: bytes) -> None:
        with suppress(PlanilhaError):
            counter.run(motor.run(CADASTROS[word], BytesIO(sheet)))

    whatever_it_is()


@contextmanager
def in_the_panel(counter: Counter) -> Iterator[tuple[Browser, list[str]]]:
    """An administrator's browser, and ids of what is there."""
    service, stack = counter.service, AsyncExitStack()
    counter.run(waits(service))
    adm = counter.run(service.usuario("Rita Prado", "5531988807001", Perfil.ADMINISTRADOR))
    browser = counter.run(stack.enter_async_context(browser_of(service)))
    counter.run(browser.enters(adm))
    yield browser, [str(row["id"]) for row in counter.run(service.rows(_KNOWN))]
    assert counter.run(browser.sees("/painel/sessoes")), "and the one who sent it is still in"
    counter.run(stack.aclose())
    counter.nothing_failed()


@pytest.mark.falha(170, 243)
def test_whatever_a_page_is_asked_for_is_shown_or_refused(counter: Counter) -> None:
    """Each page, with what its links and forms of search say, changed."""
    pages = [tela.path for tela in TELAS if tela.method == "GET" and not tela.path.startswith(_OUT)]
    with in_the_panel(counter) as (browser, ids):

        async def get(path: str, query: Any) -> tuple[int, str]:
            url = URL(f"{path}?{b''.join(_fields(query)).decode()}", encoded=True)
            async with browser.http.get(url, allow_redirects=False) as response:
                return response.status, (await response.read()).decode(errors="replace")

        @hostile(60)
        @given(st.sampled_from(pages), st.sampled_from(ids), mutated([QUERY, *({name: "1"} for name in QUERY)]))
        def whatever_it_is(path: str, which: str, query: Any) -> None:
            counter.takes(get(path.replace("{id}", which).replace("{nome}", which), query), _ANSWERED)

        whatever_it_is()


@pytest.mark.falha(170, 243)
def test_whatever_is_sent_to_the_panel_is_taken_or_refused(counter: Counter) -> None:
    """Each act of the panel, with the fields of all its forms, changed, on what is there and on what is not."""
    service = counter.service
    acts = [tela.path for tela in TELAS if tela.method == "POST" and not tela.path.startswith(_OUT)]
    with in_the_panel(counter) as (browser, ids):
        csrf = csrf_in(counter.run(browser.sees("/painel/sessoes")))

        async def post(path: str, form: Any) -> tuple[int, str]:
            headers = {"Origin": service.url, "Sec-Fetch-Site": "same-origin", "Content-Type": _URLENCODED}
            body = b"csrf=" + csrf.encode() + b"".join(_fields(form))
            async with browser.http.post(path, data=BytesIO(body), headers=headers, allow_redirects=False) as response:
                return response.status, await response.text(errors="replace")

        @hostile(60)
        @given(st.sampled_from(acts), st.sampled_from(ids), mutated([FIELDS]))
        def whatever_it_is(path: str, which: str, form: Any) -> None:
            counter.takes(post(path.replace("{id}", which).replace("{nome}", which), form), _ANSWERED)

        whatever_it_is()


_KNOWN = "SELECT id FROM operadoras UNION SELECT id FROM clientes UNION SELECT id FROM usuarios"
_OUT = ("/painel/sair", "/painel/sessoes", "/painel/entrar")
_URLENCODED = "application/x-www-form-urlencoded"
_ANSWERED = {200, 303, *range(400, 430)}
FIELDS = {
    "nome": "Oi", "codigo": "OI", "possui_rpa": "sim", "url_portal": "https://exemplo.com.br",
    "razao_social": "Bar Ltda",
    "cnpj": "11222333000181", "filtro": "8990", "servico": "3133", "login_portal": "bar", "senha_portal": "s",
    "nome_completo": "Ana", "telefone": "5531988804000", "perfil_usuario": "VENDEDOR", "email": "ana@exemplo.com.br",
    "idiomas": "pt", "status_ativo": "sim", "ativo": "sim", "versao": "1", "motivo": "porque sim", "visto": "1",
    "cron_expressao": "* * * * *", "tipo_agendamento": "LIMPEZA_LOGS", "parametros_execucao": '{"dias": 90}',
    "ids": "1", "busca": "bar", "texto": "oi", "n": "1", "mes": "2026-11", "volta": "/painel",
}  # fmt: skip

# What pages are asked for by links and forms of search.
QUERY = {
    "busca": "bar", "mes": "11/2026", "prazo": "7", "depois": "1", "antes": "1", "status": "AGUARDANDO_DOWNLOAD",
    "operadora": "1", "cliente": "1", "quem": "1", "acao": "APROVAR", "desde": "2026-11-01", "ate": "2026-11-30",
    "tipo": "LIMPEZA_LOGS", "o_que": "clientes", "codigo": "PORTAL_FORA", "abertas": "1", "falhas": "1",
    "pedido": "1", "atendimento": "1", "volta": "/painel", "feito": "x", "desfaz": "x", "baixar": "1", "visto": "1",
    "auditoria": "0", "doctor": "0", "token": "x", "v": "1",
}  # fmt: skip


def _fields(form: Any) -> Iterator[bytes]:
    """As a browser sends them: a list is one field several times."""
    for name, value in form.items() if isinstance(form, dict) else ():
        for one in value if isinstance(value, list) else [value]:
            text = one if isinstance(one, str) else json.dumps(one)
            yield b"&" + name.encode() + b"=" + quote(text.encode("utf-8", "surrogatepass")).encode()


def _form(processo_id: object, content: bytes, tipo: str) -> bytes:
    parts = (
        b'Content-Disposition: form-data; name="processo_id"\r\n\r\n' + str(processo_id).encode(),
        b'Content-Disposition: form-data; name="tipo"\r\n\r\n' + tipo.encode(),
        b'Content-Disposition: form-data; name="fatura_pdf"; filename="f.pdf"\r\n'
        b"Content-Type: application/pdf\r\n\r\n" + content,
    )
    return b"".join(b"--b\r\n" + part + b"\r\n" for part in parts) + b"--b--\r\n"
