"""Everything that a run needs, built and filled: engines, lines, processes, providers, people who are registered."""

import random
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from redis.asyncio import Redis
from sqlalchemy import text

from bot.settings import Settings
from bot.turn import LeftToWorkers, Turns
from core.agendamento.agendamentos import criar as novo_agendamento
from core.auditoria.auditoria import LINHA_DE_COMANDO
from core.cliente.clientes import criar as novo_cliente
from core.operadora.operadoras import criar as nova_operadora
from core.pessoa.tokens import Tokens
from core.time import utc_now
from sandbox import Sandbox
from sandbox.faturas.codigos import cnpj
from storage.agendamento.tipos import TipoAgendamento
from storage.consultor.consultores import add_consultor
from storage.database import Database
from storage.pessoa.perfil import Perfil
from storage.pessoa.usuarios import add_usuario
from storage.secrets import SecretBox
from storage.transaction import Transaction
from tests.faults.harness.book import Book
from tests.faults.harness.engines import Engines
from tests.faults.harness.fleet import Fleet
from tests.faults.harness.proxy import Line, to_port
from tests.support.service import free_port, settings_for

LOGINS, CLIENTES = 2, 400
# Of the clientes whose bills no robot fetches.
OPERADORA = "OI"
EVERY_MINUTE = "* * * * *"
_SETTINGS = {
    "RPA_POLL_INTERVAL": "2",
    "RPA_ESPERA_BASE": "0.5",
    # Waits this short would be over before the robots are back, and a person be asked to see to it.
    "RPA_TENTATIVAS": "20",
    "RPA_ARQUIVOS_HOSTS": "127.0.0.1",
    "SAT_AUTOMATICO": "sim",
    "SAT_ESPERA": "1",
    "DOWNLOADS_POR_OPERADORA": "8",
    "ATENDIMENTOS_POR_CONSULTOR": "1",
    "ACEITE_TIMEOUT": "900",
    "ATENDIMENTO_GRACA": "900",
    "API_RATE_LIMIT": "100000",
}


@dataclass
class World:
    """What a run has in its hands."""

    book: Book
    engines: Engines
    sandbox: Sandbox
    fleet: Fleet
    lines: dict[str, Line]
    url: str
    token: str
    # Of the operadora whose bills robots fetch, and of the one whose bills an operator brings.
    clientes: list[UUID] = field(default_factory=list)
    sem_robo: list[UUID] = field(default_factory=list)
    operadora_id: UUID | None = None
    agendamentos: list[UUID] = field(default_factory=list)
    drained_at: datetime = field(default_factory=utc_now)
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("America/Sao_Paulo"))

    async def rows(self, sql: str, **params: Any) -> list[Any]:
        """What the database holds, asked past every line."""
        database = Database(self.engines.own_database_url, patient=True)
        try:
            async with database.read() as connection:
                return list(await connection.execute(text(sql), params))
        finally:
            await database.close()


@asynccontextmanager
async def world(directory: Path, chance: random.Random, book: Book, ahead: Mapping[str, float]) -> AsyncIterator[World]:
    """Two of each process on engines of their own, and everybody registered; nobody has said anything yet."""
    async with AsyncExitStack() as stack:
        engines = Engines(directory, chance)
        await engines.start(stack)
        sandbox = Sandbox(tempo=0.15)
        await sandbox.start()
        stack.push_async_callback(sandbox.stop)
        sandbox.whatsapp.statuses = ("delivered",)
        ports = [free_port(), free_port()]
        lines = {name: Line([to_port(_port(sandbox.url))], chance) for name in ("telegram", "whatsapp", "rpa")}
        front = Line([to_port(port) for port in ports], chance)
        for line in (*lines.values(), front):
            await line.start()
            stack.push_async_callback(line.stop)
        url = f"http://127.0.0.1:{front.port}"
        environment = _environment(engines, sandbox, lines, directory) | {"PUBLIC_URL": url}
        made = World(
            book, engines, sandbox, Fleet(directory, ahead), lines | engines.lines | {"webhooks": front}, url, ""
        )
        await _register(made, environment)
        for number, port in enumerate(ports):
            for word in ("web", "worker", "clock"):
                made.fleet.add(f"{word}{number + 1}", word, environment | {"PORT": str(port)})
        stack.push_async_callback(made.fleet.stop)
        await made.fleet.start()
        await sandbox.whatsapp.connect(f"{url}/webhooks/whatsapp")
        yield made


def _environment(engines: Engines, sandbox: Sandbox, lines: dict[str, Line], directory: Path) -> dict[str, str]:
    """Everything over its line."""
    made = settings_for("", "", engines.s3, directory) | sandbox.settings() | _SETTINGS | engines.settings()
    for name in ("telegram", "whatsapp", "rpa"):
        setting = f"{name.upper()}_API_URL"
        made[setting] = made[setting].replace(sandbox.url, f"http://127.0.0.1:{lines[name].port}")
    return made


def _port(url: str) -> int:
    return int(url.rpartition(":")[2])


async def _register(made: World, environment: dict[str, str]) -> None:
    straight = {"DATABASE_URL": made.engines.own_database_url, "REDIS_URL": made.engines.redis.url}
    settings = Settings(_env_file=None, **(environment | straight))  # type: ignore[call-arg]
    database = Database(settings.database_url)
    async with Redis.from_url(settings.redis_url) as redis:
        turns = Turns(database, redis, SecretBox(settings.fernet_keys), utc_now, LeftToWorkers(), owner_seconds=0)
        adm = await turns.run(_staff)
        made.operadora_id, made.clientes = await turns.run(_clientes)
        made.sem_robo = await turns.run(_sem_robo)
        made.agendamentos = await _agendamentos(turns)
    await database.close()
    made.token = Tokens(environment["JWT_SECRET"]).issue(adm, utc_now(), timedelta(hours=12))


async def _staff(tx: Transaction) -> UUID:
    for number in range(1, 4):
        await _person(tx, f"Vendedor {number}", f"553198880100{number}", Perfil.VENDEDOR,
                      matricula_pap=f"V{number}", autorizar_venda_sem_auditoria=True)  # fmt: skip
    for number in range(1, LOGINS + 1):
        await _person(tx, f"Acesso {number}", f"553198880200{number}", Perfil.BACKOFFICE,
                      matricula_pap=f"BO{number}", senha_pap="senha-do-portal")  # fmt: skip
    for number in range(1, 3):
        telefone = f"553198880300{number}"
        usuario_id = await _person(tx, f"Consultor {number}", telefone, Perfil.CONSULTOR)
        row = {"nome": f"Consultor {number}", "idiomas": ["pt"], "telefone": telefone, "usuario_id": usuario_id}
        await add_consultor(tx, row)
        await _person(tx, f"Aprovador {number}", f"553198880400{number}", Perfil.APROVADOR)
        await _person(tx, f"Operador {number}", f"553198880600{number}", Perfil.OPERADOR)
    await _person(tx, "Operador 3", "5531988806003", Perfil.OPERADOR)
    await _person(tx, "Adm Reis", "5531988805002", Perfil.ADMINISTRADOR)
    return await _person(tx, "Adm Silva", "5531988805001", Perfil.ADMINISTRADOR)


async def _person(tx: Transaction, nome: str, telefone: str, perfil: Perfil, **values: Any) -> UUID:
    usuario_id = uuid4()
    if senha := values.get("senha_pap"):
        values["senha_pap"] = tx.secrets.seal(senha, "usuarios", "senha_pap", usuario_id)
    await add_usuario(
        tx, {"id": usuario_id, "nome_completo": nome, "telefone": telefone, "perfil_usuario": perfil, **values}
    )
    return usuario_id


async def _clientes(tx: Transaction) -> tuple[UUID, list[UUID]]:
    operadora = await nova_operadora(tx, {"nome": "Vivo", "codigo": "VIVO", "possui_rpa": True}, LINHA_DE_COMANDO)
    made = []
    for number in range(CLIENTES):
        row = {
            "razao_social": f"Padaria {number:03} Ltda",
            "cnpj": cnpj(33_000_000 + number),
            "operadora_id": operadora.id,
            "filtro": f"0441{number:03}_1",
            "servico": f"3133{number:06}",
            "login_portal": "operacao",
            "senha_portal": "senha-do-portal",
        }
        made.append((await novo_cliente(tx, row, LINHA_DE_COMANDO)).id)
    return operadora.id, made


async def _sem_robo(tx: Transaction) -> list[UUID]:
    operadora = await nova_operadora(tx, {"nome": "Oi", "codigo": OPERADORA, "possui_rpa": False}, LINHA_DE_COMANDO)
    made = []
    for number in range(CLIENTES):
        of_cliente = conta_of(number)
        row = {
            "razao_social": of_cliente["razao_social"],
            "cnpj": of_cliente["cnpj"],
            "operadora_id": operadora.id,
            "filtro": of_cliente["conta"],
            "servico": f"3134{number:06}",
        }
        made.append((await novo_cliente(tx, row, LINHA_DE_COMANDO)).id)
    return made


async def _agendamentos(turns: Turns) -> list[UUID]:
    wanted = {
        "Baixar": (TipoAgendamento.EXECUTAR_DOWNLOADS, {"operadoras": ["VIVO"], "janela_minutos": 0}),
        "Limpar": (TipoAgendamento.LIMPEZA_LOGS, {"dias": 90}),
    }
    made = []
    for nome, (tipo, parametros) in wanted.items():
        row = {
            "nome_agendamento": nome,
            "cron_expressao": EVERY_MINUTE,
            "tipo_agendamento": tipo,
            "parametros_execucao": parametros,
        }
        made.append((await turns.run(lambda tx, row=row: novo_agendamento(tx, row, LINHA_DE_COMANDO))).id)  # type: ignore[misc]
    return made


def conta_of(number: int) -> dict[str, str]:
    """The cliente of that number of the operadora without a robot, as its bills say it."""
    return {
        "razao_social": f"Mercado {number:03} Ltda",
        "cnpj": cnpj(34_000_000 + number),
        "conta": f"899777{number:03}",
        "operadora": OPERADORA,
    }
