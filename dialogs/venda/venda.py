"""VENDER: who is it, may they, confirm, SIM, a login, the robot. The robot's questions are in perguntas.py."""

import random
from datetime import timedelta

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from core.direitos.avisados import Noticia, avisados
from core.palavras import Palavra
from core.textos import behind
from core.venda.venda import Abertura, Impedimento, Saida, open_sale, why_not_sell
from dialogs.customer.dito import greet
from dialogs.frame.buttons import Tap
from dialogs.frame.i18n import _
from dialogs.frame.prazos import Lapsed
from dialogs.frame.talk import Choice, Talk
from dialogs.frame.words import Word, on_word
from dialogs.venda.achados import found_in, keep_found
from dialogs.venda.buttons import AskToCancel, ConfirmVenda, DeclineVenda, GoOnWithVenda, JoinFila
from storage.venda.status import StatusVenda
from storage.venda.vendas import Venda, change_open, open_venda_of

router = Router(name="venda")

# Kept to the letter: people and scripts look for it.
TODOS_EM_USO = "TODOS OS ACESSOS BACKOFFICE ESTÃO EM USO - Aguarde alguns minutos"


class Vender(StatesGroup):
    """What we wait for."""

    confirmacao = State()
    lugar_na_fila = State()
    robo = State()
    resposta = State()
    leitura = State()
    achados = State()
    confirmacao_cancelamento = State()


def sim_ou_nao() -> tuple[Choice, Choice]:
    return (_("SIM"), ConfirmVenda()), (_("NÃO"), DeclineVenda())


@on_word(router, Palavra.VENDER)
async def begin(event: Message | CallbackQuery, talk: Talk) -> None:
    """VENDER, typed or tapped."""
    await propose(event, talk)


async def propose(event: Message | CallbackQuery, talk: Talk) -> None:
    """Who may sell is asked to confirm; who may not hears why."""
    impedimento = why_not_sell(talk.contato.usuario)
    if impedimento is Impedimento.SEM_CADASTRO and talk.contato.channel == "telegram":
        await greet(talk)
        return
    if impedimento is not None:
        await refuse(talk, impedimento)
        return
    assert talk.pessoa is not None
    aberta = await open_venda_of(talk.tx, talk.pessoa.id)
    if aberta is not None:
        await offer_open_sale(talk, aberta)
        return
    await talk.state.set_state(Vender.confirmacao)
    found = found_in(talk, event.text) if isinstance(event, Message) else []
    await ask_confirmation(talk, await keep_found(talk, found, confirmed=True) if found else "")


@router.message(Word(Palavra.SIM, Palavra.NAO, Palavra.CANCELAR), Lapsed(Vender.confirmacao, Vender.lugar_na_fila))
@router.callback_query(Tap(ConfirmVenda, DeclineVenda, JoinFila), Lapsed(Vender.confirmacao, Vender.lugar_na_fila))
async def answered_too_late(event: Message | CallbackQuery, talk: Talk) -> None:
    """An answer to a question of another day: nothing is done with it, and it is asked again."""
    await talk.say(_("Faz tempo que perguntei isso, e não fiz nada com a sua resposta. Pergunto de novo:"))
    await propose(event, talk)


async def ask_confirmation(talk: Talk, before: str = "") -> None:
    assert talk.pessoa is not None
    text = _("Nova venda no PAP em nome de {nome}, matrícula {matricula}.\n\nPosso começar?")
    text = text.format(nome=talk.pessoa.nome_completo, matricula=talk.pessoa.matricula_pap)
    await talk.say(behind(before, text), *sim_ou_nao())


@router.message(Word(Palavra.SIM), StateFilter(Vender.confirmacao))
@router.callback_query(Tap(ConfirmVenda), StateFilter(Vender.confirmacao))
async def confirm(event: Message | CallbackQuery, talk: Talk, ttl: timedelta, chance: random.Random) -> None:
    """SIM: the rights are read again, here in the turn that uses them."""
    await _open(talk, ttl, chance, join_queue=False)


@router.message(Word(Palavra.NAO, Palavra.CANCELAR), StateFilter(Vender.confirmacao, Vender.lugar_na_fila))
@router.callback_query(Tap(DeclineVenda), StateFilter(Vender.confirmacao, Vender.lugar_na_fila))
async def decline(event: Message | CallbackQuery, talk: Talk) -> None:
    await talk.state.clear()
    await talk.say(_("Tudo bem, nada foi iniciado. Quando quiser, é só digitar VENDER."))


@router.message(Word(Palavra.SIM), StateFilter(Vender.lugar_na_fila))
@router.callback_query(Tap(JoinFila), StateFilter(Vender.lugar_na_fila))
async def join_the_queue(event: Message | CallbackQuery, talk: Talk, ttl: timedelta, chance: random.Random) -> None:
    """A login may have come back meanwhile: then the sale starts at once."""
    await _open(talk, ttl, chance, join_queue=True)


async def _open(talk: Talk, ttl: timedelta, chance: random.Random, *, join_queue: bool) -> None:
    impedimento = why_not_sell(talk.contato.usuario)
    if impedimento is not None:
        await refuse(talk, impedimento)
        return
    assert talk.pessoa is not None
    abertura = await open_sale(talk.tx, talk.pessoa, talk.contato.id, ttl=ttl, chance=chance, join_queue=join_queue)
    await _tell_opening(talk, abertura)


async def _tell_opening(talk: Talk, abertura: Abertura) -> None:
    if abertura.saida is Saida.OCUPADO:
        await talk.state.set_state(Vender.lugar_na_fila)
        await offer_queue(talk)
        return
    venda = abertura.venda
    assert venda is not None
    await talk.state.set_state(Vender.robo)
    if abertura.saida is Saida.JA_ABERTA:
        await offer_open_sale(talk, venda)
        return
    if abertura.saida is Saida.NA_FILA:
        text = _("{literal}\n\nVocê é o {posicao}º da fila e será atendido automaticamente. Para sair: CANCELAR.")
        await talk.say(text.format(literal=TODOS_EM_USO, posicao=abertura.posicao))
        return
    await announce_start(talk, venda)


async def offer_queue(talk: Talk, before: str = "") -> None:
    """Nobody is free: the literal message, and a place in the queue for a tap."""
    text = _("{literal}\n\nQuer um lugar na fila? Começo a sua venda assim que um acesso for liberado.")
    text = text.format(literal=TODOS_EM_USO)
    await talk.say(behind(before, text), (_("Entrar na fila"), JoinFila()), (_("Agora não"), DeclineVenda()))


async def announce_start(talk: Talk, venda: Venda) -> None:
    await _begin_progress(talk, venda, _("🤖 Venda iniciada. Estou entrando no portal; já volto com as perguntas."))


async def announce_served(talk: Talk, venda: Venda) -> None:
    """A login came back, and the queue's first has it."""
    await talk.state.set_state(Vender.robo)
    text = _("🤖 Chegou a sua vez! Um acesso ficou livre e a sua venda começou; já volto com as perguntas.")
    await _begin_progress(talk, venda, text)


async def _begin_progress(talk: Talk, venda: Venda, text: str) -> None:
    """The message that grows with the robot's steps."""
    message_id = await talk.say(text)
    kept = await change_open(talk.tx, venda.id, progresso_message_id=message_id)
    assert kept, "it was started in this turn"


async def offer_open_sale(talk: Talk, venda: Venda) -> None:
    """A second VENDER, or a second SIM: there is one sale at a time."""
    if venda.status_venda == StatusVenda.CANCELANDO:
        await talk.say(_("A venda anterior ainda está sendo cancelada. Aviso aqui assim que o robô parar."))
        return
    waiting = venda.status_venda == StatusVenda.NA_FILA
    text = (
        _("Você já está na fila, desde {hora}. O que deseja fazer?")
        if waiting
        else _("Você já tem uma venda em andamento, iniciada {quando}. O que deseja fazer?")
    )
    await talk.say(
        text.format(hora=talk.local_time(venda.criada_em), quando=talk.at(venda.criada_em)),
        (_("Continuar"), GoOnWithVenda()),
        (_("Sair da fila") if waiting else _("Cancelar a venda"), AskToCancel()),
    )


async def refuse(talk: Talk, impedimento: Impedimento) -> None:
    """Say what is missing, and whom to ask."""
    texts = {
        Impedimento.SEM_CADASTRO: _("Não encontrei o seu cadastro, por isso não posso iniciar uma venda."),
        Impedimento.INATIVO: _("O seu cadastro está inativo, por isso não posso iniciar uma venda."),
        Impedimento.PERFIL: _("O seu perfil não inclui vendas pelo PAP."),
        Impedimento.SEM_AUTORIZACAO: _("Falta no seu cadastro a permissão “Autorizar venda sem auditoria”."),
        Impedimento.SEM_MATRICULA: _("Falta a sua matrícula PAP no cadastro."),
    }
    await talk.state.clear()
    await talk.say(f"{texts[impedimento]} {await whom_to_ask(talk)}")


async def whom_to_ask(talk: Talk) -> str:
    """The administrators by name, so that nobody has to guess; strangers learn no names."""
    known = talk.contato.usuario is not None
    people = await avisados(talk.tx.connection, Noticia.ACESSO, 3) if known else []
    if not people:
        return _("Fale com o administrador da sua operação.")
    names = ", ".join(person.nome_completo for person in people)
    return _("Fale com quem administra os acessos: {nomes}.").format(nomes=names)
