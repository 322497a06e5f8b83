"""Nothing that failed for a person stays unseen: who wrote hears it, and whoever can have it done again."""

import pytest
from sqlalchemy import insert, text
from structlog.testing import capture_logs

from core.processo.execucoes import enviar
from core.processo.processos import aprovar
from core.processo.quem import Quem
from sandbox import Phone, fail
from storage.pessoa.perfil import Perfil
from storage.tables import outbox
from storage.transaction import Transaction
from tests.bot.test_cli_reprocessar import told_by_the_clock
from tests.support.downloads import GIL, becomes, download, operator, processos
from tests.support.libraries import LIBRARY
from tests.support.painel import browser_of
from tests.support.sellers import eventually, seller
from tests.support.service import RunningService
from tests.walks.test_lembretes import at

UNKNOWN = ("João da Rua", "5531977770001")


async def _break(*_: object) -> None:
    raise RuntimeError("a mistake of ours")


def stranger(service: RunningService, channel: str) -> Phone:
    """Somebody who has never written."""
    sandbox = service.sandbox
    return sandbox.telegram.phone(*UNKNOWN) if channel == "telegram" else sandbox.whatsapp.phone(*UNKNOWN)


async def administrator(service: RunningService) -> Phone:
    await service.administrador("Rita Prado", "5531988807001")
    rita = await service.phone("telegram", "Rita Prado", "5531988807001")
    await rita.says("MENU")
    await rita.sees("O que você quer fazer")
    return rita


@pytest.mark.falha(320)
@pytest.mark.parametrize("channel", ["telegram", "whatsapp"])
async def test_whoever_writes_for_the_first_time_hears_that_it_failed(
    sqlite_service: RunningService, channel: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They have no conversation yet: the one that was being made went with the failed turn."""
    joao = stranger(sqlite_service, channel)
    with monkeypatch.context() as broken, capture_logs():
        broken.setattr("bot.conversations.notice", _break)
        await (await joao.says("Quero internet")).accepted()
    await joao.sees("Não consegui responder ao que você enviou, por uma falha nossa. A equipe já foi avisada.")
    (row,) = await sqlite_service.rows("SELECT count(*) AS n FROM contatos")
    assert row["n"] == 1


def given_up(tx: Transaction, first: int, n: int, target: str, method: str, error: str) -> list[dict[str, object]]:
    """Rows of calls that failed for good at this moment."""
    return [
        {
            "id": first + place, "lane": f"x:{place}", "target": target, "method": method, "params": {"text": "oi"},
            "created_at": tx.now, "due_at": tx.now, "attempts": 3, "done_at": tx.now, "error": error,
        }
        for place in range(n)
    ]  # fmt: skip


async def fails(
    service: RunningService, n: int, target: str = "pipedrive", method: str = "atendimento", error: str = "500: away"
) -> None:
    async def work(tx: Transaction) -> None:
        last = await tx.connection.scalar(text("SELECT coalesce(max(id), 0) FROM outbox"))
        await tx.execute(insert(outbox), given_up(tx, int(last or 0) + 1000, n, target, method, error))

    await service.wiring.turns.run(work)


@pytest.mark.falha(321)
async def test_a_thousand_calls_that_are_given_up_are_one_notice_that_counts(service: RunningService) -> None:
    """Both engines: the notice is claimed by one conditional statement."""
    rita = await administrator(service)
    assert not await told_by_the_clock(service)
    await fails(service, 1000)
    await fails(service, 3, "rpa", "executar_pap")
    assert await told_by_the_clock(service)
    told = await rita.sees("1000 × nota que não chegou ao Pipedrive: quem nos atende não respondeu (código 500)")
    assert "3 × venda cujo robô não foi iniciado" in told.text
    await fails(service, 7)
    assert not await told_by_the_clock(service), "the same kind, within the hour"
    service.clock.move(minutes=61)
    assert await told_by_the_clock(service)
    await rita.sees("7 × nota que não chegou ao Pipedrive")
    assert sum("Falhou de vez" in bubble.text for bubble in rita.screen) == 2


@pytest.mark.falha(382)
async def test_administrators_read_whose_fault_it_was_and_not_what_a_library_said(
    sqlite_service: RunningService,
) -> None:
    """Each of its kind in one notice."""
    rita = await administrator(sqlite_service)
    why = {
        "fault: KeyError": "uma falha nossa (código fault)",
        "object_store: MaxRetryError: HTTPConnectionPool(host='x', port=1)": "o armazenamento de objetos não respondeu",
        "network: ClientConnectorError": "quem nos atende não respondeu (código network)",
        "500: Internal Server Error": "quem nos atende não respondeu (código 500)",
        "131026: MaxRetryError": "quem nos atende recusou (código 131026)",
        "missing: KeyError": "o arquivo não está mais lá, ou não serve (código missing)",
        "RuntimeError('fault: 1')": "uma falha nossa",
    }
    for number, error in enumerate(why):
        await fails(sqlite_service, 1, "live", f"nada{number}", error)
    await told_by_the_clock(sqlite_service)
    told = await rita.sees("1 × live nada0")
    for number, said in enumerate(why.values()):
        assert f"live nada{number}: {said}" in told.text
    async with browser_of(sqlite_service) as browser:
        await browser.enters(await sqlite_service.usuario("Lia Prado", "5531988807002", Perfil.ADMINISTRADOR))
        page = await browser.sees("/painel/saude")
    assert "live nada0" in page
    assert not LIBRARY.search(told.text)
    assert not LIBRARY.search(page)


@pytest.mark.falha(321)
async def test_what_nobody_could_hear_of_is_told_when_somebody_can(sqlite_service: RunningService) -> None:
    await fails(sqlite_service, 2)
    await told_by_the_clock(sqlite_service)
    await eventually(sqlite_service, "SELECT 1 FROM outbox WHERE method = 'avisar_desistidos' AND done_at IS NOT NULL")
    rita = await administrator(sqlite_service)
    await told_by_the_clock(sqlite_service)
    await rita.sees("2 × nota que não chegou ao Pipedrive")


@pytest.mark.falha(322)
async def test_what_is_done_again_and_fails_again_is_told_within_the_hour(
    sqlite_service: RunningService, monkeypatch: pytest.MonkeyPatch
) -> None:
    rita = await administrator(sqlite_service)
    ana = await seller(sqlite_service)
    monkeypatch.setattr("dialogs.pessoa.menu.show_menu", _break)
    with capture_logs():
        await (await ana.says("MENU")).accepted()
        await ana.sees("por uma falha nossa")
        await told_by_the_clock(sqlite_service)
        told = await rita.sees("1 × mensagem sem resposta no WhatsApp")
        await rita.taps("Tentar de novo", bubble=told)
        await rita.sees("Sendo refeito agora: 1. O que falhar de novo eu aviso aqui.")
        await eventually(sqlite_service, "SELECT 1 FROM failed_events WHERE attempts = 4")
        assert await told_by_the_clock(sqlite_service)
    await eventually(sqlite_service, "SELECT 1 FROM outbox WHERE method = 'avisar_desistidos' AND done_at IS NOT NULL")
    await eventually(
        sqlite_service, "SELECT 1 WHERE (SELECT count(*) FROM outbox WHERE params LIKE '%Falhou de vez%') = 2"
    )


@pytest.mark.falha(322)
async def test_more_than_are_done_again_at_once_are_named_and_have_their_button(
    sqlite_service: RunningService,
) -> None:
    rita = await administrator(sqlite_service)
    await fails(sqlite_service, 450, "live", "nada")
    await told_by_the_clock(sqlite_service)
    told = await rita.sees("450 × live nada")
    await rita.taps("Tentar todas", bubble=told)
    await rita.sees("Sendo refeito agora: 200. O que falhar de novo eu aviso aqui. Ainda restam 250.")


@pytest.mark.falha(323)
async def test_an_upload_that_failed_for_good_is_told_each_day_until_somebody_sends_it(
    sqlite_service: RunningService,
) -> None:
    service = sqlite_service
    # From an afternoon: the next morning is not a day after they wrote last, when WhatsApp lets nothing be said.
    at(service, 15)
    hugo, quem = await operator(service)
    (processo,) = await processos(service)
    await download(service, processo, quem)
    await becomes(service, processo, "AGUARDANDO_APROVACAO")
    await eventually(service, "SELECT 1 FROM documentos_fatura WHERE guardado_em IS NOT NULL")
    gil = Quem("api", await service.usuario(*GIL, Perfil.APROVADOR), Perfil.APROVADOR)
    limits = service.wiring.processo_limits
    await service.wiring.turns.run(lambda tx: aprovar(tx, processo.id, gil, limits))
    service.sandbox.rpa.next(fail(definitivo=True))
    await service.wiring.turns.run(lambda tx: enviar(tx, processo.id, quem, limits))
    await hugo.sees("o envio ao SAT falhou")
    # The next day: it failed just now, whatever time that is, and is told when nobody has looked after it for an hour.
    at(service, 10, days=1)
    unsent = service.clock_work.processos.avisos.say_unsent
    assert await unsent() == 1
    assert await unsent() == 0, "once a day"
    told = await hugo.sees("📤 1 fatura aprovada não chegou ao SAT: o envio falhou.")
    await hugo.taps("1. Padaria Pão Quente Lt", bubble=told)
    await becomes(service, processo, "UPLOAD_REALIZADO")
    at(service, 10, days=2)
    assert await unsent() == 0
