"""Operadoras in the panel: made and changed with what is wrong said at its field, deactivated, sent robots again."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from playwright.async_api import expect

from core.auditoria.auditoria import LINHA_DE_COMANDO
from core.operadora.importacao import endereco
from core.operadora.operadoras import alterar
from storage.operadora.operadoras import pause
from storage.pessoa.perfil import Perfil
from storage.transaction import Transaction
from tests.support.faturas import nova_operadora
from tests.support.painel import Browser, Opened, browser_of
from tests.support.service import RunningService
from webhooks.painel.registros.cadastro import PAGE

PATH = "/painel/operadoras"
VIVO = {"nome": "Vivo", "codigo": "vivo", "possui_rpa": "1", "url_portal": "https://vivo.example", "classe_rpa": ""}


@pytest.fixture
async def rita(sqlite_service: RunningService) -> AsyncIterator[Browser]:
    """An administrator in the panel."""
    async with browser_of(sqlite_service) as browser:
        await browser.enters(await sqlite_service.usuario("Rita Prado", "5531988807001", Perfil.ADMINISTRADOR))
        yield browser


async def kept(service: RunningService) -> list[dict[str, Any]]:
    return await service.rows("SELECT nome, codigo, possui_rpa, status_ativo, url_portal FROM operadoras ORDER BY nome")


def visto_in(text: str) -> str:
    return text.partition('name="visto" value="')[2].partition('"')[0]


async def claro(service: RunningService) -> UUID:
    made: UUID = (await service.wiring.turns.run(lambda tx: nova_operadora(tx, "CLARO"))).id
    return made


async def test_a_new_one_is_made_found_changed_deactivated_and_brought_back(
    sqlite_service: RunningService, rita: Browser
) -> None:
    status, where = await rita.does(f"{PATH}/nova", PATH, **VIVO)
    assert status == 303
    page = where.partition("?")[0]
    assert "Operadora cadastrada." in await rita.sees(where)
    status, where = await rita.does(page, page, **VIVO | {"nome": "Vivo Móvel", "possui_rpa": ""})
    assert "Operadora guardada." in await rita.sees(where)
    assert await kept(sqlite_service) == [
        {"nome": "Vivo Móvel", "codigo": "VIVO", "possui_rpa": 0, "status_ativo": 1, "url_portal": VIVO["url_portal"]}
    ]
    assert (await rita.does(page, f"{page}/desativar"))[0] == 303
    assert "Vivo Móvel" in await rita.sees(f"{PATH}?situacao=inativas&busca=m%C3%B3vel")
    assert "Vivo Móvel" in await rita.sees(f"{PATH}?situacao=inativas&busca=MOVEL")
    assert "Nada com esses filtros." in await rita.sees(f"{PATH}?situacao=ativas")
    assert (await rita.does(page, f"{page}/reativar"))[0] == 303
    assert "Vivo Móvel" in await rita.sees(f"{PATH}?situacao=ativas&busca=VIVO")
    acts = await sqlite_service.rows("SELECT acao, canal FROM auditoria WHERE acao = 'OPERADORA'")
    assert acts == [{"acao": "OPERADORA", "canal": "painel"}] * 4


@pytest.mark.falha(241)
async def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(
    sqlite_service: RunningService, rita: Browser
) -> None:
    await claro(sqlite_service)
    wrong = {
        "Preencha este campo.": {"nome": " ", "codigo": "OUTRA"},
        "Só letras sem acento": {"nome": "Operação", "codigo": "çç"},
        "são outros robôs": {"nome": "Envio", "codigo": "sat"},
        "Longo demais.": {"nome": "x" * 256, "codigo": "OUTRA"},
        "Já é de outro cadastro.": {"nome": "Outra", "codigo": "claro"},
    }
    for said, typed in wrong.items():
        status, text = await rita.does(f"{PATH}/nova", PATH, **VIVO | typed)
        assert status in (409, 422)
        assert said in text
        assert f'value="{typed["codigo"]}"' in text
        assert f'value="{VIVO["url_portal"]}"' in text, "nothing is typed twice"
    assert len(await kept(sqlite_service)) == 1


@pytest.mark.falha(242)
async def test_two_who_have_the_same_form_open_do_not_overwrite_each_other_unseen(
    sqlite_service: RunningService, rita: Browser
) -> None:
    page = f"{PATH}/{await claro(sqlite_service)}"
    seen = visto_in(await rita.sees(page))
    await rita.does(page, page, **VIVO | {"nome": "Claro Nova"}, visto=seen)
    status, text = await rita.does(page, page, **VIVO | {"nome": "Claro Velha"}, visto=seen)
    assert status == 409
    assert "Outra pessoa mudou este cadastro" in text
    assert "Guardado agora: Claro Nova" in text
    assert 'value="Claro Velha"' in text
    status, wrong = await rita.does(page, page, **VIVO | {"nome": " "}, visto=seen)
    assert visto_in(wrong) == seen, "what was wrong in the form does not make it a newer one"
    await rita.does(page, page, **VIVO | {"nome": "Claro Velha"}, visto=visto_in(text))
    assert [one["nome"] for one in await kept(sqlite_service)] == ["Claro Velha"], "who has seen it may"


async def test_a_paused_one_says_why_and_since_when_and_goes_on_when_told(
    sqlite_service: RunningService, rita: Browser
) -> None:
    operadora_id = await claro(sqlite_service)
    until = sqlite_service.clock() + timedelta(minutes=30)

    async def work(tx: Transaction) -> None:
        await pause(tx, operadora_id, until)

    await sqlite_service.wiring.turns.run(work)
    page = f"{PATH}/{operadora_id}"
    assert "o portal falhou 5 vezes seguidas" in await rita.sees(page)
    assert "pausada até" in await rita.sees(f"{PATH}?situacao=pausadas")
    assert await rita.does(page, f"{page}/retomar") == (303, f"{page}?feito=operadora_retomada")
    assert "Nada com esses filtros." in await rita.sees(f"{PATH}?situacao=pausadas")
    assert await rita.does(page, f"{page}/retomar") == (303, f"{page}?feito=nao_pausada")


async def test_a_list_that_ends_with_its_page_has_no_other_one(rita: Browser) -> None:
    async def more(first: int, last: int) -> None:
        async def work(tx: Transaction) -> None:
            for number in range(first, last):
                await nova_operadora(tx, f"OP-{number:02d}")

        await rita.service.wiring.turns.run(work)

    await more(0, PAGE)
    listed = await rita.sees(PATH)
    assert ('rel="next"' in listed, "50 linhas" in listed) == (False, True)
    await more(PAGE, PAGE + 1)
    listed = await rita.sees(PATH)
    onward = listed.partition('rel="next"')[0].rpartition('href="')[2].partition('"')[0]
    assert listed.count('<th scope="row">') == PAGE
    last = await rita.sees(onward.replace("&amp;", "&"))
    assert (last.count('<th scope="row">'), 'rel="first"' in last, 'rel="next"' in last) == (1, True, False)


async def test_others_look_and_change_nothing(sqlite_service: RunningService) -> None:
    page = f"{PATH}/{await claro(sqlite_service)}"
    async with browser_of(sqlite_service) as browser:
        await browser.enters(await sqlite_service.usuario("Gil Torres", "5531988806002", Perfil.OPERADOR))
        text = await browser.sees(page)
        assert "Guardar" not in text
        assert "Desativar" not in text
        assert (await browser.does(page, page, **VIVO))[0] == 403
        await browser.sees(f"{PATH}/nova", 403)


@pytest.mark.falha(392)
async def test_the_address_of_a_portal_is_one_of_the_web(sqlite_service: RunningService, rita: Browser) -> None:
    for typed in (
        "javascript:alert(1)",
        "\tJavaScript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//",
        "vivo",
    ):
        status, page = await rita.does(f"{PATH}/nova", PATH, **VIVO | {"url_portal": typed})
        assert (status, "Não é um endereço da web" in page) == (422, True)
        assert await kept(sqlite_service) == []
        with pytest.raises(ValueError, match="endereço"):
            endereco(typed)
        for right in ("https://vivo.example/a?b#c", "http://10.0.0.1:8443", "portal.vivo.com.br", "vivo.com.br:8443/x"):
            assert endereco(right) == right


async def test_a_form_that_is_refused_leads_to_what_is_wrong_and_what_was_done_is_said_once(
    sqlite_service: RunningService, painel: Opened
) -> None:
    async with painel(sqlite_service, await sqlite_service.administrador(), without_news=True) as page:
        await page.goto(f"{sqlite_service.url}{PATH}/nova")
        for name, text in (("nome", "Claro"), ("codigo", "não é"), ("url_portal", "portal")):
            await page.fill(f"#campo-{name}", text)
        await page.get_by_role("button", name="Cadastrar").click()
        await expect(page.locator("#campo-codigo")).to_be_focused()
        await page.fill("#campo-codigo", "CLARO")
        await page.fill("#campo-url_portal", "https://portal.exemplo")
        await page.get_by_role("button", name="Cadastrar").dblclick()
        said = page.get_by_text("Operadora cadastrada.")
        await expect(said).to_be_visible()
        await expect(page.get_by_role("button", name="Desfazer")).to_be_visible()
        assert "?" not in page.url, "nobody else is told by this address"
        made = page.url
        await page.reload()
        await expect(page.get_by_role("heading", name="Claro")).to_be_visible()
        await expect(said).to_be_hidden()
        await page.go_back()
        await expect(page.get_by_role("heading", name="Operadoras")).to_be_visible()

        await page.goto(made)
        await sqlite_service.wiring.turns.run(
            lambda tx: alterar(tx, UUID(made[-36:]), {"nome": "Outra"}, LINHA_DE_COMANDO)
        )
        await page.fill("#campo-nome", "Claro Empresas")
        await page.get_by_role("button", name="Guardar").click()
        await expect(page.get_by_text("Guardado agora: Outra")).to_be_visible()
        await expect(page.get_by_role("alert")).to_be_focused()
        await expect(page.locator("#campo-nome")).to_have_value("Claro Empresas")
