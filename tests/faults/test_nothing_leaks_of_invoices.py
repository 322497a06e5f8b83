"""A portal's password after an invoice went its whole way: told to the robot, sealed in its row, and nowhere else."""

from pathlib import Path
from uuid import UUID

import pytest
from redis.asyncio import Redis
from sqlalchemy import select

from core.processo.processos import criar
from core.processo.quem import O_ROBO
from storage.backup import engine
from storage.pessoa.perfil import Perfil
from storage.tables import metadata
from storage.transaction import Transaction
from tests.faults.test_nothing_leaks import everything_under
from tests.support.faturas import nova_operadora, novo_cliente
from tests.support.log_lines import Logged
from tests.support.painel import browser_of
from tests.support.sellers import eventually
from tests.support.service import RunningService
from webhooks.routes import PAGES, ROUTES

SENHA, CPF = "Portal!7k2-da-fatura", "52998224725"
# They stay open, or are a file.
_NOT_READ = ("/ws/", "/api/v1/events", "tempo-real", "/linhas")


@pytest.mark.falha(192)
@pytest.mark.usefixtures("logging_put_back")
async def test_an_invoice_leaves_its_portals_password_nowhere(
    service: RunningService, clean_redis_url: str, tmp_path: Path
) -> None:
    logged = Logged(service.settings.secret_values())
    adm = await service.usuario("Adm Silva", "5531988806009", Perfil.ADMINISTRADOR)
    headers = service.token(adm)
    cliente_id, processo_id = await service.wiring.turns.run(_asked_for)
    async with service.http.post(f"/processos/baixar/{processo_id}", headers=headers) as response:
        assert response.status < 300
    await eventually(service, "SELECT 1 FROM processos WHERE status_processo = 'AGUARDANDO_APROVACAO'")
    for path in ("aprovar", "enviar-para-sat"):
        async with service.http.post(f"/processos/{path}/{processo_id}", headers=headers) as response:
            assert response.status < 300
    await eventually(service, "SELECT 1 FROM processos WHERE status_processo = 'UPLOAD_REALIZADO'")
    assert [job.body.get("senha") for job in service.sandbox.rpa.jobs] == [SENHA, None]

    found = {"logs": logged.text, "pages": await _pages(service, adm, cliente_id, processo_id)}
    found["answers"] = await _answers(service, headers, cliente_id, processo_id)
    found["tables"] = await _tables(service)
    async with Redis.from_url(clean_redis_url, decode_responses=False) as redis:
        found["redis"] = repr([await everything_under(redis, key) async for key in redis.scan_iter()])
    store = service.wiring.objects
    names = await store.list("")
    found["files"] = repr([await store.get(name) for name in names])
    await engine.dump(service.settings.database_url, tmp_path / "backup")
    found["backup"] = (tmp_path / "backup").read_bytes().decode("latin-1")
    assert [where for where, text in found.items() if not text] == [], "there is something in each of them"
    assert [where for where, text in found.items() if SENHA in text] == []
    assert [name for name in names if CPF in name or SENHA in name] == []


async def _asked_for(tx: Transaction) -> tuple[UUID, UUID]:
    operadora = await nova_operadora(tx)
    cliente = await novo_cliente(tx, operadora.id, login_portal="operacao", senha_portal=SENHA, cpf=CPF)
    made = await criar(tx, cliente.id, "11/2026", O_ROBO)
    assert made.processo is not None
    return cliente.id, made.processo.id


async def _pages(service: RunningService, adm: UUID, *ids: UUID) -> str:
    """Every page of the panel, of each of these where it names one."""
    said = []
    async with browser_of(service) as browser:
        await browser.enters(adm)
        for page in PAGES:
            if page.method == "GET" and page.auth.perfis and not any(part in page.path for part in _NOT_READ):
                for one in ids:
                    async with browser.http.get(_path(page.path, one), allow_redirects=False) as response:
                        said.append((await response.read()).decode("latin-1"))
    return "\n".join(said)


async def _answers(service: RunningService, headers: dict[str, str], *ids: UUID) -> str:
    """Everything that the API gives to read."""
    said = []
    for route in ROUTES:
        if route.method == "GET" and not any(part in route.path for part in _NOT_READ):
            for one in ids:
                async with service.http.get(_path(route.path, one), headers=headers) as response:
                    said.append((await response.read()).decode("latin-1"))
    return "\n".join(said)


def _path(path: str, one: UUID) -> str:
    head, brace, rest = path.partition("{")
    return f"{head}{one}{rest.partition('}')[2]}" if brace else path


async def _tables(service: RunningService) -> str:
    async with service.wiring.database.read() as connection:
        return repr(
            [[tuple(row) for row in await connection.execute(select(table))] for table in metadata.tables.values()]
        )
