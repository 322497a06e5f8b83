"""Downloads of invoices in tests: whoever asks for them, what they become, what their robots bring."""

import asyncio
from typing import Any
from uuid import UUID

from core.processo.execucoes import baixar
from core.processo.processos import criar
from core.processo.quem import O_RELOGIO, Quem
from core.processo.resultado import Resultado
from sandbox import Job, Phone
from storage.pessoa.perfil import Perfil
from storage.processo.processos import Processo
from storage.transaction import Transaction
from tests.support.faturas import nova_operadora, novo_cliente
from tests.support.sellers import eventually
from tests.support.service import RunningService

HUGO = ("Hugo Melo", "5531988806001")
GIL = ("Gil Torres", "5531988806002")


async def operator(service: RunningService) -> tuple[Phone, Quem]:
    usuario_id = await service.usuario(*HUGO, Perfil.OPERADOR)
    phone = await service.phone("whatsapp", *HUGO)
    await phone.says("MENU")
    await phone.sees("O que você quer fazer")
    return phone, Quem("whatsapp", usuario_id, Perfil.OPERADOR)


async def processos(service: RunningService, several: int = 1, **cliente: Any) -> list[Processo]:
    """Processos that wait for their download, of as many clientes of one operadora."""

    async def work(tx: Transaction) -> list[Processo]:
        operadora = await nova_operadora(tx)
        made = []
        for _ in range(several):
            account = await novo_cliente(
                tx, operadora.id, **{"login_portal": "padaria", "senha_portal": "s3gredo"} | cliente
            )
            resultado = await criar(tx, account.id, "11/2026", O_RELOGIO)
            assert resultado.processo is not None
            made.append(resultado.processo)
        return made

    made: list[Processo] = await service.wiring.turns.run(work)
    return made


async def download(service: RunningService, processo: Processo, quem: Quem = O_RELOGIO) -> Resultado:
    limits = service.wiring.processo_limits
    resultado: Resultado = await service.wiring.turns.run(lambda tx: baixar(tx, processo.id, quem, limits))
    return resultado


async def becomes(service: RunningService, processo: Processo, status: str) -> dict[str, Any]:
    sql = "SELECT * FROM processos WHERE id = :id AND status_processo = :status"
    (row,) = await eventually(service, sql, id=key(service, processo.id), status=status)
    return row


async def execucoes(service: RunningService, processo: Processo) -> list[dict[str, Any]]:
    sql = "SELECT * FROM execucoes WHERE processo_id = :id ORDER BY id"
    return await service.rows(sql, id=key(service, processo.id))


async def ended(service: RunningService, processo: Processo, status: str, several: int = 1) -> list[dict[str, Any]]:
    """Wait until as many of its execucoes have ended so."""
    async with asyncio.timeout(10):
        while True:
            rows = [
                row
                for row in await execucoes(service, processo)
                if row["status_execucao"] == status and row["data_fim"]
            ]
            if len(rows) >= several:
                return rows
            await asyncio.sleep(0.01)


def found(service: RunningService, job: Job) -> dict[str, Any]:
    """What its robot brings when all goes well."""
    return service.sandbox.rpa.good_end(job)


def key(service: RunningService, id_: UUID) -> object:
    return id_.hex if service.wiring.database.is_sqlite else id_


async def sends_due(service: RunningService) -> None:
    """The clock sends what is due by now."""
    service.clock.move(minutes=10)
    await service.clock_work.processos.send_due()
