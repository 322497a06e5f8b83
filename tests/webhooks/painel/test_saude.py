"""Auditoria and Saúde in the panel: administrators see who did what, and do again what failed for good."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from core.auditoria.auditoria import Autor, registrar
from dialogs.frame.talk import Talk
from storage.auditoria.tipos import Ato
from storage.pessoa.perfil import Perfil
from storage.transaction import Transaction
from tests.support.backups import no_backups
from tests.support.libraries import LIBRARY
from tests.support.painel import Browser, browser_of
from tests.support.sellers import ANA, eventually, seller
from tests.support.service import RunningService


@pytest.fixture
async def rita(sqlite_service: RunningService) -> AsyncIterator[Browser]:
    """An administrator in the panel."""
    async with browser_of(sqlite_service) as browser:
        await browser.enters(await sqlite_service.administrador("Rita Prado", "5531988807001"))
        yield browser


async def _break(talk: Talk, before: str = "") -> None:
    raise RuntimeError("a mistake of ours")


async def act(service: RunningService, ato: Ato, motivo: str | None = None) -> None:
    async def work(tx: Transaction) -> None:
        registrar(tx, ato, Autor("telegram"), alvo="pool", motivo=motivo)

    await service.wiring.turns.run(work)


class TestAuditoria:
    async def test_acts_are_listed_the_newest_first_and_filtered(
        self, sqlite_service: RunningService, rita: Browser
    ) -> None:
        await act(sqlite_service, Ato.LIBERAR)
        await act(sqlite_service, Ato.REVELAR, "perguntou <b>o portal</b>")
        text = await rita.sees("/painel/auditoria")
        places = [text.index(f"<b>{ato}</b>") for ato in ("Senha revelada", "Acessos liberados", "Entrada no painel")]
        assert places == sorted(places)
        assert "perguntou &lt;b&gt;o portal" in text
        only = await rita.sees("/painel/auditoria?acao=LIBERAR")
        assert "<b>Acessos liberados</b>" in only
        assert "<b>Senha revelada</b>" not in only
        assert "Nada com esses filtros" in await rita.sees("/painel/auditoria?acao=APROVAR&desde=2026-01-01")
        assert "Nada com esses filtros" in await rita.sees("/painel/auditoria?acao=LIBERAR&desde=01/12/2099")
        shown = await rita.sees("/painel/auditoria?acao=LIBERAR&desde=1/1/2026")
        assert ("<b>Acessos liberados</b>" in shown, 'value="2026-01-01"' in shown) == (True, True)
        hint = await rita.sees("/painel/auditoria?desde=31/02/2026", 422)
        assert "Um dia se escreve DD/MM/AAAA." in hint
        for wrong in ("quem=x", "acao=nada", "desde=ontem", "desde=2026-31-12", "depois=-1"):
            assert "Não entendemos o pedido" in await rita.sees(f"/painel/auditoria?{wrong}", 422)

    @pytest.mark.falha(483)
    async def test_people_of_one_name_are_told_apart(self, sqlite_service: RunningService, rita: Browser) -> None:
        async with browser_of(sqlite_service) as other:
            await other.enters(await sqlite_service.administrador("Rita Prado", "5531988807222"))
        text = await rita.sees("/painel/auditoria")
        for called in ("…7001 Rita Prado", "…7222 Rita Prado"):
            assert f">{called}</option>" in text
            assert f"<div>{called}<small>" in text

    async def test_the_audit_is_turned_page_by_page(self, sqlite_service: RunningService, rita: Browser) -> None:
        for _ in range(55):
            await act(sqlite_service, Ato.LIBERAR)
        text = await rita.sees("/painel/auditoria?acao=LIBERAR")
        assert text.count("<tr>") == 51
        assert "acao=LIBERAR&amp;depois=" in text
        rest = await rita.sees("/painel/auditoria?acao=LIBERAR&depois=7")
        assert rest.count("<tr>") == 6

    async def test_nobody_but_administrators_reads_the_audit(self, sqlite_service: RunningService) -> None:
        async with browser_of(sqlite_service) as browser:
            await browser.enters(await sqlite_service.usuario("Gil Torres", "5531988806002", Perfil.APROVADOR))
            for path in ("/painel/auditoria", "/painel/saude"):
                await browser.sees(path, 403)


class TestSaude:
    async def test_what_answers_and_that_the_audit_holds(self, sqlite_service: RunningService, rita: Browser) -> None:
        text = await rita.sees("/painel/saude")
        assert text.count("responde</span>") == 3
        assert "Nada falhou de vez." in text
        assert "íntegra" in await rita.sees("/painel/saude?auditoria=1")

    async def test_it_says_what_the_doctor_says(self, sqlite_service: RunningService, rita: Browser) -> None:
        await no_backups(sqlite_service)
        examined = await rita.sees("/painel/saude?doctor=1")
        for thing in ("configuração", "banco", "agendamentos", "aprovadores", "redis", "objetos", "backup", "telegram"):
            assert f"<b>{thing}</b>" in examined
        assert "1 pessoa pode aprovar" in examined
        assert "desligado: PIPEDRIVE_API_URL" in examined
        backup = examined.partition("<b>backup</b>")[2].partition("</li>")[0]
        assert ("nenhum ainda" in backup, "cuidado" in backup, ">bem" in backup) == (True, True, False)
        assert "<b>auditoria</b>" not in examined, "reading all of it has a button of its own"

    @pytest.mark.falha(382)
    async def test_what_is_away_is_told_without_a_library_s_words(
        self, sqlite_service: RunningService, rita: Browser, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def away(*_: object) -> str:
            raise OSError("HTTPConnectionPool(host='x', port=1): Max retries exceeded")

        async def engines(_: object) -> dict[str, str]:
            return {"objects": "MaxRetryError"}

        monkeypatch.setattr("bot.doctor.doctor._CHECKS", (("objetos", away, "confira MINIO_ENDPOINT"),))
        monkeypatch.setattr("webhooks.operations.readiness.Readiness.engines", engines)
        examined = await rita.sees("/painel/saude?doctor=1")
        assert "não respondeu como devia; confira MINIO_ENDPOINT" in examined
        assert "não responde</span>" in examined
        assert not LIBRARY.search(examined)

    async def test_a_dead_letter_is_done_again_from_the_page(
        self, sqlite_service: RunningService, rita: Browser, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        ana = await seller(sqlite_service, ANA, "telegram")
        with monkeypatch.context() as broken, capture_logs():
            broken.setattr("dialogs.pessoa.menu.show_menu", _break)
            broken_event = await ana.says("MENU")
            await broken_event.accepted()
        event = f"telegram:{broken_event.payload['update_id']}"
        assert event in await rita.sees("/painel/saude")
        status, where = await rita.does("/painel/saude", "/painel/saude/refazer", id=event)
        assert (status, where) == (303, "/painel/saude?feito=refazendo")
        await ana.sees("O que você quer fazer, Ana?")
        assert "Nada falhou de vez." in await rita.sees(where)
        (row,) = await sqlite_service.rows("SELECT canal FROM auditoria WHERE acao = 'REPROCESSAR'")
        assert row["canal"] == "painel"
        _, nothing = await rita.does("/painel/saude", "/painel/saude/refazer", id="todas")
        assert nothing == "/painel/saude?feito=nada_a_refazer"

    async def test_whose_calls_went_wrong_is_counted_by_whom_we_call(
        self, sqlite_service: RunningService, rita: Browser
    ) -> None:
        assert "Canais e robôs aceitaram tudo." in await rita.sees("/painel/saude")
        ana = await seller(sqlite_service, ANA, "telegram")
        await ana.says("MENU")
        await ana.sees("O que você quer fazer, Ana?")
        await eventually(sqlite_service, "SELECT 1 FROM outbox WHERE method = 'sendMessage' AND done_at IS NOT NULL")
        async with sqlite_service.wiring.database.begin() as connection:
            wrong = "UPDATE outbox SET error = 'HTTP 500' WHERE method = 'sendMessage' AND done_at IS NOT NULL"
            await connection.execute(text(wrong))
            await connection.commit()
        said = (await rita.sees("/painel/saude")).partition("Quem nós chamamos")[2]
        assert said.index("Telegram") < said.index("de vez")
