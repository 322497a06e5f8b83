"""A small operation for the tests of the pool: logins, sellers and their vendas, and a clock the test moves.

A pytest plugin, named in tests/conftest.py: with the fixture `world` a test runs on SQLite and PostgreSQL.
"""

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

import pytest
from cryptography.fernet import Fernet
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from sqlalchemy import delete, insert, select

from core.venda.emprestimo import Answer, Lease, Pedido, lease_logins
from storage.database import Database
from storage.secrets import SecretBox
from storage.tables import contatos, metadata, ocorrencias, usuarios, vendas
from storage.transaction import Transaction
from storage.venda.pool_locks import LOCK_PREFIX

TTL = timedelta(minutes=30)
SENHA = "portal-123"


class ThrownAway(Exception):
    """Ends a turn without commit."""


@dataclass(frozen=True, slots=True)
class Seller:
    """A seller with one open venda."""

    id: UUID
    telefone: str
    venda_id: UUID

    @property
    def asks(self) -> Pedido:
        """For a login for that venda."""
        return Pedido(self.id, self.telefone, self.venda_id)


class PoolWorld:
    """Everything the pool needs, on one database and one Redis."""

    def __init__(self, database: Database, redis: Redis, secrets: SecretBox) -> None:
        self.database = database
        self.redis = redis
        self.secrets = secrets
        self.now = datetime(2026, 3, 2, 12, tzinfo=UTC)
        self.chance = random.Random(7)
        self._numbers = count(1)

    def pass_time(self, **span: float) -> None:
        """Move the service's clock; Redis keeps its own."""
        self.now += timedelta(**span)

    @asynccontextmanager
    async def turn(self, redis: Redis | None = None) -> AsyncIterator[Transaction]:
        """One turn: commits, or rolls back and undoes when the block raises (`ThrownAway` does only that)."""
        async with self.database.begin() as connection:
            tx = Transaction(connection, self.now, redis or self.redis, self.secrets)
            try:
                yield tx
                await connection.commit()
                for step in tx.afterwards:
                    await step()
            except BaseException as error:
                await connection.rollback()
                for undo in reversed(tx.undo):
                    await undo()
                if not isinstance(error, ThrownAway):
                    raise

    async def add_login(self, **changes: Any) -> UUID:
        """A BackOffice login that is on offer, but for what `changes` says."""
        bo_usuario_id = self._id()
        sealed = self.secrets.seal(SENHA, "usuarios", "senha_pap", bo_usuario_id)
        values = {
            "perfil_usuario": "BACKOFFICE",
            "matricula_pap": f"BO{bo_usuario_id.int}",
            "senha_pap": sealed,
        }
        await self._add_usuario(bo_usuario_id, **(values | changes))
        return bo_usuario_id

    async def add_seller(self, telefone: str | None = None) -> Seller:
        vendedor_id = self._id()
        telefone = await self._add_usuario(vendedor_id, telefone, perfil_usuario="VENDEDOR", matricula_pap="V1")
        return Seller(vendedor_id, telefone, await self.add_venda(vendedor_id))

    async def add_venda(self, vendedor_id: UUID, **changes: Any) -> UUID:
        venda_id = self._id()
        async with self.turn() as tx:
            values = {"channel": "telegram", "external_id": str(venda_id.int), "criado_em": tx.now}
            contato = await tx.one(insert(contatos).values(values).returning(contatos.c.id))
            assert contato is not None
            row = {
                "id": venda_id,
                "usuario_id": vendedor_id,
                "contato_id": contato.id,
                "status_venda": "INICIANDO",
            }
            moments = {"criada_em": tx.now, "atualizada_em": tx.now}
            await tx.execute(insert(vendas).values(row | moments | changes))
        return venda_id

    async def lease(self, tx: Transaction, seller: Seller, chance: random.Random | None = None) -> Lease | None:
        answer = await self.lease_for(tx, seller.asks, chance)
        assert answer is None or isinstance(answer, Lease)
        return answer

    async def lease_for(self, tx: Transaction, pedido: Pedido, chance: random.Random | None = None) -> Answer:
        (answer,) = await lease_logins(tx, [pedido], ttl=TTL, chance=chance or self.chance)
        return answer

    async def sell(self, seller: Seller) -> Lease | None:
        """SIM, in a turn of its own."""
        async with self.turn() as tx:
            return await self.lease(tx, seller)

    async def must_sell(self, seller: Seller) -> Lease:
        lease = await self.sell(seller)
        assert lease is not None
        return lease

    async def locks(self) -> dict[UUID, int]:
        """Every lock in Redis: the epoch that holds it, by login."""
        held = {}
        async for key in self.redis.scan_iter(match="{pool-bo}:lock:*"):
            name = key.decode() if isinstance(key, bytes) else key
            epoch = await self.redis.hget(name, "epoch")
            held[UUID(name.removeprefix(LOCK_PREFIX))] = int(epoch or 0)
        return held

    async def ocorrencias(self) -> list[tuple[str, str | None]]:
        """What was recorded, oldest first: (tipo, referencia)."""
        async with self.database.read() as connection:
            rows = await connection.execute(
                select(ocorrencias.c.tipo, ocorrencias.c.referencia).order_by(ocorrencias.c.id)
            )
            return [(row.tipo, row.referencia) for row in rows]

    async def empty_redis(self) -> None:
        """Redis starts again with nothing in it."""
        await self.redis.flushall()

    async def clear(self) -> None:
        """Start over on the same engines."""
        await self.empty_redis()
        async with self.turn() as tx:
            for table in reversed(metadata.sorted_tables):
                await tx.execute(delete(table))

    async def _add_usuario(self, usuario_id: UUID, telefone: str | None = None, **values: Any) -> str:
        telefone = telefone or f"55319{80000000 + usuario_id.int}"
        async with self.turn() as tx:
            row = {"id": usuario_id, "nome_completo": "Fulana", "telefone": telefone}
            moments = {"criado_em": tx.now, "atualizado_em": tx.now}
            await tx.execute(insert(usuarios).values(row | moments | values))
        return telefone

    def _id(self) -> UUID:
        return UUID(int=next(self._numbers))


def redis_that_is_down() -> Redis:
    """A client of a Redis that nobody answers for."""
    return Redis(unix_socket_path="/nowhere/redis.sock", retry=Retry(NoBackoff(), 0))


@pytest.fixture
async def world(database_url: str, redis_url: str) -> AsyncIterator[PoolWorld]:
    """The pool on each database."""
    async with open_world(database_url, redis_url) as opened:
        yield opened


@pytest.fixture
async def sqlite_world(sqlite_url: str, redis_url: str) -> AsyncIterator[PoolWorld]:
    """The pool where the database does not matter."""
    async with open_world(sqlite_url, redis_url) as opened:
        yield opened


@pytest.fixture
async def postgres_world(postgresql_url: str, redis_url: str) -> AsyncIterator[PoolWorld]:
    """The pool where turns overlap: SQLite has one writer at a time."""
    async with open_world(postgresql_url, redis_url) as opened:
        yield opened


@asynccontextmanager
async def open_world(database_url: str, redis_url: str) -> AsyncIterator[PoolWorld]:
    """A world on these engines, Redis emptied before and after."""
    database = Database(database_url)
    async with Redis.from_url(redis_url) as redis:
        world = PoolWorld(database, redis, SecretBox([Fernet.generate_key().decode()]))
        await world.empty_redis()
        yield world
        await world.empty_redis()
    await database.close()
