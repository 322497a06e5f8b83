"""The message that grows while a robot downloads an invoice."""

import asyncio
from collections.abc import Callable

from core.processo.quem import Quem
from sandbox import Bubble, Job, Phone
from storage.pessoa.perfil import Perfil
from storage.processo.processos import Processo
from storage.transaction import Transaction
from tests.support.downloads import HUGO, download, found, operator, processos, sends_due
from tests.support.faturas import novo_processo
from tests.support.sellers import eventually
from tests.support.service import RunningService


async def asks_for_it(service: RunningService, channel: str = "telegram") -> tuple[Phone, Processo, Job]:
    """An operator has asked for a download, whose robot the test drives."""
    service.sandbox.rpa.next("manual")
    if channel == "whatsapp":
        phone, hugo = await operator(service)
    else:
        hugo = Quem("telegram", await service.usuario(*HUGO, Perfil.OPERADOR), Perfil.OPERADOR)
        phone = await service.phone("telegram", *HUGO)
    (processo,) = await processos(service)
    await download(service, processo, hugo)
    return phone, processo, await service.sandbox.rpa.started()


async def a_while_later(service: RunningService, seconds: float = 3.5) -> int:
    """The clock looks whether messages may change; how many did."""
    await eventually(service, "SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM outbox WHERE done_at IS NULL)")
    service.clock.move(seconds=seconds)
    return await service.clock_work.processos.grow_messages()


async def test_one_message_grows_with_a_bar_and_the_newest_lines(service: RunningService) -> None:
    hugo, _processo, job = await asks_for_it(service)
    message = await hugo.sees("⬇️ Padaria Pão Quente Ltda")
    assert "▱▱▱▱▱▱▱▱▱▱ 0%" in message.text
    await job.progress(50, "Procurando a fatura")
    await job.log("Sessão aberta")
    assert await a_while_later(service) == 1
    await hugo.sees("▰▰▰▰▰▱▱▱▱▱ 50%")
    assert "⏳ Procurando a fatura\n· Sessão aberta" in message.text
    await job.log("PDF encontrado")
    await job.complete(found(service, job))
    await hugo.sees("fatura baixada")
    assert "✅ Padaria Pão Quente Ltda" in message.text
    assert message.text.endswith("· PDF encontrado"), "the last line is kept"
    assert [bubble for bubble in hugo.screen if "baixa" in bubble.text] == [message]


async def test_it_changes_once_in_three_seconds_however_much_is_said(service: RunningService) -> None:
    hugo, _processo, job = await asks_for_it(service)
    message = await hugo.sees("⬇️")
    await a_while_later(service)
    for number in range(20):
        await job.log(f"Página {number}")
    assert await a_while_later(service) == 1
    await hugo.sees("· Página 19")
    await job.log("Página 20")
    assert await a_while_later(service, seconds=1) == 0
    assert await a_while_later(service, seconds=2) == 1
    await hugo.sees("· Página 20")
    assert await a_while_later(service) == 0, "nothing is new"
    assert len(message.versions) == 3


async def test_on_whatsapp_start_and_end_are_said_and_nothing_between(service: RunningService) -> None:
    hugo, _processo, job = await asks_for_it(service, "whatsapp")
    await hugo.sees("o download começou")
    await job.progress(50, "Procurando a fatura")
    await job.log("Sessão aberta")
    assert await a_while_later(service) == 0
    await job.complete(found(service, job))
    await hugo.sees("fatura baixada")
    assert not [bubble for bubble in hugo.screen if "Procurando" in bubble.text]


async def test_another_attempt_goes_on_in_the_same_message(service: RunningService) -> None:
    hugo, _processo, job = await asks_for_it(service)
    message = await hugo.sees("⬇️")
    await job.fail("PORTAL_FORA", "O portal caiu")
    assert await a_while_later(service) == 1
    await hugo.sees("🔁 Padaria Pão Quente Ltda")
    assert "tentativa 2 de 3" in message.text
    await sends_due(service)
    second = await service.sandbox.rpa.started()
    await second.ended()
    await hugo.sees("fatura baixada")
    assert message.text.startswith("✅")


async def test_a_failure_is_said_with_what_one_can_do(service: RunningService) -> None:
    hugo, _processo, job = await asks_for_it(service)
    message = await hugo.sees("⬇️")
    await job.log("Menu não encontrado", level="ERROR")
    await job.fail("DADOS_INVALIDOS", "Conta não existe", definitivo=True)
    await hugo.sees("o download falhou. Conta não existe")
    await _shows(hugo, message, lambda text: text.startswith("❌") and text.endswith("· Menu não encontrado"))


async def test_who_has_many_downloads_under_way_is_not_buried_in_messages(service: RunningService) -> None:
    hugo = Quem("telegram", await service.usuario(*HUGO, Perfil.OPERADOR), Perfil.OPERADOR)
    phone = await service.phone("telegram", *HUGO)
    service.sandbox.rpa.behaviour = "manual"
    for processo in await processos(service, 3) + await _others(service, 4):
        await download(service, processo, hugo)
    await eventually(service, "SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM outbox WHERE done_at IS NULL)")
    assert len([bubble for bubble in phone.screen if bubble.text.startswith("⬇️")]) <= 5


async def test_a_download_of_the_clock_tells_nobody(service: RunningService) -> None:
    phone, _hugo = await operator(service)
    (processo,) = await processos(service)
    await download(service, processo)
    await (await service.sandbox.rpa.started()).ended()
    await eventually(service, "SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM outbox WHERE done_at IS NULL)")
    assert not [bubble for bubble in phone.screen if "baixada" in bubble.text]


async def _others(service: RunningService, several: int) -> list[Processo]:
    async def work(tx: Transaction) -> list[Processo]:
        return [await novo_processo(tx) for _ in range(several)]

    made: list[Processo] = await service.wiring.turns.run(work)
    return made


async def _shows(phone: Phone, bubble: Bubble, wanted: Callable[[str], bool]) -> None:
    async with asyncio.timeout(10):
        while not wanted(bubble.text):  # noqa: ASYNC110 - an edit is told to nobody
            await asyncio.sleep(0.01)
