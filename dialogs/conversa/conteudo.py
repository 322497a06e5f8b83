"""What a message of a person is, read from the event, whatever channel it came from."""

import re
from dataclasses import replace
from typing import Any

from aiogram.types import Message, MessageEntity, MessageReactionUpdated, ReactionTypeEmoji

from core.conversa.conversa import SIGNS, Conteudo
from core.heard import ABOUT, FORWARDED, TAKEN_BACK
from core.pessoa.nomes_visiveis import shown_file
from storage.conversa.arquivos import Arquivo
from storage.conversa.tipos import TipoMensagem

# The Bot API's fields in the order in which they tell: a GIF comes as animation and as document too.
_FILES = (
    ("animation", TipoMensagem.VIDEO, "video/mp4"),
    ("video", TipoMensagem.VIDEO, "video/mp4"),
    ("video_note", TipoMensagem.VIDEO, "video/mp4"),
    ("document", TipoMensagem.DOCUMENTO, None),
    ("voice", TipoMensagem.VOZ, "audio/ogg"),
    ("audio", TipoMensagem.AUDIO, "audio/mpeg"),
    ("sticker", TipoMensagem.FIGURINHA, None),
)

_IN_A_LINE = {
    TipoMensagem.LOCAL: ("nome", "endereco", "latitude", "longitude"),
    TipoMensagem.CONTATO: ("nome", "telefone"),
}

_FORWARDED = "↪️"
_CARD_LINE = re.compile(r"(?:item\d+\.)?(?:TEL|EMAIL|ORG|TITLE|URL|ADR)(?:;[^:]*)?:(.+)", re.IGNORECASE)
_LONGEST_CARD = 5000


def content_of(event: Message) -> Conteudo:
    """The message as the other side's channel needs to know it, and after it where it comes from."""
    found = _with_file(event) or _with_text(event) or _without_file(event)
    about = about_of(event) or _quoted_from_elsewhere(event)
    return replace(found, texto=f"{found.texto}\n\n{about}" if found.texto else about) if about else found


def _quoted_from_elsewhere(event: Message) -> str:
    """Of another chat's message that was answered here, the words that were marked: nobody here can look at it."""
    return f"“{event.quote.text}”" if event.external_reply is not None and event.quote is not None else ""


def of_customer(event: Message) -> Conteudo:
    """What a consultor reads of it: whether somebody else wrote it is no small thing. Not the other way round: what a
    consultor passes on is theirs to the customer."""
    found = content_of(event)
    passed_on = event.forward_origin is not None or (event.model_extra or {}).get(FORWARDED)
    if not passed_on or not is_shown_there(found):
        return found
    return replace(found, texto=f"{_FORWARDED} {found.texto}" if found.texto else _FORWARDED)


def is_shown_there(conteudo: Conteudo) -> bool:
    """Whether another app can show it."""
    return conteudo.tipo is not TipoMensagem.OUTRO


def about_of(event: Message) -> str:
    """The advertisement that led here, say; in no language."""
    return (event.model_extra or {}).get(ABOUT) or ""


def said_in_a_line(event: Message) -> str:
    """What whoever comes later should know of a message that no atendimento has; nothing of a file, which is kept."""
    found = content_of(event)
    if found.tipo is TipoMensagem.TEXTO:
        return found.texto or ""
    known = found.detalhe or {}
    said = [str(known[name]) for name in _IN_A_LINE.get(found.tipo, ()) if known.get(name)]
    return " ".join([SIGNS[found.tipo], ", ".join(said)]) if said else about_of(event)


def was_taken_back(event: Message) -> bool:
    """Whether the author deleted the message for everybody."""
    return bool((event.model_extra or {}).get(TAKEN_BACK))


def _with_text(event: Message) -> Conteudo | None:
    return None if event.text is None else Conteudo(TipoMensagem.TEXTO, with_links(event.text, event.entities))


def _with_file(event: Message) -> Conteudo | None:
    """A message with a file and a text, which no app sends, is one with a file."""
    caption = with_links(event.caption, event.caption_entities) if event.caption else event.text
    if event.photo:
        # Sizes come smallest first.
        return Conteudo(TipoMensagem.FOTO, caption, _described(event.photo[-1], "image/jpeg", caption))
    for field, tipo, mime_type in _FILES:
        file = getattr(event, field)
        if file is not None:
            default = _sticker_type(file) if tipo is TipoMensagem.FIGURINHA else mime_type
            emoji = {"emoji": file.emoji} if tipo is TipoMensagem.FIGURINHA and file.emoji else None
            return Conteudo(tipo, caption, _described(file, default, caption), emoji)
    return None


def reaction_of(event: MessageReactionUpdated) -> str | None:
    """The emoji that stands on the message now; None when there is none, or only one that no other app can show."""
    emojis = [one.emoji for one in event.new_reaction if isinstance(one, ReactionTypeEmoji)]
    return emojis[-1] if emojis else None


def with_links(text: str, entities: list[MessageEntity] | None) -> str:
    """The text, and after each word that hides a link the link itself: the other side gets plain text."""
    raw = text.encode("utf-16-le")
    for entity in sorted(entities or [], key=lambda one: one.offset, reverse=True):
        # Offsets count UTF-16 units (core.telegram.org/bots/api#messageentity).
        begin, end = entity.offset * 2, (entity.offset + entity.length) * 2
        # One that begins or ends inside a character, or outside the text, is of another text.
        if entity.type != "text_link" or not entity.url or not 0 <= begin < end <= len(raw):
            continue
        before, shown = _decoded(raw[:begin]), _decoded(raw[begin:end])
        if before is not None and shown is not None and entity.url.rstrip("/") != shown.rstrip("/"):
            raw = raw[:end] + f" ({entity.url})".encode("utf-16-le") + raw[end:]
    return raw.decode("utf-16-le")


def _decoded(raw: bytes) -> str | None:
    try:
        return raw.decode("utf-16-le")
    except UnicodeDecodeError:
        return None


def _described(file: Any, mime_type: str | None, caption: str | None) -> Arquivo:
    return Arquivo(
        provider_file_id=file.file_id,
        nome=shown_file(getattr(file, "file_name", None)),
        mime_type=getattr(file, "mime_type", None) or mime_type,
        tamanho=file.file_size,
        legenda=caption,
    )


def _sticker_type(sticker: Any) -> str:
    if sticker.is_video:
        return "video/webm"
    return "application/x-tgsticker" if sticker.is_animated else "image/webp"


def _without_file(event: Message) -> Conteudo:
    if event.location is not None:
        place: dict[str, Any] = {"latitude": event.location.latitude, "longitude": event.location.longitude}
        if event.venue is not None:
            place |= {"nome": event.venue.title, "endereco": event.venue.address}
        return Conteudo(TipoMensagem.LOCAL, detalhe=place)
    if event.contact is not None:
        names = (event.contact.first_name, event.contact.last_name)
        nome = " ".join(name for name in names if name)
        if len(more := _on_the_card(event.contact.vcard)) > 1:
            return Conteudo(TipoMensagem.TEXTO, "\n".join([nome, *more]))
        return Conteudo(TipoMensagem.CONTATO, detalhe={"nome": nome, "telefone": event.contact.phone_number})
    # A die shows its emoji; what else there is, only its own channel can show.
    if event.dice is not None:
        return Conteudo(TipoMensagem.TEXTO, event.dice.emoji)
    if event.poll is not None:
        return Conteudo(
            TipoMensagem.TEXTO, _listed("📊", event.poll.question, [one.text for one in event.poll.options])
        )
    if event.checklist is not None:
        tasks = [one.text for one in event.checklist.tasks]
        return Conteudo(TipoMensagem.TEXTO, _listed("☑️", event.checklist.title, tasks))
    return Conteudo(TipoMensagem.OUTRO)


def _listed(sign: str, title: str, lines: list[str]) -> str:
    return "\n".join([f"{sign} {title}", *(f"• {line}" for line in lines)])


def _on_the_card(vcard: str | None) -> list[str]:
    """Phones, addresses and the like of a card, as far as they are told in one line (RFC 6350)."""
    found = (_CARD_LINE.fullmatch(line.strip()) for line in (vcard or "")[:_LONGEST_CARD].splitlines())
    return list(dict.fromkeys(one[1].replace(";", " ").strip() for one in found if one and one[1].strip(" ;")))
