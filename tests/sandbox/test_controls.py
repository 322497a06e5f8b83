"""The panel: each fault, each move of the clock, the pool and the robots, worked through its own doors."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from core.agendamento.agendamentos import criar_padrao
from sandbox import Phone, Sandbox
from tests.support.panel import Page, demonstration, local, page_of, phone_of
from tests.support.sellers import holders, pool
from tests.support.service import RunningService


@pytest.fixture
async def page(sqlite_service: RunningService) -> AsyncIterator[Page]:
    async with demonstration(sqlite_service) as page:
        yield page


@pytest.fixture
async def ana(sqlite_service: RunningService, page: Page) -> Phone:
    """A seller on WhatsApp."""
    return phone_of(sqlite_service, "Ana Souza")


@pytest.fixture
async def bruno(sqlite_service: RunningService, page: Page) -> Phone:
    """A seller on Telegram who has said who he is."""
    bruno = phone_of(sqlite_service, "Bruno Lima")
    await bruno.says("/start")
    await bruno.sees("Compartilhar meu telefone")
    await bruno.shares_contact()
    await bruno.sees("O que você quer fazer")
    return bruno


async def begins_a_sale(phone: Phone) -> None:
    await phone.says("VENDER")
    await phone.sees("Posso começar?")
    await phone.taps("SIM")
    await phone.sees("Venda iniciada")


async def fault(page: Page, name: str, on: bool) -> None:
    """Turn a fault, and see that the page shows it so."""
    await page.post("controls/faults", fault=name, on=on)
    await page.shows_fault(name, on)


async def next_run(page: Page, after: float = 0.0) -> dict[str, Any]:
    """Wait until the page shows a run that is later than that; the first one."""

    def find() -> dict[str, Any] | None:
        return next((run for run in page.told["controls"]["runs"] if run["em"] > after), None)

    return await page.changed.expect(find, 20.0, lambda: str(page.told["controls"]))


class TestClock:
    async def test_a_login_without_a_sign_of_life_goes_back_at_once(
        self, sqlite_service: RunningService, page: Page, ana: Phone
    ) -> None:
        sqlite_service.sandbox.rpa.next("manual")
        await begins_a_sale(ana)
        await page.shows_pool(livres=1)
        for seconds in (60, 300):
            await page.post("controls/clock", seconds=seconds)
        assert await holders(sqlite_service) == [ana.telefone]

        await page.post("controls/clock", seconds=31 * 60)
        await ana.sees("passou tempo demais sem sinal do robô")
        controls = await page.shows("controls", clock={"ahead": 37 * 60, "zone": "America/Sao_Paulo"})
        assert (controls["pool"]["livres"], controls["pool"]["em_uso"]) == (2, [])

    async def test_the_next_run_is_shown_and_a_step_to_it_does_it(
        self, sqlite_service: RunningService, page: Page
    ) -> None:
        await sqlite_service.wiring.turns.run(lambda tx: criar_padrao(tx, ("Processos do mês",)))
        await page.post("controls/clock", seconds=0)
        run = await next_run(page)
        assert run["nome"] == "Processos do mês"
        await page.post("controls/clock", run=run["em"] + 1, wanted=409)
        await page.post("controls/clock", run=run["em"])
        now = local(sqlite_service)
        assert (now.day, now.hour, now.minute) == (1, 6, 0)
        (done,) = await sqlite_service.rows("SELECT status FROM execucoes_agendamento")
        assert done["status"] == "CONCLUIDA"
        assert (await next_run(page, after=run["em"]))["em"] > run["em"]

    async def test_tomorrow_begins_in_the_morning(self, sqlite_service: RunningService, page: Page) -> None:
        before = local(sqlite_service)
        await page.post("controls/clock", to="tomorrow")
        now = local(sqlite_service)
        assert now.date() == before.date() + timedelta(days=1)
        assert (now.hour, now.minute) == (8, 0)

    async def test_whatsapps_window_follows_it(self, sqlite_service: RunningService, page: Page, ana: Phone) -> None:
        """After a day without a word from her the service may not write to her, until she writes."""
        davi = phone_of(sqlite_service, "Davi Alves")
        await davi.says("OCUPADO viagem por 30 horas")
        await davi.sees("De volta a online")
        await page.post("controls/clock", seconds=31 * 3600)
        refused = await sqlite_service.sandbox.whatsapp.calls.wait_for("interactive", 2)
        assert "você está online de novo" in str(refused[-1].params)
        assert not davi.shows("você está online de novo")
        await davi.says("PRESENCA")
        await davi.sees("Presença da equipe")

    async def test_bubbles_carry_the_services_time(
        self, sqlite_service: RunningService, page: Page, ana: Phone
    ) -> None:
        await page.post("controls/clock", seconds=3600)
        await ana.says("AJUDA")
        bubble = await ana.sees("Digite uma destas palavras")
        assert bubble.when == pytest.approx(sqlite_service.clock().timestamp(), abs=10)

    async def test_it_moves_forward_only_and_not_for_ever(self, sqlite_service: RunningService, page: Page) -> None:
        for seconds in (-60, 10**9, "60", None, True, float("nan")):
            await page.post("controls/clock", wanted=422, seconds=seconds)
        assert sqlite_service.clock.ahead == timedelta()


class TestPool:
    async def test_who_holds_which_login_since_when_and_until_when(
        self, sqlite_service: RunningService, page: Page, ana: Phone, bruno: Phone
    ) -> None:
        caio = phone_of(sqlite_service, "Caio Reis")
        sqlite_service.sandbox.rpa.next("manual", "manual")
        await begins_a_sale(ana)
        await begins_a_sale(bruno)
        await caio.says("VENDER")
        await caio.taps("SIM")
        await caio.taps("Entrar na fila")
        shown = await page.shows_pool(livres=0, na_fila=1)
        assert {(uso["login"], uso["telefone"]) for uso in shown["em_uso"]} in (
            {("BO2001", ana.telefone), ("BO2002", bruno.telefone)},
            {("BO2002", ana.telefone), ("BO2001", bruno.telefone)},
        )
        for uso in shown["em_uso"]:
            assert uso["desde"] == pytest.approx(sqlite_service.clock().timestamp(), abs=10)
            assert uso["expira_em"] - uso["desde"] == pytest.approx(1800, abs=10)

    async def test_a_page_that_opens_later_shows_the_same(
        self, sqlite_service: RunningService, page: Page, ana: Phone
    ) -> None:
        await begins_a_sale(ana)
        shown = await page.shows_pool(livres=1)
        async with page_of(sqlite_service.sandbox.url) as other:
            assert len(other.told["controls"]["pool"]["em_uso"]) == len(shown["em_uso"]) == 1


class TestFaults:
    async def test_while_telegram_is_down_what_is_said_waits(
        self, sqlite_service: RunningService, page: Page, bruno: Phone
    ) -> None:
        await fault(page, "telegram_down", True)
        before = len(sqlite_service.sandbox.telegram.calls.of("sendMessage"))
        await bruno.says("AJUDA")
        await sqlite_service.sandbox.telegram.calls.wait_for("sendMessage", before + 1)
        assert not bruno.shows("Digite uma destas palavras")
        await fault(page, "telegram_down", False)
        await bruno.sees("Digite uma destas palavras")

    async def test_telegram_asks_for_patience_a_few_times_and_then_no_more(
        self, sqlite_service: RunningService, page: Page, bruno: Phone, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("sandbox.controls.SLOW_DOWN_CALLS", 2)
        monkeypatch.setattr("sandbox.controls.SLOW_DOWN_SECONDS", 1.0)
        await fault(page, "telegram_429", True)
        before = len(sqlite_service.sandbox.telegram.calls.of("sendMessage"))
        await bruno.says("AJUDA")
        await bruno.sees("Digite uma destas palavras")
        sent = sqlite_service.sandbox.telegram.calls.of("sendMessage")[before:]
        assert 1 < len(sent) <= 3
        assert sent[1].when - sent[0].when >= 1.0
        await page.shows_fault("telegram_429", False)

    async def test_while_whatsapp_is_down_what_is_said_waits(
        self, sqlite_service: RunningService, page: Page, ana: Phone
    ) -> None:
        await fault(page, "whatsapp_down", True)
        await ana.says("AJUDA")
        await sqlite_service.sandbox.whatsapp.calls.wait_for("text")
        assert not ana.shows("Digite uma destas palavras")
        await fault(page, "whatsapp_down", False)
        await ana.sees("Digite uma destas palavras")

    async def test_the_window_is_closed_for_everybody_and_opens_for_who_writes(
        self, sqlite_service: RunningService, page: Page, ana: Phone
    ) -> None:
        caio, whatsapp = phone_of(sqlite_service, "Caio Reis"), sqlite_service.sandbox.whatsapp
        for phone in (ana, caio):
            await phone.says("AJUDA")
            await phone.sees("Digite uma destas palavras")
        await fault(page, "whatsapp_window", True)
        assert [whatsapp.window_open(phone) for phone in whatsapp.phones] == [False] * len(whatsapp.phones)
        await ana.says("STATUS")
        await ana.sees("Não há venda em andamento")
        await fault(page, "whatsapp_window", False)
        await caio.says("STATUS")
        await caio.sees("Não há venda em andamento")
        davi = next(phone for phone in whatsapp.phones if phone.name == "Davi Alves")
        assert not whatsapp.window_open(davi), "who never wrote has no window to open again"

    async def test_while_the_robots_are_down_a_sale_waits_for_them(
        self, sqlite_service: RunningService, page: Page, ana: Phone
    ) -> None:
        await fault(page, "robots_down", True)
        await begins_a_sale(ana)
        await sqlite_service.sandbox.rpa.calls.wait_for("executar")
        assert sqlite_service.sandbox.rpa.jobs == []
        await fault(page, "robots_down", False)
        await ana.sees("Qual é o CEP")

    async def test_messages_delivered_twice_are_answered_once(
        self, sqlite_service: RunningService, page: Page, ana: Phone, bruno: Phone
    ) -> None:
        await page.post("controls/delivery", mode="twice")
        for phone in (ana, bruno):
            before = len(phone.screen)
            delivery = await phone.says("AJUDA")
            await delivery.finished()
            await phone.quiet()
            assert len(delivery.attempts) == 2
            assert len(phone.screen) == before + 2
        assert (await page.shows("controls"))["delivery"]["mode"] == "twice"

    async def test_late_messages_wait_until_they_are_let_go(
        self, sqlite_service: RunningService, page: Page, ana: Phone
    ) -> None:
        await page.post("controls/delivery", mode="late")
        delivery = await ana.says("AJUDA")
        await page.shows("controls", delivery={"mode": "late", "held": 1})
        assert delivery.attempts == []
        await page.post("controls/delivery", mode="normal")
        await ana.sees("Digite uma destas palavras")
        await page.shows("controls", delivery={"mode": "normal", "held": 0})

    async def test_messages_out_of_order_come_newest_first(
        self, sqlite_service: RunningService, page: Page, ana: Phone
    ) -> None:
        await page.post("controls/delivery", mode="backwards")
        await ana.says("AJUDA")
        await ana.says("STATUS")
        await page.shows("controls", delivery={"mode": "backwards", "held": 2})
        await page.post("controls/delivery", mode="normal")
        await ana.sees("Digite uma destas palavras")
        answers = [bubble.text.splitlines()[0] for bubble in ana.screen if not bubble.mine]
        assert [answer[:17] for answer in answers] == ["Não há venda em a", "Digite uma destas"]

    async def test_all_is_well_again_with_one_button(
        self, sqlite_service: RunningService, page: Page, ana: Phone
    ) -> None:
        for name in page.told["controls"]["faults"]:
            await fault(page, name, True)
        await page.post("controls/delivery", mode="backwards")
        await ana.says("AJUDA")
        await page.post("controls/calm")
        await ana.sees("Digite uma destas palavras")
        controls = await page.shows("controls", delivery={"mode": "normal", "held": 0})
        assert set(controls["faults"].values()) == {False}

    async def test_what_is_no_fault_is_refused(self, page: Page) -> None:
        await page.post("controls/faults", wanted=422, fault="gravity", on=True)
        await page.post("controls/faults", wanted=422, fault="telegram_down", on="yes")
        await page.post("controls/delivery", wanted=422, mode="never")
        await page.post("controls/redis", wanted=404)
        await page.post("stories/none/play", wanted=404)


class TestRobots:
    """A robot that does nothing by itself, and a person in its place."""

    @pytest.fixture
    async def job(self, sqlite_service: RunningService, page: Page, ana: Phone) -> str:
        await page.post("robots/next", behaviour="manual")
        await begins_a_sale(ana)
        return (await sqlite_service.sandbox.rpa.started()).id

    async def test_a_person_advances_asks_and_completes(self, page: Page, ana: Phone, job: str) -> None:
        await page.post(f"robots/jobs/{job}/advance")
        await page.post(f"robots/jobs/{job}/ask")
        await ana.sees("Qual é o CEP da instalação?")
        await ana.says("30140071")
        shown = await page.shows_job(job, pergunta="")
        assert shown["progresso"]["percentual"] == 20
        await page.post(f"robots/jobs/{job}/ask")
        await ana.sees("Qual é o CPF do cliente?")
        await page.post(f"robots/jobs/{job}/complete")
        await ana.sees("✅ Venda concluída! Número do pedido: NIO-")
        await page.post(f"robots/jobs/{job}/complete", wanted=409)

    @pytest.mark.parametrize(
        ("act", "why"),
        [
            ("fail", "O portal da operadora está fora do ar."),
            ("refuse", "O pedido foi negado pela operadora para este cliente. Motivo informado: Crédito negado"),
        ],
    )
    async def test_a_person_ends_it_badly_and_the_seller_hears_why(
        self, sqlite_service: RunningService, page: Page, ana: Phone, job: str, act: str, why: str
    ) -> None:
        await page.post(f"robots/jobs/{job}/{act}")
        await ana.sees(f"❌ A venda não foi concluída. {why}")
        assert (await pool(sqlite_service)).livres == 2

    async def test_a_robot_that_got_stuck_can_be_taken_over(self, sqlite_service: RunningService, page: Page) -> None:
        caio = phone_of(sqlite_service, "Caio Reis")
        await page.post("robots/next", behaviour="stall")
        await begins_a_sale(caio)
        job = await sqlite_service.sandbox.rpa.started()
        await caio.sees("Qual é o CEP")
        await page.post(f"robots/jobs/{job.id}/complete")
        await caio.sees("Venda concluída!")

    async def test_what_is_no_act_or_no_job_is_not_found(self, page: Page, job: str) -> None:
        await page.post(f"robots/jobs/{job}/sleep", wanted=404)
        await page.post("robots/jobs/none/complete", wanted=404)


async def test_without_the_service_beside_it_the_page_has_faults_alone() -> None:
    sandbox = Sandbox()
    await sandbox.start()
    async with page_of(sandbox.url) as page:
        assert (page.told["controls"]["clock"], page.told["controls"]["pool"], page.told["stories"]) == (None, None, [])
        await page.post("controls/clock", wanted=404, seconds=60)
        await page.post("stories/venda/play", wanted=404)
        await fault(page, "robots_down", True)
        assert sandbox.rpa.faults.down
    await sandbox.stop()


async def test_another_sites_page_may_not_touch_the_panel(sqlite_service: RunningService, page: Page) -> None:
    paths = ("controls/clock", "controls/faults", "controls/delivery", "controls/redis", "controls/calm")
    async with aiohttp.ClientSession(sqlite_service.sandbox.url) as http:
        for path in (*paths, "stories/venda/play", "stories/stop", "stories/pace", "robots/jobs/x/complete"):
            async with http.post(f"/{path}", json={"seconds": 60}) as response:
                assert response.status == 403, path
    assert sqlite_service.clock.ahead == timedelta()
