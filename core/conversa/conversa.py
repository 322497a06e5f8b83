"""The conversation between a customer and a consultor: what a message is, and whom it is for."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from core.consultor.protocolos import numero_de
from storage.conversa.arquivos import Arquivo
from storage.conversa.mensagens import Mensagem
from storage.conversa.tipos import TipoMensagem

# Telegram's limit for a topic's name.
TOPIC_LIMIT = 128


@dataclass(frozen=True, slots=True)
class Conteudo:
    """One message. `texto` is its text or caption; `detalhe` a place, a contact, a sticker's emoji."""

    tipo: TipoMensagem
    texto: str | None = None
    arquivo: Arquivo | None = None
    detalhe: dict[str, Any] | None = None


SIGNS = {
    TipoMensagem.FOTO: "📷",
    TipoMensagem.DOCUMENTO: "📎",
    TipoMensagem.VIDEO: "🎬",
    TipoMensagem.VOZ: "🎤",
    TipoMensagem.AUDIO: "🎵",
    TipoMensagem.FIGURINHA: "🏷️",
    TipoMensagem.LOCAL: "📍",
    TipoMensagem.CONTATO: "👤",
    TipoMensagem.OUTRO: "❔",
}


def heading(nome: str, protocolo_id: int) -> str:
    """Who a message is from, where it cannot be seen otherwise."""
    return f"👤 {nome} ({numero_de(protocolo_id)})"


def topic_name(nome: str, protocolo_id: int, *, closed: bool = False) -> str:
    """What a customer's topic is called; a private chat's topics cannot be closed, so the name says it."""
    numero = f" ({numero_de(protocolo_id)})"
    mark = "✓ " if closed else ""
    return f"{mark}{nome[: TOPIC_LIMIT - len(mark) - len(numero)]}{numero}"


def closed_topic_name(name: str, protocolo_id: int) -> str:
    """The name of a topic that is open, now that it is over: where there is no room the customer's name gives way."""
    return topic_name(name.removesuffix(f" ({numero_de(protocolo_id)})"), protocolo_id, closed=True)


def as_line(mensagem: Mensagem) -> str:
    """A message in one line, in no language: for a card, a list, what was written while waiting."""
    shown = " ".join((mensagem.texto or "").split())
    if mensagem.tipo == TipoMensagem.TEXTO:
        return shown
    detalhe = mensagem.detalhe or {}
    what = (
        mensagem.arquivo_nome
        if mensagem.tipo == TipoMensagem.DOCUMENTO
        else detalhe.get("nome") or detalhe.get("emoji")
    )
    return " ".join(part for part in (SIGNS[TipoMensagem(mensagem.tipo)], what, shown) if part)


class Rumo(Enum):
    """What is to happen with a message of a consultor."""

    PARA = auto()
    """It is for that customer."""
    ENCERRADO = auto()
    """It was for a customer whose atendimento is over: it goes nowhere."""
    ESCOLHER = auto()
    """It could be for several, or stands where no customer is: the consultor is asked."""
    NINGUEM = auto()
    """It is for none."""


@dataclass(frozen=True, slots=True)
class Onde:
    """How a consultor's message shows whom it is for.

    `topico`: the call that made the topic it was written in, `proprio` whether the consultor made that topic; `citado`
    the atendimento of the message it quotes, `citou` that it quotes one which is about none, `na_tela` the one on the
    screen, `perguntado` whether the bot waits for an answer.
    """

    topico: int | None = None
    proprio: bool = False
    citado: int | None = None
    citou: bool = False
    na_tela: int | None = None
    perguntado: bool = False


def whom_for(abertos: Mapping[int, int | None], onde: Onde) -> tuple[Rumo, int | None]:
    """What happens with a consultor's message, and for which atendimento.

    `abertos`: their customers, with the call that made the topic of each. A topic or a quote says it without doubt;
    what was meant for somebody who is gone is never sent to somebody else.
    """
    if onde.topico is not None:
        found = next((one for one, topico in abertos.items() if topico == onde.topico), None)
        return (Rumo.PARA, found) if found is not None else (Rumo.ENCERRADO, None)
    if onde.citado is not None:
        return (Rumo.PARA, onde.citado) if onde.citado in abertos else (Rumo.ENCERRADO, None)
    if onde.perguntado:
        return Rumo.NINGUEM, None
    if onde.citou and len(abertos) > 1:
        # They pointed at something, and so do not write to whoever is on the screen.
        return Rumo.ESCOLHER, None
    if onde.proprio and any(topico is not None for topico in abertos.values()):
        # Who has a topic is written to there: what stands elsewhere may be for nobody's eyes.
        return Rumo.ESCOLHER, None
    if onde.na_tela is not None:
        return (Rumo.PARA, onde.na_tela) if onde.na_tela in abertos else (Rumo.ENCERRADO, None)
    if len(abertos) > 1:
        return Rumo.ESCOLHER, None
    return (Rumo.PARA, next(iter(abertos))) if abertos else (Rumo.NINGUEM, None)
