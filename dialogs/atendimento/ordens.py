"""Orders in a consultor's own words, with a customer on the screen: held back, so that no customer reads them.

Each comes with a button that sends it after all, exactly as it stands in the chat by then; said again, it goes, too.
"""

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import datetime

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from core.atendimento.consultas import Consulta, consulted
from core.atendimento.distribuicao import AtendimentoLimits
from core.atendimento.meus import own_work
from core.atendimento.vez import asks_whose_turn
from core.consultor.protocolos import numero_de
from core.conversa.conversa import Conteudo
from core.fala.intencoes import Intencao
from core.fala.leitura.casa import LOOKS_BACK, NINGUEM, Cena, names_somebody, needs_a_scene
from core.fala.leitura.fora import Fora, outside
from core.fala.ordens import LONGEST, OF_THEM, order_of
from core.palavras import Palavra, folded, word_with_more
from core.pessoa.nomes import is_called
from core.prazos import BOTOES, is_over
from core.presenca.ausencias import leaves_later, own_absence
from core.presenca.presenca import PresenceLimits
from core.textos import shortened
from core.venda.venda import record_forged
from dialogs.atendimento.buttons import SendAfterAll, TransferToConsultor, TransferToFila
from dialogs.atendimento.notas import take_note
from dialogs.atendimento.transferencia import offer_places
from dialogs.conversa.consultor import (
    Attending,
    customers_now,
    first_of,
    is_with,
    name_or_customer,
    needs_topic,
    no_longer_theirs,
    on_screen,
    say_it_there,
)
from dialogs.conversa.conteudo import content_of, was_taken_back
from dialogs.conversa.conversa import carry
from dialogs.frame.buttons import Tap, Unreadable
from dialogs.frame.i18n import _
from dialogs.frame.prazos import let_offer_go, nobody_wrote_since, offered_last
from dialogs.frame.talk import Choice, Talk
from dialogs.frame.words import WordButton
from dialogs.presenca.presenca import absence_said, at_an_hour, keep_absence
from storage.atendimento.atendimentos import Atendimento, lock_atendimento
from storage.consultor.consultores import Consultor
from storage.contatos.contatos import HELD, Glimpse, glance
from storage.conversa.destinos import call_of_topic
from storage.conversa.mensagens import last_messages, unsent_messages
from storage.conversa.tipos import TipoMensagem
from storage.presenca.presenca import attendants

router = Router(name="ordens")
for kind in ("message", "edited_message", "callback_query"):
    router.observers[kind].filter(Attending())

_A_NAME = 4
_OWN = re.compile(r"\b(?:meus?|minhas?|atendi|peguei|aceitei)\b")
_TEAM = 200
# What no customer is asked.
_OF_ATTENDING = frozenset({Consulta.SEM_CLIENTES, Consulta.SUMIU})
_TOWARDS = re.compile(r"(?:(?:para|pra|pro|p|ao?|to) )?(?:[oa] )?", re.IGNORECASE)
# Of what was held back lately, oldest first, so much is kept in the conversation's data.
_KEPT = 5
# A reply button of WhatsApp.
_LABEL = 20
# What stands behind an absence that begins later.
LATER = "mais tarde"


@dataclass(frozen=True, slots=True)
class Retida:
    """A line that was held back, as its writer's chat shows it by now; `texto` is None once it was sent.

    `sinal` stands in its button, `de` is the channel's id of the message, and it would go to `atendimento_id`.
    """

    sinal: str
    texto: str | None
    atendimento_id: int
    de: str | None
    em: datetime


class Orders(Filter):
    """An order to us, said the first time; given as `ordem`. What quotes a message is for whoever wrote that."""

    async def __call__(
        self,
        event: Message,
        talk: Talk,
        palavra: Palavra | None = None,
        raw_state: str | None = None,
        alheia: Palavra | None = None,
        consultor: Consultor | None = None,
    ) -> bool | dict[str, tuple[Intencao, str]]:
        there = talk.is_attended
        if palavra is not None or raw_state is not None or not event.text or not there or talk.quoted_id is not None:
            return False
        cena = await _scene(talk, event.text)
        found = order_of(event.text, talk.today, cena) or _named(event.text)
        if found is None or found[0] is Intencao.NADA:
            # "Financeiro", where it was asked who takes the customer.
            found = await _says_where(talk, event.text) or found
        found = found or _own_absence(talk, event.text)
        about_own = _OWN.search(folded(event.text)) and own_work(event.text, talk.today) is not None
        if found is None and (
            about_own
            or consulted(event.text) in _OF_ATTENDING
            or asks_whose_turn(event.text)
            or _is_a_command(event.text, alheia)
        ):
            # Answered when nobody is on the screen.
            found = (Intencao.NADA, "")
        if found is None or (consultor is not None and await _said_again(talk, consultor, event.text)):
            return False
        return {"ordem": found}


def _is_a_command(text: str, alheia: Palavra | None) -> bool:
    """ "VENDER", "/vendas": a word of another perfil, written as nobody writes to a customer."""
    return alheia is not None and (text.lstrip().startswith("/") or text.strip().isupper())


async def _scene(talk: Talk, text: str) -> Cena:
    """Who is on the screen, what was said there, and who else is on the team; looked up only where it matters."""
    if len(text) > LONGEST or not needs_a_scene(text) or (spoken_to := await _spoken_to(talk)) is None:
        return NINGUEM
    own = talk.pessoa.nome_completo if talk.pessoa is not None else ""
    customer = await _customer(talk, spoken_to)
    nome = (customer.nome if customer is not None else None) or ""
    said = await last_messages(talk.tx.connection, spoken_to, LOOKS_BACK)
    people, _total = await attendants(talk.tx.connection, _TEAM) if names_somebody(text) else ([], 0)
    return Cena(
        # Who is called as the consultor is, is not told from them.
        "" if nome and is_called(own, nome.split()[0]) else nome,
        [one.texto for one in said if one.texto],
        [one.nome_completo for one in people if one.nome_completo != own],
    )


async def _spoken_to(talk: Talk) -> int | None:
    """The atendimento of the topic that the message stands in, or else the one on the screen."""
    if talk.topic is None:
        return talk.contato.atendimento_id
    made = await call_of_topic(talk.tx.connection, talk.contato.id, talk.topic)
    return next(
        (one.id for one in await customers_now(talk) if made is not None and one.topico_outbox_id == made), None
    )


def _own_absence(talk: Talk, text: str) -> tuple[Intencao, str] | None:
    """ "Vou jantar, 20 min": of the consultor's own day. With an hour to come, when to say it again."""
    found, local = own_absence(text, talk.today), talk.tx.now.astimezone(talk.zone)
    if leaves_later(text, local) or (found is not None and outside(text) is Fora.HORA_MARCADA):
        return Intencao.OFFLINE, LATER
    if found is None:
        return None
    return found.intencao, absence_said(talk, found)


async def _says_where(talk: Talk, text: str) -> tuple[Intencao, str] | None:
    """A word or two right behind "Para onde vai o cliente?" say where, whoever is free: no customer's name is that."""
    asked = any(TransferToConsultor.read(data) or TransferToFila.read(data) for _label, data in offered_last(talk))
    if not asked or "?" in text or len(text.split()) > _A_NAME or not await nobody_wrote_since(talk):
        return None
    return Intencao.TRANSFERIR, _TOWARDS.sub("", text.strip(" .!"))


def _named(text: str) -> tuple[Intencao, str] | None:
    """A word of ours with a name or a reason behind it, which by itself would be taken for a text."""
    found = word_with_more(text, Palavra.TRANSFERIR, Palavra.ENCERRAR)
    if found is None:
        return None
    palavra, more = found
    return (Intencao.TRANSFERIR, more) if palavra is Palavra.TRANSFERIR else (Intencao.ENCERRAR, "")


@router.message(Orders())
async def ordered(
    event: Message,
    talk: Talk,
    consultor: Consultor,
    ordem: tuple[Intencao, str],
    atendimento_limits: AtendimentoLimits,
    presence_limits: PresenceLimits,
) -> None:
    """A note is kept; nobody is passed on and nothing ends without a tap."""
    intencao, argumento = ordem
    if intencao is Intencao.NOTA:
        await take_note(event, talk, consultor, argumento)
        return
    if await needs_topic(event, talk, consultor):
        await talk.say(say_it_there())
        return
    atendimento = await on_screen(talk, consultor)
    customer = await glance(talk.tx.connection, atendimento.contato_id) if atendimento is not None else None
    said = _("Isso parece ser para mim: não enviei a {nome}. Se era para {nome}, mande de novo igual.")
    before = said.format(nome=name_or_customer(customer.nome if customer is not None else None))
    after_all = [await _hold(talk, event, atendimento, customer)] if atendimento and customer else []
    if intencao is Intencao.TRANSFERIR:
        await offer_places(talk, consultor, atendimento_limits, presence_limits, argumento, before, after_all)
    elif intencao is Intencao.ENCERRAR:
        question = _("Encerrar o atendimento?")
        await talk.offer(f"{before}\n\n{question}", (_("Encerrar"), WordButton(palavra=Palavra.ENCERRAR)), *after_all)
    elif intencao is Intencao.NADA:
        who = [_who(customer, atendimento)] if argumento == OF_THEM and customer and atendimento else []
        await talk.say("\n\n".join([before, *who]), *after_all)
    elif argumento == LATER:
        await talk.say(f"{before}\n\n{at_an_hour()}", *after_all)
    else:
        named, palavra = _of_mine()[intencao], Palavra(intencao.value)
        question = _("Você quis dizer “{o_que}”?").format(o_que=named)
        button = await keep_absence(talk, palavra, argumento) if argumento else WordButton(palavra=palavra)
        await talk.offer(f"{before}\n\n{question}", (named, button), *after_all)


class ChangesHeld(Filter):
    """A line that waits here was changed, or taken back; given as `retida`."""

    async def __call__(self, event: Message, talk: Talk) -> bool | dict[str, Retida]:
        waits = [one for one in _held(talk) if one.texto is not None and one.de == talk.inbound_id is not None]
        return {"retida": waits[-1]} if waits else False


@router.edited_message(ChangesHeld())
async def held_and_changed(event: Message, talk: Talk, retida: Retida) -> None:
    """What would go is what it says now; what was taken back does not go."""
    now = None if was_taken_back(event) else content_of(event).texto
    others = [one for one in _held(talk) if one.sinal != retida.sinal]
    if now is None:
        await _keep(talk, others)
        return
    await _keep(talk, [*others, replace(retida, texto=now)])
    customer = await _customer(talk, retida.atendimento_id)
    nome = name_or_customer(customer.nome if customer is not None else None)
    await talk.say(_("Ainda não enviei isso a {nome}.").format(nome=nome), _after_all(retida, nome))


@router.callback_query(Tap(SendAfterAll))
async def send_after_all(event: CallbackQuery, talk: Talk, consultor: Consultor, button: SendAfterAll) -> None:
    """To the customer it was held back from, whoever is on the screen by now."""
    atendimento = await lock_atendimento(talk.tx, button.atendimento_id, shared=True)
    if atendimento is None or not is_with(atendimento, consultor):
        why = await no_longer_theirs(talk, button.atendimento_id)
        await talk.say(f"{why} {_('Nada foi enviado.')}")
        return
    held = _held(talk)
    found = next((one for one in held if (one.sinal, one.atendimento_id) == (button.sinal, atendimento.id)), None)
    if found is None:
        await talk.say(_("Essa mensagem não está mais guardada aqui: nada foi enviado agora."))
        return
    if found.texto is None:
        await talk.say(_("Essa mensagem já foi enviada: nada foi enviado de novo."))
        return
    conteudo = Conteudo(TipoMensagem.TEXTO, found.texto)
    waits = len(await unsent_messages(talk.tx.connection, atendimento.id))
    customer = await carry(replace(talk, inbound_id=found.de, escrita_em=None), atendimento, conteudo, None)
    if customer is not None:
        await _keep(talk, [replace(one, texto=None) if one is found else one for one in held])
        let_offer_go(talk)
        nome, numero = name_or_customer(customer.nome), numero_de(atendimento.protocolo_id)
        await talk.say(_("↪️ Foi para {nome} ({numero}).").format(nome=nome, numero=numero))
    elif len(await unsent_messages(talk.tx.connection, atendimento.id)) > waits:
        # It waits for the customer's window with the others, and is offered with them.
        await _keep(talk, [one for one in held if one is not found])


@router.callback_query(Unreadable(SendAfterAll))
async def nobodys_button(event: CallbackQuery, talk: Talk) -> None:
    await record_forged(talk.tx, talk.contato.id, event.data or "")
    await talk.say(_("Esse atendimento já foi encerrado."))


async def _customer(talk: Talk, atendimento_id: int) -> Glimpse | None:
    contatos = [one.contato_id for one in await customers_now(talk) if one.id == atendimento_id]
    return await glance(talk.tx.connection, contatos[0]) if contatos else None


async def _hold(talk: Talk, event: Message, atendimento: Atendimento, customer: Glimpse) -> Choice:
    """Keep the line, and the button that sends it after all."""
    text = event.text or ""
    sinal = _sign(f"{atendimento.id} {talk.inbound_id} {text}")
    retida = Retida(sinal, content_of(event).texto, atendimento.id, talk.inbound_id, talk.tx.now)
    await _keep(talk, [*(one for one in _held(talk) if one.sinal != sinal), retida])
    return _after_all(retida, name_or_customer(customer.nome))


def _after_all(retida: Retida, nome: str) -> Choice:
    label = shortened(_("Era para {nome}").format(nome=first_of(nome)), _LABEL)
    return label, SendAfterAll(atendimento_id=retida.atendimento_id, sinal=retida.sinal)


async def _said_again(talk: Talk, consultor: Consultor, text: str) -> bool:
    """Whether it is what was held back last, to the same customer and not long ago: so it is for them.

    It goes as it is typed now, and is kept no more.
    """
    held = _held(talk)
    if not held or (held[-1].texto or "").strip() != text.strip():
        return False
    atendimento = await on_screen(talk, consultor)
    if atendimento is None or atendimento.id != held[-1].atendimento_id:
        return False
    await _keep(talk, held[:-1])
    return True


def _held(talk: Talk) -> list[Retida]:
    """What a tap may still send, or has sent."""
    kept = talk.contato.state_data.get(HELD, [])
    rows = [Retida(sinal, texto, about, de, datetime.fromisoformat(em)) for sinal, texto, about, de, em in kept]
    return [one for one in rows if not is_over(one.em, BOTOES["SendAfterAll"], talk.escrita_em or talk.tx.now)]


async def _keep(talk: Talk, held: list[Retida]) -> None:
    rows = [(one.sinal, one.texto, one.atendimento_id, one.de, one.em.isoformat()) for one in held[-_KEPT:]]
    await talk.state.update_data({HELD: rows})


def _who(customer: Glimpse, atendimento: Atendimento) -> str:
    """What a consultor may ask of whoever they attend."""
    parts = (name_or_customer(customer.nome), numero_de(atendimento.protocolo_id), customer.telefone)
    return f"👤 {' · '.join(part for part in parts if part)}"


def _of_mine() -> dict[Intencao, str]:
    """What a consultor wants for themselves, as the menu calls it."""
    return {
        Intencao.AUSENTE: _("Vou me ausentar"),
        Intencao.OCUPADO: _("Estou ocupado"),
        Intencao.OFFLINE: _("Encerrar o meu turno"),
        Intencao.ONLINE: _("Atender clientes"),
        Intencao.MENU: _("Ver o menu"),
        Intencao.PRESENCA: _("Quem da equipe está disponível"),
        Intencao.FILA: _("Quem espera e quem está com você"),
    }


def _sign(text: str) -> str:
    return hashlib.sha256(text.strip().encode()).hexdigest()[:16]
