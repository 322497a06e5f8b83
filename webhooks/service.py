"""What the web application is given by the wiring: it builds nothing itself."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from redis.asyncio import Redis

from core.consultor.da_vez import Escolha, Pedido
from core.heard import Heard
from core.outcome import Outcome
from core.pessoa.tokens import Tokens
from core.presenca.presenca import PresenceLimits
from core.processo.limites import ProcessoLimits
from core.time import Clock
from core.venda.robo import RobotEvent
from storage.consultor.protocolos import Protocolo
from storage.database import Database
from storage.live import LiveBus
from storage.objects import ObjectStore
from storage.transaction import Transaction
from webhooks.people import People

Work = Callable[[Transaction], Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Service:
    """The service, as its doors see it. A secret that is None belongs to a channel that is off."""

    hear: Callable[[Heard], Awaitable[Outcome]]
    event: Callable[[str, str, Work], Awaitable[Outcome]]
    run: Callable[[Work], Awaitable[Any]]
    robot_callback: Callable[[RobotEvent, str], Awaitable[Outcome]]
    # Whose turn it is, and a new number of a consultor, or of nobody (bot/da_vez.py); None: there is no such consultor.
    da_vez: Callable[[Pedido], Awaitable[Escolha | None]]
    novo_protocolo: Callable[[int | None], Awaitable[Protocolo | None]]
    # Shows "typing" in these conversations: for how many seconds there is nothing new to show.
    show_typing: Callable[[Transaction, Sequence[int]], Awaitable[int]]
    database: Database
    redis: Redis
    live: LiveBus
    objects: ObjectStore | None
    tokens: Tokens
    people: People
    clock: Clock
    zone: ZoneInfo
    lock_ttl: timedelta
    presence_limits: PresenceLimits
    processo_limits: ProcessoLimits
    telegram_secret: str | None
    whatsapp_app_secret: str | None
    whatsapp_verify_token: str | None
    whatsapp_phone_number_id: str | None
    rpa_callback_key: bytes | None
    # The values of the header `api-key` that are let in.
    api_keys: tuple[str, ...]
    # Requests a minute, for each key and for each person's tokens.
    api_rate_limit: int
