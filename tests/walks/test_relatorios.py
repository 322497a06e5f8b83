"""RELATORIO and FECHAMENTO in chat: an administrator asks for a month, and gets picture, workbook, CSV and PDF."""

from io import BytesIO

import openpyxl
import pypdfium2
from PIL import Image
from sqlalchemy import update

from core.processo.faturas import receber
from core.processo.processos import aprovar, criar
from core.processo.quem import O_ROBO
from sandbox import Phone
from storage.pessoa.perfil import Perfil
from storage.processo.status import StatusProcesso
from storage.tables import processos
from storage.transaction import Transaction
from tests.support.consultores import CHANNELS
from tests.support.faturas import LIMITS, fatura, nova_operadora, nova_pessoa, novo_cliente
from tests.support.service import RunningService

ADM = ("Adm Silva", "5531999990000")
MES = "10/2026"


async def administrator(service: RunningService, channel: str = "whatsapp") -> Phone:
    await service.usuario(*ADM, Perfil.ADMINISTRADOR)
    return await service.phone(channel, *ADM)


async def file_named(phone: Phone, name: str) -> bytes:
    """What is in the file of that name that they get."""
    bubble = await phone.sees(name, timeout=30)
    return bubble.document or b""


async def a_month(service: RunningService) -> None:
    """Vivo: one approved, one to be approved; Oi: two to be downloaded."""

    async def work(tx: Transaction) -> None:
        flavia = await nova_pessoa(tx, Perfil.APROVADOR, "Flávia Moreira")
        for codigo in ("VIVO", "OI"):
            operadora = await nova_operadora(tx, codigo)
            for number in range(2):
                cliente = await novo_cliente(tx, operadora.id, razao_social=f"Padaria {codigo} {number}")
                made = await criar(tx, cliente.id, MES, O_ROBO)
                assert made.processo is not None
                if codigo == "VIVO":
                    file = fatura(f"%PDF-1.4 {number}".encode(), valor_centavos=150_000)
                    await receber(tx, made.processo.id, file, O_ROBO, LIMITS)
                if codigo == "VIVO" and number == 0:
                    await aprovar(tx, made.processo.id, flavia, LIMITS)

    await service.wiring.turns.run(work)


@CHANNELS
async def test_a_month_as_picture_workbook_and_csv(service: RunningService, channel: str) -> None:
    adm = await administrator(service, channel)
    await a_month(service)
    await adm.says(f"RELATORIO {MES}")
    await adm.sees("Montando o relatório de 10/2026")
    picture = await adm.sees("Faturas de 10/2026\n0 de 4 no SAT · R$ 3.000,00", timeout=30)
    assert "VIVO: 0 de 2 no SAT" in picture.text
    drawn = Image.open(BytesIO(picture.document or b""))
    assert drawn.format == "PNG"
    assert drawn.width <= 1280
    book = openpyxl.load_workbook(BytesIO(await file_named(adm, "faturas-2026-10.xlsx")))
    names = {row[2].value for row in book["processos"].iter_rows(min_row=2)}
    assert names == {"Padaria OI 0", "Padaria OI 1", "Padaria VIVO 0", "Padaria VIVO 1"}
    table = (await file_named(adm, "faturas-2026-10.csv")).decode("utf-8-sig")
    assert len(table.splitlines()) == 5


async def test_without_a_month_it_is_asked_for(sqlite_service: RunningService) -> None:
    adm = await administrator(sqlite_service)
    await adm.says("RELATORIO")
    await adm.sees("De que mês?")
    await adm.says("RELATORIO amanhã")
    await adm.sees("Não entendi de que mês")
    await adm.says("RELATORIO 01/2020")
    await adm.sees("Não há processos de 01/2020", timeout=30)


@CHANNELS
async def test_who_asks_for_another_report_hears_that_there_is_none_yet(service: RunningService, channel: str) -> None:
    adm = await administrator(service, channel)
    await adm.says("RELATORIO vendas 10/2026")
    await adm.sees("Esse relatório ainda não existe: por enquanto só há o das faturas")
    assert await service.rows("SELECT 1 FROM outbox WHERE target = 'relatorios'") == []
    await adm.taps("Faturas de 10/2026")
    await adm.sees("Não há processos de 10/2026", timeout=30)
    await adm.says("RELATORIO atendimentos ontem")
    await adm.sees("Esse relatório ainda não existe")


@CHANNELS
async def test_the_closing_lives_in_one_message_and_ends_as_a_document(service: RunningService, channel: str) -> None:
    adm = await administrator(service, channel)
    await a_month(service)
    await adm.says(f"FECHAMENTO {MES}")
    shown = await adm.sees("⏳ Fechamento de 10/2026\n0 de 4 no SAT (0 %) · R$ 3.000,00", timeout=30)
    assert "• 2 à espera do download: OI 2\n• 1 à espera de aprovação: Flávia Moreira\n" in shown.text
    assert "• 1 à espera do envio ao SAT: VIVO 1" in shown.text
    done = update(processos).values(status_processo=StatusProcesso.UPLOAD_REALIZADO)
    await service.wiring.turns.run(lambda tx: tx.execute(done))
    await adm.taps("Atualizar")
    again = await adm.sees("🏁 Fechamento de 10/2026: completo\n4 de 4 no SAT (100 %)", timeout=30)
    assert (again is shown) == (channel == "telegram")
    await adm.taps("PDF")
    pdf = pypdfium2.PdfDocument(await file_named(adm, "fechamento-2026-10.pdf"))
    text = "\n".join(page.get_textpage().get_text_range() for page in pdf)
    assert "Fechamento de 10/2026" in text
    assert "Flávia Moreira" in text
    (steps,) = await service.rows("SELECT count(*) AS n FROM historico")
    assert f"tinha {steps['n']} passos" in text


async def test_whoever_is_no_administrator_gets_none(sqlite_service: RunningService) -> None:
    await sqlite_service.usuario("Gil", "5531999990001", Perfil.OPERADOR)
    gil = await sqlite_service.phone("whatsapp", "Gil", "5531999990001")
    await gil.says("RELATORIO 10/2026")
    await gil.sees("")
    assert await sqlite_service.rows("SELECT 1 FROM outbox WHERE target = 'relatorios'") == []
