"""What is tapped or typed once more after it was done: nothing happens twice, and people hear why."""

import pytest

from sandbox.faturas.estragos import pdf_of
from tests.support.consultores import CHANNELS
from tests.support.faturas import conta
from tests.support.service import RunningService
from tests.walks.test_agendamentos import administrator, made
from tests.walks.test_aprovar import approver, arrives, now
from tests.walks.test_delegar import BOTH, person
from tests.walks.test_fatura_trazida import operator, waits


@pytest.mark.falha(306)
@CHANNELS
async def test_a_schedule_runs_once_for_each_time_its_button_is_shown(
    sqlite_service: RunningService, channel: str
) -> None:
    adm = await administrator(sqlite_service, channel)
    await made(adm)
    card = adm.screen[-1]
    await adm.taps("Executar agora", bubble=card)
    await adm.sees("Começando agora")
    await adm.sees("concluído", timeout=30)
    await adm.taps("Executar agora", bubble=card)
    again = await adm.sees("nada foi executado de novo")
    assert len(await sqlite_service.rows("SELECT 1 FROM execucoes_agendamento")) == 1
    await adm.taps("Executar agora", bubble=again)
    await adm.sees("Começando agora")
    assert len(await sqlite_service.rows("SELECT 1 FROM execucoes_agendamento")) == 2


@pytest.mark.falha(305)
async def test_a_schedule_that_was_made_is_not_made_again_and_nobody_is_suspected(
    sqlite_service: RunningService,
) -> None:
    adm = await administrator(sqlite_service)
    await adm.says("AGENDAMENTOS")
    await adm.taps("Novo agendamento")
    await adm.taps("Backup dos dados")
    await adm.taps("Todo dia")
    hours = await adm.sees("A que horas?")
    await adm.taps("08:00", bubble=hours)
    asked = await adm.sees("Criar?")
    await adm.taps("Criar", bubble=asked)
    await adm.sees("Agendamento criado.")
    for label, bubble in (("Criar", asked), ("08:00", hours)):
        await adm.taps(label, bubble=bubble)
        await adm.sees("Esse agendamento já passou")
    assert await sqlite_service.rows("SELECT 1 FROM ocorrencias WHERE tipo = 'toque_recusado'") == []


@pytest.mark.falha(305)
@BOTH
async def test_the_first_day_tapped_twice_is_not_the_last_day(sqlite_service: RunningService, channel: str) -> None:
    await person(sqlite_service, channel)
    gil = await approver(sqlite_service, channel=channel)
    await gil.says("DELEGAR")
    await gil.taps("Hugo Melo")
    days = await gil.sees("A partir de quando?")
    await gil.taps("Agora", bubble=days)
    await gil.sees("Até quando")
    await gil.taps("Agora", bubble=days)
    await gil.sees("Até quando")
    await gil.taps("7 dias")
    await gil.sees("decide em seu nome")


@pytest.mark.falha(307)
@BOTH
async def test_a_file_that_found_its_processo_is_not_asked_about_again(
    sqlite_service: RunningService, channel: str
) -> None:
    hugo = await operator(sqlite_service, channel)
    await waits(sqlite_service, conta())
    await hugo.sends_document("fatura nov.pdf", pdf_of(conta()))
    asked = await hugo.sees("parece ser de")
    await hugo.taps("Sim, é dele", bubble=asked)
    await hugo.sees("📥 Recebi a fatura")
    for label in ("Sim, é dele", "Nenhum"):
        await hugo.taps(label, bubble=asked)
        await hugo.sees("O que fazer com fatura nov.pdf já foi decidido: nada mudou.")


@pytest.mark.falha(308)
@BOTH
async def test_desfazer_in_words_brings_the_button_again(sqlite_service: RunningService, channel: str) -> None:
    """In which words: tests/core/test_desfeita.py."""
    gil = await approver(sqlite_service, channel=channel)
    processo = await arrives(sqlite_service)
    await gil.sees("🧾")
    await gil.taps("Aprovar")
    await gil.sees("✅ Aprovada:")
    for typed in ("aprovei errado!", "cancela a aprovação da padaria"):
        await gil.says(typed)
        await gil.sees("Desfazer a aprovação de Padaria Pão Quente Ltda")
    assert (await now(sqlite_service, processo)).status_processo == "AGUARDANDO_ENVIO_SAT"
    await gil.taps("Desfazer")
    await gil.sees("Aprovação desfeita")
    await gil.says("desfaz isso aí")
    await gil.sees("Não há aprovação sua que ainda dê para desfazer.")
