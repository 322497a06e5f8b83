"""What a message is, and who wrote it: the words of their columns."""

from enum import StrEnum


class Autor(StrEnum):
    """Who wrote a message."""

    CLIENTE = "CLIENTE"
    CONSULTOR = "CONSULTOR"
    BOT = "BOT"
    NOTA = "NOTA"
    """A consultor, for consultores: never sent."""
    APLICATIVO = "APLICATIVO"
    """Somebody of the operation, past us: in the WhatsApp Business app of the same number."""


DO_LADO_DO_CLIENTE = frozenset({Autor.CLIENTE, Autor.APLICATIVO})
"""Written where the customer reads, and carried to the consultor."""


class TipoMensagem(StrEnum):
    """What a message is."""

    TEXTO = "TEXTO"
    FOTO = "FOTO"
    DOCUMENTO = "DOCUMENTO"
    VIDEO = "VIDEO"
    VOZ = "VOZ"
    AUDIO = "AUDIO"
    FIGURINHA = "FIGURINHA"
    LOCAL = "LOCAL"
    CONTATO = "CONTATO"
    OUTRO = "OUTRO"
    """What only its own channel can show: a poll, a gift."""
