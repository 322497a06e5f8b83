"""TypingIndicators in Redis: who types in which chat, and since when they did not say so again.

The chat is a customer's phone, so what an indicator says is sealed, and its name is no phone either.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from redis.asyncio import Redis

from storage.secrets import SecretBox

TIMES = "{digitando}:times"
SAID = "{digitando}:said"
# Keys that never expire: an indicator that is not renewed is taken out by the clock, and empty ones are no keys.
PERMANENT_KEYS = frozenset({TIMES, SAID})

SHOWN_PREFIX = "{digitando}:shown:"
_LUA = Path(__file__).parents[1] / "lua"
_BEGIN, _END = ((_LUA / f"typing_{name}.lua").read_text() for name in ("begin", "end"))


@dataclass(frozen=True, slots=True)
class TypingIndicator:
    """Somebody types in a chat. `nome` is what the others read: who it is."""

    usuario_id: UUID
    chat_id: str
    nome: str

    @property
    def name(self) -> str:
        """The same for the same person and chat."""
        return indicator_name(self.usuario_id, self.chat_id)


def indicator_name(usuario_id: UUID, chat_id: str) -> str:
    digest = hashlib.sha256(f"{usuario_id.hex}:{chat_id}".encode()).hexdigest()
    return f"{usuario_id.hex}:{digest[:32]}"


async def renew(redis: Redis, name: str, now: datetime, *, shown_for: int) -> tuple[bool, bool]:
    """Whether the indicator is there, and now renewed; whether it is time to show it to the customer again.

    Whoever is told the second has it for themselves for `shown_for` seconds.
    """
    async with redis.pipeline(transaction=False) as pipe:
        pipe.zadd(TIMES, {name: now.timestamp()}, xx=True, gt=True, ch=True)
        pipe.set(SHOWN_PREFIX + name, "1", nx=True, ex=shown_for)
        renewed, show = await pipe.execute()
    return bool(renewed), bool(show)


async def shown(redis: Redis, name: str, seconds: int) -> None:
    """The customer sees it for that long."""
    await redis.expire(SHOWN_PREFIX + name, seconds)


async def put_indicator(redis: Redis, secrets: SecretBox, indicator: TypingIndicator, now: datetime) -> bool:
    """Put it there; False when it was there already, and is renewed."""
    said = json.dumps([indicator.chat_id, indicator.nome], ensure_ascii=False)
    sealed = secrets.seal(said, "digitando", indicator.name)
    return bool(await redis.eval(_BEGIN, 2, TIMES, SAID, indicator.name, now.timestamp(), sealed))


async def take_indicator(
    redis: Redis, secrets: SecretBox, name: str, renewed_before: datetime | None = None
) -> TypingIndicator | None:
    """Take it away, whenever it was renewed last or only if before a moment; None when there is none to take."""
    until = "inf" if renewed_before is None else renewed_before.timestamp()
    sealed: Any = await redis.eval(_END, 2, TIMES, SAID, name, until)
    if sealed is None:
        return None
    # The next one that begins is shown at once.
    await redis.delete(SHOWN_PREFIX + name)
    chat_id, nome = json.loads(secrets.open(_text(sealed), "digitando", name))
    return TypingIndicator(UUID(name.partition(":")[0]), chat_id, nome)


async def not_renewed_since(redis: Redis, before: datetime, limit: int) -> list[str]:
    """Names of the indicators whose last renewal is older, the oldest first."""
    found = await redis.zrange(TIMES, "-inf", f"({before.timestamp()!r}", byscore=True, offset=0, num=limit)
    return [_text(raw) for raw in found]


def _text(raw: Any) -> str:
    return raw.decode() if isinstance(raw, bytes) else str(raw)
