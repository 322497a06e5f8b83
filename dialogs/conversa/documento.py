"""A transcript as a reader sees it: in their language, at the times of the business zone, with the staff's notes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from core.consultor.protocolos import numero_de
from dialogs.frame.i18n import _
from storage.conversa.tipos import Autor
from storage.conversa.transcricao import Fala, Transcricao

QUOTED = 60


@dataclass(frozen=True, slots=True)
class LinhaLida:
    """One message: `dia` and `hora` as they are read, `quem` said it, `beside` what there is besides its text."""

    autor: Autor
    dia: str
    hora: str
    quem: str
    texto: str
    beside: tuple[str, ...]
    imagem: bytes | None


@dataclass(frozen=True, slots=True)
class Documento:
    """A whole transcript: its title, facts as (name, value), and every message, oldest first."""

    titulo: str
    rodape: str
    fatos: tuple[tuple[str, str], ...]
    linhas: tuple[LinhaLida, ...]


def document_of(transcricao: Transcricao, imagens: Mapping[UUID, bytes], zone: ZoneInfo, now: datetime) -> Documento:
    """In the language of this turn. `imagens`: the pictures to show, by the id of their arquivo."""
    said = {fala.id: fala for fala in transcricao.falas}
    return Documento(
        _("Atendimento {numero}").format(numero=numero_de(transcricao.protocolo_id)),
        _("Gerado em {quando}. Contém notas internas: não enviar ao cliente.").format(quando=_moment(now, zone)),
        tuple(_facts(transcricao, zone)),
        tuple(_line(transcricao, fala, said, imagens, zone) for fala in transcricao.falas),
    )


def speaker(transcricao: Transcricao, fala: Fala) -> str:
    """Who said it."""
    if fala.autor == Autor.CLIENTE:
        return _("{nome} (cliente)").format(nome=transcricao.customer or _("Sem nome"))
    if fala.autor == Autor.BOT:
        return _("Balcão (automático)")
    if fala.autor == Autor.APLICATIVO:
        return _("Aplicativo do WhatsApp Business")
    nome = fala.consultor or _("Consultor")
    return _("NOTA interna de {nome}").format(nome=nome) if fala.autor == Autor.NOTA else nome


def file_name(fala: Fala) -> str:
    """What a file is called: its own name, or what kind of file it is."""
    if fala.arquivo_id is None:
        return ""
    kinds = {"image": _("imagem"), "audio": _("áudio"), "video": _("vídeo")}
    return fala.arquivo or kinds.get((fala.mime_type or "").partition("/")[0], _("arquivo"))


def _facts(transcricao: Transcricao, zone: ZoneInfo) -> list[tuple[str, str]]:
    phone = f"+{transcricao.telefone}" if transcricao.telefone else ""
    channel = {"whatsapp": "WhatsApp", "telegram": "Telegram"}.get(transcricao.channel, transcricao.channel)
    people = {
        fala.consultor for fala in transcricao.falas if fala.consultor and fala.consultor != transcricao.consultor
    }
    facts = [
        (_("Cliente"), " · ".join(filter(None, [transcricao.customer or _("Sem nome"), phone, channel]))),
        (_("Consultor"), transcricao.consultor or _("ninguém")),
        (_("Também falaram"), ", ".join(sorted(people))),
        (_("Aberto em"), _moment(transcricao.criado_em, zone)),
        (_("Aceito em"), _moment(transcricao.aceito_em, zone)),
        (_("Encerrado em"), _moment(transcricao.encerrado_em, zone) or _("ainda aberto")),
        (_("Avaliação"), f"{transcricao.avaliacao}/5" if transcricao.avaliacao else ""),
        (_("Comentário"), transcricao.comentario or ""),
    ]
    return [(name, value) for name, value in facts if value]


def _line(
    transcricao: Transcricao,
    fala: Fala,
    said: Mapping[int, Fala],
    imagens: Mapping[UUID, bytes],
    zone: ZoneInfo,
) -> LinhaLida:
    local = fala.quando.astimezone(zone)
    return LinhaLida(
        Autor(fala.autor),
        f"{local:%d/%m/%Y}",
        f"{local:%H:%M}",
        speaker(transcricao, fala),
        fala.texto or "",
        tuple(_beside(fala, said, zone)),
        imagens.get(fala.arquivo_id) if fala.arquivo_id is not None else None,
    )


def _beside(fala: Fala, said: Mapping[int, Fala], zone: ZoneInfo) -> list[str]:
    lines = []
    quoted = said.get(fala.responde_a) if fala.responde_a is not None else None
    if quoted is not None:
        text = quoted.texto or file_name(quoted)
        lines.append(_("em resposta a “{texto}”").format(texto=text[:QUOTED]))
    if fala.arquivo_id is not None:
        text = _("arquivo: {nome}") if fala.object_key else _("arquivo: {nome} (não pôde ser guardado)")
        lines.append(text.format(nome=file_name(fala)))
    if detail := detail_of(fala):
        lines.append(detail)
    if fala.editada_em is not None:
        lines.append(_("editada às {hora}").format(hora=f"{fala.editada_em.astimezone(zone):%H:%M}"))
    if is_unsent(fala):
        lines.append(_("não enviada ao cliente"))
    return lines


def is_unsent(fala: Fala) -> bool:
    """Whether a consultor wrote it and it never went out (storage/conversa/janela.py)."""
    return fala.autor == Autor.CONSULTOR and not fala.enviada


def detail_of(fala: Fala) -> str:
    """A place, a contact, a sticker's emoji (dialogs/conversa/conteudo.py), and the reactions on the message."""
    detalhe = fala.detalhe or {}
    place = [str(detalhe[name]) for name in ("latitude", "longitude") if name in detalhe]
    told = [detalhe.get("nome"), detalhe.get("telefone"), detalhe.get("endereco"), ", ".join(place)]
    return " · ".join(filter(None, [*told, detalhe.get("emoji"), *detalhe.get("reacoes", {}).values()]))


def _moment(when: datetime | None, zone: ZoneInfo) -> str:
    return f"{when.astimezone(zone):%d/%m/%Y %H:%M}" if when is not None else ""
