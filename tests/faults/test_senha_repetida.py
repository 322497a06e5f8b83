"""A robot that repeats the password it was given, as a bare value, in every text it has: it stands nowhere."""

from uuid import UUID

import pytest

from core.processo.processos import criar
from core.processo.quem import O_ROBO
from sandbox import late
from storage.pessoa.perfil import Perfil
from storage.transaction import Transaction
from tests.faults.test_nothing_leaks import everything_under
from tests.support.everything import everything
from tests.support.faturas import nova_operadora, novo_cliente
from tests.support.log_lines import Logged
from tests.support.sellers import asks_to_sell, eventually, seller
from tests.support.service import RunningService

SENHA = "Portal!3b8-repetida"
pytestmark = pytest.mark.usefixtures("logging_put_back")


async def held(service: RunningService) -> str:
    """Every table and all of Redis."""
    redis = service.wiring.redis
    keys = [key async for key in redis.scan_iter()]
    return await everything(service) + repr([(key, await everything_under(redis, key)) for key in keys])


@pytest.mark.falha(290)
async def test_in_a_sale_by_callback_early_and_when_asked(sqlite_service: RunningService) -> None:
    service, logged = sqlite_service, Logged(())
    await service.login_bo(senha_pap=SENHA)
    ana = await seller(service)
    service.sandbox.rpa.next(late("manual"))
    await asks_to_sell(ana)
    job = await service.sandbox.rpa.started()
    address = job.body["callback_url"]
    job.body["callback_url"] = address.partition("?")[0]
    await job.log(f"cedo demais com {SENHA}")
    assert "cedo demais" in await everything(service)
    assert SENHA not in await everything(service), "not even while it is kept for a job that is not known yet"
    job.body["callback_url"] = address
    job.answer_start()
    await eventually(service, "SELECT 1 FROM logs_venda")
    await job.progress(10, f"Entrando com {SENHA}")
    await job.ask(f"{SENHA} não entrou. Tento {SENHA} de novo?", "sim_nao")
    await ana.sees("não entrou")
    await ana.says("sim")
    await job.answered()
    await job.log(f"digitei {SENHA.upper()}")
    await job.complete({"numero_pedido": "NIO-1", "observacao": [f"senha usada: {SENHA}", {SENHA: 1}]})
    await ana.sees("NIO-1")
    assert SENHA.casefold() not in (await ana.quiet()).casefold()
    await job.log(f"saí, {SENHA}")
    text = await held(service)
    assert "*** não entrou" in text
    assert SENHA.casefold() not in (text + logged.text).casefold()


@pytest.mark.falha(290)
async def test_in_a_download_and_in_what_nobody_could_hear(
    sqlite_service: RunningService, monkeypatch: pytest.MonkeyPatch
) -> None:
    service, logged = sqlite_service, Logged(())
    adm = await service.usuario("Adm Silva", "5531988806009", Perfil.ADMINISTRADOR)
    processo_id = await service.wiring.turns.run(_asked_for)
    service.sandbox.rpa.next("manual")
    async with service.http.post(f"/processos/baixar/{processo_id}", headers=service.token(adm)) as response:
        assert response.status < 300
    job = await service.sandbox.rpa.started()
    await eventually(service, "SELECT 1 FROM execucoes WHERE job_id IS NOT NULL")
    await job.log(f"entrei com {SENHA}")
    await job.progress(30, f"{SENHA} aceita")
    with monkeypatch.context() as once:
        once.setattr("core.processo.robo.apply", fails)
        for _ in range(3):
            await job.fail("DADOS_INVALIDOS", f"recusada: {SENHA}", definitivo=True)
    assert "recusada: ***" in await everything(service), "kept to be heard again"
    await job.fail("CREDENCIAL_RECUSADA", f"não aceita {SENHA}", definitivo=True)
    await eventually(service, "SELECT 1 FROM execucoes WHERE data_fim IS NOT NULL")
    text = await held(service) + logged.text
    assert "não aceita ***" in text
    assert SENHA not in text


async def fails(tx: Transaction, execucao_id: UUID, event: object, limits: object) -> None:
    raise RuntimeError(f"cannot take {event}")


async def _asked_for(tx: Transaction) -> UUID:
    operadora = await nova_operadora(tx)
    cliente = await novo_cliente(tx, operadora.id, login_portal="operacao", senha_portal=SENHA)
    made = await criar(tx, cliente.id, "11/2026", O_ROBO)
    assert made.processo is not None
    return made.processo.id
