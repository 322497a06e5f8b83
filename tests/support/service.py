"""The whole service in the test's own loop, over real HTTP, with a clock that tests can move."""

import base64
import random
import socket
from contextlib import AsyncExitStack, suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Self
from uuid import UUID, uuid4

import aiohttp
from pydantic import BaseModel
from sqlalchemy import text

from bot.commands.programs import serving, ticking, working
from bot.settings import Settings
from bot.wiring.wiring import Wiring
from core.time import MovableClock as MovableClock  # tests know it by this module
from sandbox import Phone, Sandbox
from storage.engines.s3 import EmbeddedS3
from storage.pessoa.perfil import Perfil
from storage.pessoa.usuarios import add_usuario
from storage.transaction import Transaction

SENHA = "senha-secreta-do-portal"


def free_port() -> int:
    """One below those the system gives to outgoing connections, which might take it before we listen."""
    while True:
        port = random.randrange(15_000, 32_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def settings_for(database_url: str, redis_url: str, s3: EmbeddedS3, data_dir: Path) -> dict[str, str]:
    """The environment of a service on the tests' engines, without providers."""
    return {
        "DATA_DIR": str(data_dir),
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "MINIO_ENDPOINT": s3.endpoint,
        "MINIO_ACCESS_KEY": s3.access_key,
        "MINIO_SECRET_KEY": s3.secret_key,
        "MINIO_SECURE": "false",
        "PORT": str(free_port()),
        "TELEGRAM_WEBHOOK_SECRET": "segredo-do-webhook",
        "JWT_SECRET": "um-segredo-comprido-para-assinar-tokens-de-teste",
        "SECRET_KEYS": base64.urlsafe_b64encode(b"k" * 32).decode(),
        "AUTHENTICATION_API_KEY": "chave-da-api",
        "RPA_POLL_INTERVAL": "3600",
        "RPA_ESPERA_BASE": "0.05",
        "LOG_FORMAT": "json",
    }


class _Told(Settings):
    """What the test says and nothing of this machine: where pydantic-settings looks takes long."""

    def __init__(self, _env_file: None = None, **told: Any) -> None:
        BaseModel.__init__(self, **told)


class RunningService:
    """`async with RunningService(environment) as service:` – web, worker and clock, and the stand-ins."""

    def __init__(self, environment: dict[str, str], *, steps: bool = False) -> None:
        """`steps`: whether the clock ticks by itself; without it tests call the steps of `service.clock_work`."""
        self.environment = environment
        self.clock = MovableClock()
        # When the service's time moves, the channels' does.
        self.sandbox = Sandbox(clock=lambda: self.clock().timestamp())
        self._steps = steps
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        try:
            return await self._start()
        except BaseException:
            await self._stack.aclose()
            raise

    async def _start(self) -> Self:
        await self.sandbox.start()
        self._stack.push_async_callback(self.sandbox.stop)
        self.settings = _Told(**(self.environment | self.sandbox.settings()))
        self.wiring = Wiring(self.settings, self.clock)
        self._stack.push_async_callback(self.wiring.close)
        await self.wiring.open()
        self.web = await self._stack.enter_async_context(serving(self.wiring))
        self.background = await self._stack.enter_async_context(working(self.wiring))
        self.clock_work = await self._stack.enter_async_context(ticking(self.wiring, start=self._steps))
        await self.sandbox.whatsapp.connect(f"{self.url}/webhooks/whatsapp")
        self.http = await self._stack.enter_async_context(aiohttp.ClientSession(self.url))
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._stack.aclose()

    @property
    def url(self) -> str:
        return self.settings.public_url

    @property
    def today(self) -> date:
        """The day where the service is: around midnight another one than in UTC, and so the month may be."""
        return self.clock().astimezone(self.settings.zone).date()

    @property
    def mes_ano(self) -> str:
        """The month of that day, as people write it."""
        return f"{self.today:%m/%Y}"

    async def usuario(self, nome: str, telefone: str, perfil: Perfil, **values: Any) -> UUID:
        """Somebody registered."""
        usuario_id = uuid4()

        async def work(tx: Transaction) -> None:
            row = {"id": usuario_id, "nome_completo": nome, "telefone": telefone, "perfil_usuario": perfil, **values}
            if senha := values.get("senha_pap"):
                row["senha_pap"] = tx.secrets.seal(senha, "usuarios", "senha_pap", usuario_id)
            await add_usuario(tx, row)

        await self.wiring.turns.run(work)
        return usuario_id

    async def vendedor(self, nome: str, telefone: str, **values: Any) -> UUID:
        """A seller who may sell."""
        may = {"matricula_pap": f"V{telefone[-4:]}", "autorizar_venda_sem_auditoria": True}
        return await self.usuario(nome, telefone, Perfil.VENDEDOR, **(may | values))

    async def login_bo(self, nome: str = "Bo Um", telefone: str = "5531900000001", **values: Any) -> UUID:
        """A BackOffice login in the pool."""
        login = {"matricula_pap": f"BO{telefone[-4:]}", "senha_pap": SENHA}
        return await self.usuario(nome, telefone, Perfil.BACKOFFICE, **(login | values))

    async def administrador(self, nome: str = "Adm Silva", telefone: str = "5531999990000") -> UUID:
        return await self.usuario(nome, telefone, Perfil.ADMINISTRADOR)

    async def phone(self, channel: str, nome: str, telefone: str) -> Phone:
        """A person's phone on a channel; on Telegram they have shared their contact already."""
        if channel == "whatsapp":
            return self.sandbox.whatsapp.phone(nome, telefone)
        phone = self.sandbox.telegram.phone(nome, telefone)
        await phone.says("/start")
        await phone.sees("Compartilhar meu telefone")
        await phone.shares_contact()
        await phone.sees("O que você quer fazer")
        return phone

    def token(self, usuario_id: UUID, hours: float = 1) -> dict[str, str]:
        """The header of a person's Bearer token."""
        token = self.wiring.tokens.issue(usuario_id, self.clock(), timedelta(hours=hours))
        return {"Authorization": f"Bearer {token}"}

    async def rows(self, sql: str, **params: Any) -> list[dict[str, Any]]:
        """What the database holds."""
        async with self.wiring.database.read() as connection:
            result = await connection.execute(text(sql), params)
            return [dict(row._mapping) for row in result]
