"""What was said with a customer before: a list of their protocolos, each with its transcript as PDF or CSV.

Reached by the button Histórico, by `/protocolo 42` or `#00042` typed alone, and by `/historico` with a phone, its
end, a name or a protocolo.
"""

import re

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, InputFile, Message

from core.auditoria.auditoria import registrar, registrar_abertura
from core.commands.base import write_command
from core.commands.conversa import FormatoTranscricao, MakeTranscript
from core.consultor.protocolos import id_do_numero, numero_de
from core.conversa.transcricao import attends, conversations_of, may_read, recent_customers
from core.palavras import trimmed
from core.pessoa.nomes import told_apart
from core.telefones import digits_of, same_person_forms
from core.textos import shortened
from core.venda.venda import record_forged
from dialogs.conversa.buttons import SendTranscricao, ShowHistorico, ShowOlder, ShowTranscricao
from dialogs.conversa.comandos import Slash
from dialogs.conversa.consultor import name_or_customer
from dialogs.frame.buttons import Tap, Unreadable
from dialogs.frame.i18n import _, n_
from dialogs.frame.talk import Choice, Talk
from dialogs.presenca.presenca import Attendant
from storage.atendimento.atendimentos import atendimento_by_id, atendimento_by_protocolo
from storage.auditoria.tipos import Ato
from storage.conversa.tipos import Autor
from storage.conversa.transcricao import Passado, Transcricao, customers_of_phone, past_of, transcricao

router = Router(name="historico")
router.message.filter(Attendant())
router.callback_query.filter(Attendant())

# A list on WhatsApp holds ten; one is for those before.
PAGE = 8
FIRST_WORDS, NOTES, NOTE = 60, 5, 200
_ALONE = re.compile(r"#[0-9]{1,18}", re.ASCII)


class Numero(Filter):
    """The number of a protocolo, typed alone with its `#`."""

    async def __call__(self, event: Message) -> bool | dict[str, str]:
        text = trimmed(event.text or "")
        return {"resto": text} if _ALONE.fullmatch(text) else False


def history_choice(atendimento_id: int) -> Choice:
    """The button that leads here, for whoever shows a customer."""
    return _("Histórico"), ShowHistorico(atendimento_id=atendimento_id)


@router.message(Slash("protocolo"))
@router.message(Numero())
async def one_protocolo(event: Message, talk: Talk, resto: str) -> None:
    protocolo_id = id_do_numero(resto)
    if protocolo_id is None:
        await talk.say(_("Digite /protocolo e o número, por exemplo /protocolo 42."))
        return
    atendimento = await atendimento_by_protocolo(talk.tx.connection, protocolo_id)
    await _show_one(talk, atendimento.id if atendimento is not None else None)


@router.message(Slash("historico"))
async def by_phone(event: Message, talk: Talk, resto: str) -> None:
    try:
        forms = same_person_forms(digits_of(resto))
    except ValueError:
        await _by_what_is_known(talk, resto)
        return
    await _show_page(talk, await customers_of_phone(talk.tx.connection, forms), 0)


async def _by_what_is_known(talk: Talk, resto: str) -> None:
    """By a protocolo, a name, or the end of a phone: not every customer has told theirs."""
    protocolo_id = id_do_numero(resto) if resto.startswith("#") else None
    if protocolo_id is not None:
        atendimento = await atendimento_by_protocolo(talk.tx.connection, protocolo_id)
        ids = await conversations_of(talk.tx.connection, atendimento.contato_id) if atendimento is not None else []
        await _show_page(talk, ids, 0)
        return
    found = await recent_customers(talk.tx.connection, talk.pessoa, resto)
    if len(found) == 1:
        await _show_page(talk, await conversations_of(talk.tx.connection, found[0].contato_id), 0)
    elif found:
        named = told_apart([(name_or_customer(one.nome), one.telefone) for one in found[:PAGE]])
        choices: list[Choice] = [
            (nome, ShowHistorico(atendimento_id=one.atendimento_id)) for one, nome in zip(found, named, strict=False)
        ]
        await talk.say(_("De qual deles?"), *choices)
    else:
        text = _("Digite /historico e o telefone com DDD, o nome ou o protocolo: /historico 31 98880-4000.")
        await talk.say(text)


@router.callback_query(Tap(ShowHistorico, ShowOlder))
async def of_customer(event: CallbackQuery, talk: Talk, button: ShowHistorico | ShowOlder) -> None:
    skip = button.skip if isinstance(button, ShowOlder) else 0
    atendimento = await atendimento_by_id(talk.tx.connection, button.atendimento_id)
    ids = await conversations_of(talk.tx.connection, atendimento.contato_id) if atendimento is not None else []
    await _show_page(talk, ids, skip)


@router.callback_query(Tap(ShowTranscricao))
async def of_atendimento(event: CallbackQuery, talk: Talk, button: ShowTranscricao) -> None:
    await _show_one(talk, button.atendimento_id)


async def _show_page(talk: Talk, contato_ids: list[int], skip: int) -> None:
    connection = talk.tx.connection
    page, total = await past_of(connection, contato_ids, skip, PAGE)
    if not page or not await may_read(connection, talk.pessoa, contato_ids):
        await talk.say(_not_found())
        return
    await _opens(talk, page[0].protocolo_id, "historico")
    head = n_("{n} atendimento deste cliente:", "{n} atendimentos deste cliente:", total).format(n=total)
    choices: list[Choice] = [(_label(talk, one), ShowTranscricao(atendimento_id=one.id)) for one in page]
    if total > skip + len(page):
        choices.append((_("Mais antigos"), ShowOlder(atendimento_id=page[0].id, skip=skip + len(page))))
    await talk.say("\n".join([head, *(_line(talk, one) for one in page)]), *choices)


def _label(talk: Talk, passado: Passado) -> str:
    return f"{numero_de(passado.protocolo_id)} · {passado.criado_em.astimezone(talk.zone):%d/%m/%y}"


def _line(talk: Talk, passado: Passado) -> str:
    parts = [
        numero_de(passado.protocolo_id),
        f"{passado.criado_em.astimezone(talk.zone):%d/%m/%Y %H:%M}",
        passado.consultor or _("sem consultor"),
    ]
    if passado.avaliacao is not None:
        parts.append(f"⭐ {passado.avaliacao}")
    if passado.encerrado_em is None:
        parts.append(_("aberto"))
    line = " · ".join(parts)
    return f"{line}\n“{_short(passado.inicio, FIRST_WORDS)}”" if passado.inicio else line


async def _readable(talk: Talk, atendimento_id: int | None) -> Transcricao | None:
    """The transcript, if it is this person's to read."""
    found = await transcricao(talk.tx.connection, atendimento_id) if atendimento_id is not None else None
    if found is None:
        return None
    ids = await conversations_of(talk.tx.connection, found.contato_id)
    return found if await may_read(talk.tx.connection, talk.pessoa, ids) else None


async def _show_one(talk: Talk, atendimento_id: int | None) -> None:
    found = await _readable(talk, atendimento_id)
    if found is None:
        await talk.say(_not_found())
        return
    if talk.pessoa is not None and not await attends(talk.tx.connection, talk.pessoa.id, found.id):
        await _opens(talk, found.protocolo_id, "transcricao")
    choices = [(one.name, SendTranscricao(atendimento_id=found.id, formato=one)) for one in FormatoTranscricao]
    await talk.say("\n".join(_summary(talk, found)), *choices)


async def _opens(talk: Talk, protocolo_id: int, o_que: str) -> None:
    """That somebody reads what another one said with a customer is in the audit, with the turn that shows it."""
    await registrar_abertura(talk.tx, talk.autor, f"protocolo:{numero_de(protocolo_id)}", o_que)


def _summary(talk: Talk, found: Transcricao) -> list[str]:
    lines = [
        f"{numero_de(found.protocolo_id)} · {name_or_customer(found.customer)}",
        f"{found.criado_em.astimezone(talk.zone):%d/%m/%Y %H:%M} · {found.consultor or _('sem consultor')}",
    ]
    messages = len(found.falas)
    lines.append(n_("{n} mensagem", "{n} mensagens", messages).format(n=messages))
    if found.avaliacao is not None:
        lines.append(_("Avaliação: {nota} de 5").format(nota=found.avaliacao))
    if found.comentario:
        lines.append(f"“{_short(found.comentario, NOTE)}”")
    notes = [fala for fala in found.falas if fala.autor == Autor.NOTA][-NOTES:]
    lines += [f"📝 {fala.consultor or ''}: {_short(fala.texto or fala.arquivo or '📎', NOTE)}" for fala in notes]
    return lines


@router.callback_query(Tap(SendTranscricao))
async def ask_for_file(event: CallbackQuery, talk: Talk, button: SendTranscricao) -> None:
    """Made after this turn (bot/senders/transcricao/sender.py); who took a copy is written down."""
    found = await _readable(talk, button.atendimento_id)
    if found is None or talk.pessoa is None:
        await talk.say(_not_found())
        return
    wanted = MakeTranscript(
        contato_id=talk.contato.id,
        atendimento_id=found.id,
        formato=button.formato,
        idioma=talk.contato.idioma,
        topico=talk.topic,
    )
    await write_command(talk.tx, wanted)
    numero = numero_de(found.protocolo_id)
    registrar(
        talk.tx, Ato.EXPORTAR, talk.autor, alvo=f"protocolo:{numero}", o_que="transcricao", formato=button.formato
    )


@router.callback_query(Unreadable(ShowHistorico, ShowTranscricao))
async def nobodys_button(event: CallbackQuery, talk: Talk) -> None:
    await record_forged(talk.tx, talk.contato.id, event.data or "")
    await talk.say(_not_found())


async def send_transcript(talk: Talk, numero: str, file: InputFile, topico: str | None) -> None:
    """The file that was asked for, in the topic in which it was."""
    caption = _("Transcrição do atendimento {numero}").format(numero=numero)
    topic = int(topico) if topico else None
    await talk.bot.send_document(talk.contato.id, file, message_thread_id=topic, caption=caption)


async def transcript_failed(talk: Talk) -> None:
    await talk.say(_("Não consegui montar a transcrição agora. Tente de novo em alguns minutos."))


async def may_still_read(talk: Talk, atendimento_id: int) -> bool:
    """Whether the person who asked may have the file, now that it is there."""
    return await _readable(talk, atendimento_id) is not None


def _not_found() -> str:
    # The same for what is not there and for what is not theirs to see.
    return _("Não encontrei atendimento entre os que você pode ver.")


def _short(text: str | None, limit: int) -> str:
    return shortened(" ".join((text or "").split()), limit)
