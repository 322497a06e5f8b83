"""What the program around the sandbox lets its page do beyond talking: plain callables, nothing of ours."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Uso:
    """A login in somebody's hands: its name on the portal, whose phone, and from when until when (epoch seconds)."""

    login: str
    telefone: str
    desde: float
    expira_em: float


@dataclass(frozen=True)
class Pool:
    """The pool of logins now. `afastados`: refused by the portal, and waiting for somebody to look after them."""

    livres: int
    na_fila: int
    afastados: int
    em_uso: tuple[Uso, ...]


@dataclass(frozen=True)
class Corrida:
    """What a schedule does next: its name, and when (epoch seconds)."""

    nome: str
    em: float


async def _no_schedules() -> Sequence[Corrida]:
    return ()


@dataclass(frozen=True)
class Hooks:
    """`now` is the service's time in the business time zone; `move` puts it forward and does what is due by then.

    A story begins with `prepare`: for the people with these phones nothing is open and all is as at first. It ends with
    `tidy`: nothing it left is open. Without `restart_redis` the page does not offer that. `runs`: what schedules do
    next, the nearest first.
    """

    now: Callable[[], datetime]
    move: Callable[[timedelta], Awaitable[None]]
    pool: Callable[[], Awaitable[Pool]]
    prepare: Callable[[Sequence[str]], Awaitable[None]]
    tidy: Callable[[Sequence[str]], Awaitable[None]]
    restart_redis: Callable[[], Awaitable[None]] | None = None
    runs: Callable[[], Awaitable[Sequence[Corrida]]] = _no_schedules
