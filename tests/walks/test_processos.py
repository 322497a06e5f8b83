"""PROCESSOS in chat: how the month stands, lists, search, one processo with what can be done to it and why it is so."""

from typing import Any
from uuid import UUID

import pytest

from core.processo.execucoes import baixar
from core.processo.processos import criar
from core.processo.quem import O_RELOGIO
from sandbox import Bubble, Phone, fail
from storage.pessoa.perfil import Perfil
from storage.processo.processos import Processo
from storage.transaction import Transaction
from tests.support.faturas import a_aprovar, nova_operadora, novo_cliente
from tests.support.sellers import eventually
from tests.support.service import RunningService

HUGO = ("Hugo Melo", "5531988806001")
NAMES = [f"Padaria {number:02d} Ltda" for number in range(12)]
BOTH = pytest.mark.parametrize("channel", ["whatsapp", "telegram"])


async def person(service: RunningService, channel: str = "whatsapp", perfil: Perfil = Perfil.OPERADOR) -> Phone:
    await service.usuario(*HUGO, perfil)
    phone = await service.phone(channel, *HUGO)
    await phone.says("MENU")
    await phone.sees("O que você quer fazer")
    return phone


async def processos(service: RunningService, *names: str, mes_ano: str | None = None, **values: Any) -> list[Processo]:
    """One for each client of these names, of an operadora with a robot; of the month that it is."""
    month = mes_ano or service.mes_ano

    async def work(tx: Transaction) -> list[Processo]:
        operadora = await nova_operadora(tx, **values)
        made = []
        for name in names:
            cliente = await novo_cliente(tx, operadora.id, razao_social=name, login_portal="x", senha_portal="y")
            resultado = await criar(tx, cliente.id, month, O_RELOGIO)
            assert resultado.processo is not None
            made.append(resultado.processo)
        return made

    made: list[Processo] = await service.wiring.turns.run(work)
    return made


def named(*pages: Bubble) -> list[str]:
    """The clients on these pages."""
    return [name for page in pages for name in NAMES if f"📥 {name} ·" in page.text]


def key(service: RunningService, id_: UUID) -> object:
    return id_.hex if service.wiring.database.is_sqlite else id_


@BOTH
async def test_the_month_its_list_one_of_it_and_its_download(service: RunningService, channel: str) -> None:
    hugo = await person(service, channel)
    (processo,) = await processos(service, "Padaria Pão Quente Ltda")
    await hugo.says("PROCESSOS")
    month = await hugo.sees("1 processo")
    assert "📥 Aguardando download: 1" in month.text
    await hugo.taps("📥 Aguardando download")
    await hugo.sees("1. 📥 Padaria Pão Quente Ltda")
    await hugo.taps("1. Padaria Pão Quente Lt")
    card = await hugo.sees("🧾 Padaria Pão Quente Ltda")
    assert str(processo.id) in card.text
    await hugo.taps("Por que está assim?")
    await hugo.sees("O Balcão criou o processo")
    await hugo.taps("Baixar")
    await hugo.sees("um robô foi buscar a fatura")
    await eventually(
        service,
        "SELECT 1 FROM processos WHERE id = :id AND status_processo = 'AGUARDANDO_APROVACAO'",
        id=key(service, processo.id),
    )
    await hugo.says(f"PROCESSO {processo.id}")
    await hugo.sees("🔎 Aguardando aprovação")
    await hugo.taps("Histórico")
    history = await hugo.sees("🕓")
    assert "Hugo Melo" in history.text
    assert "O robô trouxe a fatura" in history.text


@BOTH
async def test_a_failed_one_says_why_and_is_downloaded_again_with_a_tap(service: RunningService, channel: str) -> None:
    hugo = await person(service, channel)
    (processo,) = await processos(service, "Padaria Pão Quente Ltda")
    service.sandbox.rpa.next(fail("NEGADO", "Fatura ainda não emitida.", definitivo=True))
    await service.wiring.turns.run(lambda tx: baixar(tx, processo.id, O_RELOGIO, service.wiring.processo_limits))
    await hugo.sees("❌ Padaria Pão Quente Ltda")
    await hugo.taps("Ver processo")
    await hugo.sees("🧾")
    await hugo.taps("Por que está assim?")
    await hugo.sees("Fatura ainda não emitida.")
    await hugo.taps("Baixar de novo")
    await hugo.sees("um robô foi buscar a fatura")


async def test_a_robot_is_stopped_with_a_tap(service: RunningService) -> None:
    hugo = await person(service)
    (processo,) = await processos(service, "Padaria Pão Quente Ltda")
    service.sandbox.rpa.next("manual")
    await hugo.says(f"PROCESSO {processo.id.hex[:20]}")
    await hugo.sees("🧾")
    await hugo.taps("Baixar")
    await hugo.sees("um robô foi buscar a fatura")
    job = await service.sandbox.rpa.started()
    await hugo.taps("Parar")
    await hugo.sees("download parado")
    await eventually(service, "SELECT 1 FROM execucoes WHERE status_execucao = 'CANCELADO'")
    assert job.id


@BOTH
async def test_a_client_is_found_by_what_people_call_it(sqlite_service: RunningService, channel: str) -> None:
    hugo = await person(sqlite_service, channel)
    await processos(sqlite_service, "Padaria Pão Quente Ltda", "Farmácia Vida Ltda")
    for asked in (
        "PROCESSOS farmacia",
        "processos da farmácia",
        "processo farmácia vida",
        "mostra os processos da farmácia",
    ):
        await hugo.says(asked)
        await hugo.sees("🧾 Farmácia Vida Ltda")


@pytest.mark.parametrize("asked", ["PROCESSOS 11.222.333/0001-81", "PROCESSOS padaria ltda"])
async def test_several_are_listed_page_by_page(sqlite_service: RunningService, asked: str) -> None:
    hugo = await person(sqlite_service)
    await processos(sqlite_service, *NAMES)
    await hugo.says(asked)
    pages = [await hugo.sees("12 processos")]
    await hugo.taps("Ver mais")
    pages.append(await hugo.sees("12 processos"))
    assert sorted(named(*pages)) == sorted(NAMES)


async def test_a_list_of_a_month_goes_on_behind_its_last_one(service: RunningService) -> None:
    hugo = await person(service)
    await processos(service, *NAMES, mes_ano="10/2026")
    await hugo.says("PROCESSOS 10/2026")
    await hugo.sees("📂 10/2026: 12 processos")
    await hugo.taps("📥 Aguardando download")
    pages = [await hugo.sees("10/2026 · 12")]
    await hugo.taps("Ver mais")
    pages.append(await hugo.sees("10/2026 · 12"))
    assert sorted(named(*pages)) == sorted(NAMES)


async def test_an_empty_month_leads_to_the_one_before(sqlite_service: RunningService) -> None:
    hugo = await person(sqlite_service)
    await hugo.says("PROCESSOS 03/2020")
    await hugo.sees("Não há processos em 03/2020.")
    await hugo.taps("02/2020")
    await hugo.sees("Não há processos em 02/2020.")


async def test_what_is_not_there_is_said(sqlite_service: RunningService) -> None:
    hugo = await person(sqlite_service)
    await hugo.says("PROCESSOS zzzz")
    await hugo.sees("Não achei processo de “zzzz”")
    await hugo.says("PROCESSOS " + "z" * 4000)
    await hugo.sees(f"Não achei processo de “{'z' * 59}…”. Tente o CNPJ")
    await hugo.says("PROCESSO")
    await hugo.sees("Qual? Escreva PROCESSO")


async def test_an_approver_approves_from_the_card_and_may_not_download(sqlite_service: RunningService) -> None:
    gil = await person(sqlite_service, "telegram", Perfil.APROVADOR)
    waiting = await sqlite_service.wiring.turns.run(a_aprovar)
    await gil.sees("🧾")
    (other,) = await processos(sqlite_service, "Farmácia Vida Ltda")
    await gil.says(f"PROCESSO {other.id}")
    card = await gil.sees("🧾 Farmácia Vida Ltda")
    assert "Baixar" not in card.labels
    await gil.says(f"PROCESSO {waiting.id}")
    await gil.sees("🔎 Aguardando aprovação")
    await gil.taps("Aprovar")
    await gil.sees("✅ Aprovada: Padaria Pão Quente Ltda")
    await gil.sees("✅ Aprovada por Hugo Melo")


async def test_an_operadora_without_robot_asks_for_the_pdf(sqlite_service: RunningService) -> None:
    hugo = await person(sqlite_service)
    (processo,) = await processos(sqlite_service, "Padaria Pão Quente Ltda", possui_rpa=False)
    await hugo.says(f"PROCESSO {processo.id}")
    card = await hugo.sees("🧾")
    assert "Baixar" not in card.labels
    await hugo.taps("Por que está assim?")
    await hugo.sees("não tem robô: alguém precisa pegar a fatura no portal e mandar o PDF aqui")


async def test_a_seller_sees_none(sqlite_service: RunningService) -> None:
    ana = await person(sqlite_service, perfil=Perfil.VENDEDOR)
    await processos(sqlite_service, "Padaria Pão Quente Ltda")
    await ana.says("PROCESSOS padaria")
    await ana.sees("")
    assert not any("Padaria" in bubble.text for bubble in ana.screen if not bubble.mine)
