"""What an atendimento and its cards may be: the words of their columns."""

from enum import StrEnum


class StatusAtendimento(StrEnum):
    """Where an atendimento stands."""

    NA_FILA = "NA_FILA"
    EM_ATENDIMENTO = "EM_ATENDIMENTO"
    ENCERRADO = "ENCERRADO"


class Resposta(StrEnum):
    """What became of a card."""

    ACEITOU = "ACEITOU"
    PASSOU = "PASSOU"
    EXPIROU = "EXPIROU"
    RETIRADA = "RETIRADA"
    """The customer gave up, or it was sent in vain."""


class EncerradoPor(StrEnum):
    """Who ended it."""

    CONSULTOR = "CONSULTOR"
    CLIENTE = "CLIENTE"
    SUPERVISAO = "SUPERVISAO"
