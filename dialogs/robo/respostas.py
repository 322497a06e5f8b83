"""What a robot asks while it downloads an invoice, and the answer of whoever is there. No answer is ever repeated."""

from functools import partial

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from core.palavras import Palavra
from core.prazos import RESPOSTA_AO_ROBO
from core.robo.perguntas import passar, responder
from core.robo.presentes import MAY_ANSWER
from core.venda.perguntas import Pergunta, TipoResposta
from core.venda.respostas import InvalidAnswer, check_answer
from core.venda.venda import record_forged
from dialogs.frame.buttons import Tap
from dialogs.frame.i18n import _
from dialogs.frame.prazos import Lapsed
from dialogs.frame.talk import Choice, Talk
from dialogs.frame.words import Unworded, Word
from dialogs.processo.avisos import name_of
from dialogs.robo.buttons import AnswerRobo, PassPergunta, TypeAnswer
from dialogs.venda.perguntas import hint_of, sentence_of
from storage.pessoa.perfil import Perfil
from storage.processo.processos import Processo
from storage.robo.perguntas import PerguntaFeita, pergunta_by_id
from storage.transaction import Transaction

router = Router(name="perguntas_do_robo")

_CHOICES = frozenset({TipoResposta.OPCAO, TipoResposta.SIM_NAO})


class Robo(StatesGroup):
    """What we wait for."""

    resposta = State()


async def ask(talk: Talk, feita: PerguntaFeita, processo: Processo) -> int:
    """Put the question to this person; the message's id. What they type next is the answer, if they do nothing else."""
    talk.speak()
    pergunta = Pergunta.parse(feita.pergunta)
    types = pergunta.tipo not in _CHOICES
    waits = types and await _is_free(talk)
    if waits:
        await _wait_for_it(talk, feita)
    head = _("🤖 {processo}: o robô pergunta.").format(processo=name_of(processo))
    tail = _("Você tem {n} segundos; depois pergunto a outra pessoa. A resposta não fica guardada.")
    tail = tail.format(n=int(RESPOSTA_AO_ROBO.total_seconds()))
    text = "\n\n".join(part for part in (head, pergunta.texto, hint_of(pergunta), tail) if part)
    return await talk.say(text, *_buttons(feita, pergunta, waits=waits))


async def withdraw(talk: Talk, feita: PerguntaFeita, message_id: int) -> None:
    """It is not theirs any more."""
    talk.speak()
    waited = await _waits_for(talk, feita.id)
    if waited:
        await talk.state.clear()
    text = (
        _("⏱️ A pergunta do robô passou para outra pessoa.")
        if feita.encerrada_em is None
        else _("⏱️ A pergunta do robô não vale mais.")
    )
    if talk.can_edit:
        await talk.rewrite(message_id, text)
    elif waited:
        await talk.say(text)


@router.callback_query(Tap(AnswerRobo))
async def chosen(event: CallbackQuery, talk: Talk, button: AnswerRobo) -> None:
    feita = await _theirs(talk, button.pergunta, event.data or "")
    if feita is None:
        await _too_late(talk)
        return
    answers = _answers(Pergunta.parse(feita.pergunta))
    if button.escolha >= len(answers):
        await record_forged(talk.tx, talk.contato.id, event.data or "")
        await _too_late(talk)
        return
    await _send(talk, feita, answers[button.escolha][1])


@router.callback_query(Tap(TypeAnswer))
async def will_type(event: CallbackQuery, talk: Talk, button: TypeAnswer) -> None:
    feita = await _theirs(talk, button.pergunta, event.data or "")
    if feita is None:
        await _too_late(talk)
        return
    await _wait_for_it(talk, feita)
    await talk.say(_("Escreva a resposta."))


@router.callback_query(Tap(PassPergunta))
async def pass_on(event: CallbackQuery, talk: Talk, button: PassPergunta) -> None:
    feita = await _theirs(talk, button.pergunta, event.data or "")
    await _pass(talk, feita)


@router.message(Word(Palavra.CANCELAR, Palavra.NAO), StateFilter(Robo.resposta))
async def gives_up(event: Message, talk: Talk) -> None:
    await _pass(talk, await _waited_for(talk))


@router.message(Lapsed(Robo.resposta), Unworded())
async def lapsed(event: Message, talk: Talk) -> None:
    await _too_late(talk)


@router.message(StateFilter(Robo.resposta), Unworded())
async def typed(event: Message, talk: Talk) -> None:
    """The answer, checked by its kind; what does not fit is asked again as long as there is time."""
    feita = await _waited_for(talk)
    if feita is None:
        await talk.state.clear()
        await _too_late(talk)
        return
    if not event.text:
        await talk.say(_("Preciso da resposta em texto."))
        return
    try:
        resposta = check_answer(Pergunta.parse(feita.pergunta), event.text, today=talk.today)
    except InvalidAnswer as invalid:
        await talk.say(sentence_of(invalid))
        return
    await talk.state.clear()
    await _send(talk, feita, resposta)


async def _send(talk: Talk, feita: PerguntaFeita, resposta: str) -> None:
    assert talk.pessoa is not None
    if not await responder(talk.tx, feita, talk.pessoa.id, resposta):
        await _too_late(talk)
        return
    if talk.can_edit and feita.message_id is not None:
        await talk.rewrite(
            feita.message_id, _("🤖 {pergunta}\n✅ Respondida.").format(pergunta=feita.pergunta["texto"])
        )
    await talk.say(_("Enviei ao robô. Obrigado!"))


async def _pass(talk: Talk, feita: PerguntaFeita | None) -> None:
    if await talk.state.get_state() == Robo.resposta.state:
        await talk.state.clear()
    if feita is None or talk.pessoa is None or not await passar(talk.tx, feita, talk.pessoa.id):
        await _too_late(talk)
        return
    await talk.say(_("Tudo bem, pergunto a outra pessoa."))


async def _too_late(talk: Talk) -> None:
    await talk.say(_("Essa pergunta do robô já passou para outra pessoa ou não vale mais."))


async def _theirs(talk: Talk, which: int, data: str) -> PerguntaFeita | None:
    """The open question of this button, if this person has it; a stranger's tap is recorded."""
    feita = await _open(talk.tx, which)
    if talk.pessoa is None or talk.pessoa.perfil_usuario not in MAY_ANSWER:
        await record_forged(talk.tx, talk.contato.id, data)
        return None
    return feita if feita is not None and feita.usuario_id == talk.pessoa.id else None


async def _waited_for(talk: Talk) -> PerguntaFeita | None:
    which = (await talk.state.get_data()).get("pergunta")
    feita = await _open(talk.tx, which) if isinstance(which, int) else None
    return feita if feita is not None and talk.pessoa is not None and feita.usuario_id == talk.pessoa.id else None


async def _open(tx: Transaction, which: int) -> PerguntaFeita | None:
    feita = await pergunta_by_id(tx.connection, which)
    return feita if feita is not None and feita.encerrada_em is None else None


async def _wait_for_it(talk: Talk, feita: PerguntaFeita) -> None:
    await talk.state.set_state(Robo.resposta)
    await talk.state.update_data(pergunta=feita.id)


async def _waits_for(talk: Talk, which: int) -> bool:
    return (
        await talk.state.get_state() == Robo.resposta.state and (await talk.state.get_data()).get("pergunta") == which
    )


async def _is_free(talk: Talk) -> bool:
    """Nothing else is waited for, and no customer is on the other side: what is typed cannot be meant for others."""
    if talk.contato.atendimento_id is not None or talk.pessoa is None:
        return False
    return talk.pessoa.perfil_usuario == Perfil.OPERADOR and await talk.state.get_state() is None


def _buttons(feita: PerguntaFeita, pergunta: Pergunta, *, waits: bool) -> list[Choice]:
    button = partial(AnswerRobo, pergunta=feita.id)
    choices: list[Choice] = [
        (label, button(escolha=place)) for place, (label, _answer) in enumerate(_answers(pergunta))
    ]
    if not choices and not waits:
        choices.append((_("Responder"), TypeAnswer(pergunta=feita.id)))
    return [*choices, (_("Passar adiante"), PassPergunta(pergunta=feita.id))]


def _answers(pergunta: Pergunta) -> list[tuple[str, str]]:
    """What is read on each button, and what the robot gets for it."""
    if pergunta.tipo is TipoResposta.SIM_NAO:
        return [(_("SIM"), "sim"), (_("NÃO"), "nao")]
    return [(opcao.texto, opcao.resposta) for opcao in pergunta.opcoes]
