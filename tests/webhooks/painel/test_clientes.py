"""Clientes in the panel: found, their access changed, a password shown to an administrator who says why."""

from collections.abc import AsyncIterator
from uuid import UUID

import pytest
from aiohttp import MultipartWriter

from core.auditoria.auditoria import LINHA_DE_COMANDO
from core.cliente.clientes import open_password
from core.operadora.operadoras import criar
from storage.cliente.clientes import sealed_password
from storage.pessoa.perfil import Perfil
from storage.transaction import Transaction
from tests.support.faturas import nova_operadora, novo_cliente
from tests.support.painel import Browser, browser_of, csrf_in
from tests.support.service import RunningService

SENHA = "segredo-do-portal-9"
ACCOUNT = {
    **dict.fromkeys(("servico", "nome_sat", "dados_sat", "site_emissao", "cpf"), ""),
    "filtro": "1",
    "unidade": "matriz",
}


@pytest.fixture
async def padaria(sqlite_service: RunningService) -> UUID:
    """A cliente with a portal."""

    async def work(tx: Transaction) -> UUID:
        operadora = await nova_operadora(tx)
        await novo_cliente(tx, operadora.id, razao_social="Oficina do Zé Ltda", cnpj="11444777000161")
        access = {"login_portal": "padaria", "senha_portal": SENHA}
        return (await novo_cliente(tx, operadora.id, **access)).id

    found: UUID = await sqlite_service.wiring.turns.run(work)
    return found


async def entered(service: RunningService, browser: Browser, perfil: Perfil) -> None:
    await browser.enters(await service.usuario("Rita Prado", "5531988807001", perfil))


@pytest.fixture
async def rita(sqlite_service: RunningService) -> AsyncIterator[Browser]:
    """An administrator in the panel."""
    async with browser_of(sqlite_service) as browser:
        await entered(sqlite_service, browser, Perfil.ADMINISTRADOR)
        yield browser


async def kept(service: RunningService, cliente_id: UUID) -> str:
    async with service.wiring.database.read() as connection:
        sealed = await sealed_password(connection, cliente_id)
    assert sealed is not None
    return open_password(service.wiring.secrets, cliente_id, sealed)


async def test_found_by_words_and_operadora(rita: Browser, padaria: UUID) -> None:
    text = await rita.sees("/painel/clientes?busca=pao+quente")
    assert "Padaria Pão Quente Ltda" in text
    assert "Oficina" not in text
    assert "11.222.333/0001-81" in text
    assert "Nada com esses filtros." in await rita.sees("/painel/clientes?situacao=inativos")
    for wrong in ("situacao=sumidos", "operadora=x", "depois=x"):
        assert "Não entendemos o pedido" in await rita.sees(f"/painel/clientes?{wrong}", 422)
    await rita.sees("/painel/clientes/nada", 404)
    await rita.sees(f"/painel/clientes/{UUID(int=1)}", 404)


async def test_a_new_password_is_kept_and_no_page_shows_it(
    sqlite_service: RunningService, rita: Browser, padaria: UUID
) -> None:
    path = f"/painel/clientes/{padaria}"
    assert SENHA not in await rita.sees(path)
    status, where = await rita.does(path, f"{path}/acesso", login="padaria2", senha="outra-senha")
    assert (status, where) == (303, f"{path}?feito=acesso_mudado")
    text = await rita.sees(where)
    assert 'value="padaria2"' in text
    assert "outra-senha" not in text
    assert await kept(sqlite_service, padaria) == "outra-senha"
    await rita.does(path, f"{path}/acesso", login="padaria3", senha="")
    assert await kept(sqlite_service, padaria) == "outra-senha", "an empty one changes nothing"


async def test_a_form_is_read_the_same_whichever_way_it_is_sent(
    sqlite_service: RunningService, rita: Browser, padaria: UUID
) -> None:
    path = f"/painel/clientes/{padaria}"
    csrf = csrf_in(await rita.sees(path))
    with MultipartWriter("form-data") as form:
        for name, value in (("csrf", csrf), ("login", "padaria4"), ("senha", "por-partes")):
            form.append(value).set_content_disposition("form-data", name=name)
    headers = {"Origin": sqlite_service.url, "Sec-Fetch-Site": "same-origin"}
    async with rita.http.post(f"{path}/acesso", data=form, headers=headers, allow_redirects=False) as response:
        assert response.status == 303
    assert 'value="padaria4"' in await rita.sees(path)
    assert await kept(sqlite_service, padaria) == "por-partes"


@pytest.mark.falha(167)
async def test_a_password_is_shown_for_a_reason_once_and_the_audit_says_so(
    sqlite_service: RunningService, rita: Browser, padaria: UUID
) -> None:
    path = f"/painel/clientes/{padaria}"
    for motivo in ("", "  ok   "):
        status, text = await rita.does(path, f"{path}/senha", motivo=motivo)
        assert status == 422
        assert SENHA not in text
    assert await sqlite_service.rows("SELECT 1 FROM auditoria WHERE acao = 'REVELAR'") == []
    status, text = await rita.does(path, f"{path}/senha", motivo="o portal pediu de novo, CPF 529.982.247-25")
    assert status == 200
    assert SENHA in text
    assert SENHA not in await rita.sees(path)
    (row,) = await sqlite_service.rows("SELECT alvo, motivo, canal FROM auditoria WHERE acao = 'REVELAR'")
    assert row == {"alvo": f"cliente:{padaria}", "motivo": "o portal pediu de novo, CPF ***", "canal": "painel"}
    audit = await rita.sees("/painel/auditoria?acao=REVELAR")
    assert "Padaria Pão Quente Ltda" in audit


@pytest.mark.falha(167)
@pytest.mark.parametrize(("perfil", "changes"), [(Perfil.OPERADOR, 303), (Perfil.APROVADOR, 403)])
async def test_others_see_no_password(
    sqlite_service: RunningService, padaria: UUID, perfil: Perfil, changes: int
) -> None:
    path = f"/painel/clientes/{padaria}"
    async with browser_of(sqlite_service) as browser:
        await entered(sqlite_service, browser, perfil)
        assert "Ver a senha" not in await browser.sees(path)
        status, text = await browser.does("/painel/sessoes", f"{path}/senha", motivo="preciso muito dela")
        assert status == 403
        assert SENHA not in text
        assert (await browser.does("/painel/sessoes", f"{path}/acesso", login="x", senha=""))[0] == changes


async def test_a_new_one_is_made_changed_and_deactivated(sqlite_service: RunningService, rita: Browser) -> None:
    operadora = await sqlite_service.wiring.turns.run(lambda tx: nova_operadora(tx, "CLARO"))
    typed = {"operadora_id": str(operadora.id), "razao_social": "Bar do Gil", "cnpj": "11.444.777/0001-61", **ACCOUNT}
    new = {**typed, "login_portal": "gil", "senha_portal": SENHA}
    status, where = await rita.does("/painel/clientes/novo", "/painel/clientes", **new)
    assert status == 303
    page = where.partition("?")[0]
    assert await kept(sqlite_service, UUID(page.rpartition("/")[2])) == SENHA
    status, text = await rita.does("/painel/clientes/novo", "/painel/clientes", **new)
    assert status == 409
    assert "Já existe um cliente com este CNPJ" in text
    assert SENHA not in text
    assert f'href="{page}"' in text
    del typed["operadora_id"]
    status, where = await rita.does(page, page, **typed | {"razao_social": "Bar do Gil Ltda"})
    assert where == f"{page}?feito=cliente_mudado"
    assert "Bar do Gil Ltda" in await rita.sees(page)
    assert (await rita.does(page, f"{page}/desativar"))[1] == f"{page}?feito=cliente_desativado"
    assert "Bar do Gil Ltda" in await rita.sees("/painel/clientes?situacao=inativos")
    assert await kept(sqlite_service, UUID(page.rpartition("/")[2])) == SENHA


@pytest.mark.falha(241)
async def test_what_is_wrong_with_one_stands_at_its_field(rita: Browser, padaria: UUID) -> None:
    page = f"/painel/clientes/{padaria}"
    good = {"razao_social": "Padaria", "cnpj": "11222333000181", **ACCOUNT}
    for said, typed in {
        "Preencha este campo.": {"razao_social": ""},
        "Não é um CNPJ": {"cnpj": "11222333000182"},
        "Não é um CPF": {"cpf": "1"},
    }.items():
        status, text = await rita.does(page, page, **good | typed)
        assert status == 422
        assert said in text
        assert 'value="matriz"' in text
    status, text = await rita.does("/painel/clientes/novo", "/painel/clientes", **good, operadora_id="")
    assert status == 422
    assert "Preencha este campo." in text


async def test_a_new_cliente_is_of_any_operadora_however_many_there_are(
    sqlite_service: RunningService, rita: Browser
) -> None:
    async def work(tx: Transaction) -> None:
        for number in range(130):
            values = {"nome": f"Operadora {number:03}", "codigo": f"OP{number:03}", "possui_rpa": False}
            await criar(tx, values, LINHA_DE_COMANDO)

    await sqlite_service.wiring.turns.run(work)
    offered = (await rita.sees("/painel/clientes/novo")).partition('name="operadora_id"')[2].partition("</select>")[0]
    assert [f"Operadora {number:03}" for number in range(130) if f">Operadora {number:03}<" not in offered] == []
