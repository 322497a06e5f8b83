"""PENDENTES in chat: page by page, and several approved after one confirmation."""

import pytest

from core.processo.faturas import corrigir
from core.processo.limites import ProcessoLimits
from core.processo.quem import Quem
from sandbox import Bubble, Phone
from storage.pessoa.perfil import Perfil
from tests.support.faturas import a_aprovar, chega
from tests.support.service import RunningService
from tests.walks.test_aprovar import approver
from tests.walks.test_processos import BOTH


async def arrived(service: RunningService, *numeros: int, doubtful: int = 0) -> None:
    """Bills on which every witness agrees, and others that nobody examined; then the approver comes."""
    for numero in numeros:
        await service.wiring.turns.run(lambda tx, n=numero: chega(tx, numero=n))  # type: ignore[misc]
    for _ in range(doubtful):
        await service.wiring.turns.run(a_aprovar)


@BOTH
async def test_those_that_agree_are_approved_together(service: RunningService, channel: str) -> None:
    await arrived(service, 1, 2, doubtful=1)
    gil = await approver(service, channel=channel)
    await gil.says("PENDENTES")
    listed = await gil.sees("3 faturas esperam aprovação:")
    assert (listed.text.count("🟢"), listed.text.count("⚪")) == (2, 1)
    await gil.taps("Aprovar as que conferem")
    asked = await gil.sees("Aprovar 2 faturas, R$ 222,00 no total?")
    assert "Padaria Número 1 Ltda" in asked.text
    await gil.taps("Sim, aprovar")
    await gil.sees("✅ 2 faturas aprovadas.")
    await gil.says("PENDENTES")
    await gil.sees("1 fatura espera aprovação:")
    statuses = await service.rows("SELECT status_processo FROM processos ORDER BY status_processo")
    assert [row["status_processo"] for row in statuses] == ["AGUARDANDO_APROVACAO", *["AGUARDANDO_ENVIO_SAT"] * 2]


async def test_what_is_neither_yes_nor_no_approves_nothing_and_the_question_stays(
    sqlite_service: RunningService,
) -> None:
    await arrived(sqlite_service, 1, 2)
    gil = await approver(sqlite_service)
    await asks(gil)
    await gil.says("qual o telefone da operadora")
    await gil.sees("Responda SIM ao que mostrei acima, ou NÃO")
    await gil.says("sim")
    await gil.sees("✅ 2 faturas aprovadas.")


@pytest.mark.falha(424)
async def test_who_picks_some_of_them_approves_none_and_a_yes_behind_it_neither(sqlite_service: RunningService) -> None:
    """The list is numbered, so that 1 is its first invoice, and not the button of the yes.

    What else picks some: tests/core/fala/test_algumas.py.
    """
    await arrived(sqlite_service, 1, 2)
    gil = await approver(sqlite_service)
    for said in ("1", "A 2.", "sim, menos a da padaria"):
        await asks(gil)
        await gil.says(said)
        await gil.sees("Nada foi aprovado: o SIM valeria para todas as que mostrei.")
        await gil.says("confirmado")
        await gil.says("STATUS")
        rows = await sqlite_service.rows("SELECT status_processo FROM processos")
        assert {row["status_processo"] for row in rows} == {"AGUARDANDO_APROVACAO"}


async def test_pendentes_of_somebody_who_does_not_approve_says_so(sqlite_service: RunningService) -> None:
    hugo = await approver(sqlite_service, perfil=Perfil.OPERADOR)
    await hugo.says("PENDENTES")
    await hugo.sees("PENDENTES não é do seu perfil.")


async def test_a_no_approves_nothing_and_an_old_confirmation_neither(sqlite_service: RunningService) -> None:
    await arrived(sqlite_service, 1)
    gil = await approver(sqlite_service, channel="whatsapp")
    asked = await asks(gil)
    await gil.says("não")
    await gil.sees("Tudo bem, nada foi aprovado.")
    await gil.taps("Sim, aprovar", bubble=asked)
    await gil.sees("Essa confirmação já passou.")
    (row,) = await sqlite_service.rows("SELECT status_processo FROM processos")
    assert row["status_processo"] == "AGUARDANDO_APROVACAO"


async def test_what_changed_meanwhile_is_left_out_and_said(sqlite_service: RunningService) -> None:
    await arrived(sqlite_service, 1, 2)
    gil = await approver(sqlite_service)
    await asks(gil)
    hugo = Quem("api", await sqlite_service.usuario("Hugo Melo", "5531988806001", Perfil.OPERADOR), Perfil.OPERADOR)
    processo = await sqlite_service.wiring.turns.run(lambda tx: chega(tx, numero=3))
    await sqlite_service.wiring.turns.run(
        lambda tx: corrigir(tx, processo.id, hugo, ProcessoLimits(), valor_centavos=1, data_vencimento=None)
    )
    await gil.says("sim")
    await gil.sees("✅ 2 faturas aprovadas.")


async def test_many_go_on_page_by_page(sqlite_service: RunningService) -> None:
    await arrived(sqlite_service, doubtful=11)
    gil = await approver(sqlite_service, channel="whatsapp")
    await gil.says("PENDENTES")
    await gil.sees("8. Padaria")
    await gil.taps("Ver mais")
    second = await gil.sees("11 faturas esperam aprovação:")
    assert "3. Padaria" in second.text
    assert "4. Padaria" not in second.text


async def asks(gil: Phone) -> Bubble:
    await gil.says("PENDENTES")
    await gil.sees("aprovação:")
    await gil.taps("Aprovar as que conferem")
    return await gil.sees("no total?")
