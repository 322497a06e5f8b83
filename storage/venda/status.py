"""What a Venda may be: the words of its column."""

from enum import StrEnum


class StatusVenda(StrEnum):
    """What a Venda may be. The words of Execucao where the meaning is the same."""

    NA_FILA = "NA_FILA"
    INICIANDO = "INICIANDO"
    TENTANDO_NOVAMENTE = "TENTANDO_NOVAMENTE"
    EXECUTANDO = "EXECUTANDO"
    AGUARDANDO_RESPOSTA = "AGUARDANDO_RESPOSTA"
    CANCELANDO = "CANCELANDO"
    CONCLUIDO = "CONCLUIDO"
    FALHOU = "FALHOU"
    CANCELADO = "CANCELADO"
    TIMEOUT = "TIMEOUT"


AT_WORK = (
    StatusVenda.INICIANDO,
    StatusVenda.TENTANDO_NOVAMENTE,
    StatusVenda.EXECUTANDO,
    StatusVenda.AGUARDANDO_RESPOSTA,
)
