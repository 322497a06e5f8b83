"""What was typed, understood before any dialog is asked: the chat word it is, the choice it names, or what it wants."""

import re
from dataclasses import dataclass, replace

from core.fala.entende import understand
from core.fala.espera import NADA, Aguarda, Entendido, Lugar
from core.fala.exatas import exact_word
from core.fala.intencoes import SIM_OU_NAO, Certeza, Intencao
from core.fala.leitura.como import how_to
from core.fala.leitura.leitura import read
from core.fala.lexico.texto import LIMIT
from core.fala.recuos import Recuo, retreat_of
from core.fala.respostas.algumas import names_some
from core.fala.respostas.sim_nao import sells
from core.fala.respostas.verbos import with_taking_said, with_verb_said
from core.fala.tela import NaTela, of_screen
from core.palavras import Palavra, chosen_place, folded, match_word, may_use, trimmed
from core.prazos import ESCOLHAS
from core.relatorio.pedido import pedido_in
from core.venda.respostas import Opcao, TipoResposta
from dialogs.agendamento.buttons import ConfirmAgendamento
from dialogs.atendimento.buttons import AcceptOferta, SendAfterAll, TransferToFila
from dialogs.customer.buttons import LeaveFila
from dialogs.delegacao.buttons import ConfirmDelegacao
from dialogs.fala.alheias import word_of_another
from dialogs.fala.esperado import (
    ANSWERED_THERE,
    NO_IS_ENOUGH,
    NOT_NOW,
    THEIR_OWN_WORDS,
    YES_OR_NO,
    asked_in_sale,
    is_for_somebody,
    understood,
    who_speaks,
)
from dialogs.fala.pergunta import PerguntaDeBotoes, asked_by
from dialogs.fala.tela import named_on_screen
from dialogs.frame.prazos import choices_of, is_named_by_number, nobody_wrote_since, offered_last
from dialogs.frame.talk import Talk
from dialogs.frame.words import WordButton
from dialogs.pessoa.buttons import SpeakIdioma
from dialogs.presenca.presenca import absence_said
from dialogs.processo.buttons import ACTS
from dialogs.venda.venda import Vender
from storage.atendimento.ofertas import oferta_by_id
from storage.outbox.sent import is_newest, is_said_last, params_of_sent, sent_at
from storage.pessoa.perfil import Perfil
from storage.venda.vendas import open_venda_of

_I = Intencao
_NONE_OF_THEM = re.compile(r"\bnenhum[ao]?(?: d?[ae]?(?:l[ae]s|ss[ae]s|st[ae]s))?\b|\bnada (?:disso|dessas|destas)\b")
# Where a customer reads along a longer answer may be for them.
_ANSWER_THERE = 4
_WANTS = re.compile(r"\b(?:quero|queria|gostaria|preciso|por favor|want|please|quiero)\b")
_ASIDE = frozenset({WordButton(palavra=Palavra.IDIOMA).pack()})
# Of "Falar com consultor" the yes may be "pode chamar", too.
_CALLS, _CALL = frozenset({WordButton(palavra=Palavra.CONSULTOR).pack()}), "chamar"
# They send a robot, or cannot be taken back.
_ACTS = (*ACTS, ConfirmDelegacao, ConfirmAgendamento)
_YES_NO_WORDS = frozenset({Palavra.SIM, Palavra.NAO})
# `/historico`, `#00042`.
_COMMANDS = ("/", "#")
MISUNDERSTOOD = "mal_entendidos"
"""In the conversation's data: how many texts in a row were not understood."""
_IDIOMAS = {"pt": "pt_BR", "en": "en", "es": "es"}


@dataclass(frozen=True, slots=True)
class Ouvido:
    """A chat word and its argument, or the text of the button that was named; and what was understood.

    `alheia`: a word of a perfil that the person has not; it is text like any other.
    """

    palavra: Palavra | None = None
    argumento: str = ""
    alheia: Palavra | None = None
    tap: str | None = None
    entendido: Entendido = NADA


async def listen(talk: Talk, text: str) -> Ouvido:
    """What the person says, as `_heard`; whatever is understood ends a row of misunderstandings."""
    ouvido = await _heard(talk, text)
    if MISUNDERSTOOD in talk.contato.state_data and ouvido != Ouvido():
        kept = {key: value for key, value in talk.contato.state_data.items() if key != MISUNDERSTOOD}
        talk.contato.state_data, talk.contato.changed = kept, True
    return ouvido


async def _heard(talk: Talk, text: str) -> Ouvido:
    """What the person says: choices by their label or number first, then the exact words, then sentences.

    With somebody on the other side of the conversation only the first two count: the rest is theirs.
    """
    tap = _named(talk, text)
    if tap is not None:
        return Ouvido(entendido=_asked_first(tap)) if _is_a_bare_number(text, tap) else Ouvido(tap=tap)
    username = getattr(talk.bot, "username", None)
    exact = match_word(text, username)
    if talk.pessoa is not None and talk.is_attended:
        is_short = talk.quoted_id is None and len(text.split()) <= _ANSWER_THERE
        if is_short and (ouvido := await _of_offer(talk, text, exact)) is not None:
            # "Encerrar o atendimento?", asked since anybody wrote.
            return ouvido
        there = replace(who_speaks(talk, Lugar.EM_ATENDIMENTO), bot_username=username)
        is_theirs = exact is not None and not may_use(exact[0], Perfil(talk.pessoa.perfil_usuario))
        return _of_word(talk, exact) if is_theirs or exact_word(text, there, talk.today) is not None else Ouvido()
    if talk.pessoa is not None and talk.contato.state is None and how_to(text) is not None:
        # A question about an act is no wish for it, whatever button is called so.
        return Ouvido()
    tap = await _answered(talk, text, exact)
    if tap is not None:
        return Ouvido(tap=tap)
    if (ouvido := await _of_offer(talk, text, exact)) is not None:
        return ouvido
    gives_up = exact is not None and exact[0] is Palavra.CANCELAR
    if (exact is None or gives_up) and (tap := await named_on_screen(talk, text)) is not None:
        return Ouvido(tap=tap)
    found = _of_word(talk, exact)
    if found.palavra is not None or trimmed(text).startswith(_COMMANDS) or talk.contato.state in THEIR_OWN_WORDS:
        return found
    if talk.pessoa is None and await is_for_somebody(talk):
        # It is the consultor's, whatever it means.
        return found
    sentence = await _sentence(talk, text)
    return replace(sentence, alheia=found.alheia or await _of_another_perfil(talk, text, sentence.entendido))


async def _of_another_perfil(talk: Talk, text: str, entendido: Entendido) -> Palavra | None:
    """What is not understood of this person, and would be of another, where nothing is waited for."""
    vague = entendido == NADA or (entendido.intencao is _I.OPCAO and not entendido.certo)
    if not vague or talk.pessoa is None or talk.contato.state is not None or await is_for_somebody(talk):
        return None
    return word_of_another(text, Perfil(talk.pessoa.perfil_usuario), talk.today)


def _of_word(talk: Talk, found: tuple[Palavra, str] | None) -> Ouvido:
    if found is None:
        return Ouvido()
    perfil = Perfil(talk.pessoa.perfil_usuario) if talk.pessoa is not None else None
    return Ouvido(*found) if may_use(found[0], perfil) else Ouvido(alheia=found[0])


def _named(talk: Talk, text: str) -> str | None:
    """Typing a choice's number or label works as the tap does. Where two people talk, a number is theirs."""
    choices = choices_of(talk)
    place = chosen_place([label for label, _ in choices], text, by_number=talk.contato.atendimento_id is None)
    if place is None:
        return None
    label, data = choices[place]
    if folded(label) == folded(text) or is_named_by_number(talk, data):
        return data
    # The number that stands on it, of a list that is further up.
    return next((data for label, data in choices if label.startswith(f"{folded(text)}. ")), None)


def _is_a_bare_number(text: str, tap: str) -> bool:
    """Whether a number alone would send a robot, approve or give a right away, where no button shows a number.

    Nor does it answer whether that is meant: it was a number that made us ask. A word or a tap does.
    """
    return folded(text).isdecimal() and any(kind.read(tap) is not None for kind in _ACTS)


def _asked_first(tap: str) -> Entendido:
    return Entendido(_I.OPCAO, Certeza.PROVAVEL, valor=tap)


def _asked_by_buttons(talk: Talk) -> PerguntaDeBotoes | None:
    """The question that the message shown last asks."""
    if talk.contato.state in ANSWERED_THERE:
        return None
    return asked_by(choices_of(talk))


async def _answered(talk: Talk, text: str, exact: tuple[Palavra, str] | None) -> str | None:
    """The button that a sure yes or no in words taps. Giving up is a no, but for whoever has a sale to give up."""
    pergunta = _asked_by_buttons(talk)
    if pergunta is None or (exact is not None and exact[0] not in (Palavra.SIM, Palavra.NAO, Palavra.CANCELAR)):
        return None
    if names_some(text) and not is_named_by_number(talk, pergunta.sim):
        # "A 2" of the list above the buttons.
        return None
    said = text
    if (card := AcceptOferta.read(pergunta.sim)) is not None:
        if not await _is_read_last(talk, card):
            return None
        said = with_taking_said(text)
    said = with_verb_said(said, pergunta.rotulo_sim, pergunta.rotulo_nao)
    espera = replace(who_speaks(talk, Lugar.LIVRE), aguarda=Aguarda.SIM_NAO)
    intencao = (found := understand(said, espera, today=talk.today)).intencao
    if intencao not in (_I.SIM, _I.NAO, _I.CANCELAR) or await is_for_somebody(talk):
        return None
    if intencao is _I.CANCELAR:
        selling = talk.pessoa is not None and await open_venda_of(talk.tx, talk.pessoa.id) is not None
        # To a customer CANCELAR is about the queue itself.
        return None if selling or talk.pessoa is None else pergunta.nao
    if not found.certo:
        return None
    return pergunta.sim if intencao is _I.SIM else pergunta.nao


async def _is_read_last(talk: Talk, card: AcceptOferta) -> bool:
    """Whether nothing was said to the consultor since they were asked to take this customer: "ok" may answer that."""
    if offered_last(talk) and await nobody_wrote_since(talk):
        # It came again, after what was meant for the customer.
        return True
    oferta = await oferta_by_id(talk.tx.connection, card.oferta_id)
    if oferta is None or oferta.message_id is None:
        return False
    return await is_newest(talk.tx.connection, talk.contato.lane, abs(oferta.message_id))


async def _of_offer(talk: Talk, text: str, exact: tuple[Palavra, str] | None) -> Ouvido | None:
    """A sure yes to the one choice that was offered taps it; whatever else answers an offer is for `ofertas`."""
    choices = [one for one in offered_last(talk) if not SendAfterAll.begins(one[1])]
    if not choices or talk.contato.state in ANSWERED_THERE or (exact is not None and exact[0] not in _YES_NO_WORDS):
        return None
    meant_first = main_choices(choices)
    # To the greeting, which offers without asking, only "quero sim" is enough.
    plainly = len(meant_first) == len(choices) or _WANTS.search(folded(text)) is not None
    choices, label = meant_first, meant_first[0][0] if len(meant_first) == 1 and plainly else ""
    espera = replace(who_speaks(talk, Lugar.LIVRE), aguarda=Aguarda.SIM_NAO, nao_leve=True)
    said = _NONE_OF_THEM.sub("nao", folded(text))
    said = with_verb_said(said, label, None) if label else said
    if label and choices[0][1] in _CALLS:
        said = with_verb_said(said, _CALL, None)
    found = understand(said, espera, today=talk.today)
    # A no leaves everything as it is, so that a likely one is enough: "não, espera".
    meant = found.intencao in SIM_OU_NAO | {_I.CANCELAR} and (found.certo or found.intencao is not _I.SIM)
    # "Depois eu vejo" may be said to the customer who is on the screen.
    drawn_back = NOT_NOW - ({Recuo.DEPOIS} if talk.contato.atendimento_id is not None else set())
    # "Para" is said of a robot that is at work, where one is on the screen.
    stops = talk.pessoa is not None and of_screen(text) is NaTela.PARAR and await named_on_screen(talk, text) is None
    if not (meant or stops or retreat_of(text) in drawn_back) or not await nobody_wrote_since(talk):
        return None
    if talk.pessoa is None and (
        _is_of_sellers(talk, text) or (found.intencao is _I.NAO and _wants_a_person(talk, text))
    ):
        return None
    if found.intencao is _I.CANCELAR and await _may_give_up(talk, [data for _label, data in choices]):
        return None
    if not label:
        # "Iniciar" is a yes, and one of them.
        one = understand(text, espera.for_options(*(Opcao(data, shown) for shown, data in choices)), today=talk.today)
        if one.intencao is _I.OPCAO and one.certo:
            return Ouvido(tap=one.valor, entendido=one)
    if found.intencao is _I.SIM and label and TransferToFila.read(choices[0][1]) is None:
        return Ouvido(tap=choices[0][1])
    return Ouvido(entendido=replace(found, intencao=_I.SIM if found.intencao is _I.SIM else _I.NAO))


def main_choices(choices: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Those that a yes may be to: not the language, which stands beside whatever is offered, nor the way of a line that
    was held back to its customer."""
    return [one for one in choices if one[1] not in _ASIDE and not SendAfterAll.begins(one[1])] or choices


def _is_of_sellers(talk: Talk, text: str) -> bool:
    leitura = read(text, talk.today) if len(text) <= LIMIT else None
    return leitura is not None and sells(leitura)


def _wants_a_person(talk: Talk, text: str) -> bool:
    """ "Não quero falar com robô": no refusal of what was offered."""
    wish = understand(text, who_speaks(talk, Lugar.LIVRE), today=talk.today)
    return wish.certo and wish.intencao is _I.CONSULTOR


async def _may_give_up(talk: Talk, offered: list[str]) -> bool:
    """Whether "cancela" is about more than the offer: giving up is what was offered, or a sale runs."""
    gives_up = any(word is not None and word.palavra is Palavra.CANCELAR for word in map(WordButton.read, offered))
    return gives_up or (talk.pessoa is not None and await open_venda_of(talk.tx, talk.pessoa.id) is not None)


async def _sentence(talk: Talk, text: str) -> Ouvido:
    waits = talk.pessoa is None and talk.contato.atendimento_id is not None
    espera = who_speaks(talk, Lugar.NA_FILA if waits else Lugar.LIVRE)
    entendido = await understood(talk, text, espera)
    if entendido.intencao is _I.NADA or (entendido.certo and await is_for_somebody(talk)):
        return Ouvido(entendido=NADA if entendido.certo else entendido)
    return _as_heard(talk, entendido, text)


def _as_heard(talk: Talk, entendido: Entendido, text: str) -> Ouvido:
    """A sure intention as the word or the tap that does it; whatever else is for the dialogs to answer."""
    if not entendido.certo:
        return Ouvido(entendido=entendido)
    intencao = entendido.intencao
    if intencao in SIM_OU_NAO:
        waited = talk.contato.state in YES_OR_NO
        waited |= intencao is _I.NAO and talk.contato.state in NO_IS_ENOUGH
        return Ouvido(Palavra(intencao.value) if waited else None, entendido=entendido)
    tap = _tap_of(talk, entendido)
    if tap is not None:
        return Ouvido(tap=tap, entendido=entendido)
    if intencao is _I.POSICAO:
        # Asked again, CONSULTOR tells the place in the queue.
        return Ouvido(Palavra.CONSULTOR, entendido=entendido)
    if intencao is _I.RELATORIO and (pedido := pedido_in(text)):
        return Ouvido(Palavra.RELATORIO, pedido, entendido=entendido)
    if intencao.value not in Palavra.__members__:
        return Ouvido(entendido=entendido)
    return Ouvido(Palavra(intencao.value), _argument(talk, entendido), entendido=entendido)


def _tap_of(talk: Talk, entendido: Entendido) -> str | None:
    if entendido.intencao is _I.OPCAO and talk.contato.state not in (Vender.resposta.state, Vender.leitura.state):
        return entendido.valor
    if entendido.intencao is _I.DESISTIR and talk.contato.atendimento_id is not None:
        return LeaveFila(atendimento_id=talk.contato.atendimento_id).pack()
    if entendido.intencao is _I.IDIOMA and entendido.idioma is not None:
        return SpeakIdioma(idioma=_IDIOMAS[entendido.idioma]).pack()
    if entendido.intencao is _I.AVALIACAO:
        return next((data for label, data in choices_of(talk) if label.startswith(str(entendido.nota))), None)
    return None


def _argument(talk: Talk, entendido: Entendido) -> str:
    """What the word's handler is given."""
    if entendido.recado is None:
        return entendido.mes or entendido.valor or entendido.cliente or ""
    return absence_said(talk, entendido)


async def look_back(talk: Talk) -> None:
    """Who answers a message of ours further up means its buttons, not those that were shown last."""
    if talk.quoted_id is None or talk.contato.atendimento_id is not None or await is_for_somebody(talk):
        return
    connection, contato_id = talk.tx.connection, talk.contato.id
    params = await params_of_sent(connection, talk.quoted_id, contato_id) or {}
    rows = (params.get("reply_markup") or {}).get("inline_keyboard") or []
    shown = [(one["text"], one["callback_data"]) for row in rows for one in row if "callback_data" in one]
    last = {data for _label, data, *_more in talk.contato.choices or []}
    if not shown or last.issuperset(data for _label, data in shown):
        return
    if (since := await sent_at(connection, contato_id, talk.quoted_id)) is not None:
        talk.contato.choices = [[label, data, since.isoformat()] for label, data in shown]


async def answers_by_reaction(talk: Talk, emoji: str) -> bool:
    """Whether a reaction is the yes or no to what was asked last: it stands on the newest message, which asks that."""
    contato = talk.contato
    if contato.choices is None or contato.atendimento_id is not None or talk.quoted_id is None:
        return False
    if contato.state not in YES_OR_NO and _asked_by_buttons(talk) is None and not offered_last(talk):
        asked = await asked_in_sale(talk) if contato.state == Vender.resposta.state else None
        if asked is None or asked.tipo is not TipoResposta.SIM_NAO:
            return False
    understood = understand(emoji, replace(who_speaks(talk, Lugar.LIVRE), aguarda=Aguarda.SIM_NAO), today=talk.today)
    if not understood.certo or understood.intencao not in SIM_OU_NAO:
        return False
    return await is_said_last(talk.tx.connection, contato.lane, talk.quoted_id, talk.tx.now - ESCOLHAS)
