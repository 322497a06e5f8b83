"""All of them at once, by a sentence: asked with how many and how much, confirmed by SIM or a tap, and begun."""

import pytest

from core.prazos import PERGUNTAS
from core.processo.processos import aprovar
from sandbox import Phone
from storage.pessoa.perfil import Perfil
from storage.transaction import Transaction
from tests.support.faturas import LIMITS, a_aprovar, nova_pessoa
from tests.support.service import RunningService
from tests.walks.test_processos import person, processos

ALL = "Mandar robôs baixarem 2 faturas?"


@pytest.fixture
async def hugo(sqlite_service: RunningService) -> Phone:
    """An operator, and two invoices that a robot can fetch."""
    await processos(sqlite_service, "Moinho Ltda", "Oficina ME")
    return await person(sqlite_service)


async def downloads(service: RunningService) -> int:
    return len(await service.rows("SELECT 1 FROM execucoes"))


@pytest.mark.falha(340)
@pytest.mark.parametrize("yes", ["sim", "Sim, baixar"])
async def test_all_that_a_robot_can_fetch_are_fetched_once_confirmed(
    hugo: Phone, sqlite_service: RunningService, yes: str
) -> None:
    await hugo.says("baixar todas")
    asked = await hugo.sees(ALL)
    assert "Moinho" in asked.text
    assert await downloads(sqlite_service) == 0
    await hugo.says(yes)
    await hugo.sees("🤖 2 downloads pedidos.")
    assert await downloads(sqlite_service) == 2
    await hugo.says("baixa tudo")
    await hugo.sees("nenhuma que um robô possa levar agora")


@pytest.mark.falha(340)
async def test_any_no_leaves_them(hugo: Phone, sqlite_service: RunningService) -> None:
    for no in ("melhor não", "deixa", "cancela"):
        await hugo.says("baixa tudo que falta")
        await hugo.sees(ALL)
        await hugo.says(no)
        await hugo.sees("não mandei nenhum robô")
    assert await downloads(sqlite_service) == 0


@pytest.mark.falha(340)
async def test_some_of_them_are_none_of_them(hugo: Phone, sqlite_service: RunningService) -> None:
    for some in ("1", "tira a oficina"):
        await hugo.says("baixar todas")
        await hugo.sees(ALL)
        await hugo.says(some)
        await hugo.sees("Não mandei nenhum robô: o SIM valeria para todas as que mostrei.")
    assert await downloads(sqlite_service) == 0


async def test_those_that_are_excepted_are_left_out(hugo: Phone, sqlite_service: RunningService) -> None:
    await hugo.says("baixa todas menos a da farmácia")
    await hugo.sees("Não achei “farmacia” entre elas, e não comecei nada")
    await hugo.says("baixa todas menos o moinho e a oficina")
    await hugo.sees("não sobra nenhuma, e não comecei nada")
    await hugo.says("baixa todas menos a do moinho")
    asked = await hugo.sees("Mandar um robô baixar 1 fatura?")
    assert "Oficina" in asked.text
    assert "Moinho" not in asked.text
    await hugo.says("sim")
    await hugo.sees("🤖 1 download pedido.")
    assert await downloads(sqlite_service) == 1


@pytest.mark.falha(424)
async def test_only_the_first_is_no_button_of_a_card(hugo: Phone, sqlite_service: RunningService) -> None:
    """The card was shown for what is not to be fetched."""
    await hugo.says("não era pra baixar a do moinho")
    await hugo.sees("Moinho")
    await hugo.says("só a primeira")
    await hugo.says("STATUS")
    await hugo.quiet()
    assert await downloads(sqlite_service) == 0


@pytest.mark.falha(340)
async def test_what_is_too_many_for_once_is_said_and_comes_the_next_time(
    hugo: Phone, sqlite_service: RunningService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.lote.lote.TOGETHER", 1)
    await hugo.says("baixar todas")
    asked = await hugo.sees("Mandar um robô baixar 1 fatura?")
    assert "Mais 1 fica para a próxima vez" in asked.text
    await hugo.says("sim")
    await hugo.sees("🤖 1 download pedido.")
    await hugo.says("baixar todas")
    asked = await hugo.sees("Mandar um robô baixar 1 fatura?")
    assert "Fica 1, sem robô ou já em andamento." in asked.text
    await hugo.says("sim")
    await hugo.sees("🤖 1 download pedido.")
    assert await downloads(sqlite_service) == 2


async def test_a_yes_after_its_time_or_in_other_words_begins_none(hugo: Phone, sqlite_service: RunningService) -> None:
    await hugo.says("baixar todas")
    await hugo.sees(ALL)
    await hugo.says("ok")
    await hugo.sees("Responda SIM")
    await hugo.says("peraí")
    await hugo.sees("Sem pressa")
    life = PERGUNTAS["Comecar:confirmacao"]
    assert life is not None
    sqlite_service.clock.move(seconds=life.total_seconds() + 60)
    await hugo.taps("Sim, baixar")
    await hugo.sees("já não vale")
    assert await downloads(sqlite_service) == 0


async def test_to_sat_go_those_that_are_approved_with_what_they_are_worth(sqlite_service: RunningService) -> None:
    async def work(tx: Transaction) -> None:
        gil = await nova_pessoa(tx, Perfil.APROVADOR)
        processo = await a_aprovar(tx, valor_centavos=12345)
        await aprovar(tx, processo.id, gil, LIMITS, versao=processo.versao, motivo="ok")

    await sqlite_service.wiring.turns.run(work)
    hugo = await person(sqlite_service)
    await hugo.says("manda tudo pro sat de 11/2026")
    await hugo.sees("Enviar 1 fatura ao SAT, R$ 123,45?")
    await hugo.says("SIM")
    await hugo.sees("📤 1 fatura a caminho do SAT.")


async def test_what_is_looked_at_before_the_yes_is_shown_and_nothing_begins(
    hugo: Phone, sqlite_service: RunningService
) -> None:
    await hugo.says("baixar todas")
    await hugo.sees(ALL)
    await hugo.says("como estão as faturas do mês?")
    await hugo.sees("Deixei a pergunta de lado, e nada foi feito")
    await hugo.says("SIM")
    await hugo.sees("Não há nada para confirmar agora.")
    assert await downloads(sqlite_service) == 0


async def test_a_question_that_shows_nothing_waits_for_the_yes(hugo: Phone, sqlite_service: RunningService) -> None:
    await hugo.says("baixar todas")
    await hugo.sees(ALL)
    await hugo.says("e agora, o que acontece?")
    await hugo.sees("Primeiro isto: SIM ao que mostrei acima, ou NÃO para não fazer nada.")
    assert await downloads(sqlite_service) == 0


@pytest.mark.falha(340)
async def test_of_these_only_those_on_the_screen_are_asked_about(hugo: Phone, sqlite_service: RunningService) -> None:
    await processos(sqlite_service, "Padaria Pão Quente", codigo="OI")
    await hugo.says("o que falta baixar da oi?")
    await hugo.sees("Padaria")
    await hugo.says("baixa elas")
    asked = await hugo.sees("Mandar um robô baixar 1 fatura?")
    assert "Moinho" not in asked.text
    await hugo.says("sim")
    await hugo.sees("🤖 1 download pedido.")
    assert await downloads(sqlite_service) == 1


@pytest.mark.falha(340)
async def test_of_the_counts_of_a_month_these_are_those_that_wait(hugo: Phone, sqlite_service: RunningService) -> None:
    await hugo.says("PROCESSOS")
    await hugo.sees("Aguardando download: 2")
    await hugo.says("baixa elas")
    await hugo.sees(ALL)
    await hugo.says("nao era isso")
    await hugo.sees("não mandei nenhum robô")
    assert await downloads(sqlite_service) == 0
