"""Sellers at work, for tests that begin in the middle of a sale."""

import asyncio
from typing import Any
from uuid import UUID

from core.venda.pool import PoolStatus, pool_status
from sandbox import Behaviour, Bubble, Job, Phone
from storage.pessoa.usuarios import change_usuario
from storage.transaction import Transaction
from tests.support.service import RunningService

CPF = "529.982.247-25"
LITERAL = "TODOS OS ACESSOS BACKOFFICE ESTÃO EM USO - Aguarde alguns minutos"

ANA = ("Ana Souza", "5531988804000")
BIA = ("Bia Rocha", "5531988805000")
CAIO = ("Caio Lima", "5531988806000")


async def seller(service: RunningService, quem: tuple[str, str] = ANA, channel: str = "whatsapp") -> Phone:
    """A registered seller with their phone in hand."""
    await service.vendedor(*quem)
    return await service.phone(channel, *quem)


async def asks_to_sell(phone: Phone) -> None:
    """VENDER, and SIM when asked."""
    await phone.says("VENDER")
    await phone.sees("Posso começar?")
    await phone.taps("SIM")


async def sells(service: RunningService, phone: Phone, behaviour: Behaviour | str = "manual") -> Job:
    """Up to the robot at work, whose job the test drives unless told otherwise."""
    service.sandbox.rpa.next(behaviour)
    await asks_to_sell(phone)
    await phone.sees("Venda iniciada")
    assert phone.telefone is not None
    job = await service.sandbox.rpa.started(matricula_vendedor=f"V{phone.telefone[-4:]}")
    await started(service, job)
    return job


async def taps_at_once(service: RunningService, phone: Phone, bubble: Bubble, *labels: str) -> None:
    """Taps whose webhooks arrive in the same moment, and once more after that, as providers do."""
    channel = service.sandbox.whatsapp if phone.channel == "whatsapp" else service.sandbox.telegram
    channel.faults.withhold()
    taps = [await phone.taps(label, bubble=bubble) for label in labels]
    answers = await asyncio.gather(*(channel.deliver(tap.payload) for tap in taps if tap is not None))
    assert [status for status, _ in answers] == [200] * len(labels)
    for again in channel.faults.release():
        await again.finished()


async def started(service: RunningService, job: Job) -> None:
    """Wait until the service knows that the robots have the job."""
    await eventually(service, "SELECT 1 FROM vendas WHERE job_id = :job_id", job_id=job.id)


async def eventually(service: RunningService, sql: str, *, within: float = 10.0, **params: Any) -> list[dict[str, Any]]:
    """Wait until the query finds rows; the rows."""
    async with asyncio.timeout(within):
        while not (rows := await service.rows(sql, **params)):  # noqa: ASYNC110 - the database tells nobody
            await asyncio.sleep(0.01)
    return rows


async def change(service: RunningService, usuario_id: UUID, **values: Any) -> None:
    """An administrator changes somebody's registration."""

    async def work(tx: Transaction) -> None:
        await change_usuario(tx, usuario_id, **values)

    await service.wiring.turns.run(work)


async def pool(service: RunningService) -> PoolStatus:
    """The pool of logins as it is now."""
    async with service.wiring.database.read() as connection:
        return await pool_status(connection, service.clock())


async def holders(service: RunningService) -> list[str]:
    """The phones that hold a login, oldest lease first."""
    return [uso.telefone for uso in (await pool(service)).em_uso]


async def venda_of(service: RunningService, job: Job) -> dict[str, Any]:
    """The venda behind a job."""
    (venda,) = await service.rows("SELECT * FROM vendas WHERE job_id = :job_id", job_id=job.id)
    return venda


async def ocorrencias(service: RunningService) -> list[str]:
    """What was recorded, oldest first."""
    return [row["tipo"] for row in await service.rows("SELECT tipo FROM ocorrencias ORDER BY id")]
