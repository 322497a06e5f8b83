"""Invoices in the panel: found, looked at, decided upon as in chat, exported."""

import asyncio
import csv
import re
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from html import unescape
from io import BytesIO, StringIO
from uuid import UUID

import openpyxl
import pytest
from playwright.async_api import expect
from sqlalchemy import update

from core.processo.faturas import receber
from core.processo.quem import O_ROBO
from core.testemunha.meses import Mes
from sandbox.faturas.estragos import Estrago, pdf_of
from sandbox.faturas.portal import bill_for
from storage.pessoa.perfil import Perfil
from storage.pessoa.usuarios import change_usuario
from storage.processo.processos import Processo, processo_by_id
from storage.tables import operadoras, processos
from storage.transaction import Transaction
from tests.support.browsing import inaccessible
from tests.support.faturas import PDF, chega, conta, fatura, novo_processo
from tests.support.operacao import uma_operacao
from tests.support.painel import Browser, Opened, browser_of, cut_off
from tests.support.sellers import eventually
from tests.support.service import RunningService

GIL = ("Gil Torres", "5531988806002")
LISTA = "/painel/processos?mes=todos"
JOB = {
    "mes_ano": "11/2026",
    "cnpj": "11222333000181",
    "razao": "Padaria",
    "nome_filtro": "1",
    "servico": "",
    "unidade": "",
}
BILL = pdf_of(bill_for("VIVO", JOB, date(2026, 11, 10)))


async def arrives(service: RunningService, **values: object) -> Processo:
    """A robot brings an invoice."""

    async def work(tx: Transaction) -> Processo:
        processo = await novo_processo(tx)
        arquivo = fatura(PDF + str(processo.id).encode() + b"\n%%EOF", **values)
        resultado = await receber(tx, processo.id, arquivo, O_ROBO, service.wiring.processo_limits)
        assert resultado.processo is not None
        return resultado.processo

    arrived: Processo = await service.wiring.turns.run(work)
    return arrived


async def now(service: RunningService, processo_id: UUID) -> Processo:
    async with service.wiring.database.read() as connection:
        found = await processo_by_id(connection, processo_id)
    assert found is not None
    return found


@pytest.fixture
async def browser(sqlite_service: RunningService) -> AsyncIterator[Browser]:
    """Of an administrator."""
    async with browser_of(sqlite_service) as opened:
        await opened.enters(await sqlite_service.administrador())
        yield opened


class TestDecisions:
    async def test_an_approval_in_the_panel_edits_the_cards_in_chat(self, service: RunningService) -> None:
        ivo = await service.usuario("Ivo Prado", "5531988806003", Perfil.APROVADOR)
        await service.usuario(*GIL, Perfil.APROVADOR)
        gil = await service.phone("telegram", *GIL)
        processo = await arrives(service)
        await gil.sees("🧾 Padaria Pão Quente Ltda")
        page = f"/painel/processos/{processo.id}"
        async with browser_of(service) as browser:
            await browser.enters(ivo)
            done = await browser.does(page, f"{page}/aprovar", versao=str(processo.versao))
            assert done == (303, f"{page}?feito=aprovada")
            assert "Ivo Prado" in await browser.sees(page)
        await gil.sees("✅ Aprovada por Ivo Prado")
        (step,) = await service.rows("SELECT canal FROM historico WHERE acao = 'APROVAR'")
        assert step["canal"] == "painel"

    @pytest.mark.falha(212)
    async def test_what_the_witnesses_contradict_is_approved_with_a_reason_only(
        self, sqlite_service: RunningService, browser: Browser
    ) -> None:
        adulterated = pdf_of(conta(), Estrago.LINHA_E_BARRAS)
        processo = await sqlite_service.wiring.turns.run(lambda tx: chega(tx, Mes(2026, 11), adulterated))
        page = f"/painel/processos/{processo.id}"
        assert "Usar mesmo assim" in await browser.sees(page)
        given = {"versao": str(processo.versao), "motivo": ""}
        assert await browser.does(page, f"{page}/aprovar", **given) == (303, f"{page}?feito=nao_sem_motivo")
        given["motivo"] = "a operadora confirmou"
        assert await browser.does(page, f"{page}/aprovar", **given) == (303, f"{page}?feito=aprovada")
        (step,) = await sqlite_service.rows("SELECT motivo FROM historico WHERE acao = 'APROVAR'")
        assert step["motivo"] == "a operadora confirmou"

    @pytest.mark.falha(154)
    @pytest.mark.each_database
    async def test_of_chat_and_panel_at_once_the_first_decision_counts(self, service: RunningService) -> None:
        ivo = await service.usuario("Ivo Prado", "5531988806003", Perfil.APROVADOR)
        await service.usuario(*GIL, Perfil.APROVADOR)
        gil = await service.phone("telegram", *GIL)
        processo = await arrives(service)
        card = await gil.sees("🧾 Padaria Pão Quente Ltda")
        page = f"/painel/processos/{processo.id}"
        async with browser_of(service) as browser:
            await browser.enters(ivo)
            rejects = browser.does(page, f"{page}/rejeitar", versao=str(processo.versao), motivo="mês errado")
            _, (_, answer) = await asyncio.gather(gil.taps("Aprovar", bubble=card), rejects)
        await service.sandbox.settled()
        after = (await now(service, processo.id)).status_processo
        decisions = await service.rows("SELECT decisao FROM aprovacoes")
        assert len(decisions) == 1
        won = {"AGUARDANDO_ENVIO_SAT": "nao_ja_decidido", "AGUARDANDO_DOWNLOAD": "rejeitada"}
        assert answer.endswith(f"feito={won[after]}")

    @pytest.mark.falha(151)
    async def test_a_right_lost_while_the_page_is_open_decides_nothing(self, service: RunningService) -> None:
        ivo = await service.usuario("Ivo Prado", "5531988806003", Perfil.APROVADOR)
        processo = await arrives(service)
        page = f"/painel/processos/{processo.id}"
        async with browser_of(service) as browser:
            await browser.enters(ivo)
            csrf = (await browser.sees(page)).partition('name="csrf" value="')[2].partition('"')[0]
            await service.wiring.turns.run(lambda tx: change_usuario(tx, ivo, perfil_usuario=Perfil.CONSULTOR))
            assert (await browser.posts(f"{page}/aprovar", csrf=csrf))[0] == 303
        assert (await now(service, processo.id)).status_processo == "AGUARDANDO_APROVACAO"

    async def test_what_changed_after_the_page_was_opened_is_not_decided_upon(self, browser: Browser) -> None:
        processo = await arrives(browser.service)
        page = f"/painel/processos/{processo.id}"
        done = await browser.does(page, f"{page}/aprovar", versao=str(processo.versao - 1))
        assert done == (303, f"{page}?feito=nao_mudou")
        assert "mudou depois que você abriu" in await browser.sees(f"{page}?feito=nao_mudou")

    @pytest.mark.falha(354)
    async def test_a_rejection_needs_a_reason_and_an_approval_is_undone(self, browser: Browser) -> None:
        processo = await arrives(browser.service)
        page = f"/painel/processos/{processo.id}"
        assert (await browser.does(page, f"{page}/rejeitar", motivo=" "))[1].endswith("nao_sem_motivo")
        await browser.does(page, f"{page}/aprovar")
        assert (await browser.does(page, f"{page}/desfazer"))[1].endswith("desfeita")
        assert (await browser.does(page, f"{page}/rejeitar", motivo="mês errado"))[1].endswith("rejeitada")
        shown = await browser.sees(page)
        assert "Rejeitada: mês errado" in shown
        assert ("<h2>Testemunhas</h2>" in shown, "vai ao SAT" in shown, "rejeitado" in shown) == (False, False, True)

    async def test_several_at_once_but_none_that_a_witness_contradicts(self, browser: Browser) -> None:
        await uma_operacao(browser.service, 12)
        waiting = f"{LISTA}&status=AGUARDANDO_APROVACAO"
        boxes = re.findall(r'value="([0-9a-f-]{36}\.\d+)"', await browser.sees(waiting))
        status, target = await browser.does(waiting, "/painel/processos/varios", acao="APROVAR", processo=boxes)
        assert status == 303
        assert f"de={len(boxes)}" in target
        left = await browser.service.rows(
            "SELECT e.veredito FROM processos p JOIN exames e ON e.documento_id = p.documento_id"
            " WHERE p.status_processo = 'AGUARDANDO_APROVACAO'"
        )
        assert len(left) == 1 < len(boxes)
        assert "diverge" in {row["veredito"] for row in left}

    async def test_a_pdf_by_hand_goes_to_the_approvers_and_no_pdf_goes_nowhere(self, browser: Browser) -> None:
        processo: Processo = await browser.service.wiring.turns.run(novo_processo)
        page = f"/painel/processos/{processo.id}"
        assert (await browser.does(page, f"{page}/arquivo", arquivo=BytesIO(b"<html>")))[1].endswith(
            "nao_pdf&porque=pagina_html"
        )
        assert (await browser.does(page, f"{page}/arquivo", arquivo=BytesIO(BILL)))[1].endswith("arquivo_recebido")
        after = await now(browser.service, processo.id)
        assert (after.status_processo, after.valor_centavos, after.upload_manual) == (
            "AGUARDANDO_APROVACAO",
            34997,
            True,
        )
        async with browser.http.get(f"/painel/documentos/{after.documento_id}") as response:
            assert (response.content_type, await response.read()) == ("application/pdf", BILL)
            assert "frame-ancestors 'self'" in response.headers["Content-Security-Policy"]
            assert response.headers["Content-Disposition"].startswith("inline")

    @pytest.mark.falha(592)
    @pytest.mark.parametrize(
        ("content", "says"),
        [
            (b"<html>", "uma página de internet, não um PDF"),
            (b"PK\x03\x04" + b"x" * 99, "é um ZIP"),
            (BILL[:-40], "veio cortado"),
            (BILL + BILL, "São dois PDFs num arquivo só"),
            (b"oi", "não é um PDF"),
            (b"", "veio vazio"),
        ],
    )
    async def test_a_file_that_is_not_taken_is_told_why_as_in_chat(
        self, browser: Browser, content: bytes, says: str
    ) -> None:
        processo: Processo = await browser.service.wiring.turns.run(novo_processo)
        page = f"/painel/processos/{processo.id}"
        status, where = await browser.does(page, f"{page}/arquivo", arquivo=BytesIO(content))
        assert status == 303
        assert says in unescape(await browser.sees(where))
        assert "confira se é o PDF inteiro" in await browser.sees(f"{page}?feito=nao_pdf&porque=x")

    @pytest.mark.falha(407)
    async def test_a_file_that_the_store_lost_is_said_to_be_lost_and_an_empty_one_is_none(
        self, browser: Browser
    ) -> None:
        service = browser.service
        processo: Processo = await service.wiring.turns.run(novo_processo)
        page = f"/painel/processos/{processo.id}"
        assert (await browser.does(page, f"{page}/arquivo", arquivo=BytesIO(b"")))[1].endswith("nao_pdf&porque=vazio")
        assert (await browser.does(page, f"{page}/arquivo", arquivo=BytesIO(BILL)))[1].endswith("arquivo_recebido")
        await eventually(service, "SELECT 1 FROM documentos_fatura WHERE guardado_em IS NOT NULL")
        [documento] = await service.rows("SELECT object_key FROM documentos_fatura")
        assert service.wiring.objects is not None
        await service.wiring.objects.delete(documento["object_key"])
        after = await now(service, processo.id)
        lost = await browser.sees(f"/painel/documentos/{after.documento_id}", 404)
        assert "O arquivo não está guardado" in lost


class TestTheList:
    async def test_filters_stand_in_the_address_and_pages_go_on_where_the_last_ended(self, browser: Browser) -> None:
        await uma_operacao(browser.service, 60)
        first = await browser.sees("/painel/processos")
        assert "50 de 60" in first
        following = re.search(r'href="(/painel/processos\?[^"]+)" rel="next"', first)
        assert following is not None
        second = await browser.sees(following[1].replace("&amp;", "&"))
        names = [set(re.findall(r'<a href="/painel/processos/([0-9a-f-]{36})">', page)) for page in (first, second)]
        assert (len(names[0]), len(names[1]), names[0] & names[1]) == (50, 10, set())
        assert len(first.encode()) < 60_000

    async def test_a_search_and_every_filter_find_what_they_say(self, browser: Browser) -> None:
        await uma_operacao(browser.service, 12)
        shown = await browser.sees("/painel/processos?busca=padaria+pao")
        assert shown.count("Padaria Pão Quente Ltda</a>") == 1
        assert "1 fatura" in shown
        late = await browser.sees("/painel/processos?prazo=atrasados")
        assert late.count("vencida há") == late.count('scope="row"') > 0
        for wrong in ("mes=13/2026", "status=X", "operadora=1", "prazo=ontem", "depois=x"):
            await browser.sees(f"/painel/processos?{wrong}", 422)
        assert "Nenhuma fatura com estes filtros" in await browser.sees("/painel/processos?busca=nada+disso")

    @pytest.mark.falha(488)
    async def test_what_is_listed_comes_as_csv_and_workbook_without_formulas(self, browser: Browser) -> None:
        await uma_operacao(browser.service, 12)

        async def trap(tx: Transaction) -> None:
            await novo_processo(tx, "11/2026", razao_social='=HYPERLINK("http://mal.example")')

        await browser.service.wiring.turns.run(trap)
        async with browser.http.get("/painel/processos.csv?mes=todos&busca=") as response:
            rows = list(csv.reader(StringIO((await response.read()).decode("utf-8-sig")), delimiter=";"))
        assert rows[0][:2] == ["razao_social", "cnpj"]
        named = {(dict(zip(rows[0], row, strict=True)))["operadora"]: row[-1] for row in rows[1:]}
        assert (rows[0][-1], named["VIVO"], named["EMBRATEL"]) == ("operadora_nome", "Vivo", "Embratel")
        assert all(re.fullmatch(r"\S{2}\.\S{3}\.\S{3}/\S{4}-\S{2}", row[1]) for row in rows[1:])
        assert [row[0] for row in rows if "HYPERLINK" in row[0]] == ['\'=HYPERLINK("http://mal.example")']
        async with browser.http.get("/painel/processos.xlsx?status=UPLOAD_REALIZADO") as response:
            sheet = openpyxl.load_workbook(BytesIO(await response.read())).active
        assert sheet is not None
        assert {row[6] for row in sheet.iter_rows(min_row=2, values_only=True)} == {"UPLOAD_REALIZADO"}
        taken = await browser.service.rows("SELECT canal FROM auditoria WHERE acao = 'EXPORTAR'")
        assert [row["canal"] for row in taken] == ["painel", "painel"], "who took them is in the audit"

    async def test_what_was_approved_late_in_the_evening_is_of_that_day_in_the_file(self, browser: Browser) -> None:
        await arrives(browser.service)
        evening = datetime(2026, 12, 1, 1, 30, tzinfo=UTC)

        async def late(tx: Transaction) -> None:
            await tx.connection.execute(update(processos).values(data_aprovacao=evening))

        await browser.service.wiring.turns.run(late)
        async with browser.http.get("/painel/processos.csv?mes=todos") as response:
            rows = list(csv.reader(StringIO((await response.read()).decode("utf-8-sig")), delimiter=";"))
        assert rows[1][9] == "2026-11-30 22:30:00"
        async with browser.http.get("/painel/processos.xlsx?mes=todos") as response:
            sheet = openpyxl.load_workbook(BytesIO(await response.read())).active
        assert sheet is not None
        assert str(sheet.cell(2, 10).value) == "2026-11-30 22:30:00"

    async def test_a_list_that_is_too_long_for_a_file_says_so(
        self, browser: Browser, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await uma_operacao(browser.service, 12)
        monkeypatch.setattr("webhooks.painel.processo.exporta.MOST_ROWS", 5)
        for name in ("csv", "xlsx"):
            await browser.sees(f"/painel/processos.{name}?mes=todos", 422)

    @pytest.mark.parametrize("perfil", [Perfil.CONSULTOR])
    async def test_who_may_not_see_invoices_is_told_so(self, sqlite_service: RunningService, perfil: Perfil) -> None:
        processo = await arrives(sqlite_service)
        async with browser_of(sqlite_service) as browser:
            await browser.enters(await sqlite_service.usuario("Davi Alves", "5531988804003", perfil))
            assert 'href="/painel/processos"' not in await browser.sees("/painel")
            for path in ("", ".csv", f"/{processo.id}"):
                assert "Isto não é seu" in await browser.sees(f"/painel/processos{path}", 403)
            await browser.sees(f"/painel/documentos/{processo.documento_id}", 403)


@pytest.mark.falha(535)
async def test_that_its_cliente_was_deactivated_is_seen_where_it_is_decided(sqlite_service: RunningService) -> None:
    ids = await uma_operacao(sqlite_service, 12)
    async with browser_of(sqlite_service) as browser:
        await browser.enters(await sqlite_service.administrador())
        one = f"/painel/processos/{ids[6]}"
        assert "cliente desativado" not in await browser.sees(one)
        (row,) = [
            row
            for row in await sqlite_service.rows("SELECT id, cliente_id FROM processos")
            if UUID(str(row["id"])) == ids[6]
        ]
        cliente = f"/painel/clientes/{UUID(str(row['cliente_id']))}"
        await browser.does(cliente, f"{cliente}/desativar")
        assert "cliente desativado" in await browser.sees(one)


@pytest.mark.falha(531)
async def test_of_several_it_is_said_which_were_not_done_and_that_none_was_ticked(
    sqlite_service: RunningService,
) -> None:
    ids = await uma_operacao(sqlite_service, 12)
    async with browser_of(sqlite_service) as browser:
        await browser.enters(await sqlite_service.administrador())
        several = "/painel/processos/varios"
        _, where = await browser.does("/painel/processos", several, acao="APROVAR")
        assert "Nenhuma estava marcada" in await browser.sees(where)
        ticked = [f"{one}.{versao}" for one, versao in await _versions(sqlite_service, ids)]
        _, where = await browser.does("/painel/processos", several, acao="APROVAR", processo=ticked)
        assert "As outras só uma a uma" in await browser.sees(where)


async def _versions(service: RunningService, ids: list[UUID]) -> list[tuple[UUID, int]]:
    rows = await service.rows("SELECT id, versao FROM processos")
    versions = {UUID(str(row["id"])): row["versao"] for row in rows}
    return [(one, versions[one]) for one in ids]


class TestInABrowser:
    async def test_an_invoice_is_looked_at_and_approved_by_keyboard(
        self, sqlite_service: RunningService, painel: Opened
    ) -> None:
        ids = await uma_operacao(sqlite_service, 12)
        adm = await sqlite_service.administrador()
        async with painel(sqlite_service, adm, f"/painel/processos/{ids[6]}") as page:
            await expect(page.locator("iframe")).to_be_visible()
            assert await inaccessible(page) == []
            await page.get_by_role("button", name="Aprovar").focus()
            await page.keyboard.press("Enter")
            await expect(page.locator(".notice").get_by_role("status")).to_have_text("Aprovada.")
            await page.get_by_role("button", name="Desfazer aprovação").click()
            await expect(page.locator(".notice").get_by_role("status")).to_have_text("Aprovação desfeita.")

    async def test_several_are_ticked_and_filters_count_as_they_are_chosen(
        self, sqlite_service: RunningService, painel: Opened
    ) -> None:
        await uma_operacao(sqlite_service, 12)
        async with painel(sqlite_service, await sqlite_service.administrador(), "/painel/processos") as page:
            await page.get_by_role("combobox", name="Status").select_option("AGUARDANDO_ENVIO_SAT")
            await page.wait_for_url("**status=AGUARDANDO_ENVIO_SAT**")
            await page.get_by_role("checkbox", name="Marcar todas").check()
            await page.get_by_role("button", name="Enviar ao SAT").click()
            await expect(page.locator(".notice").get_by_role("status")).to_have_text("3 de 3 feitas.")

    async def test_on_a_narrow_screen_and_in_the_dark_nothing_is_cut_off(
        self, sqlite_service: RunningService, painel: Opened
    ) -> None:
        ids = await uma_operacao(sqlite_service, 12)
        narrow = {"width": 320, "height": 700}
        async with painel(
            sqlite_service, await sqlite_service.administrador(), color_scheme="dark", viewport=narrow
        ) as page:
            for path in ("/painel/processos", *(f"/painel/processos/{one}" for one in ids[:8])):
                await page.goto(f"{sqlite_service.url}{path}")
                assert await cut_off(page) == [], path
            assert await inaccessible(page) == []
            # A name without a space is broken where the line ends.
            long = update(operadoras).where(operadoras.c.codigo == "VIVO").values(nome="Telefônica" * 20)
            await sqlite_service.wiring.turns.run(lambda tx: tx.execute(long))
            for path in ("/painel/clientes", "/painel/operadoras", "/painel/processos", "/painel"):
                await page.goto(f"{sqlite_service.url}{path}")
                wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
                assert await page.evaluate(wide) == 0, path
