"""What is said between the things there are dialogs for: greetings are met, what is likely meant is offered."""

from aiogram import Router
from aiogram.types import Message

from core.direitos.direitos import Direito, tem
from core.fala.espera import Entendido
from core.fala.intencoes import CONVERSA, SIM_OU_NAO, Intencao
from core.fala.padrao import NAO_ENTENDIDO, pattern_of
from core.palavras import Palavra
from dialogs.atendimento.a_ninguem import card_again
from dialogs.conversa.conteudo import about_of
from dialogs.customer.dito import Stranger, greet, remember_said
from dialogs.customer.rajada import OneOfMany, SaidAgain
from dialogs.fala.escuta import MISUNDERSTOOD, main_choices
from dialogs.fala.esperado import offered
from dialogs.fala.filtros import ActByNumber, AsksForTime, DrawsBack, Laughs, Likely, LikelyChoice, OfferedLast, Said
from dialogs.frame.i18n import _
from dialogs.frame.prazos import as_choices, offered_last
from dialogs.frame.talk import Choice, Talk
from dialogs.frame.words import Free, Unworded, a_person
from dialogs.pessoa.menu import show_menu, way_to, words_of
from dialogs.pessoa.sobre import about
from dialogs.presenca.presenca import absence_said, keep_absence
from dialogs.processo.cartao import looked_at, looked_at_above
from dialogs.venda.acompanhamento import show_where_it_stands
from storage.ocorrencias import record
from storage.venda.vendas import open_venda_of

router = Router(name="ofertas")
# Asked before anything is passed on to a customer.
respostas = Router(name="respostas_a_ofertas")

_LIKELIEST = (
    Palavra.VENDER,
    Palavra.STATUS,
    Palavra.FILA,
    Palavra.PRESENCA,
    Palavra.PENDENTES,
    Palavra.PROCESSOS,
    Palavra.EXECUCOES,
    Palavra.AJUDA,
    Palavra.IDIOMA,
)
# They have every word, and sell little themselves.
_OF_ADMINISTRATORS = (Palavra.PROCESSOS, Palavra.PENDENTES, Palavra.POOL)


@router.message(Stranger(), OneOfMany())
async def one_of_many(event: Message, talk: Talk) -> None:
    """What was said to them a moment ago stands."""
    await remember_said(talk, event)


@router.message(Unworded(), SaidAgain())
async def said_for_ever(event: Message, talk: Talk) -> None:
    """An automatic reply: each answer of ours would have it again."""


@router.message(Stranger(), Said(Intencao.RECLAMACAO, Intencao.ASSUNTO))
async def told_what_it_is_about(event: Message, talk: Talk, entendido: Entendido) -> None:
    """Kept for the card of whoever will attend them; and a person is offered at once."""
    known = "dito" in await talk.state.get_data()
    await remember_said(talk, event)
    complains = entendido.intencao is Intencao.RECLAMACAO
    kept = _("Sinto muito por isso. Vou passar o que você escreveu a quem atender você.")
    text = kept if complains else _("Entendi. Vou passar isso a quem atender você.")
    if not known:
        await greet(talk, text)
        return
    # Who we are has been said already.
    ask = _("Quer falar agora com uma pessoa da equipe?")
    await talk.offer(f"{text}\n\n{ask}", a_person())


@router.message(Said(Intencao.SAUDACAO))
async def greeted(event: Message, talk: Talk) -> None:
    if talk.pessoa is None:
        if about_of(event):
            await remember_said(talk, event)
        await greet(talk)
        return
    greeting = _("Oi, {nome}!").format(nome=talk.pessoa.nome_completo.split()[0])
    if await open_venda_of(talk.tx, talk.pessoa.id) is not None:
        await show_where_it_stands(talk, greeting)
    elif not await card_again(talk):
        await show_menu(talk, greeting)


@respostas.message(Said(*SIM_OU_NAO), OfferedLast())
async def answered(event: Message, talk: Talk, entendido: Entendido) -> None:
    """A yes to several is none to any of them; a no leaves everything as it is."""
    shown = offered_last(talk)
    meant = main_choices(shown)
    choices = as_choices(meant)
    if entendido.intencao is Intencao.SIM:
        one = len(choices) == 1 < len(shown)
        await talk.offer(
            _("Você quis dizer “{o_que}”?").format(o_que=choices[0][0]) if one else _("Qual delas?"),
            *choices,
            beneath=looked_at_above(talk),
        )
    else:
        # What they looked at before we asked is there again.
        await talk.say(_nothing_done(talk), *looked_at_above(talk))


@router.message(Free(), DrawsBack())
async def drawn_back(event: Message, talk: Talk) -> None:
    """Nothing was begun, and what they look at stays."""
    await talk.say(_nothing_done(talk), *looked_at(talk))


def _nothing_done(talk: Talk) -> str:
    """A customer who wants nobody called wanted no more; one of the team wanted something else."""
    if talk.pessoa is None:
        return _("Certo! Se precisar, é só escrever.")
    return _("Tudo bem, não fiz nada. Me diga com outras palavras o que você quer.")


@router.message(Said(*CONVERSA - {Intencao.SAUDACAO}, *SIM_OU_NAO))
async def met(event: Message, talk: Talk, entendido: Entendido) -> None:
    """Thanks, a good-bye, an "ok" that answers nothing: one kind sentence."""
    if entendido.intencao is Intencao.AGRADECIMENTO:
        await talk.say(_("Por nada! Se precisar, é só escrever."))
    elif entendido.intencao is Intencao.DESPEDIDA:
        await talk.say(_("Até mais!"))
    else:
        await talk.say(_("Certo! Se precisar, é só escrever."))


@router.message(Likely())
async def offer(event: Message, talk: Talk, entendido: Entendido) -> None:
    """Done by a tap only. In a sale nobody means another one by so little; before a card one speaks to a customer."""
    if await card_again(talk):
        return
    sells = talk.pessoa is not None and offered(entendido) == (Palavra.VENDER,)
    if sells and talk.pessoa is not None and await open_venda_of(talk.tx, talk.pessoa.id) is not None:
        await show_where_it_stands(talk)
        return
    choices = [await _way_to(talk, palavra, entendido) for palavra in offered(entendido)]
    if sells and (found := await about(talk, event.text or "", besides=True)) is not None:
        # "Dá pra trocar o vencimento da venda que eu fiz": it speaks of a sale, and begins none.
        said, ways = found
        await talk.offer(said, *ways, *choices)
        return
    if len(choices) == 1:
        text = _("Você quis dizer “{o_que}”?").format(o_que=choices[0][0])
        await talk.offer(text, *choices, beneath=looked_at_above(talk))
    else:
        await talk.offer(_("Qual destas coisas primeiro?"), *choices, beneath=looked_at_above(talk))


async def _way_to(talk: Talk, palavra: Palavra, entendido: Entendido) -> Choice:
    """Of an absence what was said of it goes with the tap."""
    label, button = way_to(palavra)
    absent = palavra in (Palavra.AUSENTE, Palavra.OCUPADO) and palavra.value == entendido.intencao.value
    if absent and entendido.ate is not None:
        button = await keep_absence(talk, palavra, absence_said(talk, entendido))
    return label, button


@router.message(AsksForTime())
async def waits(event: Message, talk: Talk) -> None:
    """The offer stands."""
    shown = as_choices(offered_last(talk))
    await talk.offer(_("Sem pressa. Ainda é isso que você quer?"), *shown, beneath=looked_at_above(talk))


@router.message(Free(any_word=True), Laughs())
async def laughed(event: Message, talk: Talk) -> None:
    await talk.say(_("😄 Se precisar, é só escrever."))


@respostas.message(ActByNumber())
async def offer_act(event: Message, talk: Talk, oferecida: Choice) -> None:
    """The second number says no more than the first one did."""
    text = _("Você quis dizer “{o_que}”?")
    if any(data == oferecida[1].pack() for _label, data in offered_last(talk)):
        text = _("Toque em “{o_que}”, ou responda SIM: só o número não basta para isso.")
    await talk.offer(text.format(o_que=oferecida[0]), oferecida, beneath=looked_at_above(talk))


@router.message(LikelyChoice())
async def offer_choice(event: Message, talk: Talk, oferecida: Choice) -> None:
    text = _("Você quis dizer “{o_que}”?").format(o_que=oferecida[0])
    await talk.offer(text, oferecida, beneath=looked_at_above(talk))


async def misunderstood(talk: Talk, text: str) -> int:
    """How many texts in a row were not understood, with this one; `listen` forgets it when one is.

    Counted by its pattern, without personal data, so that the tables can grow (`balcao fala`).
    """
    await record(talk.tx, NAO_ENTENDIDO, pattern_of(text))
    times = int((await talk.state.get_data()).get(MISUNDERSTOOD, 0)) + 1
    await talk.state.update_data({MISUNDERSTOOD: times})
    return times


async def offer_person(talk: Talk, before: str = "") -> None:
    """To a customer whom we understand no better by greeting them again."""
    text = f"{before} {_('Quer que eu chame uma pessoa da equipe?')}" if before else ""
    text = text or _("Ainda não entendi. Quer que eu chame uma pessoa da equipe?")
    await talk.offer(text, a_person())


async def offer_likeliest(talk: Talk) -> None:
    """The three things this person asks for most, instead of the whole menu once more."""
    theirs = dict(words_of(talk))
    administers = talk.pessoa is not None and tem(talk.pessoa.perfil_usuario, Direito.ADMINISTRAR)
    order = _OF_ADMINISTRATORS if administers else _LIKELIEST
    likeliest = [way_to(palavra) for palavra in order if palavra in theirs][:3]
    await talk.offer(_("Ainda não entendi. É uma destas coisas?"), *likeliest, beneath=looked_at_above(talk))
