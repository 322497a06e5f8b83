"""What processos and execucoes look like over HTTP, and in `/openapi.json`."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from core.processo.valores import text_of
from storage.processo.documentos import Documento
from storage.processo.execucoes import Execucao
from storage.processo.historico import Passo
from storage.processo.processos import Processo
from storage.processo.status import StatusExecucao, StatusProcesso, TipoDocumento, TipoExecucao
from webhooks.http.queries import Flag, LongPaged, Uuid, Words
from webhooks.http.schemas import Timestamp
from webhooks.processo.forms import Centavos, Dia, Dinheiro, Id, MesAno

Motivo = Annotated[str, Field(min_length=1, max_length=1000, pattern=r"\S")]
_ID = "0199f2a0-1c00-7a3b-8c4d-5e6f70819205"
PROCESSO = {
    "id": _ID,
    "cliente_id": "0199f2a0-1c00-7a3b-8c4d-5e6f70819204",
    "razao_social": "Padaria Pão Quente Ltda",
    "cnpj": "11222333000181",
    "operadora": "VIVO",
    "mes_ano": "11/2026",
    "status_processo": "AGUARDANDO_APROVACAO",
    "versao": 2,
    "url_fatura": None,
    "caminho_s3_fatura": "faturas/2026/11/0199f2a0-1c00-7a3b-8c4d-5e6f70819206.pdf",
    "fatura_s3_key": "0199f2a0-1c00-7a3b-8c4d-5e6f70819206.pdf",
    "fatura_filename": "fatura.pdf",
    "data_vencimento": "2026-11-30",
    "valor_fatura": "1234.56",
    "aprovado_por_usuario_id": None,
    "data_aprovacao": None,
    "motivo_rejeicao": None,
    "aprovacoes_necessarias": 1,
    "enviado_para_sat": False,
    "data_envio_sat": None,
    "envio_automatico_em": None,
    "tentativas_download": 1,
    "tentativas_upload_sat": 0,
    "upload_manual": False,
    "data_upload_manual": None,
    "criado_automaticamente": True,
    "status_ativo": True,
    "criado_em": "2026-11-01T12:00:00Z",
    "atualizado_em": "2026-11-20T12:00:00Z",
}
EXECUCAO = {
    "id": "0199f2a0-1c00-7a3b-8c4d-5e6f70819207",
    "processo_id": _ID,
    "operadora_id": "0199f2a0-1c00-7a3b-8c4d-5e6f70819203",
    "tipo_execucao": "DOWNLOAD_FATURA",
    "status_execucao": "EXECUTANDO",
    "classe_rpa_utilizada": "VivoRPA",
    "job_id": "job-17",
    "parametros_entrada": {"mes_ano": "11/2026"},
    "resultado_saida": None,
    "detalhes_erro": None,
    "progresso": None,
    "data_inicio": "2026-11-20T12:00:00Z",
    "data_fim": None,
    "mensagem_log": None,
    "url_arquivo_s3": None,
    "numero_tentativa": 1,
    "executado_por_usuario_id": None,
    "ip_origem": None,
    "user_agent": None,
}
PASSO = {
    "quando": "2026-11-20T12:00:00Z",
    "usuario_id": None,
    "usuario": None,
    "em_nome_de": None,
    "canal": "robo",
    "acao": "RECEBER",
    "de": "AGUARDANDO_DOWNLOAD",
    "para": "AGUARDANDO_APROVACAO",
    "motivo": None,
    "detalhe": None,
}
DOCUMENTO = {
    "id": "0199f2a0-1c00-7a3b-8c4d-5e6f70819206",
    "tipo": "FATURA",
    "nome_arquivo": "fatura.pdf",
    "content_type": "application/pdf",
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "tamanho": 48213,
    "paginas": 2,
    "object_key": "faturas/2026/11/0199f2a0-1c00-7a3b-8c4d-5e6f70819206.pdf",
    "guardado_em": "2026-11-20T12:00:01Z",
    "feito_por_usuario_id": None,
    "execucao_id": "0199f2a0-1c00-7a3b-8c4d-5e6f70819207",
    "criado_em": "2026-11-20T12:00:00Z",
}


class NewProcesso(BaseModel):
    """The body of `POST /processos`."""

    model_config = ConfigDict(strict=True, extra="forbid")

    cliente_id: Id
    mes_ano: MesAno


class ChangedProcesso(BaseModel):
    """The body of `PUT /processos/{id}`: what it names is changed. Value and due date only before the approval."""

    model_config = ConfigDict(strict=True, extra="forbid")

    valor_fatura: Centavos | None = None
    data_vencimento: Dia | None = None
    status_ativo: bool = True


class Rejeicao(BaseModel):
    """The body of `POST /processos/rejeitar/{id}`."""

    model_config = ConfigDict(strict=True, extra="forbid")

    motivo: Motivo


class ProcessoShown(BaseModel):
    """The invoice of one cliente and month."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    cliente_id: UUID
    razao_social: str
    cnpj: str
    operadora: str
    mes_ano: str
    status_processo: StatusProcesso
    versao: int
    url_fatura: str | None
    caminho_s3_fatura: str | None
    fatura_s3_key: str | None
    fatura_filename: str | None
    data_vencimento: date | None
    valor_fatura: Dinheiro | None
    aprovado_por_usuario_id: UUID | None
    data_aprovacao: Timestamp | None
    motivo_rejeicao: str | None
    aprovacoes_necessarias: int
    enviado_para_sat: bool
    data_envio_sat: Timestamp | None
    envio_automatico_em: Timestamp | None
    tentativas_download: int
    tentativas_upload_sat: int
    upload_manual: bool
    data_upload_manual: Timestamp | None
    criado_automaticamente: bool
    status_ativo: bool
    criado_em: Timestamp
    atualizado_em: Timestamp

    @classmethod
    def of(cls, processo: Processo) -> "ProcessoShown":
        """A processo, its money as decimal text."""
        fields = {name: getattr(processo, name) for name in cls.model_fields if name != "valor_fatura"}
        return cls.model_validate(fields | {"valor_fatura": text_of(processo.valor_centavos)})


class Aprovado(ProcessoShown):
    """The processo, and how many more people have to approve: 0 when it is approved."""

    faltam: int

    @classmethod
    def after(cls, processo: Processo, faltam: int) -> "Aprovado":
        return cls(**ProcessoShown.of(processo).model_dump(), faltam=faltam)


class ExecucaoShown(BaseModel):
    """One attempt at one step of a processo."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    processo_id: UUID
    operadora_id: UUID
    tipo_execucao: TipoExecucao
    status_execucao: StatusExecucao
    classe_rpa_utilizada: str | None
    job_id: str | None
    parametros_entrada: dict[str, Any] | None
    resultado_saida: dict[str, Any] | None
    detalhes_erro: dict[str, Any] | None
    progresso: dict[str, Any] | None
    data_inicio: Timestamp
    data_fim: Timestamp | None
    mensagem_log: str | None
    url_arquivo_s3: str | None
    numero_tentativa: int
    executado_por_usuario_id: UUID | None
    ip_origem: str | None
    user_agent: str | None

    @classmethod
    def of(cls, execucao: Execucao) -> "ExecucaoShown":
        return cls.model_validate(execucao)


class PassoShown(BaseModel):
    """One line of the history: who, when, by which channel, from where to where, and why."""

    model_config = ConfigDict(from_attributes=True)

    quando: Timestamp
    usuario_id: UUID | None
    usuario: str | None
    em_nome_de: str | None
    canal: str
    acao: str
    de: str | None
    para: str | None
    motivo: str | None
    detalhe: dict[str, Any] | None

    @classmethod
    def of(cls, passo: Passo) -> "PassoShown":
        return cls.model_validate(passo)


class DocumentoShown(BaseModel):
    """One file. `guardado_em` null: the object store was away, and has it later."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    tipo: TipoDocumento
    nome_arquivo: str
    content_type: str
    sha256: str
    tamanho: int
    paginas: int | None
    object_key: str
    guardado_em: Timestamp | None
    feito_por_usuario_id: UUID | None
    execucao_id: UUID | None
    criado_em: Timestamp

    @classmethod
    def of(cls, documento: Documento) -> "DocumentoShown":
        return cls.model_validate(documento)


class ProcessosAsked(LongPaged):
    """Which processos."""

    mes_ano: MesAno | None = None
    status_processo: StatusProcesso | None = None
    cliente_id: Uuid | None = None
    operadora_id: Uuid | None = None
    status_ativo: Flag | None = None
    upload_manual: Flag | None = None
    busca: Words = Field([], description="words of the cliente's name, CNPJ, account, servico or unidade")


class ExecucoesAsked(LongPaged):
    """Which execucoes."""

    beside = LongPaged.beside | {"abertas"}

    processo_id: Uuid | None = None
    operadora_id: Uuid | None = None
    tipo_execucao: TipoExecucao | None = None
    status_execucao: StatusExecucao | None = None
    job_id: str | None = None
    abertas: Flag | None = Field(None, description="those at work, or those that have ended")
