"""Anything at all in the middle of anything: whatever was asked for, what comes instead is taken (298).

Each question that waits for an answer is reached once, as people reach it, and put back before each event. By hand:
`BALCAO_EXAMPLES=5000 python -m pytest tests/faults/test_hostile_middles.py`.
"""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from sandbox import Phone
from sandbox.faturas.estragos import encrypted
from storage.pessoa.perfil import Perfil
from storage.tables import contatos, usuarios
from storage.transaction import Transaction
from tests.support.faturas import conta
from tests.support.hostile import mutated
from tests.support.hostile_doors import PERSON, Counter, hostile, notifications, renamed, updates
from tests.support.sellers import ANA, BIA
from tests.support.service import RunningService
from tests.walks.test_aprovar import arrives

# Of what is huge.
pytestmark = [
    pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisWarning"),
    pytest.mark.filterwarnings("ignore:Sending a large body:ResourceWarning"),
]
Row = dict[str, Any]
# What is said or tapped, and what is seen then.
Steps = tuple[tuple[str, str, str], ...]
NEW: Steps = (
    ("says", "AGENDAMENTOS", "Ainda não há"),
    ("taps", "Novo agendamento", "O que agendar?"),
    ("taps", "Backup diário do banco", "Em que dias?"),
)
WALKS: tuple[tuple[Perfil, Steps], ...] = (
    (Perfil.ADMINISTRADOR, (*NEW, ("taps", "Todo dia", "A que horas?"), ("says", "2h30", "todo dia às 02:30"))),
    (Perfil.ADMINISTRADOR, (*NEW, ("taps", "Outro (cron)", "Escreva a expressão cron"))),
    (
        Perfil.ADMINISTRADOR,
        (
            ("says", "DELEGAR", "Quem decide"),
            ("taps", "Hugo Melo", "A partir de quando?"),
            ("taps", "Agora", "Até quando"),
            ("taps", "7 dias", "decide em seu nome de"),
        ),
    ),
    (Perfil.VENDEDOR, (("says", "VENDER", "Posso começar?"), ("taps", "SIM", "Quer um lugar na fila?"))),
)
NOTHING: Row = {"state": None, "state_data": {}, "choices": None}
REACHED = {
    "Agendar:confirmacao", "Agendar:cron", "Agendar:frase", "Agendar:hora", "Delegar:confirmacao", "Delegar:fim",
    "Delegar:inicio", "Rejeitar:motivo", "Senha:fatura", "Vender:confirmacao", "Vender:confirmacao_cancelamento",
    "Vender:lugar_na_fila", "Vender:resposta", "Vender:robo",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Middle:
    """A question that is open: who was asked, and what the conversation's row says then."""

    perfil: Perfil
    row: Row


@dataclass(frozen=True, slots=True)
class Seller:
    """Whom it happens to: their phone, their number, and what their channel calls them."""

    phone: Phone
    telefone: str
    external_id: str


async def becomes(service: RunningService, who: Seller, perfil: Perfil, row: Row, *, active: bool = True) -> None:
    """They have this perfil, or had it, and their conversation stands there."""

    async def work(tx: Transaction) -> None:
        theirs = usuarios.c.telefone == who.telefone
        # What came before may have made their phone doubtful, and their questions over.
        ours = {"perfil_usuario": perfil, "status_ativo": active, "telefone_em_duvida_desde": None}
        await tx.execute(update(usuarios).where(theirs).values(ours))
        usuario_id = select(usuarios.c.id).where(theirs).scalar_subquery()
        here = update(contatos).where(contatos.c.external_id == who.external_id)
        await tx.execute(here.values(row | {"usuario_id": usuario_id}))

    await service.wiring.turns.run(work)


async def middle(service: RunningService, who: Seller, perfil: Perfil) -> Middle:
    """Where their conversation stands now."""
    sql = "SELECT state, state_data, choices FROM contatos WHERE external_id = :who"
    (row,) = await service.rows(sql, who=who.external_id)
    kept = {name: json.loads(row[name]) if row[name] else None for name in ("state_data", "choices")}
    return Middle(perfil, {"state": row["state"], **kept})


async def middles(service: RunningService, who: Seller) -> dict[str, Middle]:
    """Every question that is reached, by its name."""
    await service.usuario("Hugo Melo", "5531988802000", Perfil.OPERADOR)
    found = [one for walk in (_walked, _of_files, _of_a_sale) async for one in walk(service, who)]
    return {one.row["state"]: one for one in found if one.row["state"] is not None}


async def _walked(service: RunningService, who: Seller) -> AsyncIterator[Middle]:
    for perfil, steps in WALKS:
        await becomes(service, who, perfil, NOTHING)
        for how, what, sees in steps:
            await (who.phone.says if how == "says" else who.phone.taps)(what)
            await who.phone.sees(sees)
            yield await middle(service, who, perfil)


async def _of_files(service: RunningService, who: Seller) -> AsyncIterator[Middle]:
    adm = Perfil.ADMINISTRADOR
    await becomes(service, who, adm, NOTHING)
    await who.phone.sends_document("fatura.pdf", encrypted(conta(), "senha"))
    await who.phone.sees("Qual é a senha?")
    yield await middle(service, who, adm)
    await becomes(service, who, adm, NOTHING)
    await arrives(service)
    await who.phone.sees("🧾")
    await who.phone.taps("Rejeitar")
    await who.phone.sees("Por que rejeitar")
    yield await middle(service, who, adm)


async def _of_a_sale(service: RunningService, who: Seller) -> AsyncIterator[Middle]:
    vendedor, phone = Perfil.VENDEDOR, who.phone
    await becomes(service, who, vendedor, NOTHING)
    await service.login_bo()
    service.sandbox.rpa.next("manual")
    await phone.says("VENDER")
    await phone.sees("Posso começar?")
    await phone.taps("SIM")
    job = await service.sandbox.rpa.started()
    await phone.sees("Venda iniciada")
    yield await middle(service, who, vendedor)
    await job.ask("Qual é o CEP?", "cep")
    await phone.sees("Qual é o CEP?")
    yield await middle(service, who, vendedor)
    await phone.says("CANCELAR")
    await phone.sees("ancelar")
    yield await middle(service, who, vendedor)


@pytest.mark.falha(298)
def test_whatever_comes_in_the_middle_of_a_question_is_taken(counter: Counter) -> None:
    ana = Seller(counter.ana, ANA[1], str(PERSON["id"]))
    found = counter.run(middles(counter.service, ana))
    assert found.keys() >= REACHED

    @hostile(50)
    @given(st.sampled_from(sorted(found)), st.one_of(st.sampled_from(updates()), mutated(updates())))
    def whatever_it_is(question: str, event: Any) -> None:
        counter.run(becomes(counter.service, ana, found[question].perfil, found[question].row))
        counter.telegram(event)

    whatever_it_is()
    counter.nothing_failed()


@pytest.mark.falha(298)
def test_whatever_comes_from_whatsapp_in_the_middle_of_a_question_is_taken(counter: Counter) -> None:
    bia = Seller(counter.bia, BIA[1], counter.bia.id)
    found = counter.run(middles(counter.service, bia))
    assert found.keys() >= REACHED
    events = notifications(counter.bia.id)

    @hostile(50)
    @given(st.sampled_from(sorted(found)), st.one_of(st.sampled_from(events), mutated(events)))
    def whatever_it_is(question: str, event: Any) -> None:
        counter.run(becomes(counter.service, bia, found[question].perfil, found[question].row))
        counter.whatsapp(renamed(event, next(counter.numbers)))

    whatever_it_is()
    counter.nothing_failed()


@pytest.mark.falha(395)
@pytest.mark.parametrize("channel", ["telegram", "whatsapp"])
@pytest.mark.parametrize("perfil", [None, Perfil.BACKOFFICE])
def test_whoever_is_put_out_of_service_in_the_middle_of_a_question_is_answered(
    counter: Counter, channel: str, perfil: Perfil | None
) -> None:
    """Deactivated, or with a perfil that none of it is for."""
    ana, bia = Seller(counter.ana, ANA[1], str(PERSON["id"])), Seller(counter.bia, BIA[1], counter.bia.id)
    who = ana if channel == "telegram" else bia
    found = counter.run(middles(counter.service, who))
    assert found.keys() >= REACHED
    for question in sorted(found):
        for said in ("oi", "SIM", "NÃO", "CANCELAR", "7", "às 8h"):
            one = found[question]
            counter.run(becomes(counter.service, who, perfil or one.perfil, one.row, active=perfil is not None))
            counter.says(channel, said)
    counter.nothing_failed()
