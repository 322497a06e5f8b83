"""`balcao liberar-pap-bo`: the pool of BackOffice logins from the command line."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from sandbox import Phone
from storage.outbox.claims import due_lanes
from storage.tables import pap_bo_em_uso
from storage.transaction import Transaction
from tests.support.commands import Balcao, UseEnvironment
from tests.support.sellers import ANA, BIA, holders, pool, seller, sells
from tests.support.service import RunningService


@pytest.fixture
async def selling(service: RunningService, use_environment: UseEnvironment) -> dict[str, Phone]:
    """Ana and Bia, each with a login and a robot at work."""
    use_environment(service.environment)
    await service.login_bo()
    await service.login_bo("Bo Dois", "5531900000002")
    ana, bia = await seller(service, ANA), await seller(service, BIA)
    await sells(service, ana)
    await sells(service, bia)
    return {"ana": ana, "bia": bia}


async def no_sign_of_life_for_an_hour(service: RunningService, quem: tuple[str, str]) -> None:
    """The command has its own clock, which is not the tests' to move: the lease is made old instead."""

    async def work(tx: Transaction) -> None:
        lease = update(pap_bo_em_uso).where(pap_bo_em_uso.c.telefone == quem[1])
        await tx.execute(lease.values(expira_em=tx.now - timedelta(minutes=30)))

    await service.wiring.turns.run(work)


async def delivered(service: RunningService) -> None:
    """What the command wrote down is said and done by the service's workers."""
    async with service.wiring.database.read() as connection:
        lanes = await due_lanes(connection, service.clock())
    for lane in lanes:
        await service.wiring.courier.deliver(lane)


async def test_listar_says_who_has_which_login_since_when(
    service: RunningService, selling: dict[str, Phone], balcao: Balcao
) -> None:
    result = await balcao("liberar-pap-bo", "--listar")
    assert result.exit_code == 0
    first, second, total = result.stdout.splitlines()
    usos = (await pool(service)).em_uso
    for line, uso in zip((first, second), usos, strict=True):
        assert line.startswith(f"{uso.telefone}  {uso.bo_usuario_id}  desde ")
        assert f"desde {uso.desde.astimezone(service.settings.zone):%d/%m %H:%M}  expira" in line
    assert total == "2 em uso, 0 livres, 0 na fila"
    assert await holders(service) == [ANA[1], BIA[1]]


async def test_expirados_frees_only_those_without_a_sign_of_life(
    service: RunningService, selling: dict[str, Phone], balcao: Balcao
) -> None:
    assert (await balcao("liberar-pap-bo", "--expirados")).stdout == "0 logins liberados\n"
    await no_sign_of_life_for_an_hour(service, ANA)
    assert (await balcao("liberar-pap-bo", "--expirados")).stdout == "1 login liberado\n"
    assert await holders(service) == [BIA[1]]
    await delivered(service)
    await selling["ana"].sees("ncerrad")


async def test_telefone_frees_those_of_one_seller_in_any_form_of_the_number(
    service: RunningService, selling: dict[str, Phone], balcao: Balcao
) -> None:
    without_ninth = BIA[1][:4] + BIA[1][5:]
    result = await balcao("liberar-pap-bo", f"--telefone=+{without_ninth}")
    assert (result.exit_code, result.stdout) == (0, "1 login liberado\n")
    assert await holders(service) == [ANA[1]]
    await delivered(service)
    await selling["bia"].sees("ncerrad")


async def test_todos_frees_all_and_their_sellers_are_told(
    service: RunningService, selling: dict[str, Phone], balcao: Balcao
) -> None:
    assert (await balcao("liberar-pap-bo", "--todos")).stdout == "2 logins liberados\n"
    assert await holders(service) == []
    await delivered(service)
    await selling["ana"].sees("ncerrad")
    await selling["bia"].sees("ncerrad")
    await service.sandbox.rpa.calls.wait_for("cancelar", 2)


async def test_a_telefone_that_is_none_is_refused(balcao: Balcao, on_sqlite: dict[str, str]) -> None:
    result = await balcao("liberar-pap-bo", "--telefone=12")
    assert (result.exit_code, result.stderr) == (1, "balcao: --telefone=12 não é um telefone com DDI e DDD\n")
