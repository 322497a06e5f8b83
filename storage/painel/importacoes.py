"""Files of rows between the look at them and the yes: sealed, under the session that brought them, for a short life."""

import secrets
from datetime import timedelta
from uuid import UUID

from redis.asyncio import Redis

_COLUMN = ("painel", "importacao")


async def keep_file(redis: Redis, sessao_id: UUID, sealed: str, life: timedelta) -> str:
    """Keep it; the name it is found by."""
    name = secrets.token_urlsafe(12)
    await redis.set(_key(sessao_id, name), sealed, ex=life)
    return name


async def kept_file(redis: Redis, sessao_id: UUID, name: str) -> str | None:
    """What this session kept; None for what it did not keep, or not any more."""
    found = await redis.get(_key(sessao_id, name))
    return found.decode() if isinstance(found, bytes) else found


async def drop_file(redis: Redis, sessao_id: UUID, name: str) -> None:
    """It is not needed any more: it may hold passwords."""
    await redis.delete(_key(sessao_id, name))


def sealed_for(sessao_id: UUID) -> tuple[str, str, UUID]:
    """What it is sealed for: nobody else's session opens it."""
    return (*_COLUMN, sessao_id)


def _key(sessao_id: UUID, name: str) -> str:
    return f"painel:importacao:{sessao_id}:{name}"
