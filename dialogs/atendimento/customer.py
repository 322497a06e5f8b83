"""The customer: greeted, in the queue with a protocolo, attended by a person, asked for a rating at the end."""

from datetime import timedelta
from typing import Any

from aiogram import Router
from aiogram.filters import Filter, StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, KeyboardButton, Message, ReplyKeyboardMarkup

from core.atendimento import atendimento as use
from core.atendimento.distribuicao import AtendimentoLimits, estimate
from core.commands.atendimento import TellCustomerEnded
from core.commands.base import write_command
from core.consultor.protocolos import numero_de
from core.conversa.envio import keep_arquivo
from core.fala.espera import NADA, Entendido
from core.fala.intencoes import Intencao
from core.fala.respostas.avaliacao import is_other_number, rating
from core.palavras import Palavra
from core.prazos import ESCREVENDO
from dialogs.atendimento.buttons import EndOwn, GreetIn, LeaveAfterAll, LeaveFila, NoComment, Rate, StayInFila
from dialogs.atendimento.dito import remember_said
from dialogs.conversa.conteudo import content_of, is_shown_there
from dialogs.conversa.espera import note_customer_message, note_edit, note_said
from dialogs.conversa.recusa import tell_not_shown
from dialogs.frame.buttons import Tap
from dialogs.frame.i18n import LANGUAGE_NAMES, _, n_
from dialogs.frame.prazos import Lapsed, Offered
from dialogs.frame.talk import Choice, Talk
from dialogs.frame.words import Carries, Command, NotTheirs, WordButton, on_word
from storage.atendimento.atendimentos import (
    Atendimento,
    accepted_lately,
    atendimento_by_id,
    change_atendimento,
    lock_atendimento,
    position,
)
from storage.atendimento.status import EncerradoPor, StatusAtendimento
from storage.consultor.consultores import in_turns
from storage.contatos.contatos import update_contato

router = Router(name="cliente")

ACCEPTED_LATELY = 20
COMMENT_LIMIT = 1000
WORDS_TO_GO_ON = 4
# Words of a sentence that says more than that somebody is wanted.
_SAYS_WHY = 7
# A longer text with a number in it is a comment.
OTHER_STARS = 25
# To somebody whose language nobody can guess.
WHICH_LANGUAGE = (
    "Olá! Em que idioma prefere conversar?\n"
    "Hello! Which language do you prefer?\n"
    "¡Hola! ¿En qué idioma prefieres conversar?"
)


class Avaliar(StatesGroup):
    """After the end."""

    nota = State()
    comentario = State()


class Stranger(Filter):
    """A customer: nobody registered this person, or they work here no more."""

    async def __call__(self, event: Message | CallbackQuery, talk: Talk) -> bool:
        return talk.pessoa is None


class Waiting(Filter):
    """The customer waits for a consultor; the atendimento is given as `atendimento`."""

    async def __call__(self, event: Message | CallbackQuery, talk: Talk) -> bool | dict[str, Atendimento]:
        atendimento = await waits(talk)
        return {"atendimento": atendimento} if atendimento is not None else False


async def waits(talk: Talk) -> Atendimento | None:
    """The atendimento in which this person waits for a consultor, if they do."""
    if talk.contato.atendimento_id is None:
        return None
    atendimento = await atendimento_by_id(talk.tx.connection, talk.contato.atendimento_id)
    return atendimento if atendimento is not None and atendimento.status == StatusAtendimento.NA_FILA else None


router.message.filter(Stranger())
router.callback_query.filter(Stranger())


async def greet(talk: Talk, before: str = "") -> None:
    """Who we are, and how to reach a person. On Telegram staff say here who they are, too."""
    if talk.language_unknown and "idioma" not in await talk.state.get_data():
        choices = [(name, GreetIn(idioma=code)) for code, name in LANGUAGE_NAMES.items()]
        await talk.say(f"{before}\n\n{WHICH_LANGUAGE}" if before else WHICH_LANGUAGE, *choices)
        return
    text = _("Olá! Este é o atendimento da operação. Para falar com uma pessoa da equipe, escolha CONSULTOR.")
    text = f"{before}\n\n{text}" if before else text
    if talk.contato.channel != "telegram":
        consultor = (_("Falar com consultor"), WordButton(palavra=Palavra.CONSULTOR))
        await talk.offer(text, consultor, ("Idioma / Language", WordButton(palavra=Palavra.IDIOMA)))
        return
    staff = KeyboardButton(text=_("Compartilhar meu telefone"), request_contact=True)
    keyboard = [[KeyboardButton(text=Palavra.CONSULTOR)], [staff]]
    text = text + "\n\n" + _("É da equipe? Para saber quem é você, toque em “Compartilhar meu telefone”.")
    markup = ReplyKeyboardMarkup(keyboard=keyboard, resize_keyboard=True, one_time_keyboard=True)
    await talk.bot.send_message(talk.contato.id, text, reply_markup=markup)


@router.callback_query(Tap(GreetIn))
async def language_chosen(event: CallbackQuery, talk: Talk, button: GreetIn) -> None:
    """Nobody could know it; from here on it is known."""
    await update_contato(talk.tx, talk.contato.id, idioma=button.idioma)
    talk.contato.idioma = button.idioma
    await talk.state.update_data(idioma=button.idioma)
    talk.speak()
    await greet(talk)


@on_word(router, Palavra.CONSULTOR)
async def ask_for_consultor(event: Message | CallbackQuery, talk: Talk, atendimento_limits: AtendimentoLimits) -> None:
    """The protocolo at once, whoever is free; asked again, where they are in the queue."""
    said = (await talk.state.get_data()).get("dito", [])
    await talk.state.clear()
    atendimento = await use.join_queue(talk.tx, talk.contato)
    for text in said:
        await note_said(talk, text, atendimento)
    if isinstance(event, Message) and len((event.text or "").split()) >= _SAYS_WHY:
        # "Falar com alguém sobre a fatura do meu plano": who attends them reads why, too.
        await note_customer_message(talk, event, atendimento)
    await tell_place(talk, atendimento, atendimento_limits)


async def tell_place(talk: Talk, atendimento: Atendimento, limits: AtendimentoLimits, before: str = "") -> None:
    """The protocolo, the place in the queue and an honest estimate."""
    place = await position(talk.tx.connection, atendimento)
    await change_atendimento(talk.tx, atendimento.id, posicao_dita=place)
    lines = [before] if before else []
    lines.append(_("Seu protocolo: {numero}").format(numero=numero_de(atendimento.protocolo_id)))
    languages = limits.languages_for(atendimento.idioma)
    turns = await in_turns(talk.tx.connection, languages, 1)
    if not any(turns.values()):
        lines.append(_("Nenhum consultor está disponível agora. Assim que um estiver, você será atendido."))
        lines.append(_("Você é o {n}º da fila.").format(n=place))
    elif place == 1:
        lines.append(_("Estou chamando um consultor para você."))
    else:
        accepted = await accepted_lately(talk.tx.connection, atendimento.idioma, ACCEPTED_LATELY)
        lines.append(_("Você é o {n}º da fila.").format(n=place))
        lines.append(_estimated(estimate(place, accepted, talk.tx.now)))
    lines.append(_("Se quiser, já pode escrever o que precisa."))
    await talk.say("\n".join(lines), (_("Desistir"), LeaveFila(atendimento_id=atendimento.id)))


def _estimated(wait: timedelta | None) -> str:
    if wait is None:
        return _("Ainda não dá para estimar a espera.")
    minutes = max(1, round(wait / timedelta(minutes=1)))
    return n_("Espera estimada: cerca de {n} minuto.", "Espera estimada: cerca de {n} minutos.", minutes).format(
        n=minutes
    )


@router.message(NotTheirs(Palavra.CANCELAR), Waiting())
async def gives_up(event: Message, talk: Talk, atendimento: Atendimento) -> None:
    """To a customer who waits, CANCELAR is about the queue."""
    await _end(talk, await lock_atendimento(talk.tx, atendimento.id))


@router.message(NotTheirs(Palavra.STATUS), Waiting())
@router.message(Command(), Waiting())
async def asks_for_place(
    event: Message, talk: Talk, atendimento: Atendimento, atendimento_limits: AtendimentoLimits
) -> None:
    """And so is STATUS, and a command that is not theirs."""
    await tell_place(talk, atendimento, atendimento_limits)


class PerhapsGivesUp(Filter):
    """ "Cansei de esperar", "acho que vou desistir": not sure enough to lose the place."""

    async def __call__(self, event: Message, entendido: Entendido = NADA) -> bool:
        return entendido.intencao is Intencao.DESISTIR and not entendido.certo


@router.message(PerhapsGivesUp(), Waiting())
async def may_give_up(event: Message, talk: Talk, atendimento: Atendimento) -> None:
    """Kept for the consultor like everything they say, and the way out is a tap away."""
    await note_customer_message(talk, event, atendimento)
    leaves = (_("Desistir"), LeaveAfterAll(atendimento_id=atendimento.id))
    stays = (_("Continuar na fila"), StayInFila(atendimento_id=atendimento.id))
    await talk.say(_("Anotei. Quer sair da fila?"), leaves, stays)


@router.message(Offered(StayInFila), Waiting())
async def said_instead_of_yes(event: Message, talk: Talk, atendimento: Atendimento) -> None:
    """Whatever is no yes to that keeps the place, and they hear so: silence would leave them in doubt."""
    await note_customer_message(talk, event, atendimento)
    await talk.say(_("Anotei. Você continua na fila, no mesmo lugar."))
    await talk.state.update_data(anotado=atendimento.id)


@router.callback_query(Tap(StayInFila), Waiting())
async def stays_in_fila(
    event: CallbackQuery,
    talk: Talk,
    button: StayInFila,
    atendimento: Atendimento,
    atendimento_limits: AtendimentoLimits,
) -> None:
    await tell_place(talk, atendimento, atendimento_limits, _("Tudo bem, você continua na fila."))


@router.callback_query(Tap(StayInFila))
async def stayed_long_ago(event: CallbackQuery, talk: Talk, button: StayInFila) -> None:
    """A consultor has them, or it is over: nothing to keep."""
    await talk.say(_("Você já não está na fila: nada mudou."))


@router.message(Waiting())
async def said_while_waiting(
    event: Message, talk: Talk, atendimento: Atendimento, atendimento_limits: AtendimentoLimits
) -> None:
    """Kept for the consultor. Answered once, and whenever the place in the queue is another one."""
    await note_customer_message(talk, event, atendimento)
    if not is_shown_there(content_of(event)):
        await tell_not_shown(talk)
        return
    noted = _("Anotei. O consultor vai ler a sua mensagem ao entrar.")
    place = await position(talk.tx.connection, atendimento)
    if place != atendimento.posicao_dita:
        await tell_place(talk, atendimento, atendimento_limits, noted)
    elif (await talk.state.get_data()).get("anotado") != atendimento.id:
        await talk.say(noted)
    await talk.state.update_data(anotado=atendimento.id)


@router.edited_message(Waiting())
async def corrected_while_waiting(event: Message, talk: Talk, atendimento: Atendimento) -> None:
    await note_edit(talk, event, atendimento)


@router.callback_query(Tap(LeaveFila, LeaveAfterAll, EndOwn))
async def end(event: CallbackQuery, talk: Talk, button: LeaveFila | LeaveAfterAll | EndOwn) -> None:
    """Out of the queue, or out of the conversation: a consultor may have accepted meanwhile."""
    own = talk.contato.atendimento_id == button.atendimento_id
    await _end(talk, await lock_atendimento(talk.tx, button.atendimento_id) if own else None)


async def _end(talk: Talk, atendimento: Atendimento | None) -> None:
    """`atendimento` is locked; None for one that is not theirs any more."""
    if atendimento is None or atendimento.status == StatusAtendimento.ENCERRADO:
        await talk.say(_("Esse atendimento já foi encerrado."))
        return
    attended = atendimento.status == StatusAtendimento.EM_ATENDIMENTO
    await use.end(talk.tx, atendimento, EncerradoPor.CLIENTE)
    use.show(talk.contato, None)
    if attended:
        # The consultor's conversation is not ours to open here: a turn of its own tells them.
        await write_command(talk.tx, TellCustomerEnded(atendimento.id))
        await ask_for_rating(talk, atendimento)
        return
    text = _("Tudo bem, você saiu da fila. Protocolo {numero}. Quando precisar, escolha CONSULTOR.")
    await talk.say(text.format(numero=numero_de(atendimento.protocolo_id)))


async def ask_for_rating(talk: Talk, atendimento: Atendimento, before: str = "") -> None:
    """The last thing of an atendimento, in the customer's conversation."""
    await talk.state.set_state(Avaliar.nota)
    await talk.state.update_data(atendimento_id=atendimento.id)
    text = _("O atendimento {numero} foi encerrado. De 1 a 5, que nota você dá?")
    text = text.format(numero=numero_de(atendimento.protocolo_id))
    await talk.say(f"{before}\n\n{text}" if before else text, *_notes(atendimento.id))


def _notes(atendimento_id: int) -> list[Choice]:
    return [(f"{note} {'⭐' * note}", Rate(atendimento_id=atendimento_id, nota=note)) for note in range(1, 6)]


async def ask_for_rating_again(talk: Talk, atendimento_id: int, before: str) -> None:
    """The rating was given too late to count; whoever still wants to gives it now."""
    atendimento = await atendimento_by_id(talk.tx.connection, atendimento_id)
    if atendimento is None or atendimento.contato_id != talk.contato.id or atendimento.avaliacao is not None:
        await talk.say(before)
    else:
        await ask_for_rating(talk, atendimento, before)


@router.message(Lapsed(Avaliar.nota, Avaliar.comentario))
async def too_late_for_a_comment(event: Message, talk: Talk) -> None:
    """Days after the end it is about something else, whatever it says: whoever attends them next reads it."""
    if not event.text or rating(event.text) is None:
        await remember_said(talk, event)
    await greet(talk, _("O prazo para avaliar o seu último atendimento já passou, e isso não foi guardado com ele."))


@router.message(StateFilter(Avaliar.nota, Avaliar.comentario), Carries("text"))
async def comment(event: Message, talk: Talk) -> None:
    """A free word, after the stars or instead of them; or other stars ("na verdade 4")."""
    data = await talk.state.get_data()
    nota = rating(event.text) if event.text and len(event.text) <= OTHER_STARS else None
    if nota is not None and talk.contato.state == Avaliar.comentario.state and await _corrected(talk, data, nota):
        return
    waits = talk.contato.state == Avaliar.nota.state and "atendimento_id" in data
    if waits and nota is not None:
        # The stars are not on the screen any more: something else was said meanwhile.
        await _rate(talk, data["atendimento_id"], nota)
        return
    if waits and event.text and is_other_number(event.text):
        await talk.say(_("A nota vai de 1 a 5. Qual você dá?"), *_notes(data["atendimento_id"]))
        return
    if waits and await _crossed_the_end(talk, event.text or "", data["atendimento_id"]):
        await remember_said(talk, event)
        text = _(
            "O atendimento terminou enquanto você escrevia, e ninguém leu isso ainda. "
            "Para continuar, escolha CONSULTOR: quem atender você vai ler."
        )
        await talk.say(text, (_("Falar com consultor"), WordButton(palavra=Palavra.CONSULTOR)))
        return
    await talk.state.clear()
    if event.text and "atendimento_id" in data:
        await change_atendimento(talk.tx, data["atendimento_id"], comentario=event.text[:COMMENT_LIMIT])
    await talk.say(_("Obrigado! O seu comentário foi guardado. Para falar de novo com uma pessoa, escolha CONSULTOR."))


async def _crossed_the_end(talk: Talk, text: str, atendimento_id: int) -> bool:
    """Whether it was being written when the consultor ended it; a word or two are a thank you."""
    atendimento = await atendimento_by_id(talk.tx.connection, atendimento_id)
    if atendimento is None or atendimento.encerrado_em is None or len(text.split()) < WORDS_TO_GO_ON:
        return False
    return (talk.escrita_em or talk.tx.now) - atendimento.encerrado_em < ESCREVENDO


@router.message(StateFilter(Avaliar.nota, Avaliar.comentario))
async def no_comment_but_a_file(event: Message, talk: Talk) -> None:
    """After the end nobody is there to look at it. A file is kept; the question stays open."""
    arquivo = content_of(event).arquivo
    if arquivo is not None:
        await keep_arquivo(talk.tx, talk.contato, arquivo)
    text = _("O atendimento já terminou e ninguém da equipe viu isso. Para mostrar a uma pessoa, escolha CONSULTOR.")
    data = await talk.state.get_data()
    waits = await talk.state.get_state() == Avaliar.nota.state and "atendimento_id" in data
    await talk.say(text, *(_notes(data["atendimento_id"]) if waits else ()))


@router.callback_query(Tap(Rate))
async def rated(event: CallbackQuery, talk: Talk, button: Rate) -> None:
    data = await talk.state.get_data()
    is_open = talk.contato.state == Avaliar.comentario.state and data.get("atendimento_id") == button.atendimento_id
    if not (is_open and await _corrected(talk, data, button.nota)):
        await _rate(talk, button.atendimento_id, button.nota)


async def _rate(talk: Talk, atendimento_id: int, nota: int) -> None:
    atendimento = await lock_atendimento(talk.tx, atendimento_id)
    if atendimento is None or atendimento.contato_id != talk.contato.id:
        await greet(talk, _("Essa avaliação já não vale: nada foi guardado."))
        return
    if not await use.rate(talk.tx, atendimento, nota):
        await talk.say(_("Esse atendimento já foi avaliado. Obrigado!"))
        return
    await talk.state.set_state(Avaliar.comentario)
    text = _("Obrigado pela nota! Se quiser, escreva um comentário.")
    await talk.say(text, (_("Agora não"), NoComment()))


async def _corrected(talk: Talk, data: dict[str, Any], nota: int) -> bool:
    """Other stars while the comment is waited for count instead of the first ones; False when they are the same."""
    atendimento = await lock_atendimento(talk.tx, data["atendimento_id"]) if "atendimento_id" in data else None
    if atendimento is None or atendimento.contato_id != talk.contato.id:
        return False
    if not await use.rate(talk.tx, atendimento, nota, corrects=True):
        return False
    text = _("Anotei: nota {nota}. Se quiser, escreva um comentário.").format(nota=nota)
    await talk.say(text, (_("Agora não"), NoComment()))
    return True


@router.callback_query(Tap(NoComment))
async def no_comment(event: CallbackQuery, talk: Talk) -> None:
    await talk.state.clear()
    await talk.say(_("Combinado. Até a próxima!"))
