"""How something that was done in the panel is taken back: sealed, under the session that did it, for a short life."""

import secrets
from datetime import timedelta
from uuid import UUID

from redis.asyncio import Redis


async def keep_way_back(redis: Redis, sessao_id: UUID, sealed: str, life: timedelta) -> str:
    """Keep it; the name it is found by."""
    name = secrets.token_urlsafe(12)
    await redis.set(_key(sessao_id, name), sealed, ex=life)
    return name


async def take_way_back(redis: Redis, sessao_id: UUID, name: str) -> str | None:
    """What this session kept under that name, and from now on nobody any more."""
    found = await redis.getdel(_key(sessao_id, name))
    return found.decode() if isinstance(found, bytes) else found


def sealed_for(sessao_id: UUID) -> tuple[str, str, UUID]:
    """What it is sealed for: nobody else's session opens it."""
    return ("painel", "volta", sessao_id)


def _key(sessao_id: UUID, name: str) -> str:
    return f"painel:volta:{sessao_id}:{name}"
