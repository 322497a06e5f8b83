"""What a seller pastes in the middle of a sale: shown once, confirmed once, and used when the robot asks."""

from datetime import timedelta

from aiogram import Router
from aiogram.filters import Filter, StateFilter
from aiogram.types import CallbackQuery, Message

from core.fala.achados import Achado
from core.palavras import Palavra
from core.venda.respostas import InvalidAnswer, Pergunta, TipoResposta, check_answer
from dialogs.frame.buttons import Tap
from dialogs.frame.i18n import _
from dialogs.frame.talk import Talk
from dialogs.frame.words import Unworded, Word
from dialogs.venda.achados import amended, answered_ahead, confirm_found, found_in, keep_found, values_of
from dialogs.venda.acompanhamento import show_where_it_stands
from dialogs.venda.buttons import UseAchados
from dialogs.venda.perguntas import read_back
from dialogs.venda.venda import Vender, ask_confirmation
from storage.venda.vendas import open_venda_of

router = Router(name="adiantadas")


class HoldsAnswers(Filter):
    """The text holds answers to later questions; given as `achados`. `least` values, so that one answer stays one."""

    def __init__(self, least: int = 1) -> None:
        self._least = least

    async def __call__(
        self, event: Message, talk: Talk, palavra: Palavra | None = None
    ) -> bool | dict[str, list[Achado]]:
        found = found_in(talk, event.text) if palavra is None else []
        if len(values_of(found)) < self._least or await _asked_in_free_words(talk):
            return False
        return {"achados": found}


class OfAnotherQuestion(HoldsAnswers):
    """ "O CPF dele é …" where the CEP is asked: one value that says what it is, and is not what was asked."""

    async def __call__(
        self, event: Message, talk: Talk, palavra: Palavra | None = None
    ) -> bool | dict[str, list[Achado]]:
        held = await super().__call__(event, talk, palavra)
        pergunta = await _asked(talk)
        if not isinstance(held, dict) or pergunta is None or pergunta.tipo in _CHOSEN:
            return False
        others = [one for one in values_of(held["achados"]) if one.tipo is not pergunta.tipo and one.chave]
        return held if len(others) == len(values_of(held["achados"])) else False


class Amends(Filter):
    """One of the values that are shown is another one; given as `achados`."""

    async def __call__(self, event: Message, talk: Talk) -> bool | dict[str, list[Achado]]:
        found = await amended(talk, event.text or "")
        return False if found is None else {"achados": [found]}


class Asks(Filter):
    """A question, which is neither yes nor no to ours."""

    async def __call__(self, event: Message) -> bool:
        return (event.text or "").rstrip().endswith("?")


# Their answers are words, which stand beside anything.
_CHOSEN = frozenset({TipoResposta.SIM_NAO, TipoResposta.OPCAO, TipoResposta.TEXTO})


async def _asked(talk: Talk) -> Pergunta | None:
    venda = await open_venda_of(talk.tx, talk.pessoa.id) if talk.pessoa is not None else None
    return Pergunta.parse(venda.pergunta) if venda is not None and venda.pergunta is not None else None


async def _asked_in_free_words(talk: Talk) -> bool:
    """An address holds numbers, too, and is one answer."""
    pergunta = await _asked(talk)
    return pergunta is not None and pergunta.tipo is TipoResposta.TEXTO


@router.message(StateFilter(Vender.confirmacao), HoldsAnswers())
async def before_the_sale(event: Message, talk: Talk, achados: list[Achado]) -> None:
    """The SIM that begins the sale is the one that confirms them."""
    await ask_confirmation(talk, await keep_found(talk, achados, confirmed=True))


class AnswersIt(Filter):
    """It answers the question that is open, whatever was found before; given as `resposta`."""

    async def __call__(self, event: Message, talk: Talk) -> bool | dict[str, str]:
        pergunta = await _asked(talk)
        if pergunta is None or pergunta.tipo in _CHOSEN:
            return False
        try:
            return {"resposta": check_answer(pergunta, event.text or "", today=talk.today)}
        except InvalidAnswer:
            return False


@router.message(StateFilter(Vender.achados), Unworded(), AnswersIt())
async def answered_beside(event: Message, talk: Talk, resposta: str) -> None:
    """What was found is asked about when its question comes."""
    venda = await open_venda_of(talk.tx, talk.pessoa.id) if talk.pessoa is not None else None
    assert venda is not None
    await read_back(talk, venda, resposta)


@router.message(StateFilter(Vender.robo, Vender.achados), HoldsAnswers())
@router.message(StateFilter(Vender.achados), Amends())
@router.message(StateFilter(Vender.resposta), HoldsAnswers(2))
@router.message(StateFilter(Vender.resposta), OfAnotherQuestion())
async def in_the_sale(event: Message, talk: Talk, achados: list[Achado]) -> None:
    if talk.pessoa is None or await open_venda_of(talk.tx, talk.pessoa.id) is None:
        await show_where_it_stands(talk)
        return
    listed = await keep_found(talk, achados, confirmed=False)
    await talk.state.set_state(Vender.achados)
    await _ask_whether_to_use(talk, listed)


async def _ask_whether_to_use(talk: Talk, before: str) -> None:
    question = _("Uso isso quando o robô perguntar?")
    await talk.say(f"{before}\n\n{question}", (_("SIM"), UseAchados(does="sim")), (_("NÃO"), UseAchados(does="nao")))


@router.message(StateFilter(Vender.achados), Asks())
async def asked_beside(event: Message, talk: Talk) -> None:
    """What they ask besides takes nothing away of what was found."""
    await _ask_whether_to_use(talk, _("Isso eu não sei responder."))


@router.message(Word(Palavra.SIM), StateFilter(Vender.achados))
async def use(event: Message, talk: Talk, ttl: timedelta) -> None:
    await _decide(talk, ttl, use=True)


@router.message(Word(Palavra.NAO), StateFilter(Vender.achados))
async def do_not_use(event: Message, talk: Talk, ttl: timedelta) -> None:
    await _decide(talk, ttl, use=False)


@router.callback_query(Tap(UseAchados))
async def tapped(event: CallbackQuery, talk: Talk, button: UseAchados, ttl: timedelta) -> None:
    """A tap months later finds nothing to use."""
    await _decide(talk, ttl, use=button.does == "sim")


async def _decide(talk: Talk, ttl: timedelta, *, use: bool) -> None:
    await confirm_found(talk, use=use)
    venda = await open_venda_of(talk.tx, talk.pessoa.id) if talk.pessoa is not None else None
    if venda is not None and use and await answered_ahead(talk, venda, ttl):
        await talk.state.set_state(Vender.robo)
        return
    await show_where_it_stands(talk, _("Combinado.") if use else _("Tudo bem, não uso."))
