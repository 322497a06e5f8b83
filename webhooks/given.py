"""What the web application is given by the wiring, by who needs it: it builds nothing itself.

Each part stands in the application under a key of its own, and whoever reads a key says by it what they depend on.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from aiohttp import web
from redis.asyncio import Redis

from core.consultor.da_vez import Escolha, Pedido
from core.heard import Heard
from core.outcome import Outcome
from core.pessoa.tokens import Tokens
from core.presenca.presenca import PresenceLimits
from core.processo.limites import ProcessoLimits
from core.testemunha.leitura import Leitura, Recusado
from core.testemunha.parecer import Parecer
from core.time import Clock
from core.venda.robo import RobotEvent
from storage.consultor.protocolos import Protocolo
from storage.database import Database
from storage.live import LiveBus
from storage.objects import ObjectStore
from storage.transaction import Transaction
from webhooks.http.addresses import Network
from webhooks.http.one_turn import Reading, within
from webhooks.people import People

Work = Callable[[Transaction], Awaitable[Any]]
# A turn of a caller who waits for its answer.
Run = Callable[[Work], Awaitable[Any]]
# A turn of what somebody said.
Hear = Callable[[Heard], Awaitable[Outcome]]


class Event(Protocol):
    """A turn of what a channel reports, done once: channel, the event's id there, the work."""

    async def __call__(self, channel: str, event_id: str, work: Work, /) -> Outcome: ...


class DaVez(Protocol):
    """Whose turn it is, and new numbers (bot/da_vez.py)."""

    async def next(self, pedido: Pedido, tx: Transaction | None = None) -> Escolha | None:
        """Who takes this customer; None when nobody can. `tx`: for a call that is one transaction."""

    async def protocolo(self, consultor_id: int | None, tx: Transaction | None = None) -> Protocolo | None:
        """A new number of this consultor, or of nobody; None when there is no such consultor. `tx` as above."""


@dataclass(frozen=True, slots=True)
class TelegramDoor:
    """The door of Telegram; without its secret the channel is off."""

    hear: Hear
    event: Event
    clock: Clock
    secret: str | None


@dataclass(frozen=True, slots=True)
class WhatsappDoor:
    """The door of WhatsApp; without the app's secret the channel is off."""

    hear: Hear
    event: Event
    keep: Run
    clock: Clock
    app_secret: str | None
    verify_token: str | None
    phone_number_id: str | None
    # The names of the templates that we send.
    modelos: frozenset[str]


@dataclass(frozen=True, slots=True)
class RobotDoor:
    """The door of the robots; without a key there are none."""

    callback: Callable[[RobotEvent, str], Awaitable[Outcome]]
    key: bytes | None


@dataclass(frozen=True, slots=True)
class Callers:
    """Who may call: the values of the header `api-key` that are let in, people by their tokens.

    `rate_limit`: requests a minute, for each key and for each person's tokens. `proxies`: who tells us where a request
    comes from.
    """

    api_keys: tuple[str, ...]
    tokens: Tokens
    people: People
    clock: Clock
    rate_limit: int
    proxies: Sequence[Network]


@dataclass(frozen=True, slots=True)
class PresencaDoor:
    """Signs of life and of typing.

    `show_typing` shows it in these conversations, and says for how many seconds there is nothing new to show.
    """

    redis: Redis
    limits: PresenceLimits
    show_typing: Callable[[Transaction, Sequence[int]], Awaitable[int]]


@dataclass(frozen=True, slots=True)
class FaturaDoor:
    """Files of invoices that people bring, and what is said of them.

    `read` takes a PDF and passwords that may open it, `read_note` the XML of an NFCom; both raise `LeituraAdiada`.
    `explain` says why the verdict on a field is what it is, with the names of what it points at.
    """

    read: Callable[[bytes, Sequence[str]], Awaitable[Leitura | Recusado]]
    read_note: Callable[[bytes], Awaitable[Leitura | Recusado]]
    explain: Callable[[Parecer, Mapping[str, str]], str]


@dataclass(frozen=True, slots=True)
class Engines:
    """What has to answer for the process to be ready. `objects` is None where no object store is configured."""

    database: Database
    redis: Redis
    live: LiveBus
    objects: ObjectStore | None


@dataclass(frozen=True, slots=True)
class Given:
    """All of it, as the wiring hands it over."""

    engines: Engines
    run: Run
    # As `run`, of work that finds what it did before: done again when the answer to its COMMIT is lost.
    run_again: Run
    clock: Clock
    zone: ZoneInfo
    callers: Callers
    telegram: TelegramDoor
    whatsapp: WhatsappDoor
    robots: RobotDoor
    da_vez: DaVez
    presenca: PresencaDoor
    processo_limits: ProcessoLimits
    faturas: FaturaDoor


DATABASE = web.AppKey("database", Reading)
RUN: web.AppKey[Run] = web.AppKey("run")
RUN_AGAIN: web.AppKey[Run] = web.AppKey("run_again")
CLOCK: web.AppKey[Clock] = web.AppKey("clock")
ZONE = web.AppKey("zone", ZoneInfo)
CALLERS = web.AppKey("callers", Callers)
TELEGRAM_DOOR = web.AppKey("telegram_door", TelegramDoor)
WHATSAPP_DOOR = web.AppKey("whatsapp_door", WhatsappDoor)
ROBOT_DOOR = web.AppKey("robot_door", RobotDoor)
RODIZIO: web.AppKey[DaVez] = web.AppKey("rodizio")
PRESENCA_DOOR = web.AppKey("presenca_door", PresencaDoor)
PROCESSO_LIMITS = web.AppKey("processo_limits", ProcessoLimits)
FATURA_DOOR = web.AppKey("fatura_door", FaturaDoor)


def put(app: web.Application, given: Given) -> None:
    """Every part under its key."""
    app[DATABASE] = Reading(given.engines.database)
    app[RUN] = within(given.run)
    app[RUN_AGAIN] = given.run_again
    app[CLOCK] = given.clock
    app[ZONE] = given.zone
    app[CALLERS] = given.callers
    app[TELEGRAM_DOOR] = given.telegram
    app[WHATSAPP_DOOR] = given.whatsapp
    app[ROBOT_DOOR] = given.robots
    app[RODIZIO] = given.da_vez
    app[PRESENCA_DOOR] = given.presenca
    app[PROCESSO_LIMITS] = given.processo_limits
    app[FATURA_DOOR] = given.faturas
