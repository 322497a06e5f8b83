"""What a sentence means where something is waited for: by the question that stands open, by the choices shown last."""

import re
from dataclasses import replace

from core.fala.entende import understand
from core.fala.espera import NADA, Aguarda, Entendido, Espera, Lugar
from core.fala.exatas import exact_word
from core.fala.intencoes import CONVERSA, SIM_OU_NAO, Certeza, Intencao
from core.fala.recuos import Recuo, retreat_of, speaks_of_another_sale
from core.fala.respostas.algumas import names_some, sets_apart
from core.fala.respostas.avaliacao import rating
from core.fala.respostas.verbos import with_verb_said
from core.palavras import Palavra, folded
from core.presenca.presenca import ATENDENTES
from core.venda.respostas import Opcao, Pergunta
from dialogs.atendimento.notas import Nota
from dialogs.conversa.consultor import customers_now
from dialogs.customer.avaliacao import Avaliar
from dialogs.customer.buttons import Rate
from dialogs.delegacao.buttons import ConfirmDelegacao
from dialogs.exame.senha import Senha
from dialogs.fala.alheias import SHOWN_BY
from dialogs.frame.prazos import choices_of, is_named_by_number, offered_last
from dialogs.frame.talk import Talk
from dialogs.frame.words import WordButton
from dialogs.lote.buttons import BeginAll
from dialogs.lote.lote import Comecar
from dialogs.pessoa.buttons import FreeLoginOf, FreeLogins
from dialogs.processo.aprovacao import Rejeitar, UsarMesmoAssim
from dialogs.processo.buttons import (
    ACTS,
    ApproveProcesso,
    ApproveSeveral,
    AskToApproveSeveral,
    SeeProcesso,
)
from dialogs.processo.pendentes import AprovarVarias
from dialogs.robo.respostas import Robo
from dialogs.venda.venda import Vender
from storage.atendimento.atendimentos import atendimento_now
from storage.atendimento.status import StatusAtendimento
from storage.pessoa.perfil import Perfil
from storage.venda.vendas import open_venda_of

_I = Intencao

YES_OR_NO = frozenset(
    state.state
    for state in (
        Vender.confirmacao,
        Vender.lugar_na_fila,
        Vender.confirmacao_cancelamento,
        Vender.leitura,
        Vender.achados,
    )
)
_NOTHING_BEGUN = frozenset({Vender.confirmacao.state, Vender.lugar_na_fila.state})
# Texts of their own: only the exact words are not for them.
THEIR_OWN_WORDS = frozenset({Nota.texto.state, Robo.resposta.state, Senha.fatura.state})
# Where something else waits for what is typed, the question of another message's buttons is not answered by it.
ANSWERED_THERE = (
    YES_OR_NO
    | THEIR_OWN_WORDS
    | {
        state.state
        for state in (
            Vender.resposta,
            Avaliar.nota,
            Rejeitar.motivo,
            Rejeitar.confirmacao,
            UsarMesmoAssim.motivo,
            AprovarVarias.confirmacao,
            Comecar.confirmacao,
        )
    }
)
# Money or robots: the yes is the exact word or a tap, the no is any that people say.
NO_IS_ENOUGH = frozenset(
    state.state for state in (Rejeitar.confirmacao, AprovarVarias.confirmacao, Comecar.confirmacao)
)
_RATED = frozenset({Avaliar.nota.state, Avaliar.comentario.state})
_ASKS_FOR_SOMEBODY = re.compile(
    r"\b(?:quero|queria|preciso|gostaria|pode|podem|falar|fala|cham\w+|consultor\w*|atendente|pessoa|alguem|humano|gente)\b"
)
NOT_NOW = frozenset({Recuo.NAO, Recuo.DEPOIS})
_GIVEN_UP = frozenset({Recuo.DEPOIS, Recuo.DESISTE})
# "Mostra a segunda": of a list that shows cards.
_SHOW = re.compile(
    r"^(?:(?:me|quero|pode|deixa eu) )*(?:mostr(?:a|ar|e)|ver?|veja|abr(?:e|ir|a)|detalh\w+) +(?=\S)",
    re.IGNORECASE,
)
# "E a segunda?" of a list that is on the screen.
_ALSO = re.compile(r"e (?P<which>[ao] (?:primeir|segund|terceir|quart|quint|ultim)[ao])\W*")
_SEVERAL = re.compile(r"\b(?:as|os|tod[ao]s|tudo|varias|el[ae]s|ess[ae]s|conferem|verdes|certas|juntas)\b")
# What cannot be taken back is chosen by its label, its number or a tap.
_CAREFUL = (FreeLogins, FreeLoginOf, ApproveProcesso, ApproveSeveral, BeginAll, ConfirmDelegacao)


def who_speaks(talk: Talk, lugar: Lugar) -> Espera:
    """What may be expected of this person there."""
    return Espera.of(*([Perfil(talk.pessoa.perfil_usuario)] if talk.pessoa is not None else []), lugar=lugar)


async def understood(talk: Talk, text: str, espera: Espera) -> Entendido:
    """By what is waited for; a wish that is sure counts before the choices of a menu."""
    waited = await _waited_for(talk, text, espera)
    return _chosen(talk, text, espera) if waited is None else waited


async def _waited_for(talk: Talk, text: str, espera: Espera) -> Entendido | None:
    """What answers the question that stands open; None where none does, and where a wish may be meant instead."""
    state = talk.contato.state
    if state in YES_OR_NO:
        if state == Vender.confirmacao_cancelamento.state and exact_word(text, espera, talk.today) is None:
            # "Cancelar mesmo assim?", "pode cancelar".
            text = with_verb_said(text, "cancelar", None)
        found = understand(text, replace(espera, aguarda=Aguarda.SIM_NAO, nao_leve=True), today=talk.today)
        lost = found.intencao in (_I.NADA, _I.CANCELAR, _I.DESISTIR) and not found.certo
        if (
            lost
            and state in _NOTHING_BEGUN
            and (found.intencao is not _I.NADA or retreat_of(text) in NOT_NOW | _GIVEN_UP)
            and not speaks_of_another_sale(text)
        ):
            # "Deixa pra depois", "cliquei errado": there is nothing to give up yet but the question.
            return Entendido(_I.NAO, Certeza.CERTA)
        if state != Vender.leitura.state or found.intencao in SIM_OU_NAO:
            return found
    if state in NO_IS_ENOUGH and exact_word(text, espera, talk.today) is None:
        found = understand(text, replace(espera, aguarda=Aguarda.SIM_NAO, nao_leve=True), today=talk.today)
        if found.intencao is _I.NAO or retreat_of(text) in NOT_NOW | _GIVEN_UP:
            return Entendido(_I.NAO, Certeza.CERTA)
    if state in (Vender.resposta.state, Vender.leitura.state) and (pergunta := await asked_in_sale(talk)) is not None:
        return understand(text, espera.for_question(pergunta), today=talk.today)
    if state in (Rejeitar.motivo.state, UsarMesmoAssim.motivo.state):
        return understand(text, replace(espera, aguarda=Aguarda.MOTIVO), today=talk.today)
    if state in _RATED:
        asked = Aguarda.AVALIACAO if state == Avaliar.nota.state else Aguarda.NADA
        found = understand(text, replace(espera, aguarda=asked), today=talk.today)
        # "Atendimento ótimo" is said of the one that is over.
        praises = found.intencao is _I.CONSULTOR and exact_word(text, espera, talk.today) is None
        return NADA if praises and not _ASKS_FOR_SOMEBODY.search(folded(text)) else found
    return None


def _chosen(talk: Talk, text: str, espera: Espera) -> Entendido:
    """A wish that is sure, else one of the choices shown last, else a wish that is likely."""
    choices = choices_of(talk)
    if any(Rate.read(data) for _label, data in choices) and rating(text) is not None:
        # The stars were asked for once more, beside the thanks for a comment.
        return understand(text, replace(espera, aguarda=Aguarda.AVALIACAO), today=talk.today)
    wish = understand(text, espera, today=talk.today)
    if choices and names_some(text):
        # "A 2" of the list above the buttons is none of them, nor is "só a primeira" the first button of a card.
        choices = [choice for choice in choices if is_named_by_number(talk, choice[1])]
        if sets_apart(text):
            choices = [choice for choice in choices if SeeProcesso.read(choice[1]) is not None]
    if not choices or (wish.certo and wish.intencao not in CONVERSA | SIM_OU_NAO):
        return wish
    opcoes = [Opcao(data, label) for label, data in choices]
    listed = [opcao for opcao in opcoes if SeeProcesso.read(opcao.resposta) is not None]
    also = _ALSO.fullmatch(folded(text)) if listed else None
    named = also["which"] if also else _SHOW.sub("", text) if listed else text
    # "A última" of a list is its last invoice, and not what stands below it.
    chosen = understand(named, espera.for_options(*(listed or opcoes)), today=talk.today)
    if chosen.intencao is not _I.OPCAO or not chosen.certo:
        chosen = understand(named, espera.for_options(*opcoes), today=talk.today)
    if chosen.intencao is not _I.OPCAO or (not chosen.certo and wish.intencao is not _I.NADA):
        return wish
    word = WordButton.read(chosen.valor or "")
    if talk.contato.state in NO_IS_ENOUGH and word is not None and word.palavra is Palavra.SIM:
        # "Isso", "pode": what was shown is confirmed by the word itself, or a tap.
        return chosen.unsure()
    if chosen.certo and any(data == chosen.valor for _label, data in offered_last(talk)):
        return chosen.unsure() if _is_an_act_by_its_place(text, chosen, choices) else chosen
    if word is not None and (likely := offered(wish)) and word.palavra not in likely:
        # A word of the menu that shares a syllable with what is likely meant, and does something else.
        return wish
    if ApproveProcesso.read(chosen.valor) is not None and wish.intencao is not _I.NADA:
        # "Aprovado" is said of it, and approves nothing.
        return wish
    if AskToApproveSeveral.read(chosen.valor) is not None and not _SEVERAL.search(folded(text)):
        # "Aprova" under a list is said of one of them.
        return wish
    careful = any(kind.read(chosen.valor) is not None for kind in _CAREFUL)
    return chosen.unsure() if careful else chosen


def _is_an_act_by_its_place(text: str, chosen: Entendido, choices: list[tuple[str, str]]) -> bool:
    """Whether what acts is named by none of its label's words: "a primeira", where one act was offered."""
    words = {*folded(text).split()}
    label = next((label for label, data in choices if data == chosen.valor), "")
    acts = any(kind.read(chosen.valor) is not None for kind in ACTS)
    return acts and words.isdisjoint(folded(label).split())


async def asked_in_sale(talk: Talk) -> Pergunta | None:
    """What the robot of their open sale asks."""
    venda = await open_venda_of(talk.tx, talk.pessoa.id) if talk.pessoa is not None else None
    return Pergunta.parse(venda.pergunta) if venda is not None and venda.pergunta is not None else None


async def is_for_somebody(talk: Talk) -> bool:
    """Whether a person reads what is typed here: the customer's consultor, or one of a consultor's customers."""
    if talk.pessoa is not None:
        return talk.pessoa.perfil_usuario in ATENDENTES and bool(await customers_now(talk))
    if talk.contato.atendimento_id is None:
        return False
    atendimento = await atendimento_now(talk.tx, talk.contato.atendimento_id)
    return atendimento is not None and atendimento.status != StatusAtendimento.NA_FILA


def offered(entendido: Entendido) -> tuple[Palavra, ...]:
    """The chat words to offer with buttons: what is likely meant, and not sure enough to be done."""
    if entendido.certeza is not Certeza.PROVAVEL or entendido.intencao in SIM_OU_NAO:
        return ()
    meant = (entendido.intencao, *entendido.tambem)
    values = (SHOWN_BY.get(intencao, intencao).value for intencao in meant)
    return tuple(dict.fromkeys(Palavra(value) for value in values if value in Palavra.__members__))
