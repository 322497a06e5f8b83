"""The shapes of answers, as `/openapi.json` shows them. Handlers write dicts; tests hold them against these."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field


class Problem(BaseModel):
    """Every error."""

    detail: str = Field(examples=["Consultor não encontrado"])


class Taken(BaseModel):
    """The event is committed, known already, or nothing we act on."""

    ok: Literal[True]


class ConsultorShown(BaseModel):
    """A consultor; `telefone` only when they have one."""

    id: int
    nome: str
    idiomas: list[str]
    status_ativo: bool
    status_ativo_sequencial: bool
    status_online: bool
    ultimo_atendimento: datetime | None
    id_pipedrive: int | None
    telefone: str = Field(default="", description="digits with country code")


class Preterido(BaseModel):
    """Somebody longer without an attendance who was passed over, and why."""

    consultor_id: int
    motivo: str


class Motivo(BaseModel):
    """Why it is this consultor's turn."""

    idioma_pedido: str
    idioma: str = Field(description="another one than asked for when a second language had to do")
    ultimo_atendimento: datetime | None
    espera_segundos: int | None
    passados: list[Preterido]
    atras: int = Field(description="how many stand behind them")


class DaVezShown(BaseModel):
    """Whose turn it is; stamped, and the protocolo is theirs."""

    consultor_id: int
    consultor_nome: str
    consultor_idiomas: list[str]
    consultor_status_online: bool
    consultor_atendimento_iso: datetime
    consultor_id_pipedrive: int | None
    protocolo: str = Field(pattern=r"^#[0-9]{5,}$")
    motivo: Motivo = Field(default=None, description="with `?explicar=true`")  # type: ignore[assignment]


class ProtocoloShown(BaseModel):
    """A protocolo; `consultor_id` null while it is nobody's."""

    id: int
    numero: str = Field(pattern=r"^#[0-9]{5,}$")
    consultor_id: int | None
    created_at: datetime


class AgentPresence(BaseModel):
    """What an attendant is now."""

    agent: UUID
    status: Literal["online", "offline", "busy", "away"]
    status_message: str | None
    last_heartbeat: datetime | None
    websocket_connected: bool
    status_changed_at: datetime
    is_available: bool
    tempo_no_status_atual: int = Field(description="minutes")
    esta_inativo: bool


class TypingShown(BaseModel):
    """Who types in which chat."""

    chat_id: str
    from_: str = Field(alias="from")
    timestamp: datetime


class LoginEmUso(BaseModel):
    """Who has which BackOffice login, until when."""

    bo_usuario_id: UUID
    telefone: str
    desde: datetime
    expira_em: datetime


class PoolShown(BaseModel):
    """The pool of BackOffice logins."""

    livres: int
    na_fila: int
    em_uso: list[LoginEmUso]


class Liberados(BaseModel):
    """How many logins came back."""

    liberados: int


class Alive(BaseModel):
    """The process lives."""

    status: Literal["ok"]


class Ready(BaseModel):
    """`ok`, or the kind of error, for each engine."""

    status: Literal["ok", "unavailable"]
    engines: dict[str, str]
