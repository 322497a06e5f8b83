"""AgentPresence: the rules. A person chooses a state; whether they are reachable is another fact; reading puts both
together. What changes a presence is in core/presenca/mudancas.py.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.pessoa.perfil import ATENDENTES as ATENDENTES
from storage.presenca.presenca import Presenca
from storage.presenca.sinais import Signs
from storage.presenca.status import StatusPresenca, Via

MESSAGE_LIMIT = 200


@dataclass(frozen=True, slots=True)
class PresenceLimits:
    """`heartbeat`: without one for so long an app is gone. `silencio`: so long without a word in chat before we ask.
    `espera`: so long we wait for the answer.
    """

    heartbeat: timedelta
    silencio: timedelta
    espera: timedelta


@dataclass(frozen=True, slots=True)
class Estado:
    """What somebody is, since when, and what they say about it."""

    status: StatusPresenca
    since: datetime
    message: str = ""


def effective(presenca: Presenca, signs: Signs | None, now: datetime, limits: PresenceLimits) -> Estado:
    """What this person is now. `signs` is None when nobody knows (Redis is away): then what was last told holds.

    Whoever chose in an app is offline without heartbeats; whoever chose in chat is away once they leave our question
    unanswered, and never sent heartbeats that could be missed. Another sign of life, and what they chose holds again.
    """
    if signs is None:
        return Estado(
            StatusPresenca(presenca.announced), presenca.status_changed_at, _message(presenca, presenca.announced)
        )
    estado = _gone(presenca, signs, now, limits) or _chosen(presenca, signs, now)
    since = presenca.status_changed_at
    if estado.status != presenca.announced:
        since = max(since, estado.since)
    return Estado(estado.status, since, estado.message)


def _chosen(presenca: Presenca, signs: Signs, now: datetime) -> Estado:
    """Since when it holds, if the others were told otherwise: their time came, or they are back."""
    back = (signs.heartbeat if presenca.via == Via.API else signs.chat) or now
    if presenca.returns_at is not None and presenca.returns_at <= now:
        was_here = presenca.announced == presenca.status
        return Estado(StatusPresenca.ONLINE, presenca.returns_at if was_here else max(back, presenca.returns_at))
    return Estado(StatusPresenca(presenca.status), back, presenca.status_message or "")


def _gone(presenca: Presenca, signs: Signs, now: datetime, limits: PresenceLimits) -> Estado | None:
    """Not reachable any more: what they are instead, and since when; now, if even the last sign is unknown."""
    if presenca.status == StatusPresenca.OFFLINE:
        return None
    if presenca.via == Via.API and is_inactive(signs.heartbeat, now, limits):
        return Estado(StatusPresenca.OFFLINE, now if signs.heartbeat is None else signs.heartbeat + limits.heartbeat)
    if presenca.via == Via.CHAT and presenca.asked_at is not None:
        until = presenca.asked_at + limits.espera
        answered = signs.chat is not None and signs.chat > presenca.asked_at
        return Estado(StatusPresenca.AWAY, until) if now >= until and not answered else None
    return None


def is_inactive(heartbeat: datetime | None, now: datetime, limits: PresenceLimits) -> bool:
    """`esta_inativo`: no heartbeat for more than two minutes, or whatever PRESENCE_TIMEOUT says."""
    return heartbeat is None or now - heartbeat > limits.heartbeat


def _message(presenca: Presenca, status: str) -> str:
    return (presenca.status_message or "") if presenca.status == status else ""


def is_available(status: StatusPresenca) -> bool:
    """`is_available`: online and connected. Whoever is not reachable is not online, see `effective`."""
    return status is StatusPresenca.ONLINE


def minutes_in_status(estado: Estado, now: datetime) -> int:
    """`tempo_no_status_atual`: whole minutes."""
    return max(0, int((now - estado.since).total_seconds() // 60))


def should_be_asked(presenca: Presenca) -> bool:
    """Whether somebody who is silent in chat is asked if they are still there.

    Not who is gone or away anyway, nor who said when they come back, nor who was asked already.
    """
    return (
        presenca.via == Via.CHAT
        and presenca.status in (StatusPresenca.ONLINE, StatusPresenca.BUSY)
        and presenca.returns_at is None
        and presenca.asked_at is None
    )
