"""TRANSFERIR: the customer goes to another person, to another language, or back to the queue."""

from collections.abc import Sequence

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from core.atendimento import atendimento as use
from core.atendimento.a_mao import destinos_of, is_free
from core.atendimento.distribuicao import AtendimentoLimits
from core.consultor.protocolos import numero_de
from core.fala.espera import NADA, Entendido
from core.palavras import Palavra
from core.pessoa.nomes import is_called, told_apart
from core.presenca.presenca import PresenceLimits
from dialogs.atendimento.atendimento import over
from dialogs.atendimento.buttons import TransferToConsultor, TransferToFila, TransferToIdioma
from dialogs.conversa.consultor import (
    Attending,
    OpenTalk,
    is_with,
    name_or_customer,
    needs_topic,
    no_longer_theirs,
    on_screen,
    say_it_there,
)
from dialogs.frame.buttons import Tap
from dialogs.frame.i18n import LANGUAGE_NAMES, _
from dialogs.frame.talk import Choice, Talk
from dialogs.frame.words import on_word
from storage.atendimento.atendimentos import Atendimento, atendimento_by_id, lock_atendimento
from storage.consultor.consultores import Consultor, consultor_by_id
from storage.servico.servico import serving

router = Router(name="transferencia")
router.message.filter(Attending())
router.callback_query.filter(Attending())

# With languages and the queue at most the ten rows of a list.
PEOPLE = 6


@on_word(router, Palavra.TRANSFERIR)
async def ask_where(
    event: Message | CallbackQuery,
    talk: Talk,
    consultor: Consultor,
    atendimento_limits: AtendimentoLimits,
    presence_limits: PresenceLimits,
    argumento: str = "",
    entendido: Entendido = NADA,
) -> None:
    """Who is free now, which languages somebody speaks, and the queue; of a person who was named, that one alone."""
    if await needs_topic(event, talk, consultor):
        await talk.say(say_it_there())
        return
    await offer_places(talk, consultor, atendimento_limits, presence_limits, entendido.pessoa or argumento)


async def offer_places(
    talk: Talk,
    consultor: Consultor,
    atendimento_limits: AtendimentoLimits,
    presence_limits: PresenceLimits,
    named: str,
    before: str = "",
    besides: Sequence[Choice] = (),
) -> None:
    """The question of `ask_where`, after a sentence if one is given, and with other choices behind its own."""
    atendimento = await on_screen(talk, consultor)
    if atendimento is None:
        await talk.say(_("Você não está atendendo ninguém agora."))
        return
    about = atendimento.id
    destinos = await destinos_of(
        talk.tx.connection, talk.tx.redis, talk.tx.now, atendimento, atendimento_limits, presence_limits, PEOPLE
    )
    # A list holds ten.
    room = PEOPLE - len(besides)
    meant = [one for one in destinos.pessoas if is_called(one.nome, named)]
    shown = (meant or destinos.pessoas)[:room]
    people: list[Choice] = [
        (f"👤 {nome}", TransferToConsultor(atendimento_id=about, consultor_id=one.id))
        for one, nome in zip(shown, told_apart([(one.nome, one.telefone) for one in shown]), strict=True)
    ]
    nobody = _("Com esse nome não há ninguém livre agora.") if named and not meant else ""
    text = "\n\n".join(filter(None, (before, nobody, _("Para onde vai o cliente?"))))
    if meant:
        await talk.offer(text, *people, *besides)
        return
    choices = people
    for language, idioma in use.IDIOMAS.items():
        if idioma in destinos.idiomas:
            choices.append((f"🌐 {LANGUAGE_NAMES[language]}", TransferToIdioma(atendimento_id=about, idioma=idioma)))
    choices.append((_("Voltar para a fila"), TransferToFila(atendimento_id=about)))
    # A no is for us, and no customer's.
    await talk.offer(text, *choices, *besides)


@router.callback_query(Tap(TransferToConsultor, TransferToIdioma, TransferToFila))
async def transfer(
    event: CallbackQuery,
    talk: Talk,
    consultor: Consultor,
    open_talk: OpenTalk,
    button: TransferToConsultor | TransferToIdioma | TransferToFila,
    atendimento_limits: AtendimentoLimits,
    presence_limits: PresenceLimits,
) -> None:
    """To the head of the queue, meant for whoever was chosen."""
    customer, atendimento = await _customer(talk, consultor, open_talk, button.atendimento_id)
    if customer is None or atendimento is None:
        talk.speak()
        await talk.say(await no_longer_theirs(talk, button.atendimento_id))
        return
    destino, idioma = await _destination(talk, button)
    tx, limits = talk.tx, (atendimento_limits, presence_limits)
    if destino is not None and not await is_free(tx.connection, tx.redis, tx.now, destino, *limits):
        talk.speak()
        text = _("{destino} não pode receber ninguém agora: {nome} continua com você. TRANSFERIR mostra quem pode.")
        await talk.say(text.format(destino=destino.nome, nome=name_or_customer(customer.contato.nome)))
        return
    await use.back_to_queue(
        talk.tx, atendimento, destinado_a=destino.id if destino is not None else None, idioma=idioma, given_back=True
    )
    customer.speak()
    await customer.say(_("Vou passar você para outra pessoa da equipe. O protocolo continua o mesmo."))
    talk.speak()
    nome, numero = name_or_customer(customer.contato.nome), numero_de(atendimento.protocolo_id)
    if destino is not None:
        said = _("{nome} ({numero}) foi oferecido a {destino}.").format(nome=nome, numero=numero, destino=destino.nome)
    else:
        said = _("{nome} ({numero}) voltou ao começo da fila.").format(nome=nome, numero=numero)
    await over(talk, consultor, atendimento, said)


async def _customer(
    talk: Talk, consultor: Consultor, open_talk: OpenTalk, atendimento_id: int
) -> tuple[Talk | None, Atendimento | None]:
    """The conversation and the atendimento, locked, if the consultor has this customer."""
    atendimento = await _own(talk, consultor, atendimento_id)
    customer = await open_talk(talk.tx, atendimento.contato_id) if atendimento is not None else None
    locked = await lock_atendimento(talk.tx, atendimento_id) if customer is not None else None
    return (customer, locked) if locked is not None and is_with(locked, consultor) else (None, None)


async def _own(talk: Talk, consultor: Consultor, atendimento_id: int) -> Atendimento | None:
    atendimento = await atendimento_by_id(talk.tx.connection, atendimento_id)
    return atendimento if atendimento is not None and is_with(atendimento, consultor) else None


async def _destination(
    talk: Talk, button: TransferToConsultor | TransferToIdioma | TransferToFila
) -> tuple[Consultor | None, str | None]:
    if isinstance(button, TransferToConsultor):
        # Who went out of service since the button was shown is not waited for.
        serves = await serving(talk.tx.connection, [button.consultor_id])
        return await consultor_by_id(talk.tx.connection, button.consultor_id) if serves else None, None
    if isinstance(button, TransferToIdioma):
        return None, button.idioma if button.idioma in use.IDIOMAS.values() else None
    return None, None
