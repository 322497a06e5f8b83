"""A message as the calls that show it on the other side.

Methods are the Bot API's on both channels. What a channel cannot take as it is (a long caption, a kind of file) its
sender shows in another way (bot/channels/).
"""

from dataclasses import dataclass, field
from typing import Any

from core.conversa.conversa import SIGNS, Conteudo
from storage.conversa.arquivos import Arquivo
from storage.conversa.tipos import TipoMensagem


@dataclass(frozen=True, slots=True)
class Chamada:
    """A call still without an address."""

    method: str
    params: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Copia:
    """`principal` is the message itself; `antes` says above it what cannot stand in it."""

    principal: Chamada
    antes: list[Chamada] = field(default_factory=list)


_METHODS = {
    TipoMensagem.FOTO: ("sendPhoto", "photo"),
    TipoMensagem.DOCUMENTO: ("sendDocument", "document"),
    TipoMensagem.VIDEO: ("sendVideo", "video"),
    TipoMensagem.VOZ: ("sendVoice", "voice"),
    TipoMensagem.AUDIO: ("sendAudio", "audio"),
    TipoMensagem.FIGURINHA: ("sendSticker", "sticker"),
}
# Under these a caption can stand, on both channels.
_CAPTIONED = frozenset({TipoMensagem.FOTO, TipoMensagem.DOCUMENTO, TipoMensagem.VIDEO})
_NAMES = {
    TipoMensagem.FOTO: ("foto", ".jpg"),
    TipoMensagem.VIDEO: ("video", ".mp4"),
    TipoMensagem.VOZ: ("voz", ".ogg"),
    TipoMensagem.AUDIO: ("audio", ".mp3"),
    TipoMensagem.FIGURINHA: ("figurinha", ".webp"),
}
_ENDINGS = {
    "image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp", "image/gif": ".gif", "image/heic": ".heic",
    "video/mp4": ".mp4", "video/3gpp": ".3gp", "video/quicktime": ".mov", "video/webm": ".webm",
    "audio/ogg": ".ogg", "audio/opus": ".ogg", "audio/mpeg": ".mp3", "audio/mp4": ".m4a", "audio/x-m4a": ".m4a",
    "audio/aac": ".aac", "audio/amr": ".amr", "audio/wav": ".wav", "audio/x-wav": ".wav",
    "application/pdf": ".pdf", "application/zip": ".zip", "application/xml": ".xml", "text/xml": ".xml",
    "text/plain": ".txt", "text/csv": ".csv", "application/msword": ".doc", "application/vnd.ms-excel": ".xls",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
}  # fmt: skip


def as_copy(conteudo: Conteudo, channel: str, *, object_key: str | None = None, head: str | None = None) -> Copia:
    """The message as calls to that channel; `object_key`: where its file is kept, `head`: the line above it."""
    text = _under(head, conteudo.texto)
    if conteudo.arquivo is None or object_key is None:
        return _without_file(conteudo, text)
    if _moves(conteudo.arquivo) and conteudo.tipo is TipoMensagem.FIGURINHA and channel != "telegram":
        # Telegram's own formats; the emoji says as much.
        return Copia(_text(_under(text, (conteudo.detalhe or {}).get("emoji") or SIGNS[TipoMensagem.FIGURINHA])))
    method, name = _METHODS[conteudo.tipo]
    mime_type = conteudo.arquivo.mime_type or "application/octet-stream"
    file_name = _file_name(conteudo.tipo, conteudo.arquivo)
    params: dict[str, Any] = {name: {"object_key": object_key, "filename": file_name, "mime_type": mime_type}}
    if conteudo.tipo in _CAPTIONED:
        return Copia(Chamada(method, params | ({"caption": text} if text else {})))
    return Copia(Chamada(method, params), [_text(text)] if text else [])


def as_edit(conteudo: Conteudo, head: str | None) -> Chamada | None:
    """The call that shows a message's new text; None where the text is no part of the message itself."""
    text = _under(head, conteudo.texto)
    if conteudo.tipo is TipoMensagem.TEXTO:
        return Chamada("editMessageText", {"text": text})
    return Chamada("editMessageCaption", {"caption": text}) if conteudo.tipo in _CAPTIONED else None


def _without_file(conteudo: Conteudo, text: str) -> Copia:
    if conteudo.tipo is TipoMensagem.TEXTO:
        return Copia(_text(text))
    antes = [_text(text)] if text else []
    detalhe = conteudo.detalhe or {}
    if conteudo.tipo is TipoMensagem.CONTATO:
        card = {"phone_number": detalhe["telefone"], "first_name": detalhe["nome"]}
        return Copia(Chamada("sendContact", card), antes)
    place = {"latitude": detalhe["latitude"], "longitude": detalhe["longitude"]}
    if not detalhe.get("nome"):
        return Copia(Chamada("sendLocation", place), antes)
    known = {"title": detalhe["nome"], "address": detalhe.get("endereco") or ""}
    return Copia(Chamada("sendVenue", place | known), antes)


def _moves(arquivo: Arquivo) -> bool:
    return arquivo.mime_type in ("video/webm", "application/x-tgsticker")


def _file_name(tipo: TipoMensagem, arquivo: Arquivo) -> str:
    """What the other side sees as the file's name: the sender's own, else what it is.

    By the ending of one of ours WhatsApp and computers tell what it is, so that it says the same as the type.
    """
    # It becomes part of a header.
    shown = "".join(char for char in arquivo.nome or "" if char.isprintable()).strip()
    name, ending = _NAMES.get(tipo, ("arquivo", ""))
    bare = (arquivo.mime_type or "").partition(";")[0].strip().lower()
    return shown or name + _ENDINGS.get(bare, ending)


def _under(head: str | None, text: str | None) -> str:
    return "\n".join(part for part in (head, text) if part)


def _text(text: str) -> Chamada:
    return Chamada("sendMessage", {"text": text})
