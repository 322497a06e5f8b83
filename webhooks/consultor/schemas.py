"""What consultores and protocolos look like over HTTP, and in `/openapi.json`; the examples are the reference's."""

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from core.consultor.da_vez import Escolha
from core.consultor.idioma_reserva import language_code
from core.consultor.protocolos import numero_de
from core.telefones import digits_of
from storage.consultor.consultores import Consultor
from storage.consultor.protocolos import Protocolo
from webhooks.http.queries import Flag, Number, Paged, Query
from webhooks.http.schemas import Nome, Timestamp


def _languages(codes: list[str]) -> list[str]:
    return list(dict.fromkeys(map(language_code, codes)))


# What only the parser can tell is told to readers of /openapi.json by `format` and `pattern`.
Idioma = Annotated[str, Field(json_schema_extra={"format": "idioma"})]
Idiomas = Annotated[list[Idioma], Field(min_length=1, max_length=50), AfterValidator(_languages)]
Telefone = Annotated[str, AfterValidator(digits_of), Field(json_schema_extra={"format": "telefone"})]
Numero = Annotated[str, Field(pattern=r"^#[0-9]{5,}$")]
_READ_ONLY = Field(json_schema_extra={"readOnly": True})
IdPipedrive = Annotated[int, Field(ge=1, lt=2**63)]
ConsultorId = Annotated[int, Field(ge=0, lt=2**63)]

CONSULTOR = {
    "id": 123,
    "nome": "João Silva",
    "idiomas": ["pt", "en"],
    "status_ativo": True,
    "status_ativo_sequencial": True,
    "status_online": True,
    "ultimo_atendimento": "2024-01-23T14:30:00Z",
    "id_pipedrive": 456,
}
NEW_CONSULTOR = CONSULTOR | {"ultimo_atendimento": None, "status_online": False}
DA_VEZ = {
    "consultor_id": 123,
    "consultor_nome": "João Silva",
    "consultor_idiomas": ["pt", "en"],
    "consultor_status_online": True,
    "consultor_atendimento_iso": "2024-01-23T14:30:00Z",
    "consultor_id_pipedrive": 456,
    "protocolo": "#00001",
}
PROTOCOLO = {"id": 1, "numero": "#00002", "consultor_id": 123, "created_at": "2024-01-23T14:35:00Z"}


class NewConsultor(BaseModel):
    """The body of `POST /consultor`. `status_online` may stand there; whoever is made starts offline."""

    model_config = ConfigDict(strict=True, extra="forbid")

    nome: Nome
    idiomas: Idiomas
    status_ativo: bool = True
    status_ativo_sequencial: bool = True
    status_online: bool = False
    id_pipedrive: IdPipedrive | None = None
    telefone: Telefone | None = None


class ChangedConsultor(BaseModel):
    """The body of `PUT /consultor/{id}`: what it names is changed. `id` and `ultimo_atendimento` only as they are."""

    model_config = ConfigDict(strict=True, extra="forbid")

    id: Annotated[int | None, _READ_ONLY] = None
    nome: Nome = ""
    idiomas: Idiomas = []
    status_ativo: bool = True
    status_ativo_sequencial: bool = True
    status_online: bool = False
    ultimo_atendimento: Annotated[str | None, _READ_ONLY] = None
    id_pipedrive: IdPipedrive | None = None
    telefone: Telefone | None = None


class Connection(BaseModel):
    """The body of `PUT /consultor/{id}/connection`."""

    model_config = ConfigDict(strict=True, extra="forbid")

    status_online: bool


class ConsultorShown(BaseModel):
    """A consultor; `telefone` only when they have one."""

    id: int
    nome: str
    idiomas: list[str]
    status_ativo: bool
    status_ativo_sequencial: bool
    status_online: bool
    ultimo_atendimento: Timestamp | None
    id_pipedrive: int | None
    telefone: str = Field(default="", description="digits with country code")

    @classmethod
    def of(cls, consultor: Consultor) -> "ConsultorShown":
        """A consultor as the reference has them, and their `telefone` when they have one."""
        telefone = {} if consultor.telefone is None else {"telefone": consultor.telefone}
        return cls(
            id=consultor.id,
            nome=consultor.nome,
            idiomas=consultor.idiomas,
            status_ativo=consultor.status_ativo,
            status_ativo_sequencial=consultor.status_ativo_sequencial,
            status_online=consultor.status_online,
            ultimo_atendimento=consultor.ultimo_atendimento,
            id_pipedrive=consultor.id_pipedrive,
            **telefone,
        )


class Preterido(BaseModel):
    """Somebody longer without an attendance who was passed over, and why."""

    consultor_id: int
    motivo: str


class Motivo(BaseModel):
    """Why it is this consultor's turn."""

    idioma_pedido: str
    idioma: str = Field(description="another one than asked for when a second language had to do")
    ultimo_atendimento: Timestamp | None
    espera_segundos: int | None
    passados: list[Preterido]
    atras: int = Field(description="how many stand behind them")


class DaVezShown(BaseModel):
    """Whose turn it is; stamped, and the protocolo is theirs."""

    consultor_id: int
    consultor_nome: str
    consultor_idiomas: list[str]
    consultor_status_online: bool
    consultor_atendimento_iso: Timestamp
    consultor_id_pipedrive: int | None
    protocolo: Numero
    motivo: Motivo = Field(default=None, description="with `?explicar=true`")  # type: ignore[assignment]

    @classmethod
    def of(cls, escolha: Escolha, numero: str) -> "DaVezShown":
        """Whose turn it is, with the reason when it was asked for."""
        consultor = escolha.consultor
        motivo: dict[str, Any] = {"motivo": escolha.motivo()} if escolha.pedido.explicar else {}
        return cls(
            consultor_id=consultor.id,
            consultor_nome=consultor.nome,
            consultor_idiomas=consultor.idiomas,
            consultor_status_online=consultor.status_online,
            consultor_atendimento_iso=escolha.moment,
            consultor_id_pipedrive=consultor.id_pipedrive,
            protocolo=numero,
            **motivo,
        )


class NewProtocolo(BaseModel):
    """The body of `POST /protocolo`."""

    model_config = ConfigDict(strict=True, extra="forbid")

    consultor_id: ConsultorId


class ChangedProtocolo(BaseModel):
    """The body of `PUT /protocolo/{id}`: whose it is now; null for nobody's."""

    model_config = ConfigDict(strict=True, extra="forbid")

    consultor_id: ConsultorId | None


class ProtocoloShown(BaseModel):
    """A protocolo; `consultor_id` null while it is nobody's."""

    id: int
    numero: Numero
    consultor_id: int | None
    created_at: Timestamp

    @classmethod
    def of(cls, protocolo: Protocolo) -> "ProtocoloShown":
        """A protocolo as the reference has it."""
        return cls(
            id=protocolo.id,
            numero=numero_de(protocolo.id),
            consultor_id=protocolo.consultor_id,
            created_at=protocolo.created_at,
        )


IdiomaAsked = Annotated[
    str, AfterValidator(language_code), Field(json_schema_extra={"format": "idioma", "examples": ["pt"]})
]


class ConsultoresAsked(Paged):
    """Which consultores."""

    status_ativo: Flag | None = None
    status_ativo_sequencial: Flag | None = None
    status_online: Flag | None = None
    idioma: IdiomaAsked | None = Field(None, description="who speaks it")
    nome: str | None = Field(None, description="part of the name")
    id_pipedrive: Number | None = None


class DaVezAsked(Query):
    """For whom somebody is looked for."""

    idioma: IdiomaAsked
    explicar: Flag = Field(False, description="adds `motivo`: why this consultor")


class ProtocolosAsked(Paged):
    """Which numbers."""

    consultor_id: Number | None = Field(None, description="those of this consultor")
