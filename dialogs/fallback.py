"""The last router: whatever no dialog took gets a kind sentence, and the question that was open."""

from functools import partial

from aiogram import Router
from aiogram.filters import Filter, StateFilter
from aiogram.types import CallbackQuery, InaccessibleMessage, Message

from core.direitos.direitos import Direito, tem
from core.fala.espera import NADA, Entendido
from core.fala.intencoes import CONVERSA
from core.fala.recuos import Recuo, is_laugh, retreat_of
from core.fala.respostas.emendas import talks_about_it
from core.palavras import Palavra, folded, match_word, trimmed, word_with_more
from core.prazos import EMENDA, is_over
from core.processo.consulta.pedido import is_search
from core.venda.venda import record_forged
from dialogs.agendamento.novo import Agendar
from dialogs.atendimento.a_ninguem import card_again, sent_to_nobody, writes_to_nobody
from dialogs.conversa.conteudo import said_in_a_line
from dialogs.customer.dito import greet, remember_said
from dialogs.delegacao.delegar import Delegar
from dialogs.fala.nomeados import keep_screen, show_named
from dialogs.fala.ofertas import misunderstood, offer_likeliest, offer_person
from dialogs.frame.buttons import Tap
from dialogs.frame.i18n import _
from dialogs.frame.prazos import as_choices, choices_of, offered_last
from dialogs.frame.provided import Aside
from dialogs.frame.talk import Talk
from dialogs.frame.words import NotTheirs, Word, WordTap
from dialogs.lote.lote import Comecar
from dialogs.pessoa.menu import show_menu
from dialogs.pessoa.sobre import tell_about
from dialogs.processo.aprovacao import Rejeitar
from dialogs.processo.pendentes import AprovarVarias
from dialogs.venda.acompanhamento import show_where_it_stands
from dialogs.venda.buttons import ConfirmVenda, DeclineVenda, GoOnWithVenda, JoinFila
from dialogs.venda.venda import Vender, ask_confirmation, offer_queue, whom_to_ask
from dialogs.venda.venda import begin as begin_sale
from storage.venda.vendas import open_venda_of

# Words of a text that may mean something to whoever reads it.
_SAYS_SOMETHING = 3
# So few words of a consultor are said to us ("é 14h", "opa, ainda não"); what is said to a customer is longer.
_SAID_TO_US = range(1, 5)

# Of a choice among those that were shown; longer, it is something else.
_LONGEST_PLACE = 2

gone = Router(name="gone")
router = Router(name="fallback")


class Gone(Filter):
    """The message under the button is gone: Telegram sends none, or one with `date: 0`."""

    async def __call__(self, event: CallbackQuery) -> bool:
        return event.message is None or isinstance(event.message, InaccessibleMessage)


class AnsweredLate(Filter):
    """A question of ours was open until its time was over, and this may have been meant for it."""

    async def __call__(self, event: Message, vencida: str | None = None) -> bool:
        return vencida is not None


class Rewritten(Filter):
    """Other words now, of what was written lately; a message that was taken back has none."""

    async def __call__(self, event: Message, talk: Talk) -> bool:
        return bool(event.text) and not is_over(event.date, EMENDA, talk.tx.now)


class Staff(Filter):
    """Somebody of the operation."""

    async def __call__(self, event: Message, talk: Talk) -> bool:
        return talk.pessoa is not None


class OfNobody(Filter):
    """A word about a customer with a name or a reason behind it, of whoever attends and has nobody to say it of."""

    async def __call__(self, event: Message, talk: Talk) -> bool:
        attends = talk.pessoa is not None and tem(talk.pessoa.perfil_usuario, Direito.ATENDER)
        return attends and word_with_more(event.text or "", Palavra.TRANSFERIR, Palavra.ENCERRAR) is not None


@gone.callback_query(Gone())
async def expired_menu(event: CallbackQuery, talk: Talk) -> None:
    """The message with the buttons was deleted, or is too old for the channel to show."""
    await carry_on(talk, _("Este menu expirou."))


@router.callback_query(Tap(ConfirmVenda, DeclineVenda, JoinFila, GoOnWithVenda))
async def decided_already(event: CallbackQuery, talk: Talk) -> None:
    """An old button of one's own, or its second tap."""
    await carry_on(talk, _("Esse botão já não vale: a decisão foi tomada antes."))


@router.callback_query(WordTap(Palavra.SIM))
@router.callback_query(WordTap(Palavra.NAO))
async def confirmed_already(event: CallbackQuery, talk: Talk) -> None:
    """A yes or a no under a question that was answered, or is over."""
    await nothing_to_confirm(event, talk)


@router.callback_query()
async def old_button(event: CallbackQuery, talk: Talk) -> None:
    """A button that this person was never sent, or may not tap any more."""
    await record_forged(talk.tx, talk.contato.id, event.data or "")
    await carry_on(talk, _("Esse botão já não vale para você: nada foi feito."))


class Chooses(Filter):
    """Several choices are on the screen, and no sale runs."""

    async def __call__(self, event: Message, talk: Talk) -> bool:
        free = talk.pessoa is None or await open_venda_of(talk.tx, talk.pessoa.id) is None
        return free and len(choices_of(talk)) > 1


@router.message(Word(Palavra.NAO), Chooses())
@router.message(NotTheirs(Palavra.NAO), Chooses())
async def none_of_them(event: Message, talk: Talk) -> None:
    """No question that a no answers was asked; none of what is on the screen is wanted."""
    await talk.say(_("Tudo bem, não fiz nada. Me diga com outras palavras o que você quer."))


@router.message(Word(Palavra.SIM, Palavra.NAO))
@router.message(NotTheirs(Palavra.SIM, Palavra.NAO))
async def nothing_to_confirm(event: Message | CallbackQuery, talk: Talk) -> None:
    """But a question that wants something else stays open, and no menu stands between it and its answer."""
    sells = talk.pessoa is not None and await open_venda_of(talk.tx, talk.pessoa.id) is not None
    if isinstance(event, Message) and talk.contato.state is not None and not sells:
        await talk.say(_("Isso não responde ao que perguntei acima. Responda lá, ou CANCELAR para deixar."))
        return
    await carry_on(talk, _("Não há nada para confirmar agora."))


@router.message(Word(Palavra.CANCELAR))
@router.message(NotTheirs(Palavra.CANCELAR))
async def nothing_to_cancel(event: Message, talk: Talk) -> None:
    await carry_on(talk, _("Não há nada em andamento para cancelar."))


@router.message(Word(Palavra.ENCERRAR, Palavra.TRANSFERIR, Palavra.NOTA))
@router.message(OfNobody())
async def attends_nobody(event: Message, talk: Talk) -> None:
    """Whoever may attend and is no consultor yet, as an administrator who never had a customer, too."""
    await talk.say(_("Você não está atendendo ninguém agora."))


@router.message(NotTheirs(Palavra.VENDER))
async def may_not_sell(event: Message, talk: Talk) -> None:
    """VENDER of somebody who does not sell, and has nobody to say it to: they hear what is missing."""
    await begin_sale(event, talk)


_AS_SHOWN = (Comecar.confirmacao, AprovarVarias.confirmacao, Rejeitar.confirmacao, Delegar.confirmacao)


@router.message(StateFilter(*_AS_SHOWN, Agendar.confirmacao))
async def yes_or_no_awaited(event: Message, talk: Talk, entendido: Entendido = NADA) -> None:
    """What was shown is confirmed as it was shown, or not at all."""
    asks = (event.text or "").rstrip().endswith("?") or is_search(folded(event.text or ""))
    unread = _("Não entendi. Responda SIM ao que mostrei acima, ou NÃO para não fazer nada.")
    if asks:
        unread = _("Primeiro isto: SIM ao que mostrei acima, ou NÃO para não fazer nada. Depois peça de novo.")
    await talk.say(_("Sem pressa: SIM ao que mostrei acima, ou NÃO.") if _only_waits(event, entendido) else unread)


def _only_waits(event: Message, entendido: Entendido) -> bool:
    """A greeting, thanks, a laugh or "peraí" in between are no misunderstanding."""
    text = event.text or ""
    talks = is_laugh(text) or retreat_of(text) is Recuo.ESPERA or talks_about_it(text)
    return talks or entendido.intencao in CONVERSA


_OF_PRESENCE = frozenset({Palavra.ONLINE, Palavra.OCUPADO, Palavra.AUSENTE, Palavra.OFFLINE})
_OF_ACCESS = frozenset({Palavra.POOL, Palavra.LIBERAR, Palavra.USUARIOS})


@router.message(NotTheirs(*Palavra), Staff())
async def word_of_others(event: Message, talk: Talk, alheia: Palavra) -> None:
    """It is understood, and of another perfil: "did not understand" would be no answer."""
    if alheia is Palavra.CONSULTOR:
        await carry_on(talk, _("CONSULTOR é para clientes: quem é da equipe não entra nessa fila."))
        return
    if alheia in _OF_PRESENCE and match_word(event.text or "") is None:
        await carry_on(talk, _("Presença é só de quem atende clientes: você não precisa avisar."))
        return
    said = _("{palavra} não é do seu perfil.").format(palavra=alheia.value)
    if alheia in _OF_ACCESS and match_word(event.text or "") is None:
        said = _("Acessos e pessoas são com a administração.")
    await carry_on(talk, f"{said} {await whom_to_ask(talk)}" if alheia in _OF_ACCESS else said)


@router.message(StateFilter(Vender.confirmacao), Staff())
async def confirmation_awaited(event: Message, talk: Talk, aside: Aside, entendido: Entendido = NADA) -> None:
    """What they ask first is answered, and it is asked again."""
    if not _only_waits(event, entendido) and await aside(partial(ask_confirmation, talk)):
        return
    unread = _("Não entendi. Responda SIM para começar ou NÃO para desistir.")
    await ask_confirmation(talk, _("Sem pressa.") if _only_waits(event, entendido) else unread)


@router.message(StateFilter(Vender.lugar_na_fila), Staff())
async def place_in_queue_offered(event: Message, talk: Talk, aside: Aside) -> None:
    if not await aside(partial(offer_queue, talk)):
        await offer_queue(talk)


@router.edited_message(Rewritten())
async def changed_afterwards(event: Message, talk: Talk) -> None:
    """What was read is done already, an answer to a robot too; whoever corrects it would think that it counts."""
    sentence = _("Você mudou essa mensagem, mas eu já tinha lido a de antes: se faz diferença, escreva de novo.")
    venda = await open_venda_of(talk.tx, talk.pessoa.id) if talk.pessoa else None
    if venda is None:
        await talk.say(sentence)
    else:
        await show_where_it_stands(talk, sentence)


@router.message(AnsweredLate())
async def answered_late(event: Message, talk: Talk) -> None:
    """What was asked is over, and its dialog says nothing of its own: it is not that we did not understand."""
    await carry_on(talk, _("A minha pergunta já não vale, e não fiz nada com a sua resposta. Comece de novo."))


class NoSuchPlace(Filter):
    """A number alone that none of the choices shown last has, where nothing else is asked."""

    async def __call__(self, event: Message, talk: Talk, raw_state: str | None = None) -> bool:
        said = trimmed(event.text or "")
        shown = as_choices(choices_of(talk))
        is_number = said.isascii() and said.isdecimal() and len(said) <= _LONGEST_PLACE
        return raw_state is None and is_number and len(shown) > 1 and not 1 <= int(said) <= len(shown)


@router.message(NoSuchPlace())
async def no_such_place(event: Message, talk: Talk) -> None:
    """The same choices again: they are what the number was meant for."""
    shown = as_choices(choices_of(talk))
    show = talk.offer if offered_last(talk) else talk.say
    await show(_("As opções vão de 1 a {n}: toque em uma, ou escreva o número.").format(n=len(shown)), *shown)


@router.message()
async def not_understood(event: Message, talk: Talk, aside: Aside, entendido: Entendido = NADA) -> None:
    """The second time in a row a person is offered to customers, and the likeliest things to staff."""
    if talk.contato.state == Vender.robo.state and await aside(partial(show_where_it_stands, talk)):
        return
    again = event.text is not None and await misunderstood(talk, event.text) > 1
    if event.text and talk.pessoa is not None and await _names_an_invoice(talk, event.text):
        return
    if await card_again(talk):
        return
    if event.text and talk.contato.state is None and await tell_about(talk, event.text):
        return
    if event.text and talk.pessoa is not None and talk.contato.state is None and await keep_screen(talk):
        return
    if talk.pessoa is None:
        await _unread_of_customer(event, talk, again=again)
    elif again and await open_venda_of(talk.tx, talk.pessoa.id) is None:
        await offer_likeliest(talk)
    else:
        sentence = _unread(event) or _("Por enquanto só consigo ler texto, botões e arquivos aqui.")
        unread = _("Sem pressa.") if talk.contato.state and _only_waits(event, entendido) else _("Não entendi.")
        if writes_to_nobody(talk) and len((event.text or "").split()) not in _SAID_TO_US:
            unread = sentence = sent_to_nobody()
        await carry_on(talk, unread if event.text else sentence)


async def _unread_of_customer(event: Message, talk: Talk, *, again: bool) -> None:
    """Kept for whoever attends them, and they hear so where it says something."""
    known = bool(event.text) and "dito" in await talk.state.get_data()
    await remember_said(talk, event)
    says_something = bool(said_in_a_line(event)) and (not event.text or len(event.text.split()) >= _SAYS_SOMETHING)
    noted = _("Anotei, e passo a quem atender você.") if says_something else ""
    unread = _unread(event)
    if event.voice or event.audio or event.video_note:
        unread = f"{unread} {_('Quem atender você ouve: escolha CONSULTOR e mande de novo.')}"
    if again or known:
        await offer_person(talk, noted)
    else:
        await greet(talk, unread or noted)


async def _names_an_invoice(talk: Talk, text: str) -> bool:
    """Whether it names a cliente whose invoices this person may see; then they are shown."""
    assert talk.pessoa is not None
    sees = tem(talk.pessoa.perfil_usuario, Direito.VER_PROCESSOS)
    free = talk.contato.state is None and not talk.is_attended
    return sees and free and await show_named(talk, text)


def _unread(event: Message) -> str:
    """What is said to whoever sends what we can neither hear nor see; nothing for anything else."""
    if event.voice or event.audio or event.video_note:
        return _("Ainda não consigo ouvir áudios aqui. Pode me escrever em poucas palavras?")
    if event.sticker or event.animation:
        return _("Recebi a figurinha. 😊")
    return ""


async def carry_on(talk: Talk, sentence: str) -> None:
    """Back to where the person was: their sale if one is open, else the menu, or the greeting."""
    venda = await open_venda_of(talk.tx, talk.pessoa.id) if talk.pessoa else None
    if venda is not None:
        await show_where_it_stands(talk, sentence)
        return
    await show_menu(talk, sentence)
