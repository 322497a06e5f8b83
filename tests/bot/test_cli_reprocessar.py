"""`balcao reprocessar`: what failed for good is listed, and done again one by one or all, once the fault is mended."""

import pytest
from structlog.testing import capture_logs

from dialogs.frame.talk import Talk
from sandbox import Phone
from tests.support.commands import Balcao, UseEnvironment
from tests.support.sellers import ANA, eventually, seller
from tests.support.service import RunningService

PERSON = "Pessoa 5531988804000"


@pytest.fixture(autouse=True)
def workers_look_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a command wrote down is found by their own look, some seconds later."""
    monkeypatch.setattr("bot.runtime.background.OWN_SWEEP_SECONDS", 0.1)


@pytest.fixture
def deployed(service: RunningService, use_environment: UseEnvironment) -> RunningService:
    """A service with every channel on, and the environment of one of its processes."""
    use_environment(service.environment | service.sandbox.settings())
    return service


async def _break(talk: Talk, before: str = "") -> None:
    raise RuntimeError(f"a mistake of ours, about {PERSON}")


async def menu_that_fails(service: RunningService, monkeypatch: pytest.MonkeyPatch) -> Phone:
    """Ana wrote MENU, and nobody could answer."""
    ana = await seller(service, ANA, "telegram")
    with monkeypatch.context() as broken, capture_logs():
        broken.setattr("dialogs.pessoa.menu.show_menu", _break)
        await (await ana.says("MENU")).accepted()
    await ana.sees("por uma falha nossa. A equipe já foi avisada.")
    return ana


async def told_by_the_clock(service: RunningService) -> bool:
    """What failed a while ago is told; False when there is nothing to tell."""
    service.clock.move(seconds=11)
    return await service.clock_work.tell_given_up()


@pytest.mark.falha(163)
async def test_an_event_that_nobody_could_answer_is_answered_when_the_fault_is_mended(
    deployed: RunningService, balcao: Balcao, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = await menu_that_fails(deployed, monkeypatch)
    before = len(ana.screen)
    (line,) = (await balcao("reprocessar", "--listar")).stdout.splitlines()
    event = line.split()[0]
    assert event.startswith("telegram:")
    assert "evento de telegram  RuntimeError" in line
    assert "988804000" not in line
    done = await balcao("reprocessar", event)
    assert done.stdout == "1 será refeito pelos workers\n"
    await ana.sees("O que você quer fazer, Ana?")
    assert len(ana.screen) == before + 1, "once"
    assert (await balcao("reprocessar", "--listar")).stdout == "Nada falhou de vez.\n"
    (act,) = await deployed.rows("SELECT acao, canal FROM auditoria WHERE acao = 'REPROCESSAR'")
    assert act["canal"] == "linha_de_comando"


@pytest.mark.falha(289)
async def test_administrators_are_told_once_an_hour_and_a_tap_has_it_answered(
    sqlite_service: RunningService, monkeypatch: pytest.MonkeyPatch
) -> None:
    await sqlite_service.administrador("Rita Prado", "5531988807001")
    rita = await sqlite_service.phone("telegram", "Rita Prado", "5531988807001")
    ana = await menu_that_fails(sqlite_service, monkeypatch)
    await told_by_the_clock(sqlite_service)
    told = await rita.sees("1 × mensagem sem resposta no Telegram: uma falha nossa")
    assert "988804000" not in told.text
    await rita.taps("Tentar de novo")
    await rita.sees("Sendo refeito agora: 1.")
    await ana.sees("O que você quer fazer, Ana?")
    await rita.taps("Tentar todas", bubble=told)
    await rita.sees("Não há mais o que refazer.")
    (act,) = await sqlite_service.rows("SELECT canal FROM auditoria WHERE acao = 'REPROCESSAR'")
    assert act["canal"] == "telegram"


@pytest.mark.falha(163)
async def test_what_fails_again_stays_listed_and_keeps_nothing_waiting(
    deployed: RunningService, balcao: Balcao, monkeypatch: pytest.MonkeyPatch
) -> None:
    await menu_that_fails(deployed, monkeypatch)
    monkeypatch.setattr("dialogs.pessoa.menu.show_menu", _break)
    assert (await balcao("reprocessar")).exit_code == 0
    with capture_logs():
        await eventually(deployed, "SELECT 1 FROM failed_events WHERE attempts = 4")
    assert "RuntimeError" in (await balcao("reprocessar", "--listar")).stdout
    assert await eventually(
        deployed, "SELECT 1 FROM outbox WHERE method = 'ouvir_de_novo' AND done_at IS NOT NULL AND error IS NULL"
    )


@pytest.mark.falha(163)
async def test_a_call_that_was_given_up_is_made_when_it_can_be(deployed: RunningService, balcao: Balcao) -> None:
    bia = await seller(deployed, ANA, "whatsapp")
    deployed.sandbox.whatsapp.faults.fail_next("text", code=131009)
    await bia.says("STATUS")
    await eventually(deployed, "SELECT 1 FROM outbox WHERE method = 'sendMessage' AND error IS NOT NULL")
    (line,) = (await balcao("reprocessar", "--listar")).stdout.splitlines()
    number = line.split()[0]
    assert "whatsapp sendMessage  131009" in line
    assert (await balcao("reprocessar", number)).stdout == "1 será refeito pelos workers\n"
    await bia.sees("Não há venda em andamento")


async def test_an_id_of_nothing_is_named(deployed: RunningService, balcao: Balcao) -> None:
    result = await balcao("reprocessar", "telegram:1", "77")
    assert result.exit_code == 1
    assert "não há o que refazer em telegram:1, 77" in result.stderr
    assert (await balcao("reprocessar", "--listar", "77")).exit_code == 2
    assert (await balcao("reprocessar")).stdout == "0 serão refeitos pelos workers\n"
