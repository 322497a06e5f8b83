"""What people hear of invoices by the day: reminders of what waits, what should be here, what nobody can approve."""

from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from core.processo.faturas import receber
from core.processo.limites import ProcessoLimits
from core.processo.processos import criar
from core.processo.quem import O_RELOGIO, O_ROBO, Quem
from core.testemunha.meses import Mes
from storage.pessoa.perfil import Perfil
from storage.transaction import Transaction
from tests.support.faturas import PDF, a_aprovar, fatura, nova_operadora, novo_cliente
from tests.support.sellers import eventually
from tests.support.service import RunningService
from tests.walks.test_aprovar import approver, arrives
from tests.walks.test_processos import BOTH, person

ZONE = ZoneInfo("America/Sao_Paulo")


def at(service: RunningService, hour: int, days: int = 0) -> None:
    """It becomes that hour of the business day, so many days later at least."""
    now = service.clock().astimezone(ZONE)
    wanted = (now + timedelta(days=days)).replace(hour=hour, minute=0, second=0)
    wanted += timedelta(days=1) if wanted <= now else timedelta()
    service.clock.move(seconds=(wanted - now).total_seconds())


async def reminded(service: RunningService) -> int:
    return await service.clock_work.processos.avisos.remind_approvers()


async def test_what_waits_for_a_day_is_said_once_a_day_and_never_at_night(sqlite_service: RunningService) -> None:
    service = sqlite_service
    gil = await approver(service)
    await arrives(service, valor_centavos=50_000)
    await gil.sees("🧾")
    assert await reminded(service) == 0
    at(service, 23, days=1)
    assert await reminded(service) == 0
    at(service, 10)
    assert await reminded(service) == 1
    await gil.sees("⏰ 1 fatura espera a sua aprovação. A mais urgente: Padaria Pão Quente Ltda")
    at(service, 15)
    assert await reminded(service) == 0
    at(service, 10, days=1)
    assert await reminded(service) == 1
    await gil.taps("Ver todas")
    await gil.sees("1 fatura espera aprovação:")


async def test_nobody_is_reminded_while_away_nor_of_what_was_decided(sqlite_service: RunningService) -> None:
    service = sqlite_service
    ines = await approver(service, channel="telegram", perfil=Perfil.ADMINISTRADOR)
    await arrives(service)
    await ines.sees("🧾")
    await ines.says("AUSENTE")
    await eventually(service, "SELECT 1 FROM agent_presence WHERE status = 'away'")
    at(service, 10, days=2)
    assert await reminded(service) == 0
    await ines.says("PENDENTES")
    await ines.sees("espera aprovação")
    await ines.taps("1. Padaria Pão Quente Lt")
    await ines.taps("Aprovar")
    await ines.sees("✅ Aprovada")
    await ines.says("ONLINE")
    await eventually(service, "SELECT 1 FROM agent_presence WHERE status = 'online'")
    assert await reminded(service) == 0


@pytest.mark.falha(213)
async def test_administrators_hear_at_once_that_nobody_can_approve(sqlite_service: RunningService) -> None:
    """Whoever brought the file is never its only approver."""
    service = sqlite_service
    ines = await approver(service, channel="telegram", perfil=Perfil.ADMINISTRADOR)
    (row,) = await service.rows("SELECT id FROM usuarios WHERE telefone = '5531988806002'")
    quem = Quem("api", UUID(str(row["id"])), Perfil.ADMINISTRADOR)
    await service.wiring.turns.run(lambda tx: a_aprovar(tx, quem=quem))
    await ines.sees("agora não há quem possa aprovar")
    assert await service.rows("SELECT 1 FROM ocorrencias WHERE tipo = 'sem_aprovador'")


def on(service: RunningService, day: int) -> Mes:
    """The next such day of a month begins its working hours; which month that is."""
    now = service.clock().astimezone(ZONE)
    wanted = now.replace(day=day, hour=10, minute=0, second=0)
    if wanted <= now:
        wanted = (wanted.replace(day=28) + timedelta(days=4)).replace(day=day)
    service.clock.move(seconds=(wanted - now).total_seconds())
    return Mes.of_date(wanted.date())


async def with_a_past(service: RunningService, **values: object) -> None:
    """A client whose invoice came on the 10th of three months; it is the 9th of the fourth."""

    async def account(tx: Transaction) -> UUID:
        operadora = await nova_operadora(tx, **values)
        return (await novo_cliente(tx, operadora.id, login_portal="x", senha_portal="y")).id

    cliente_id = await service.wiring.turns.run(account)
    for day in (10, 10, 10, 9):
        mes = on(service, day)

        async def month(tx: Transaction, mes: Mes = mes, day: int = day) -> None:
            made = await criar(tx, cliente_id, str(mes), O_RELOGIO)
            assert made.processo is not None
            if day == 10:
                arquivo = fatura(PDF + str(mes).encode() + b"\n%%EOF", valor_centavos=70_000)
                await receber(tx, made.processo.id, arquivo, O_ROBO, ProcessoLimits())

        await service.wiring.turns.run(month)


async def missing(service: RunningService) -> int:
    return await service.clock_work.processos.avisos.say_missing()


@BOTH
async def test_what_should_be_here_is_said_once_a_day_and_downloaded_with_a_tap(
    service: RunningService, channel: str
) -> None:
    await with_a_past(service)
    assert await missing(service) == 0
    on(service, 14)
    hugo = await person(service, channel)
    assert await missing(service) == 1
    told = await hugo.sees("📭 1 fatura já devia ter chegado; R$ 700,00 em risco:")
    assert "costuma chegar até 10/" in told.text
    assert await missing(service) == 0
    await hugo.taps("Baixar agora", bubble=told)
    await hugo.sees("🤖 1 download pedido.")


@pytest.mark.falha(261)
async def test_a_clock_that_ends_before_it_has_said_so_has_not_said_it(
    sqlite_service: RunningService, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def ends(tx: Transaction, *wanted: object) -> None:
        raise ConnectionError("the process ends here")

    await with_a_past(sqlite_service)
    on(sqlite_service, 14)
    hugo = await person(sqlite_service, "telegram")
    with monkeypatch.context() as dies:
        dies.setattr("bot.processo.avisos.write_command", ends)
        with pytest.raises(ConnectionError):
            await missing(sqlite_service)
    assert await missing(sqlite_service) == 1
    await hugo.sees("📭")


async def test_without_a_robot_the_pdf_is_asked_for(sqlite_service: RunningService) -> None:
    await with_a_past(sqlite_service, possui_rpa=False)
    on(sqlite_service, 14)
    hugo = await person(sqlite_service, "telegram")
    assert await missing(sqlite_service) == 1
    told = await hugo.sees("📭")
    assert "sem robô: mande o PDF aqui" in told.text
    assert "Baixar agora" not in told.labels
