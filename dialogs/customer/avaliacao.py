"""The end of an atendimento, to its customer: the stars, a free word, and what is said instead of them."""

from typing import Any

from aiogram import Router
from aiogram.filters import Filter, StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from core.atendimento import atendimento as use
from core.consultor.protocolos import numero_de
from core.conversa.envio import keep_arquivo
from core.conversa.transcricao import conversations_of
from core.fala.espera import NADA, Entendido
from core.fala.intencoes import Intencao
from core.fala.recuos import is_laugh
from core.fala.respostas.avaliacao import corrects, declines, is_other_number, leaves_unsolved, only_thanks, rating
from core.prazos import AVALIACAO, ESCREVENDO, is_over
from core.textos import behind
from dialogs.conversa.conteudo import content_of
from dialogs.customer.buttons import NoComment, Rate
from dialogs.customer.dito import Stranger, greet, remember_said
from dialogs.frame.buttons import Tap
from dialogs.frame.i18n import _
from dialogs.frame.prazos import Lapsed
from dialogs.frame.talk import Choice, Talk
from dialogs.frame.words import Carries, a_person
from storage.atendimento.atendimentos import (
    Atendimento,
    atendimento_by_id,
    change_atendimento,
    has_comment,
    lock_atendimento,
    open_atendimento_of,
)
from storage.conversa.transcricao import past_of

router = Router(name="avaliacao")
router.message.filter(Stranger())
router.callback_query.filter(Stranger())

COMMENT_LIMIT = 1000
WORDS_TO_GO_ON = 4
# A longer text with a number in it is a comment.
OTHER_STARS = 25
_SAYS_NOTHING_OF_IT = frozenset({Intencao.AGRADECIMENTO, Intencao.DESPEDIDA, Intencao.SAUDACAO})
# In the conversation's data: the stars were asked for once more.
_ASKED_AGAIN = "lembrado"


class Avaliar(StatesGroup):
    """After the end."""

    nota = State()
    comentario = State()


async def ask_for_rating(talk: Talk, atendimento: Atendimento, before: str = "") -> None:
    """The last thing of an atendimento, in the customer's conversation."""
    await talk.state.set_state(Avaliar.nota)
    await talk.state.update_data(atendimento_id=atendimento.id)
    text = _("O atendimento {numero} foi encerrado. De 1 a 5, que nota você dá?")
    text = text.format(numero=numero_de(atendimento.protocolo_id))
    await talk.say(behind(before, text), *_notes(atendimento.id))


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
async def comment(event: Message, talk: Talk, entendido: Entendido = NADA) -> None:
    """A free word, after the stars or instead of them; or other stars ("na verdade 4")."""
    data, text = await talk.state.get_data(), event.text or ""
    nota = rating(text) if len(text) <= OTHER_STARS else None
    if nota is not None and talk.contato.state == Avaliar.comentario.state and await _corrected(talk, data, nota):
        return
    waits = talk.contato.state == Avaliar.nota.state and "atendimento_id" in data
    says_nothing = entendido.intencao in _SAYS_NOTHING_OF_IT or is_laugh(text)
    if waits and nota is not None:
        # The stars are not on the screen any more: something else was said meanwhile.
        await _rate(talk, data["atendimento_id"], nota)
    elif waits and is_other_number(text):
        await talk.say(_("A nota vai de 1 a 5. Qual você dá?"), *_notes(data["atendimento_id"]))
    elif declines(text):
        await no_comment(event, talk)
    elif waits and says_nothing:
        await _ask_once_more(talk, data, entendido)
    elif says_nothing and (is_laugh(text) or only_thanks(text)) and len(text.split()) < WORDS_TO_GO_ON:
        # The stars were given; a comment may still come.
        await talk.say(_("Por nada!") if entendido.intencao is Intencao.AGRADECIMENTO else _("Até mais!"))
    elif waits and await _crossed_the_end(talk, text, data["atendimento_id"]):
        await remember_said(talk, event)
        crossed = _(
            "O atendimento terminou enquanto você escrevia, e ninguém leu isso ainda. "
            "Para continuar, escolha CONSULTOR: quem atender você vai ler."
        )
        await talk.say(crossed, a_person())
    else:
        await _keep_comment(talk, event, data, entendido, stars=waits)


class CorrectsLast(Filter):
    """ "Na verdade 4", said when the comment has been kept already; given as `atendimento`, rated not long ago."""

    async def __call__(self, event: Message, talk: Talk, raw_state: str | None = None) -> bool | dict[str, Atendimento]:
        if raw_state is not None or talk.contato.atendimento_id is not None or not corrects(event.text or ""):
            return False
        page, _total = await past_of(
            talk.tx.connection, await conversations_of(talk.tx.connection, talk.contato.id), 0, 1
        )
        if not page or page[0].avaliacao is None or is_over(page[0].encerrado_em, AVALIACAO, talk.tx.now):
            return False
        found = await lock_atendimento(talk.tx, page[0].id)
        return {"atendimento": found} if found is not None and found.contato_id == talk.contato.id else False


@router.message(CorrectsLast())
async def corrected_later(event: Message, talk: Talk, atendimento: Atendimento) -> None:
    """The comment stays; the stars are the ones said last."""
    nota = rating(event.text or "")
    if nota is not None:
        await use.rate(talk.tx, atendimento, nota, corrects=True)
        await talk.say(_("Anotei: a nota agora é {nota}.").format(nota=nota))


async def _ask_once_more(talk: Talk, data: dict[str, Any], entendido: Entendido) -> None:
    """Thanks, a greeting, a laugh are no comment. The stars may still come, and are asked for once more only."""
    thanked = _("Por nada!") if entendido.intencao is Intencao.AGRADECIMENTO else ""
    if data.get(_ASKED_AGAIN):
        await talk.say(thanked or _("Até mais!"), *_notes(data["atendimento_id"]))
        return
    await talk.state.update_data({_ASKED_AGAIN: True})
    asks = _("De 1 a 5, que nota você dá ao atendimento? Para falar de novo com uma pessoa, escolha CONSULTOR.")
    await talk.say(f"{thanked} {asks}".strip(), *_notes(data["atendimento_id"]))


async def _keep_comment(talk: Talk, event: Message, data: dict[str, Any], entendido: Entendido, *, stars: bool) -> None:
    """Whoever is not content is told how to go on; and of whoever wrote in place of the stars these may still come."""
    await talk.state.clear()
    if event.text and "atendimento_id" in data:
        await change_atendimento(talk.tx, data["atendimento_id"], comentario=event.text[:COMMENT_LIMIT])
    said = _("Obrigado! O seu comentário foi guardado. Para falar de novo com uma pessoa, escolha CONSULTOR.")
    if entendido.intencao is Intencao.RECLAMACAO or leaves_unsolved(event.text or ""):
        # Whoever attends them next reads it, too.
        await remember_said(talk, event)
        said = _(
            "Sinto muito por isso. O seu comentário foi guardado. Para continuar com uma pessoa, escolha CONSULTOR."
        )
    if stars:
        await talk.say(f"{said} {_('E de 1 a 5, que nota você dá?')}", *_notes(data["atendimento_id"]))
    else:
        await talk.say(said)


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
    if await has_comment(talk.tx.connection, atendimento_id):
        # They have said what there was to say, and the stars come after it.
        await talk.say(_("Obrigado pela nota! Ela foi guardada com o seu comentário."))
        return
    if await open_atendimento_of(talk.tx.connection, talk.contato.id) is not None:
        # They are here again: what they write next is for whoever attends them.
        await talk.say(_("Obrigado pela nota!"))
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
async def no_comment(event: Message | CallbackQuery, talk: Talk) -> None:
    await talk.state.clear()
    await talk.say(_("Combinado. Até a próxima!"))
