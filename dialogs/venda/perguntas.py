"""The robot's questions, asked in chat with the right kind of answer, and the seller's answers."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message

from core.fala.espera import NADA, Entendido
from core.fala.intencoes import CONVERSA, SIM_OU_NAO, Intencao
from core.fala.recuos import Recuo, gives_up, is_laugh, retreat_of
from core.fala.respostas.emendas import talks_about_it
from core.fala.respostas.opcoes import ranked, wants_several
from core.palavras import Palavra
from core.textos import behind
from core.venda.respostas import AnswerCode, InvalidAnswer, Pergunta, TipoResposta, check_answer
from core.venda.venda import answer_question, is_sale_of, record_forged
from dialogs.frame.buttons import Tap
from dialogs.frame.i18n import _
from dialogs.frame.provided import Aside
from dialogs.frame.talk import Choice, Talk
from dialogs.frame.words import Word
from dialogs.venda.buttons import AnswerPergunta, ConfirmLida
from dialogs.venda.venda import Vender
from storage.venda.vendas import Venda, open_venda_of

router = Router(name="perguntas")

# In the conversation's data: digits of an answer that is not whole yet, and of which question.
_PIECES = "pedacos"
# When what is no text was refused last.
_REFUSED = "recusado_em"
_OF_ONE_ALBUM = timedelta(seconds=20)
# Which question stands on this phone: the sale may go on, and be asked the next one, on another of its seller's.
_ON_SCREEN = "pergunta_na_tela"
# A question beside the answer: it has words of its own, and no number.
_ASKED = re.compile(r"(?:^|[,;.!\n])\s*[^\W\d]+ [^,;.!?\d\n]+\?")
# Words that say something, and are no attempt at the digits.
_OF_A_SENTENCE = 3
# So many digits at least are an attempt at a document.
_OF_A_NUMBER = 5
_ANSWERS_OR_TALKS = SIM_OU_NAO | CONVERSA | {Intencao.CANCELAR, Intencao.DESISTIR}
_IN_PIECES = {TipoResposta.CPF: 11, TipoResposta.CNPJ: 14, TipoResposta.CEP: 8, TipoResposta.TELEFONE: 11}


async def ask(talk: Talk, venda: Venda, before: str = "") -> None:
    """Ask the open question of a venda, after a sentence if one is given."""
    assert venda.pergunta is not None
    pergunta = Pergunta.parse(venda.pergunta)
    await talk.state.set_state(Vender.resposta)
    await talk.state.update_data({_ON_SCREEN: _number_of(venda)})
    text = "\n\n".join(part for part in (before, pergunta.texto, hint_of(pergunta)) if part)
    await talk.say(text, *_choices(venda, pergunta))


@router.callback_query(Tap(AnswerPergunta))
async def tapped(event: CallbackQuery, talk: Talk, button: AnswerPergunta, ttl: timedelta) -> None:
    """A tap on an answer: maybe months old, maybe a second one, maybe made up."""
    venda = await _open_venda(talk)
    if not await is_sale_of(talk.tx, talk.pessoa, button.venda_id) or not _is_offered(venda, button):
        await record_forged(talk.tx, talk.contato.id, event.data or "")
        venda = None
    if venda is None or venda.pergunta is None or not _is_asked(venda, button):
        await _say_too_late(talk)
        return
    pergunta = Pergunta.parse(venda.pergunta)
    resposta, label = _chosen(pergunta, button.escolha)
    await _send(talk, venda, resposta, ttl)
    # A label that was typed stands for a tap as well, but there is no button to take away under it.
    if event.id and event.message is not None:
        await talk.rewrite(event.message.message_id, f"{pergunta.texto}\n✅ {label}")


@router.message(Word(Palavra.SIM), StateFilter(Vender.leitura))
async def read_well(event: Message, talk: Talk, ttl: timedelta) -> None:
    await _confirmed(talk, await _open_venda(talk), ttl)


@router.message(Word(Palavra.NAO), StateFilter(Vender.leitura))
async def read_badly(event: Message, talk: Talk) -> None:
    await _ask_again(talk, await _open_venda(talk))


@router.message(StateFilter(Vender.resposta, Vender.leitura))
async def typed(event: Message, talk: Talk, ttl: timedelta, aside: Aside, entendido: Entendido = NADA) -> None:
    """An answer typed: checked by its tipo, and asked again, kindly, when it does not fit."""
    venda = await _open_venda(talk)
    if venda is None or venda.pergunta is None:
        await talk.state.set_state(Vender.robo if venda else None)
        await talk.say(_("Não há pergunta aberta agora. Digite STATUS para ver como está a venda."))
        return
    if not await _is_on_screen(talk, venda):
        await _ask_the_new_one(talk, venda)
        return
    if not event.text:
        # An album is several messages: one refusal is enough.
        if await _is_new_for_us(talk):
            await ask(talk, venda, _("Preciso da resposta em texto."))
        return
    pergunta = Pergunta.parse(venda.pergunta)
    try:
        resposta = check_answer(pergunta, event.text, today=talk.today)
    except InvalidAnswer as invalid:
        if await _is_a_piece(talk, venda, pergunta, event.text) or (
            _is_no_attempt(talk, entendido, event.text) and await aside(partial(_wait_for, talk, venda))
        ):
            return
        await _answered_in_a_sentence(talk, venda, entendido, sentence_of(invalid), ttl, event.text)
        return
    if pergunta.tipo is TipoResposta.TEXTO and not entendido.puro:
        # "Qual nome?" and "desisto" fit a question in free words, and answer nothing.
        await _answered_in_a_sentence(talk, venda, entendido, _("Não entendi."), ttl, event.text)
        return
    await _send(talk, venda, resposta, ttl)


def _is_no_attempt(talk: Talk, entendido: Entendido, said: str) -> bool:
    """A wish or a question of its own: neither an answer, nor talk about it."""
    answers = entendido.valor is not None or entendido.intencao in _ANSWERS_OR_TALKS
    talks = retreat_of(said) is not None or gives_up(said) or is_laugh(said) or talks_about_it(said)
    digits = sum(char.isdecimal() for char in said)
    is_sentence = len(said.split()) >= _OF_A_SENTENCE and digits < _OF_A_NUMBER
    return talk.contato.state == Vender.resposta.state and is_sentence and not answers and not talks


async def _wait_for(talk: Talk, venda: Venda, before: str) -> None:
    await ask(talk, venda, before or _("O robô espera a sua resposta:"))


def _number_of(venda: Venda) -> list[str | int]:
    return [str(venda.id), venda.perguntas_feitas]


async def _is_on_screen(talk: Talk, venda: Venda) -> bool:
    """Whether what is typed here was typed under the question that is open now."""
    number = _number_of(venda)
    return bool((await talk.state.get_data()).get(_ON_SCREEN, number) == number)


async def _ask_the_new_one(talk: Talk, venda: Venda) -> None:
    await ask(talk, venda, _("A pergunta agora é outra:"))


async def _is_new_for_us(talk: Talk) -> bool:
    """Whether nothing of the kind was refused a moment ago."""
    before = (await talk.state.get_data()).get(_REFUSED)
    if before is not None and talk.tx.now - datetime.fromisoformat(before) < _OF_ONE_ALBUM:
        return False
    await talk.state.update_data({_REFUSED: talk.tx.now.isoformat()})
    return True


async def _is_a_piece(talk: Talk, venda: Venda, pergunta: Pergunta, text: str) -> bool:
    """Digits that end, or go on with, those sent before for this question; the first ones are refused and kept."""
    digits = re.sub(r"[\s.\-/()]", "", text)
    if pergunta.tipo not in _IN_PIECES or not digits.isdecimal() or not digits.isascii():
        return False
    before, number = (await talk.state.get_data()).get(_PIECES) or ["", 0]
    joined = f"{before}{digits}" if number == venda.perguntas_feitas else digits
    whole = _IN_PIECES[pergunta.tipo]
    fits = len(joined) < whole
    await talk.state.update_data({_PIECES: [joined if fits else digits, venda.perguntas_feitas]})
    if joined == digits:
        return False
    try:
        resposta = check_answer(pergunta, joined, today=talk.today)
    except InvalidAnswer:
        if fits:
            text = _("Juntei com o que veio antes: {n} de {total} números. Mande o resto, ou tudo de uma vez.")
            await talk.say(text.format(n=len(joined), total=whole))
        return fits
    await read_back(talk, venda, resposta)
    return True


async def _answered_in_a_sentence(
    talk: Talk, venda: Venda, entendido: Entendido, otherwise: str, ttl: timedelta, said: str
) -> None:
    """What was understood of it: sent when it is sure and bare, else read back; `otherwise` it is asked again."""
    intencao, valor = entendido.intencao, entendido.valor
    if intencao in SIM_OU_NAO and entendido.certo:
        await _send(talk, venda, intencao.value.lower(), ttl)
    elif intencao in SIM_OU_NAO:
        await read_back(talk, venda, intencao.value.lower())
    elif valor is None or intencao not in (Intencao.VALOR, Intencao.OPCAO):
        if Pergunta.parse(venda.pergunta or {}).tipo is TipoResposta.OPCAO and wants_several(said):
            otherwise = _("Aqui só cabe uma das opções, e eu não escolho por ninguém: qual delas?")
        await _ask_once_more(talk, venda, entendido, otherwise, said)
    elif entendido.certo and (entendido.puro or intencao is Intencao.OPCAO):
        await _send(talk, venda, valor, ttl)
    else:
        await read_back(talk, venda, valor, asks=_ASKED.search(said) is not None)


async def _ask_once_more(talk: Talk, venda: Venda, entendido: Entendido, otherwise: str, said: str) -> None:
    """What was read back, and not denied, stays: a question beside it ("tem cobertura?") takes nothing away."""
    digits = any(char.isdecimal() for char in said)
    if said.rstrip().endswith("?") and sum(char.isdecimal() for char in said) < _OF_A_NUMBER:
        # "Tem de 600?" tries no CPF.
        digits, entendido = False, replace(entendido, recusa=None)
    kept = await talk.state.get_state() == Vender.leitura.state and not digits and not entendido.recusa
    lida = (await talk.state.get_data()).get("lida") if kept else None
    pergunta = Pergunta.parse(venda.pergunta or {})
    # "Semana que vem" is meant as a day there.
    day = pergunta.tipo is TipoResposta.DATA and retreat_of(said) is Recuo.DEPOIS
    before = otherwise if day else _kindly(entendido, _("Não entendi.") if lida is not None else otherwise, said)
    if lida is not None:
        await read_back(talk, venda, lida, before=before)
        return
    if pergunta.tipo is TipoResposta.OPCAO and (place := ranked(said, pergunta.opcoes, talk.today)) is not None:
        before = _("Desses, {opcao}. Escolha:").format(opcao=pergunta.opcoes[place].texto)
    talks = pergunta.tipo in _IN_PIECES and not digits and len(said.split()) >= _OF_A_SENTENCE
    await ask(talk, venda, _("Sem pressa, o robô espera a sua resposta:") if talks and before == otherwise else before)


def _kindly(entendido: Entendido, otherwise: str, said: str) -> str:
    if entendido.intencao in (Intencao.CANCELAR, Intencao.DESISTIR) or gives_up(said):
        return _("Para desistir da venda, digite CANCELAR.")
    if entendido.intencao is Intencao.SAUDACAO:
        return _("Oi! O robô espera a sua resposta:")
    if is_laugh(said) or retreat_of(said) is not None or (not said.isascii() and not re.search(r"\w", said)):
        return _("Sem pressa, o robô espera a sua resposta:")
    if not entendido.recusa and (talks_about_it(said) or entendido.intencao in CONVERSA):
        return _("Sem pressa, o robô espera a sua resposta:")
    if not entendido.recusa and said.rstrip().endswith("?") and not any(char.isdecimal() for char in said):
        return _("Isso eu não sei responder. O robô espera a sua resposta:")
    return otherwise


async def read_back(talk: Talk, venda: Venda, valor: str, *, asks: bool = False, before: str = "") -> None:
    """The value found in a sentence counts when the seller says so; what they asked besides, no robot answers."""
    assert venda.pergunta is not None
    pergunta = Pergunta.parse(venda.pergunta)
    await talk.state.set_state(Vender.leitura)
    await talk.state.update_data({"lida": valor, _ON_SCREEN: _number_of(venda)})
    button = partial(ConfirmLida, venda_id=venda.id, pergunta=venda.perguntas_feitas)
    shown = next((opcao.texto for opcao in pergunta.opcoes if opcao.resposta == valor), valor)
    if pergunta.tipo is TipoResposta.SIM_NAO:
        shown = _("SIM") if valor == "sim" else _("NÃO")
    text = _("{pergunta}\nEntendi: {resposta}. Certo?").format(pergunta=pergunta.texto, resposta=shown)
    if asks:
        text = "\n".join([text, _("Ao que você perguntou junto eu não sei responder.")])
    text = behind(before, text)
    await talk.say(text, (_("SIM"), button(does="sim")), (_("NÃO"), button(does="nao")))


@router.callback_query(Tap(ConfirmLida))
async def tapped_lida(event: CallbackQuery, talk: Talk, button: ConfirmLida, ttl: timedelta) -> None:
    venda = await _open_venda(talk)
    asked = venda is not None and (venda.id, venda.perguntas_feitas) == (button.venda_id, button.pergunta)
    if not asked or await talk.state.get_state() != Vender.leitura.state:
        await _say_too_late(talk)
    elif button.does == "sim":
        await _confirmed(talk, venda, ttl)
    else:
        await _ask_again(talk, venda)


async def _confirmed(talk: Talk, venda: Venda | None, ttl: timedelta) -> None:
    valor = (await talk.state.get_data()).get("lida")
    await talk.state.update_data(lida=None)
    if venda is not None and venda.pergunta is not None and not await _is_on_screen(talk, venda):
        await _ask_the_new_one(talk, venda)
        return
    if venda is None or venda.pergunta is None or valor is None:
        await _ask_again(talk, venda)
        return
    await _send(talk, venda, valor, ttl)


async def _ask_again(talk: Talk, venda: Venda | None) -> None:
    if venda is None or venda.pergunta is None:
        await _say_too_late(talk)
        return
    await ask(talk, venda)


async def _send(talk: Talk, venda: Venda, resposta: str, ttl: timedelta) -> None:
    await talk.state.set_state(Vender.robo)
    if _PIECES in await talk.state.get_data():
        await talk.state.update_data({_PIECES: None})
    if not await answer_question(talk.tx, venda, resposta, ttl=ttl, por=talk.autor):
        await _say_too_late(talk)


async def _say_too_late(talk: Talk) -> None:
    await talk.say(_("Essa pergunta já foi respondida ou não vale mais."))


async def _open_venda(talk: Talk) -> Venda | None:
    return await open_venda_of(talk.tx, talk.pessoa.id) if talk.pessoa else None


def _choices(venda: Venda, pergunta: Pergunta) -> list[Choice]:
    button = partial(AnswerPergunta, venda_id=venda.id, pergunta=venda.perguntas_feitas)
    if pergunta.tipo is TipoResposta.SIM_NAO:
        return [(_("SIM"), button(escolha="sim")), (_("NÃO"), button(escolha="nao"))]
    return [(opcao.texto, button(escolha=number)) for number, opcao in enumerate(pergunta.opcoes)]


def _is_asked(venda: Venda, button: AnswerPergunta) -> bool:
    """Whether the button answers the question that this venda asked last."""
    return (venda.id, venda.perguntas_feitas) == (button.venda_id, button.pergunta)


def _is_offered(venda: Venda | None, button: AnswerPergunta) -> bool:
    """Whether the open question has such a button; one of an older question is not forged, only late."""
    if venda is None or venda.pergunta is None or not _is_asked(venda, button):
        return True
    pergunta = Pergunta.parse(venda.pergunta)
    if pergunta.tipo is TipoResposta.SIM_NAO:
        return isinstance(button.escolha, str)
    return isinstance(button.escolha, int) and button.escolha < len(pergunta.opcoes)


def _chosen(pergunta: Pergunta, escolha: str | int) -> tuple[str, str]:
    """What the robot gets, and what the seller read on the button."""
    if isinstance(escolha, str):
        return escolha, _("SIM") if escolha == "sim" else _("NÃO")
    opcao = pergunta.opcoes[escolha]
    return opcao.resposta, opcao.texto


def hint_of(pergunta: Pergunta) -> str:
    """What an answer of this kind looks like; empty for free words and choices."""
    hints = {
        TipoResposta.CPF: _("CPF, 11 números."),
        TipoResposta.CNPJ: _("CNPJ, 14 caracteres (letras também valem)."),
        TipoResposta.CEP: _("CEP, 8 números."),
        TipoResposta.TELEFONE: _("Telefone com DDD."),
        TipoResposta.EMAIL: _("E-mail."),
        TipoResposta.DATA: _("Data, por exemplo 31/12/2026."),
        TipoResposta.NUMERO: _("Só o número."),
    }
    return hints.get(pergunta.tipo, "")


def sentence_of(invalid: InvalidAnswer) -> str:
    """Why an answer was refused, kindly, without repeating it."""
    sentences = {
        AnswerCode.EMPTY: _("A resposta chegou vazia."),
        AnswerCode.TOO_LONG: _("A resposta passou de {limit} caracteres."),
        AnswerCode.TEXT_CONTROL: _("A resposta precisa caber em uma linha só."),
        AnswerCode.CPF_CHARS: _("O CPF só tem números."),
        AnswerCode.CPF_LENGTH: _("O CPF tem 11 números; confira se não faltou ou sobrou algum."),
        AnswerCode.CPF_DIGIT: _("Esse CPF não confere; veja se algum número foi trocado."),
        AnswerCode.CNPJ_CHARS: _("O CNPJ só tem números e letras."),
        AnswerCode.CNPJ_LENGTH: _("O CNPJ tem 14 caracteres; confira se não faltou ou sobrou algum."),
        AnswerCode.CNPJ_DIGIT: _("Esse CNPJ não confere; veja se algum caractere foi trocado."),
        AnswerCode.CEP_CHARS: _("O CEP só tem números."),
        AnswerCode.CEP_LENGTH: _("O CEP tem 8 números."),
        AnswerCode.CEP_RANGE: _("Esse CEP não existe; confira os primeiros números."),
        AnswerCode.PHONE_AREA: _("Faltou o DDD do telefone."),
        AnswerCode.PHONE_FOREIGN: _("Preciso de um telefone do Brasil."),
        AnswerCode.PHONE_INVALID: _("Esse telefone não parece existir; mande com DDD, por exemplo 31 98880-4000."),
        AnswerCode.EMAIL_FORMAT: _("Esse e-mail não parece completo; por exemplo nome@provedor.com.br."),
        AnswerCode.DATE_FORMAT: _("Não entendi a data; mande como 31/12/2026."),
        AnswerCode.DATE_IMPOSSIBLE: _("Essa data não existe no calendário."),
        AnswerCode.DATE_FUTURE: _("Essa data ainda não chegou; confira o ano."),
        AnswerCode.NUMBER_FORMAT: _("Preciso de um número, por exemplo 10 ou 1.234,56."),
        AnswerCode.OPTION_UNKNOWN: _("Escolha uma das {count} opções, pelo botão, pelo número ou pelo nome."),
        AnswerCode.OPTION_AMBIGUOUS: _("Mais de uma opção começa assim; escreva um pouco mais ou mande o número."),
        AnswerCode.YES_NO: _("Responda SIM ou NÃO."),
    }
    return sentences[invalid.code].format(**invalid.params)
