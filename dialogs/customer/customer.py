"""The customer asks for a person: in the queue with a protocolo, attended, or out of it again."""

from datetime import datetime, timedelta

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from core.atendimento import atendimento as use
from core.atendimento.distribuicao import TURNS, AtendimentoLimits, anyone_has_room, estimate
from core.commands.atendimento import TellCustomerEnded
from core.commands.base import write_command
from core.consultor.protocolos import numero_de
from core.fala.espera import NADA, Entendido
from core.fala.intencoes import Intencao
from core.palavras import Palavra
from core.prazos import CALADOS, is_over
from dialogs.conversa.conteudo import content_of, is_shown_there
from dialogs.conversa.conversa import tell_attended
from dialogs.conversa.espera import note_customer_message, note_edit, note_said
from dialogs.conversa.recusa import tell_not_shown
from dialogs.customer.avaliacao import ask_for_rating
from dialogs.customer.buttons import EndOwn, GreetIn, LeaveAfterAll, LeaveFila, StayInFila
from dialogs.customer.dito import Stranger, greet
from dialogs.frame.buttons import Tap
from dialogs.frame.i18n import _, n_
from dialogs.frame.prazos import Offered
from dialogs.frame.talk import Talk
from dialogs.frame.words import Command, NotTheirs, on_word
from storage.atendimento.atendimentos import (
    Atendimento,
    accepted_lately,
    atendimento_now,
    change_atendimento,
    lock_atendimento,
    position,
)
from storage.atendimento.status import EncerradoPor, StatusAtendimento
from storage.consultor.consultores import in_turns
from storage.contatos.contatos import update_contato

router = Router(name="cliente")

ACCEPTED_LATELY = 20
# Words of a sentence that says more than that somebody is wanted.
_SAYS_WHY = 7


class Waiting(Filter):
    """The customer waits for a consultor; the atendimento is given as `atendimento`."""

    async def __call__(self, event: Message | CallbackQuery, talk: Talk) -> bool | dict[str, Atendimento]:
        atendimento = await waits(talk)
        return {"atendimento": atendimento} if atendimento is not None else False


async def waits(talk: Talk) -> Atendimento | None:
    """The atendimento in which this person waits for a consultor, if they do."""
    if talk.contato.atendimento_id is None:
        return None
    atendimento = await atendimento_now(talk.tx, talk.contato.atendimento_id)
    return atendimento if atendimento is not None and atendimento.status == StatusAtendimento.NA_FILA else None


router.message.filter(Stranger())
router.callback_query.filter(Stranger())


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
    if atendimento.status == StatusAtendimento.EM_ATENDIMENTO:
        await tell_attended(talk, atendimento)
        return
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
    # Who has room is asked for the next one alone.
    turns = await in_turns(talk.tx.connection, languages, TURNS if place == 1 else 1)
    if not any(turns.values()):
        lines.append(_("Nenhum consultor está disponível agora. Assim que um estiver, você será atendido."))
        lines.append(_("Você é o {n}º da fila.").format(n=place))
    elif place == 1 and await anyone_has_room(talk.tx.connection, turns, limits):
        lines.append(_("Estou chamando um consultor para você."))
    elif place == 1:
        lines.append(_("Todos os consultores estão atendendo agora. Você é o próximo da fila."))
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
    """Kept for the consultor. Answered once, whenever the place in the queue is another one, and now and then."""
    await note_customer_message(talk, event, atendimento)
    if not is_shown_there(content_of(event)):
        await tell_not_shown(talk)
        return
    place = await position(talk.tx.connection, atendimento)
    if place != atendimento.posicao_dita:
        await tell_place(talk, atendimento, atendimento_limits, noted())
    elif (await talk.state.get_data()).get("anotado") != atendimento.id:
        await talk.say(noted())
    elif await _heard_nothing(talk):
        # "Tem alguém aí?", after minutes of silence.
        await tell_place(talk, atendimento, atendimento_limits, _("Anotei. Você continua na fila, no mesmo lugar."))
    else:
        return
    await talk.state.update_data(anotado=atendimento.id, fila_dita_em=talk.tx.now.isoformat())


def noted() -> str:
    return _("Anotei. O consultor vai ler a sua mensagem ao entrar.")


async def _heard_nothing(talk: Talk) -> bool:
    """Whether they have written on for a while without an answer."""
    since = (await talk.state.get_data()).get("fila_dita_em")
    return since is None or is_over(datetime.fromisoformat(since), CALADOS, talk.tx.now)


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
