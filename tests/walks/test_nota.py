"""The XML of an NFCom that somebody brings: it finds its processo, and is a witness whichever comes first."""

from dataclasses import replace
from decimal import Decimal

import pytest

from bot.senders.faturas.notas import NotaSender
from core.delivery_errors import Refused
from sandbox.faturas.estragos import pdf_of
from sandbox.faturas.xml import EstragoDaNota, xml_of
from storage.exame.exames import exame_of
from storage.processo.processos import Processo, processo_by_id
from tests.support.faturas import chega, conta
from tests.support.sellers import eventually
from tests.support.service import RunningService
from tests.walks.test_fatura_trazida import operator, status, waits
from tests.walks.test_testemunhas import NOVEMBRO, approver

BOTH = pytest.mark.parametrize("channel", ["whatsapp", "telegram"])
XML = "application/xml"


async def verdict(service: RunningService, processo: Processo) -> str:
    async with service.wiring.database.read() as connection:
        now = await processo_by_id(connection, processo.id)
        assert now is not None
        kept = await exame_of(connection, now.documento_id) if now.documento_id else None
    return kept.veredito if kept else "–"


@BOTH
async def test_a_note_after_its_bill_has_the_witnesses_heard_again(service: RunningService, channel: str) -> None:
    gil, hugo = await approver(service, channel), await operator(service, channel)
    await service.wiring.turns.run(lambda tx: chega(tx, NOVEMBRO))
    await gil.sees("🟢 As testemunhas conferem.")
    await hugo.sends_document("35261102558157000162620010000000011000000001.xml", xml_of(conta()), XML)
    await hugo.sees("parece ser de Padaria Número 1 Ltda · VIVO · 11/2026 (pela conta, pelo CNPJ e pelo mês)")
    await hugo.taps("Sim, é dele")
    await hugo.sees("🧾 Guardei a NFCom de Padaria Número 1 Ltda · VIVO · 11/2026. As testemunhas são ouvidas de novo")
    newer = await gil.sees("✔ Mês: a NFCom e o texto dizem 11/2026.")
    assert "o Pix, a NFCom e o texto dizem R$ 111,00" in newer.text
    assert "✔ Boleto: a linha impressa, as barras e a NFCom têm o mesmo código." in newer.text
    if channel == "telegram":
        assert "Mudou depois deste cartão" in (await gil.sees("Mudou depois deste cartão")).text


async def test_a_note_before_its_bill_is_heard_with_it(sqlite_service: RunningService) -> None:
    hugo = await operator(sqlite_service)
    processo = await waits(sqlite_service, conta())
    await hugo.sends_document("nota.xml", xml_of(conta(), EstragoDaNota.TESTE), "text/xml", caption=str(processo.id))
    await hugo.sees("Ela é testemunha da fatura assim que o PDF chegar.")
    assert await status(sqlite_service, processo) == "AGUARDANDO_DOWNLOAD"
    gil = await approver(sqlite_service)
    await hugo.sends_document("fatura.pdf", pdf_of(conta()), caption=str(processo.id))
    card = await gil.sees("🔴 As testemunhas divergem.")
    assert "✖ Boleto: a NFCom é de teste, sem valor." in card.text, "its digits say nothing of that"


@pytest.mark.falha(214)
async def test_a_note_that_contradicts_what_is_approved_is_history_and_moves_nothing(
    sqlite_service: RunningService,
) -> None:
    gil, hugo = await approver(sqlite_service), await operator(sqlite_service)
    processo = await sqlite_service.wiring.turns.run(lambda tx: chega(tx, NOVEMBRO))
    await gil.taps("Aprovar", bubble=await gil.sees("🟢"))
    await eventually(sqlite_service, "SELECT 1 FROM historico WHERE acao = 'APROVAR'")
    other = xml_of(replace(conta(), valor=Decimal("999.99")))
    await hugo.sends_document("nota.xml", other, XML, caption=str(processo.id))
    await eventually(sqlite_service, "SELECT 1 FROM historico WHERE acao = 'REEXAMINAR'")
    assert await verdict(sqlite_service, processo) == "diverge"
    assert await status(sqlite_service, processo) == "AGUARDANDO_ENVIO_SAT"
    await hugo.sees("⚠️ A NFCom de Padaria Número 1 Ltda · VIVO · 11/2026 não confere com a fatura, que já foi aprovada")
    assert "✖ Valor" in (await gil.sees("não confere com a fatura")).text


@pytest.mark.falha(384)
async def test_whoever_brought_a_note_that_cannot_be_compared_hears_so(
    sqlite_service: RunningService, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(*_: object) -> None:
        raise Refused("no reader gets through the bill", "unreadable")

    monkeypatch.setattr(NotaSender, "_read", fails)
    gil, hugo = await approver(sqlite_service), await operator(sqlite_service)
    processo = await sqlite_service.wiring.turns.run(lambda tx: chega(tx, NOVEMBRO))
    await gil.taps("Aprovar", bubble=await gil.sees("🟢"))
    await hugo.sends_document("nota.xml", xml_of(conta()), XML, caption=str(processo.id))
    await hugo.sees("⚠️ A NFCom de Padaria Número 1 Ltda · VIVO · 11/2026 está guardada, mas não consegui comparar")
    assert not any("não consegui comparar" in bubble.text for bubble in gil.screen)
    assert await verdict(sqlite_service, processo) == "confere"


@pytest.mark.falha(215)
async def test_an_xml_that_is_no_note_is_refused_in_words(sqlite_service: RunningService) -> None:
    hugo = await operator(sqlite_service)
    await waits(sqlite_service, conta())
    await hugo.sends_document("nota.xml", b"<a>" * 200_000, XML)
    await hugo.sees("O XML não é o de uma NFCom")
    await hugo.sends_document("vazia.xml", b"", XML)
    await hugo.sees("vazia.xml")
    assert await sqlite_service.rows("SELECT 1 FROM documentos_fatura") == []
