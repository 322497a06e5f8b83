"""RELATORIO and FECHAMENTO in chat: an administrator asks for a month, and gets picture, workbook, CSV and PDF."""

from datetime import timedelta
from io import BytesIO

import openpyxl
import pypdfium2
from PIL import Image
from sqlalchemy import update

from core.prazos import CONTINUACAO
from core.processo.faturas import receber
from core.processo.processos import aprovar, criar
from core.processo.quem import O_ROBO
from sandbox import Phone
from storage.pessoa.perfil import Perfil
from storage.processo.status import StatusProcesso
from storage.tables import processos
from storage.transaction import Transaction
from tests.support.consultores import CHANNELS
from tests.support.equipe import uma_equipe
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
    assert "Vivo: 0 de 2 no SAT" in picture.text
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


TEAM = (
    (
        "RELATORIO vendas 27/11/2026",
        "Vendas de 27/11/2026\n5 vendas · concluídas: 2 · falharam: 2\n"
        "Ana Souza: 2/4 (PORTAL_FORA 1)\nBia Reis: 0/1 (TIMEOUT 1)",
        "vendas-2026-11-27-2026-11-27",
        ["2026-11-27;Ana Souza;4;2;1;1;0", "2026-11-27;Bia Reis;1;0;1;0;0"],
    ),
    (
        "relatório de atendimentos de novembro",
        "Atendimentos de 11/2026\n3 atendimentos · nota 4,5 (2 avaliados)\n"
        "Caio Lima: 2 · 4,5 ★ · espera 3 min · atendimento 15 min\nninguém atendeu: 1",
        "atendimentos-2026-11-01-2026-11-30",
        ["Caio Lima;2;2;2;4,50;3,00;15,00", ";1;1;0;;;"],
    ),
    (
        "RELATORIO logins 27/11/2026",
        "Logins em uso, 27/11/2026\n1 login no pool\n09h: 0,5 em uso em média, 1 ao mesmo tempo no máximo",
        "logins-2026-11-27-2026-11-27",
        [f"{hour};{'0,50' if hour == 9 else '0,00'};{1 if hour == 9 else 0};1" for hour in range(24)],
    ),
    (
        "me manda o relatório de presença de novembro",
        "Presença de 11/2026\nCaio Lima: online 2,0 h · ocupado 1,0 h",
        "presenca-2026-11-01-2026-11-30",
        ["2026-11-27;Caio Lima;2,00;1,00;0,00"],
    ),
)


async def test_the_team_of_a_day_or_a_month_typed_or_said(service: RunningService) -> None:
    adm = await administrator(service, "telegram")
    await service.wiring.turns.run(uma_equipe)
    for said, caption, name, rows in TEAM:
        await adm.says(said)
        picture = await adm.sees(caption, timeout=30)
        assert Image.open(BytesIO(picture.document or b"")).width <= 1280
        book = openpyxl.load_workbook(BytesIO(await file_named(adm, f"{name}.xlsx")))
        assert book.worksheets[0].max_row == len(rows) + 1
        table = (await file_named(adm, f"{name}.csv")).decode("utf-8-sig")
        assert table.splitlines()[1:] == rows


@CHANNELS
async def test_a_report_of_nothing_says_so_and_a_time_that_is_not_understood_is_asked(
    service: RunningService, channel: str
) -> None:
    adm = await administrator(service, channel)
    await adm.says("RELATORIO vendas qualquer dia")
    await adm.sees("Não entendi de quando. Escreva como RELATORIO vendas 11/2026")
    await adm.taps(service.mes_ano)
    await adm.sees("Montando o relatório de vendas")
    await adm.sees("Não há vendas em", timeout=30)
    for said, nothing in (
        ("RELATORIO atendimentos ontem", "Não há atendimentos em"),
        ("RELATORIO logins semana passada", "Nenhum login foi usado em"),
        ("RELATORIO presença últimos 7 dias", "Não há tempo de presença registrado em"),
    ):
        await adm.says(said)
        await adm.sees(nothing, timeout=30)


@CHANNELS
async def test_the_closing_lives_in_one_message_and_ends_as_a_document(service: RunningService, channel: str) -> None:
    adm = await administrator(service, channel)
    await a_month(service)
    await adm.says(f"FECHAMENTO {MES}")
    shown = await adm.sees("⏳ Fechamento de 10/2026\n0 de 4 no SAT (0 %) · R$ 3.000,00", timeout=30)
    assert "• 2 à espera do download: Oi 2\n• 1 à espera de aprovação: Flávia Moreira\n" in shown.text
    assert "• 1 à espera do envio ao SAT: Vivo 1" in shown.text
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
    heads = await service.rows("SELECT numero, hash FROM auditoria")
    plain = "".join(text.split())
    assert any(f"estavanalinha{one['numero']},cujohashé{one['hash']}" in plain for one in heads), text


async def test_whoever_is_no_administrator_gets_none(sqlite_service: RunningService) -> None:
    await sqlite_service.usuario("Gil", "5531999990001", Perfil.OPERADOR)
    gil = await sqlite_service.phone("whatsapp", "Gil", "5531999990001")
    await gil.says("RELATORIO 10/2026")
    await gil.sees("")
    assert await sqlite_service.rows("SELECT 1 FROM outbox WHERE target = 'relatorios'") == []


async def test_a_time_alone_goes_on_from_the_question_before_it_and_not_for_ever(
    sqlite_service: RunningService,
) -> None:
    adm = await administrator(sqlite_service)
    await adm.says("relatório de vendas de hoje")
    await adm.sees("Não há vendas em", timeout=30)
    await adm.says("e ontem?")
    yesterday = sqlite_service.clock().astimezone(sqlite_service.wiring.settings.zone) - timedelta(days=1)
    await adm.sees(f"Não há vendas em {yesterday:%d/%m/%Y}", timeout=30)
    sqlite_service.clock.move(seconds=CONTINUACAO.total_seconds() + 60)
    await adm.says("e ontem?")
    await adm.sees("Não entendi.")
