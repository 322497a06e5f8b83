"""What processos, execucoes and their files may be: the words of their columns (reference: orquestracao-rpa, 3)."""

from enum import StrEnum


class StatusProcesso(StrEnum):
    """Where an invoice stands on its way from the portal to SAT. There are no others."""

    AGUARDANDO_DOWNLOAD = "AGUARDANDO_DOWNLOAD"
    AGUARDANDO_APROVACAO = "AGUARDANDO_APROVACAO"
    AGUARDANDO_ENVIO_SAT = "AGUARDANDO_ENVIO_SAT"
    UPLOAD_REALIZADO = "UPLOAD_REALIZADO"


class TipoExecucao(StrEnum):
    """What one execucao does."""

    DOWNLOAD_FATURA = "DOWNLOAD_FATURA"
    UPLOAD_SAT = "UPLOAD_SAT"
    UPLOAD_MANUAL = "UPLOAD_MANUAL"


class StatusExecucao(StrEnum):
    """How one execucao stands. An open one is EXECUTANDO, or TENTANDO_NOVAMENTE while no robot can be reached."""

    EXECUTANDO = "EXECUTANDO"
    CONCLUIDO = "CONCLUIDO"
    FALHOU = "FALHOU"
    TENTANDO_NOVAMENTE = "TENTANDO_NOVAMENTE"
    CANCELADO = "CANCELADO"
    TIMEOUT = "TIMEOUT"


class TipoDocumento(StrEnum):
    """What a file of a processo is."""

    FATURA = "FATURA"
    BOLETO = "BOLETO"
    NF = "NF"
    XML = "XML"


class Decisao(StrEnum):
    """What an approver said."""

    APROVADO = "APROVADO"
    REJEITADO = "REJEITADO"
