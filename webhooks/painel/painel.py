"""What the panel's pages are given by the wiring, and what a page is."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from aiohttp import web
from redis.asyncio import Redis

from core.atendimento.distribuicao import AtendimentoLimits
from core.auditoria.auditoria import Autor
from core.direitos.direitos import QUEM, Direito
from core.planilha.olhada import Olhada
from core.presenca.presenca import PresenceLimits
from core.processo.limites import ProcessoLimits
from core.time import Clock
from storage.database import Database
from storage.objects import ObjectStore
from storage.pessoa.perfil import Perfil
from storage.secrets import SecretBox
from storage.transaction import Transaction

Work = Callable[[Transaction], Awaitable[Any]]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Importacoes(Protocol):
    """Files of rows, looked at and done as a whole (bot/importacao/painel.py)."""

    async def guardar(self, sessao_id: UUID, o_que: str, nome: str, content: bytes, /) -> str:
        """Keep a file for a while, under a session; its name."""
        ...

    async def achar(self, sessao_id: UUID, name: str, /) -> tuple[str, str, bytes] | None:
        """Kind, name and content of what a session kept; None when it is not there (any more)."""
        ...

    async def largar(self, sessao_id: UUID, name: str, /) -> None: ...

    async def levar_a_conversa(self, usuario_id: UUID, o_que: str, nome: str, content: bytes, /) -> bool:
        """A long file goes on in its sender's conversation; False for who has none. Raises ObjectStoreError."""
        ...

    async def olhar(self, o_que: str, content: bytes, /) -> Olhada:
        """What it would change. Raises PlanilhaError, LinhasDemais."""
        ...

    async def fazer(self, o_que: str, content: bytes, por: Autor, soma: str, /) -> Olhada | None:
        """Do what was looked at; None without the right. Raises OutroResultado."""
        ...


# Detail of a 422: the page has no such filter.
NO_FILTER = "no filter of this page"
# Detail of a 404: it is known, and its file is kept nowhere any more.
FILE_GONE = "the object store has not got it"


class Achado(Protocol):
    """What `balcao doctor` found of one thing (bot/doctor/doctor.py). `bem`: None where it is not in use; `cuidado`: it
    does, and somebody should look after it."""

    @property
    def nome(self) -> str: ...

    @property
    def bem(self) -> bool | None: ...

    @property
    def texto(self) -> str: ...

    @property
    def cuidado(self) -> bool: ...


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
    importacoes: Importacoes
    # It seals what is kept of a person's own act, so that it can be taken back.
    secrets: SecretBox
    # A cron expression in words of a language, as the chat says it (dialogs/agendamento/leitura.py).
    em_palavras: Callable[[str, str], str]
    # Why what was typed is none, in a language.
    por_que_nao: Callable[[Exception, str], str]
    # Why a file that somebody brings is not taken, by its `Recusa`, in a language.
    recusa: Callable[[str, str], str]
    # What `balcao doctor` says of this process, the audit excepted: reading it whole takes its time.
    examinar: Callable[[], Awaitable[Sequence[Achado]]]

    @property
    def is_https(self) -> bool:
        return self.public_url.startswith("https://")


PAINEL = web.AppKey("painel", Painel)


@dataclass(frozen=True, slots=True)
class Tela:
    """A page, or an act of one, and whose it is. Each stands in its module's `TELAS`; telas.py has them all.

    `menu`: the entry of templates/menu.html that stands for it, for whoever may open it. What is not a GET changes
    something: it is only taken from a form of ours. `varios`: the fields of it that may stand there several times.
    `nomes`: what its address may ask for; another name is refused, for what filters nothing looks as if it did.
    """

    method: str
    path: str
    handler: Handler
    perfis: frozenset[Perfil] = QUEM[Direito.ENTRAR_NO_PAINEL]
    menu: str | None = None
    varios: frozenset[str] = frozenset()
    nomes: frozenset[str] = frozenset()
