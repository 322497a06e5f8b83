"""A file held against what the database knows, on both databases, and what came of it kept."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from core.exame.exames import examinar
from core.processo.faturas import receber
from core.processo.processos import criar
from core.processo.quem import O_ROBO
from core.testemunha.exame import DitoDoRobo, Exame
from core.testemunha.lido import Lido
from core.testemunha.meses import Mes
from core.testemunha.parecer import Campo, Motivo, Parecer, Veredito
from sandbox.faturas import codigos
from sandbox.faturas.estragos import pdf_of
from sandbox.faturas.fatura import Fatura
from storage.exame.exames import exame_of
from storage.processo.processos import processo_by_id
from storage.transaction import Transaction
from tests.support.faturas import LIMITS, fatura, nova_operadora, novo_cliente
from tests.support.testemunhas import look
from tests.support.turning import World, open_world

TRINTA = Decimal(30)
CNPJ, OUTRO = codigos.cnpj(33000118), codigos.cnpj(44000118)


@pytest.fixture
async def world(database_url: str) -> AsyncIterator[World]:
    async with open_world(database_url) as opened:
        yield opened


class Mesa:
    """An operadora with two clientes, and bills that come in for them."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.clientes: dict[str, UUID] = {}

    async def open(self) -> "Mesa":
        async def make(tx: Transaction) -> None:
            operadora = await nova_operadora(tx)
            for cnpj, conta in ((CNPJ, "899123456_24"), (OUTRO, "899777888")):
                cliente = await novo_cliente(tx, operadora.id, cnpj=cnpj, filtro=conta, servico="")
                self.clientes[cnpj] = cliente.id

        await self._world.turns.run(make)
        return self

    def bill(self, mes: Mes, cnpj: str = CNPJ) -> Fatura:
        conta = "899.123.456" if cnpj == CNPJ else "899.777.888"
        issued, due = mes.primeiro_dia.replace(day=20), mes.plus(1).primeiro_dia.replace(day=10)
        return Fatura(
            "VIVO", "Padaria Pão Quente Ltda", cnpj, str(mes), Decimal("100.00") + mes.mes, due, issued, conta,
            numero=mes.mes * 1000 + int(cnpj[:2]),
        )  # fmt: skip

    async def came(self, mes: Mes, content: bytes, said: DitoDoRobo) -> tuple[Exame, UUID, UUID]:
        """A file for the first cliente's month: what the witnesses said, its document, its processo."""

        async def come(tx: Transaction) -> tuple[Exame, UUID, UUID]:
            made = await criar(tx, self.clientes[CNPJ], str(mes), O_ROBO)
            assert made.processo is not None
            file = fatura(content, valor_centavos=int((said.valor or 0) * 100) or None, data_vencimento=said.vencimento)
            received = await receber(tx, made.processo.id, file, O_ROBO, LIMITS)
            lido = look(content)
            assert isinstance(lido, Lido)
            assert received.documento_id is not None
            exame = await examinar(tx, made.processo, received.documento_id, lido, said, date(mes.ano, mes.mes, 25))
            return exame, received.documento_id, made.processo.id

        return await self._world.turns.run(come)

    async def sound(self, mes: Mes) -> tuple[Exame, UUID, UUID]:
        bill = self.bill(mes)
        return await self.came(mes, pdf_of(bill), DitoDoRobo(bill.valor, bill.vencimento))


@pytest.fixture
async def mesa(world: World) -> Mesa:
    return await Mesa(world).open()


async def test_months_go_by_and_what_was_said_is_kept(mesa: Mesa, world: World) -> None:
    for month in (7, 8, 9, 10):
        await mesa.sound(Mes(2026, month))
    exame, documento_id, _ = await mesa.sound(Mes(2026, 11))
    assert exame.verde(TRINTA)
    assert (exame.valor_usual, exame.variacao) == (Decimal("108.50"), Decimal("2.3"))
    async with world.database.read() as connection:
        kept = await exame_of(connection, documento_id)
    assert kept is not None
    assert (kept.veredito, kept.valor_centavos, kept.referencia) == (Veredito.CONFERE, 11_100, 202611)
    assert tuple(Parecer.of_json(one) for one in kept.campos) == exame.campos


async def test_the_same_file_and_the_same_codes_for_another_month_are_twins(mesa: Mesa) -> None:
    _, _, first = await mesa.sound(Mes(2026, 10))
    bill = mesa.bill(Mes(2026, 10))
    printed_anew = pdf_of(replace(bill, razao_social="Padaria Pao Quente"))
    for mes, content, motivo in (
        (Mes(2026, 11), pdf_of(bill), Motivo.MESMO_ARQUIVO),
        (Mes(2026, 12), printed_anew, Motivo.MESMO_CODIGO),
    ):
        exame, _, _ = await mesa.came(mes, content, DitoDoRobo(bill.valor, bill.vencimento))
        parecer = exame[Campo.DUPLICADA]
        assert motivo in parecer.motivos
        assert str(first) in parecer.refere


async def test_another_clientes_bill_says_whose_it_is(mesa: Mesa) -> None:
    bill = mesa.bill(Mes(2026, 11), OUTRO)
    exame, _, _ = await mesa.came(Mes(2026, 11), pdf_of(bill), DitoDoRobo(bill.valor, bill.vencimento))
    parecer = exame[Campo.CLIENTE]
    assert (parecer.motivos, parecer.refere) == ((Motivo.PERTENCE_A_OUTRO,), (str(mesa.clientes[OUTRO]),))


async def test_a_new_payee_after_two_months_with_the_same_one(mesa: Mesa) -> None:
    for month in (9, 10):
        await mesa.sound(Mes(2026, month))
    bill = replace(mesa.bill(Mes(2026, 11)), operadora="EMBRATEL")
    exame, _, _ = await mesa.came(Mes(2026, 11), pdf_of(bill), DitoDoRobo(bill.valor, bill.vencimento))
    assert Motivo.OUTRO_FAVORECIDO in exame[Campo.BOLETO].motivos


async def test_a_file_examined_again_is_no_twin_of_itself(mesa: Mesa, world: World) -> None:
    _, documento_id, processo_id = await mesa.sound(Mes(2026, 11))
    lido = look(pdf_of(mesa.bill(Mes(2026, 11))))
    assert isinstance(lido, Lido)

    async def again(tx: Transaction) -> Exame:
        processo = await processo_by_id(tx.connection, processo_id)
        assert processo is not None
        return await examinar(tx, processo, documento_id, lido, DitoDoRobo(), date(2026, 11, 25))

    assert (await world.turns.run(again))[Campo.DUPLICADA].veredito == Veredito.CONFERE
