"""What the panel's pages are given by the wiring, and what a page is."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from aiohttp import web
from redis.asyncio import Redis

from core.atendimento.distribuicao import AtendimentoLimits
from core.presenca.presenca import PresenceLimits
from core.processo.limites import ProcessoLimits
from core.time import Clock
from storage.database import Database
from storage.objects import ObjectStore
from storage.pessoa.perfil import EQUIPE, Perfil
from storage.transaction import Transaction

Work = Callable[[Transaction], Awaitable[Any]]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class Painel:
    """The service, as the panel sees it."""

    # Runs a turn (bot/turn.py).
    run: Callable[[Work], Awaitable[Any]]
    database: Database
    redis: Redis
    objects: ObjectStore | None
    clock: Clock
    zone: ZoneInfo
    # How browsers reach us; cookies are `Secure` when it is https.
    public_url: str
    # It signs what Telegram says of whoever opens the Mini App; None where Telegram is off.
    telegram_token: str | None
    # Where invitations lead; None where Telegram is off.
    telegram_username: str | None
    processo_limits: ProcessoLimits
    presence_limits: PresenceLimits
    atendimento_limits: AtendimentoLimits

    @property
    def is_https(self) -> bool:
        return self.public_url.startswith("https://")


PAINEL = web.AppKey("painel", Painel)


@dataclass(frozen=True, slots=True)
class Tela:
    """A page, or an act of one, and whose it is. Each stands in its module's `TELAS`; telas.py has them all.

    `menu`: the entry of templates/menu.html that stands for it, for whoever may open it. What is not a GET changes
    something: it is only taken from a form of ours. `varios`: the fields of it that may stand there several times.
    """

    method: str
    path: str
    handler: Handler
    perfis: frozenset[Perfil] = EQUIPE
    menu: str | None = None
    varios: frozenset[str] = frozenset()
