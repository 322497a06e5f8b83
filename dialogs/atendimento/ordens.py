"""Orders in a consultor's own words, with a customer on the screen: held back once, so that no customer reads them."""

import hashlib
import re

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import Message

from core.atendimento.consultas import Consulta, consulted
from core.atendimento.distribuicao import AtendimentoLimits
from core.atendimento.meus import own_work
from core.atendimento.vez import asks_whose_turn
from core.consultor.protocolos import numero_de
from core.fala.intencoes import Intencao
from core.fala.leitura.fora import Fora, outside
from core.fala.lexico.nomes import FIRST_NAMES
from core.fala.ordens import OF_THEM, order_of
from core.palavras import Palavra, folded, word_with_more
from core.pessoa.nomes import is_called
from core.presenca.ausencias import leaves_later, own_absence
from core.presenca.presenca import PresenceLimits
from dialogs.atendimento.buttons import TransferToConsultor, TransferToFila
from dialogs.atendimento.notas import take_note
from dialogs.atendimento.transferencia import offer_places
from dialogs.conversa.consultor import Attending, customers_now, name_or_customer, needs_topic, on_screen, say_it_there
from dialogs.frame.i18n import _
from dialogs.frame.prazos import nobody_wrote_since, offered_last
from dialogs.frame.talk import Talk
from dialogs.frame.words import WordButton
from dialogs.presenca.presenca import absence_said, at_an_hour, keep_absence
from storage.atendimento.atendimentos import Atendimento
from storage.consultor.consultores import Consultor
from storage.contatos.contatos import Glimpse, glance
from storage.presenca.presenca import attendants

router = Router(name="ordens")
router.message.filter(Attending())

_A_NAME = 4
_OWN = re.compile(r"\b(?:meus?|minhas?|atendi|peguei|aceitei)\b")
# "Oi Elisa, …", "Elisa, vc tá aí?"
_CALLED = re.compile(
    r"(?:(?:oi|ola|oie|ei|bom dia|boa tarde|boa noite|e ai|fala|opa)[ ,!]+(?P<nome>[a-z]{3,})\b"
    r"|(?P<nome_so>[a-z]{3,}), .*|(?P<nome_ja>[a-z]{3,}) (?:vc|voce|ta|cobre|assume|pega|me ajuda|pode)\b.*\?)"
)
# "Não consigo agora, chama a Elisa", "pode ir almoçar Elisa": told to her, or to us.
_TELLS_ONE = re.compile(
    r"^(?!.*\b(?:te|voces?|vcs?|senhora?|seus?|suas?|lhe)\b)"
    r"(?:.*[,.;] *)?(?:chama|avisa|fala(?! com)|diz|pergunta|pede|manda|pode ir|vai la|cobre|assume|segura|pega) "
)
_TEAM = 200
# What no customer is asked.
_OF_ATTENDING = frozenset({Consulta.SEM_CLIENTES, Consulta.SUMIU})
_TOWARDS = re.compile(r"(?:(?:para|pra|pro|p|ao?|to) )?(?:[oa] )?", re.IGNORECASE)
# In the conversation's data: the sign of what was held back last, which goes to the customer when it is said again.
_HELD = "retida"
# What stands behind an absence that begins later.
LATER = "mais tarde"


class Orders(Filter):
    """An order to us, said the first time; given as `ordem`. What quotes a message is for whoever wrote that."""

    async def __call__(
        self,
        event: Message,
        talk: Talk,
        palavra: Palavra | None = None,
        raw_state: str | None = None,
        alheia: Palavra | None = None,
    ) -> bool | dict[str, tuple[Intencao, str]]:
        there = talk.is_attended
        if palavra is not None or raw_state is not None or not event.text or not there or talk.quoted_id is not None:
            return False
        found = order_of(event.text, talk.today) or _named(event.text) or await _says_where(talk, event.text)
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
        found = found or await _to_a_colleague(talk, event.text)
        if found is None or talk.contato.state_data.get(_HELD) == _sign(event.text):
            return False
        return {"ordem": found}


def _is_a_command(text: str, alheia: Palavra | None) -> bool:
    """ "VENDER", "/vendas": a word of another perfil, written as nobody writes to a customer."""
    return alheia is not None and (text.lstrip().startswith("/") or text.strip().isupper())


async def _to_a_colleague(talk: Talk, text: str) -> tuple[Intencao, str] | None:
    """ "Oi Elisa, cobre meu turno?": said to one of the team by name, unless a customer of theirs is called so."""
    said = folded(text)
    found = _CALLED.match(said)
    named = [found["nome"] or found["nome_so"] or found["nome_ja"]] if found is not None else []
    named += [word for word in re.findall("[a-z]{3,}", said) if word in FIRST_NAMES] if _TELLS_ONE.search(said) else []
    if not named or talk.contato.atendimento_id is None:
        return None
    people, _total = await attendants(talk.tx.connection, _TEAM)
    called = next((one for one in named if any(is_called(row.nome_completo, one) for row in people)), None)
    if called is None:
        return None
    customers = [await glance(talk.tx.connection, one.contato_id) for one in await customers_now(talk)]
    theirs = any(is_called(one.nome or "", called) for one in customers if one is not None)
    return None if theirs else (Intencao.NADA, "")


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
    await talk.state.update_data({_HELD: _sign(event.text or "")})
    said = _("Isso parece ser para mim: não enviei a {nome}. Se era para {nome}, mande de novo igual.")
    before = said.format(nome=name_or_customer(customer.nome if customer is not None else None))
    if intencao is Intencao.TRANSFERIR:
        await offer_places(talk, consultor, atendimento_limits, presence_limits, argumento, before)
    elif intencao is Intencao.ENCERRAR:
        question = _("Encerrar o atendimento?")
        await talk.offer(f"{before}\n\n{question}", (_("Encerrar"), WordButton(palavra=Palavra.ENCERRAR)))
    elif intencao is Intencao.NADA:
        who = [_who(customer, atendimento)] if argumento == OF_THEM and customer and atendimento else []
        await talk.say("\n\n".join([before, *who]))
    elif argumento == LATER:
        await talk.say(f"{before}\n\n{at_an_hour()}")
    else:
        named, palavra = _of_mine()[intencao], Palavra(intencao.value)
        question = _("Você quis dizer “{o_que}”?").format(o_que=named)
        button = await keep_absence(talk, palavra, argumento) if argumento else WordButton(palavra=palavra)
        await talk.offer(f"{before}\n\n{question}", (named, button))


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
