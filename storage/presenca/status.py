"""What an attendant may be, and by which way they came to be it: the words of their columns."""

from enum import StrEnum


class StatusPresenca(StrEnum):
    """What an attendant may be (reference: presenca-atendente, "Campos AgentPresence")."""

    ONLINE = "online"
    OFFLINE = "offline"
    BUSY = "busy"
    AWAY = "away"


class Via(StrEnum):
    """By which way a state came about. By the first three it is chosen."""

    CHAT = "chat"
    API = "api"
    CONSULTORES = "consultores"
    """Another system says so, over the consultores API: it holds until that or the person says otherwise."""
    HORARIO = "horario"
    """The time they had named came."""
    SEM_HEARTBEAT = "sem_heartbeat"
    SILENCIO = "silencio"
    SINAL = "sinal"
    """They gave a sign of life again."""
