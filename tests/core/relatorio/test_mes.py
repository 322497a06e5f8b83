"""The month in figures: from the rows on both databases to totals, CSV, workbook and picture."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from PIL import Image

from bot.senders.relatorio.as_csv import MonthCsv
from bot.senders.relatorio.as_xlsx import TOTALS, write_month
from bot.senders.relatorio.linhas import COLUMNS, Cell, cells_of
from bot.senders.relatorio.picture import draw_month
from core.processo.faturas import receber
from core.processo.processos import criar
from core.processo.quem import O_ROBO
from core.relatorio.mes import RelatorioMes
from storage.processo.status import StatusProcesso
from storage.relatorio.mes import LinhaMes, rows_of_month
from storage.transaction import Transaction
from tests.support.faturas import LIMITS, fatura, nova_operadora, novo_cliente
from tests.support.turning import World, open_world

S = StatusProcesso
ZONE = ZoneInfo("America/Sao_Paulo")
HOJE = date(2026, 12, 5)
CHEGOU = datetime(2026, 11, 20, 12, tzinfo=UTC)
NAMES = {name: str(name) for name in (*TOTALS, "totais", "processos", "tudo")}


def linha(number: int = 1, **changes: Any) -> LinhaMes:
    row = {
        "id": UUID(int=number), "operadora": "VIVO", "codigo": "VIVO", "razao_social": "Padaria",
        "cnpj": "01222333000181", "filtro": "1", "unidade": "", "status_processo": S.AGUARDANDO_APROVACAO,
        "valor_centavos": 10_000, "anterior_centavos": 8_000,
        "data_vencimento": date(2026, 12, 10), "recebida_em": CHEGOU, "data_aprovacao": None, "aprovada_por": None,
        "data_envio_sat": None, "tentativas_download": 1, "upload_manual": False,
    }  # fmt: skip
    return LinhaMes(**(row | changes))


def sent(number: int, hours: int, **changes: Any) -> LinhaMes:
    when = CHEGOU + timedelta(hours=hours)
    return linha(number, status_processo=S.UPLOAD_REALIZADO, data_envio_sat=when, **changes)


def report(*rows: LinhaMes) -> RelatorioMes:
    made = RelatorioMes(HOJE, ZONE)
    for row in rows:
        made.add(row)
    return made


def cells(made: RelatorioMes, *rows: LinhaMes) -> Iterator[tuple[Cell, ...]]:
    for row in rows:
        made.add(row)
        yield cells_of(row, made.late(row), ZONE)


class TestFigures:
    def test_each_operadora_and_all_together(self) -> None:
        made = report(linha(), sent(2, 4), linha(3, operadora="OI", status_processo=S.AGUARDANDO_DOWNLOAD))
        assert list(made.por_operadora) == ["OI", "VIVO"]
        assert (made.por_operadora["VIVO"].no_sat, made.por_operadora["VIVO"].total, made.tudo.total) == (1, 2, 3)
        assert made.tudo.espera == {S.AGUARDANDO_DOWNLOAD: 1, S.AGUARDANDO_APROVACAO: 1}

    def test_only_what_both_months_have_is_compared(self) -> None:
        tudo = report(linha(), linha(2, anterior_centavos=None), linha(3, valor_centavos=None)).tudo
        assert (tudo.valor, tudo.variacao, tudo.sem_valor) == (20_000, 25.0, 1)

    def test_nothing_to_compare_with_is_no_change(self) -> None:
        assert report(linha(anterior_centavos=None)).tudo.variacao is None

    def test_the_time_to_sat_is_that_of_the_one_in_the_middle(self) -> None:
        assert report(sent(1, 2), sent(2, 5), sent(3, 99)).tudo.tempo_mediano == timedelta(hours=5)
        assert report(linha()).tudo.tempo_mediano is None

    @pytest.mark.parametrize(
        ("row", "late"),
        [
            (linha(data_vencimento=HOJE), False),
            (linha(data_vencimento=HOJE - timedelta(days=1)), True),
            (linha(data_vencimento=None), False),
            (sent(1, 0, data_vencimento=date(2026, 11, 19)), True),
            # Nine in the evening of the day it was due, in the business zone; at UTC it is the next day.
            (sent(1, 12, data_vencimento=date(2026, 11, 20)), False),
        ],
    )
    def test_late_is_what_was_due_before_it_reached_sat(self, row: LinhaMes, late: bool) -> None:
        assert report(row).tudo.atrasadas == late


class TestFiles:
    @pytest.mark.falha(76)
    def test_the_workbook_has_real_dates_and_numbers_and_no_formula(self, tmp_path: Path) -> None:
        made, path = RelatorioMes(HOJE, ZONE), tmp_path / "mes.xlsx"
        rows = [linha(razao_social="=1+1"), sent(2, 4, operadora="OI")]
        write_month(str(path), cells(made, *rows), made, NAMES)
        book = openpyxl.load_workbook(path)
        shown = dict(zip(COLUMNS, next(book["processos"].iter_rows(min_row=2)), strict=True))
        assert (shown["razao_social"].value, shown["razao_social"].data_type) == ("=1+1", "s")
        assert shown["cnpj"].value == "01222333000181"
        assert shown["valor_fatura"].value == 100
        assert shown["data_vencimento"].value == datetime(2026, 12, 10)  # noqa: DTZ001
        assert shown["recebida_em"].value == datetime(2026, 11, 20, 9)  # noqa: DTZ001
        totals = [[cell.value for cell in row] for row in book["totais"].iter_rows(min_row=2)]
        assert [row[0] for row in totals] == ["OI", "VIVO", "tudo"]
        assert totals[2][5:] == [2, 200, 25, 4, 0, 0]

    @pytest.mark.falha(76)
    @pytest.mark.falha(447)
    def test_the_csv_is_one_that_a_brazilian_excel_opens(self, tmp_path: Path) -> None:
        with MonthCsv(tmp_path / "mes.csv") as file:
            for row in cells(RelatorioMes(HOJE, ZONE), linha(razao_social="=1+1")):
                file.write(row)
        head, row = (tmp_path / "mes.csv").read_text("utf-8-sig").splitlines()
        assert head.split(";") == list(COLUMNS)
        assert "'=1+1;01.222.333/0001-81;" in row
        assert ";100,00;80,00;2026-12-10;2026-11-20 09:00:00;" in row

    @pytest.mark.falha(488)
    def test_an_operadora_has_its_name_and_beside_it_its_codigo(self) -> None:
        made = RelatorioMes(HOJE, ZONE)
        (row,) = cells(made, linha(operadora="Telefônica Brasil"))
        shown = dict(zip(COLUMNS, row, strict=True))
        assert (shown["operadora"], shown["operadora_nome"]) == ("VIVO", "Telefônica Brasil")
        assert list(made.por_operadora) == ["Telefônica Brasil"]

    def test_the_picture_grows_with_the_operadoras(self) -> None:
        labels = {status: status.value for status in S}
        one, two = report(linha()), report(linha(), linha(2, operadora="OI"))
        sizes = [Image.open(BytesIO(draw_month(made, "11/2026", labels, {"OI": "R$ 1"}))).size for made in (one, two)]
        assert sizes[0][0] == sizes[1][0]
        assert sizes[0][1] < sizes[1][1]

    @pytest.mark.falha(534)
    def test_a_name_is_no_formula(self) -> None:
        """Two signs of money are mathematics to what draws, and of some it makes nothing."""
        labels = {status: status.value for status in S}
        for nome in ("Claro $x^2$", "Oi $\\frac$ Telecom", "R$ 10 ou R$ 20", "Telefônica " * 20):
            made = report(linha(operadora=nome))
            drawn = Image.open(BytesIO(draw_month(made, "11/2026", labels, {nome: "R$ 1,00 · R$ 2,00"})))
            plain = report(linha(operadora="Claro"))
            assert drawn.size == Image.open(BytesIO(draw_month(plain, "11/2026", labels, {}))).size


@pytest.fixture
async def world(database_url: str) -> AsyncIterator[World]:
    async with open_world(database_url) as opened:
        yield opened


async def test_the_rows_of_a_month_come_with_what_the_month_before_cost(world: World) -> None:
    async def two_months(tx: Transaction) -> None:
        operadora = await nova_operadora(tx)
        for number in range(5):
            cliente = await novo_cliente(tx, operadora.id)
            for mes, cents in (("10/2026", 9_000), ("11/2026", 10_000 + number)):
                made = await criar(tx, cliente.id, mes, O_ROBO)
                assert made.processo is not None
                if number or mes == "10/2026":
                    file = fatura(f"%PDF-1.4 {mes} {number}".encode(), valor_centavos=cents)
                    await receber(tx, made.processo.id, file, O_ROBO, LIMITS)

    async def read(tx: Transaction) -> list[LinhaMes]:
        return [row async for row in rows_of_month(tx.connection, 202611, "10/2026", batch=2)]

    await world.turns.run(two_months)
    rows = await world.turns.run(read)
    assert [row.status_processo for row in rows] == [S.AGUARDANDO_APROVACAO] * 4 + [S.AGUARDANDO_DOWNLOAD]
    assert len({row.id for row in rows}) == 5
    assert {row.anterior_centavos for row in rows} == {9_000}
    assert [row.recebida_em is not None for row in rows] == [True] * 4 + [False]
    assert report(*rows).tudo.valor == 40_010
