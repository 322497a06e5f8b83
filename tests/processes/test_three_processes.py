"""web, worker and clock as separate processes on one database, one Redis, one object store: a seller sells."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from sandbox import Sandbox
from storage.engines.s3 import EmbeddedS3
from tests.support.commands import HEADER
from tests.support.programs import Program, done, running
from tests.support.sellers import CPF
from tests.support.service import settings_for

PEOPLE = (
    f"{HEADER};matricula_pap;senha_pap;autorizar_venda_sem_auditoria",
    "Ana Souza;5531988804000;VENDEDOR;V1001;;sim",
    "Bo Um;5531900000001;BACKOFFICE;BO2001;senha-do-portal;",
)


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    sandbox = Sandbox()
    await sandbox.start()
    yield sandbox
    await sandbox.stop()


async def test_a_seller_sells(
    sandbox: Sandbox, tmp_path: Path, clean_redis_url: str, s3: EmbeddedS3, sqlite_url: str
) -> None:
    environment = settings_for(sqlite_url, clean_redis_url, s3, tmp_path) | sandbox.settings()
    (tmp_path / "pessoas.csv").write_text("\n".join(PEOPLE))
    await done("importar", "usuarios", "pessoas.csv", environment=environment, cwd=tmp_path)
    async with AsyncExitStack() as stack:
        programs: list[Program] = []
        for word in ("web", "worker", "clock"):
            # All three are one module's: what one of them imports by itself, all of them do.
            program = running(word, environment=environment, cwd=tmp_path, typed=word == "web")
            programs.append(await stack.enter_async_context(program))
        for program, event in zip(programs, ("listening", "working", "ticking"), strict=True):
            await program.says(f'"event": "{event}"')
        await sandbox.whatsapp.connect(f"http://127.0.0.1:{environment['PORT']}/webhooks/whatsapp")

        ana = sandbox.whatsapp.phone("Ana Souza", "5531988804000")
        await ana.says("VENDER")
        await ana.sees("Posso começar?")
        await ana.taps("SIM")
        for question, answer in (("CEP", "30140-071"), ("CPF", CPF), ("plano", "2"), ("turno", "manhã")):
            await ana.sees(question)
            await ana.says(answer)
        await ana.sees("Número do pedido")

        for program in programs:
            await program.stops()
