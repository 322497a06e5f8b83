"""Every story, played to its end against a whole service through the page's own doors, and compared by content."""

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.demonstration.staff import seed, seed_invoices
from sandbox.stories import STORIES
from tests.support.panel import Page, demonstration, local, phone_of, said
from tests.support.sellers import LITERAL, holders, pool
from tests.support.service import RunningService

ANA_SELLS = [
    "> VENDER",
    "Nova venda no PAP em nome de Ana Souza, matrícula V1001.",
    "> SIM",
    "🤖 Venda iniciada. Estou entrando no portal; já volto com as perguntas.",
    "Qual é o CEP da instalação?",
    "> 30140-071",
    "Qual é o CPF do cliente?",
    "> 529.982.247-25",
    "Qual plano o cliente escolheu?",
]
GIVES_UP = [
    "> CANCELAR",
    "O robô já está trabalhando nesta venda. Cancelar mesmo assim?",
    "> SIM, cancelar",
    "Cancelando a venda. Aviso aqui quando o robô parar.",
    "Venda cancelada. O acesso já está livre.",
]


@pytest.fixture
async def page(sqlite_service: RunningService) -> AsyncIterator[Page]:
    async with demonstration(sqlite_service) as page:
        yield page


async def test_a_sale_to_the_order_number(sqlite_service: RunningService, page: Page) -> None:
    end = await page.plays("venda")
    assert (end["status"], end["problem"]) == ("done", None)
    *lines, last = said(phone_of(sqlite_service, "Ana Souza"))
    assert lines == [*ANA_SELLS, "> Nio Fibra 500 Mega…", "Em que turno o técnico pode ir?", "> Manhã"]
    (job,) = sqlite_service.sandbox.rpa.jobs
    assert last == f"✅ Venda concluída! Número do pedido: {job.resultado['numero_pedido']}"
    assert (await pool(sqlite_service)).livres == 2
    assert len(page.captions) == 4


async def test_all_logins_in_use_then_served_from_the_queue(sqlite_service: RunningService, page: Page) -> None:
    end = await page.plays("fila")
    assert (end["status"], end["problem"]) == ("done", None)
    assert said(phone_of(sqlite_service, "Caio Reis")) == [
        "> VENDER",
        "Nova venda no PAP em nome de Caio Reis, matrícula V1003.",
        "> SIM",
        LITERAL,
        "> Entrar na fila",
        LITERAL,
        "🤖 Chegou a sua vez! Um acesso ficou livre e a sua venda começou; já volto com as perguntas.",
        "Qual é o CEP da instalação?",
        *GIVES_UP,
    ]
    assert said(phone_of(sqlite_service, "Ana Souza"))[:9] == ANA_SELLS
    # Bruno is on Telegram, which shows no bubble for a tap.
    assert said(phone_of(sqlite_service, "Bruno Lima"))[-4:] == [GIVES_UP[0], GIVES_UP[1], GIVES_UP[3], GIVES_UP[4]]
    status = await pool(sqlite_service)
    assert (status.livres, status.na_fila, status.em_uso) == (2, 0, ())


async def test_an_attendants_presence(sqlite_service: RunningService, page: Page) -> None:
    began = local(sqlite_service)
    end = await page.plays("presenca")
    assert (end["status"], end["problem"]) == ("done", None)
    lines = said(phone_of(sqlite_service, "Davi Alves"))
    hour = re.search(r"até (\d\d:\d\d)", lines[2])
    assert hour is not None
    assert hour[1] in {f"{began + timedelta(minutes=31, seconds=late):%H:%M}" for late in (0, 60)}
    assert lines == [
        "> ONLINE",
        "🟢 Você está online.",
        f"> OCUPADO em reunião até {hour[1]}",
        f"🔴 Você está no modo ocupado: em reunião até {hour[1]}",
        "⏰ Chegou a hora: você está online de novo.",
        "🟢 Você está online. Faz tempo que você não aparece por aqui. Sem resposta em 10 min, mudo para ausente.",
        "🟡 Você aparece como ausente. Não recebi resposta. Qualquer mensagem sua desfaz isso.",
        "> Ainda estou aqui",
        "Que bom ter você de volta! 🟢 Você está online.",
        "> PRESENCA",
        "Presença da equipe:",
    ]
    ahead = timedelta(minutes=31 + 121 + 11)
    assert (await page.shows("controls"))["clock"] == {"ahead": ahead.total_seconds(), "zone": "America/Sao_Paulo"}


async def test_a_customer_handed_to_a_consultor(sqlite_service: RunningService, page: Page) -> None:
    end = await page.plays("atendimento")
    assert (end["status"], end["problem"]) == ("done", None)
    assert said(phone_of(sqlite_service, "Marina Castro")) == [
        "> Oi",
        "Olá! Este é o atendimento da operação. Para falar com uma pessoa da equipe, escolha CONSULTOR.",
        "> CONSULTOR",
        "Seu protocolo: #00001",
        "Agora você fala com Elisa Costa. Protocolo #00001.",
        "> Minha internet caiu",
        "Vou reiniciar a sua conexão agora. Voltou?",
        "> Voltou, obrigada!",
        "O atendimento #00001 foi encerrado. De 1 a 5, que nota você dá?",
        "> 5 ⭐⭐⭐⭐⭐",
        "Obrigado pela nota! Se quiser, escreva um comentário.",
        "> Agora não",
        "Combinado. Até a próxima!",
    ]
    assert said(phone_of(sqlite_service, "Davi Alves"))[2:] == [
        "🔔 Marina Castro quer falar com um consultor.",
        "> Passar",
        "Você passou. O seu lugar na vez continua o mesmo.",
    ]
    assert said(phone_of(sqlite_service, "Elisa Costa"))[-5:] == [
        "Minha internet caiu",
        "> Vou reiniciar a sua conexão agora. Voltou?",
        "Voltou, obrigada!",
        "> ENCERRAR",
        "Atendimento #00001 com Marina Castro encerrado.",
    ]
    assert await sqlite_service.rows("SELECT status, avaliacao FROM atendimentos") == [
        {"status": "ENCERRADO", "avaliacao": 5}
    ]


async def test_a_consultor_who_falls_silent_with_an_open_customer(sqlite_service: RunningService, page: Page) -> None:
    end = await page.plays("silencio")
    assert (end["status"], end["problem"]) == ("done", None)
    assert said(phone_of(sqlite_service, "Davi Alves"))[-4:] == [
        "Minha fatura veio errada",
        "🟢 Você está online. Faz tempo que você não aparece por aqui. Sem resposta em 10 min, mudo para ausente.",
        "🟡 Você aparece como ausente. Não recebi resposta. Qualquer mensagem sua desfaz isso.",
        "Marina Castro (#00001) voltou ao começo da fila, porque você não estava disponível.",
    ]
    marina = said(phone_of(sqlite_service, "Marina Castro"))
    assert marina[marina.index("> Minha fatura veio errada") + 1 :][:3] == [
        "O consultor que atendia você ficou indisponível. Você é o próximo da fila, com o mesmo protocolo.",
        "Agora você fala com Elisa Costa. Protocolo #00001.",
        "Olá, Marina! Já estou vendo a sua fatura.",
    ]
    (protocolo,) = await sqlite_service.rows("SELECT id, consultor_id FROM protocolos")
    (elisa,) = await sqlite_service.rows("SELECT id FROM consultores WHERE nome = 'Elisa Costa'")
    assert protocolo == {"id": 1, "consultor_id": elisa["id"]}


async def all_logins_held(page: Page) -> None:
    """The story of the queue, in the middle; it goes on slowly from here."""
    await page.post("stories/fila/play")
    await page.shows("story", step=2)
    await page.post("stories/pace", pace=4)


class TestAnywhereInTheMiddle:
    """A story begins from whatever somebody left open, and leaves nothing open itself."""

    async def test_twice_in_a_row_and_every_story_after_another(
        self, sqlite_service: RunningService, page: Page
    ) -> None:
        for key in [story.key for story in STORIES] * 2:
            end = await page.plays(key)
            assert (key, end["status"], end["problem"]) == (key, "done", None)
        assert await holders(sqlite_service) == []

    async def test_after_a_sale_left_open_in_another_language_under_every_fault(
        self, sqlite_service: RunningService, page: Page
    ) -> None:
        ana, bruno = phone_of(sqlite_service, "Ana Souza"), phone_of(sqlite_service, "Bruno Lima")
        await ana.says("IDIOMA")
        await ana.sees("Em que idioma")
        await ana.taps("English")
        await ana.sees("English")
        sqlite_service.sandbox.rpa.next("manual", "refuse_password")
        await ana.says("VENDER")
        await ana.taps("YES")
        await sqlite_service.sandbox.rpa.started()
        for fault in (await page.shows("controls"))["faults"]:
            await page.post("controls/faults", fault=fault, on=True)
        await page.post("controls/delivery", mode="late")
        await bruno.says("/start")

        end = await page.plays("fila")
        assert (end["status"], end["problem"]) == ("done", None)
        assert "Um administrador liberou o seu acesso" in ana.transcript(), "they are told what became of their sale"
        controls = await page.shows("controls")
        assert set(controls["faults"].values()) == {False}
        assert controls["delivery"] == {"mode": "normal", "held": 0}

    async def test_with_customers_in_the_queue_and_somebody_being_attended(
        self, sqlite_service: RunningService, page: Page
    ) -> None:
        davi, marina = phone_of(sqlite_service, "Davi Alves"), phone_of(sqlite_service, "Marina Castro")
        await davi.says("ONLINE")
        await davi.sees("Você está online")
        for phone in (marina, sqlite_service.sandbox.whatsapp.phone("Zé", "5511988887777")):
            await phone.says("CONSULTOR")
            await phone.sees("Seu protocolo")
        await davi.taps("Aceitar")
        await marina.sees("Agora você fala com Davi Alves")
        for key in ("silencio", "atendimento"):
            end = await page.plays(key)
            assert (key, end["status"], end["problem"]) == (key, "done", None)
        assert await sqlite_service.rows("SELECT id FROM atendimentos WHERE encerrado_em IS NULL") == []

    async def test_a_login_that_the_portal_refused_is_on_offer_again(
        self, sqlite_service: RunningService, page: Page
    ) -> None:
        ana = phone_of(sqlite_service, "Ana Souza")
        sqlite_service.sandbox.rpa.next("refuse_password")
        await ana.says("VENDER")
        await ana.taps("SIM")
        await ana.sees("O portal recusou o acesso BackOffice usado")
        assert (await pool(sqlite_service)).afastados == 1
        assert (await page.plays("fila"))["status"] == "done"
        status = await pool(sqlite_service)
        assert (status.livres, status.afastados) == (2, 0)

    async def test_stopped_in_the_middle_it_gives_the_logins_back(
        self, sqlite_service: RunningService, page: Page
    ) -> None:
        await all_logins_held(page)
        assert len(await holders(sqlite_service)) == 2
        await page.post("stories/stop")
        assert (await page.ends())["status"] == "stopped"
        status = await pool(sqlite_service)
        assert (status.livres, status.na_fila) == (2, 0)

    async def test_of_many_clicks_at_once_one_story_plays(self, sqlite_service: RunningService, page: Page) -> None:
        await asyncio.gather(*(page.post(f"stories/{key}/play") for key in ("fila", "venda", "fila", "venda")))
        await page.shows("story", run=4)
        assert (await page.ends())["status"] == "done"
        status = await pool(sqlite_service)
        assert (status.livres, status.na_fila) == (2, 0)

    async def test_another_one_takes_the_place_of_the_one_that_plays(
        self, sqlite_service: RunningService, page: Page
    ) -> None:
        await all_logins_held(page)
        await page.post("stories/pace", pace=0)
        end = await page.plays("venda")
        assert (end["key"], end["status"]) == ("venda", "done")
        assert (await pool(sqlite_service)).livres == 2


async def test_a_step_that_does_not_happen_is_said_on_the_page(
    sqlite_service: RunningService, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sandbox.stories.story.PATIENCE_SECONDS", 0.5)
    sqlite_service.sandbox.rpa.behaviour = "silent"
    end = await page.plays("venda")
    assert end["status"] == "failed"
    assert end["problem"] == {
        "pt": "Ana Souza não viu “Qual é o CEP” em 0.5 s.",
        "en": "Ana Souza did not see “Qual é o CEP” within 0.5 s.",
    }
    assert (await pool(sqlite_service)).livres == 2
    sqlite_service.sandbox.rpa.behaviour = "normal"
    monkeypatch.undo()
    assert (await page.plays("venda"))["status"] == "done"


async def test_more_logins_than_sellers_are_no_queue_and_it_says_so(sqlite_service: RunningService, page: Page) -> None:
    await sqlite_service.login_bo()
    end = await page.plays("fila")
    assert (end["status"], end["problem"]["en"]) == ("failed", "There are 3 free logins; this story needs 1 or 2.")


async def test_its_pace_can_be_chosen_and_is_kept_within_reason(sqlite_service: RunningService, page: Page) -> None:
    await page.post("stories/pace", pace=0.4)
    assert (await page.shows("story", pace=0.4))["status"] == "idle"
    await page.post("stories/pace", pace=100)
    await page.shows("story", pace=4.0)
    for wrong in ("fast", True, -1, None):
        await page.post("stories/pace", wanted=422, pace=wrong)


async def test_a_watcher_sees_whose_turn_it_is(sqlite_service: RunningService, page: Page) -> None:
    stories = {story["key"]: story["title"] for story in page.told["stories"]}
    assert stories["venda"] == {"pt": "Uma venda", "en": "A sale"}
    await page.post("stories/pace", pace=0.02)
    await page.post("stories/venda/play")
    acting = (await page.shows("story", step=1, status="playing"))["phones"][0]
    playing = await page.shows("story", acting=acting)
    assert playing["caption"]["en"].startswith("Ana has a customer on the line.")
    assert (await page.ends())["acting"] == ""


def test_a_story_reads_in_both_languages_and_has_a_room() -> None:
    rooms = {"stories", "robots", "pool", "clock", "faults"}
    for story in STORIES:
        assert story.room in rooms
        assert story.cast
        assert all(words.pt != words.en and words.pt and words.en for words in (story.title, story.about))


async def test_an_invoice_from_the_portal_to_sat(sqlite_service: RunningService, page: Page) -> None:
    end = await page.plays("fatura")
    assert (end["status"], end["problem"]) == ("done", None)
    (row,) = await sqlite_service.rows("SELECT * FROM processos WHERE status_processo = 'UPLOAD_REALIZADO'")
    assert row["enviado_para_sat"]
    (sat,) = [job for job in sqlite_service.sandbox.rpa.jobs if job.operadora == "sat"]
    assert sat.fetched is not None
    assert sat.fetched.startswith(b"%PDF-")


async def test_a_doctored_slip_is_seen_and_rejected(sqlite_service: RunningService, page: Page) -> None:
    end = await page.plays("adulterado")
    assert (end["status"], end["problem"]) == ("done", None)
    (row,) = await sqlite_service.rows("SELECT * FROM processos WHERE motivo_rejeicao IS NOT NULL")
    assert row["status_processo"] == "AGUARDANDO_DOWNLOAD"


async def test_two_approvers_at_once_are_one_decision(sqlite_service: RunningService, page: Page) -> None:
    end = await page.plays("aprovadores")
    assert (end["status"], end["problem"]) == ("done", None)
    assert len(await sqlite_service.rows("SELECT id FROM aprovacoes")) == 1


async def test_there_is_something_to_do_from_the_first_minute(sqlite_service: RunningService) -> None:
    await seed(sqlite_service.wiring)
    for _start in range(2):
        await seed_invoices(sqlite_service.wiring)
    rows = await sqlite_service.rows("SELECT status_processo, count(*) AS n FROM processos GROUP BY status_processo")
    assert {row["status_processo"]: row["n"] for row in rows} == {
        "AGUARDANDO_DOWNLOAD": 3,
        "AGUARDANDO_APROVACAO": 2,
        "AGUARDANDO_ENVIO_SAT": 1,
        "UPLOAD_REALIZADO": 1,
    }
    assert {row["veredito"] for row in await sqlite_service.rows("SELECT veredito FROM exames")} == {"confere"}
    assert len(await sqlite_service.rows("SELECT id FROM operadoras")) == 4


async def test_the_end_of_the_month_and_a_new_one_by_itself(sqlite_service: RunningService, page: Page) -> None:
    end = await page.plays("mes")
    assert (end["status"], end["problem"]) == ("done", None)
    now = local(sqlite_service)
    assert (now.day, now.hour) == (1, 6)
    months = await sqlite_service.rows("SELECT mes_ano, count(*) AS n FROM processos GROUP BY mes_ano")
    assert {row["n"] for row in months} == {3}
    assert f"{now:%m/%Y}" in [row["mes_ano"] for row in months]
