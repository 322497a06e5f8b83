"""The robot's questions, asked in chat with the right kind of answer, and the seller's answers."""

from datetime import timedelta
from functools import partial

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message

from core.venda.respostas import AnswerCode, InvalidAnswer, Pergunta, TipoResposta, check_answer
from core.venda.venda import answer_question, is_sale_of, record_forged
from dialogs.frame.buttons import Tap
from dialogs.frame.i18n import _
from dialogs.frame.talk import Choice, Talk
from dialogs.venda.buttons import AnswerPergunta
from dialogs.venda.venda import Vender
from storage.venda.vendas import Venda, open_venda_of

router = Router(name="perguntas")


async def ask(talk: Talk, venda: Venda, before: str = "") -> None:
    """Ask the open question of a venda, after a sentence if one is given."""
    assert venda.pergunta is not None
    pergunta = Pergunta.parse(venda.pergunta)
    await talk.state.set_state(Vender.resposta)
    text = "\n\n".join(part for part in (before, pergunta.texto, _hint(pergunta)) if part)
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


@router.message(StateFilter(Vender.resposta))
async def typed(event: Message, talk: Talk, ttl: timedelta) -> None:
    """An answer typed: checked by its tipo, and asked again, kindly, when it does not fit."""
    venda = await _open_venda(talk)
    if venda is None or venda.pergunta is None:
        await talk.state.set_state(Vender.robo if venda else None)
        await talk.say(_("Não há pergunta aberta agora. Digite STATUS para ver como está a venda."))
        return
    if not event.text:
        await ask(talk, venda, _("Preciso da resposta em texto."))
        return
    try:
        resposta = check_answer(Pergunta.parse(venda.pergunta), event.text, today=talk.today)
    except InvalidAnswer as invalid:
        await ask(talk, venda, _sentence(invalid))
        return
    await _send(talk, venda, resposta, ttl)


async def _send(talk: Talk, venda: Venda, resposta: str, ttl: timedelta) -> None:
    await talk.state.set_state(Vender.robo)
    if not await answer_question(talk.tx, venda, resposta, ttl=ttl):
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


def _hint(pergunta: Pergunta) -> str:
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


def _sentence(invalid: InvalidAnswer) -> str:
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
