"""Who is this? Telegram people are tied to their Usuario by their own shared contact or by an invitation link."""

import hashlib

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import Message, ReplyKeyboardRemove

from core.atendimento.distribuicao import AtendimentoLimits
from core.palavras import Palavra
from core.pessoa.identidade import vincular
from core.telefones import digits_of, same_person_forms
from dialogs.conversa.espera import note_customer_message
from dialogs.customer.customer import noted, waits
from dialogs.frame.i18n import _
from dialogs.frame.talk import Talk
from dialogs.frame.words import a_person, on_word
from dialogs.pessoa.menu import set_commands, show_beginning, show_menu
from storage.contatos.contatos import update_contato
from storage.guesses import count_wrong, seconds_to_wait
from storage.ocorrencias import record
from storage.pessoa.usuarios import invited_by, use_convite, usuario_by_phone

router = Router(name="identidade")


class SaysWho(Filter):
    """The sender's own contact; or, as long as we do not know the sender, anybody's, which is refused.

    Of a customer who waits another one's is for whoever attends them.
    """

    async def __call__(self, event: Message, talk: Talk) -> bool:
        # WhatsApp names people by their phone: a contact there is about somebody else.
        if event.contact is None or talk.contato.channel != "telegram":
            return False
        if event.contact.user_id == talk.contato.id:
            return True
        return talk.contato.usuario is None and talk.contato.atendimento_id is None


@router.message(SaysWho())
async def shared_contact(event: Message, talk: Talk) -> None:
    """Only one's own contact says who one is; anybody can send somebody else's."""
    assert event.contact is not None
    if event.contact.user_id != talk.contato.id:
        await record(talk.tx, "contato_de_outra_pessoa", str(talk.contato.id))
        await talk.say(_("Esse contato é de outra pessoa. Use o botão “Compartilhar meu telefone”."))
        return
    try:
        telefone = digits_of(event.contact.phone_number)
    except ValueError:
        await talk.say(_("Não consegui ler esse telefone."))
        return
    usuario_id = await usuario_by_phone(talk.tx, same_person_forms(telefone))
    if usuario_id is None:
        # Whoever registers them later need not ask again, and a consultant who types to this phone finds them.
        await update_contato(talk.tx, talk.contato.id, telefone=telefone)
        atendimento = await waits(talk)
        if atendimento is not None:
            await note_customer_message(talk, event, atendimento)
            await talk.say(noted())
            return
        unknown = _("Este telefone não está cadastrado. Peça ao administrador da sua operação para cadastrá-lo.")
        # The keyboard with both ways is gone by now.
        await talk.say(
            f"{unknown}\n\n{_('É cliente? Para falar com uma pessoa da equipe, escolha CONSULTOR.')}", a_person()
        )
        return
    await vincular(talk.tx, talk.contato, usuario_id, "telefone", telefone)
    await _welcome(talk)


@on_word(router, Palavra.INICIO)
async def start(event: Message, talk: Talk, atendimento_limits: AtendimentoLimits, argumento: str = "") -> None:
    """/start, with the payload of an invitation link or without."""
    if argumento:
        await _use_invitation(talk, argumento, atendimento_limits)
        return
    await show_beginning(talk, atendimento_limits)
    if talk.pessoa is not None or not talk.is_first:
        # To somebody new Telegram shows what it shows to strangers, in their language.
        await set_commands(talk)


async def _use_invitation(talk: Talk, token: str, limits: AtendimentoLimits) -> None:
    """Whoever has tried too many is not told whether this one is good.

    A customer may come by a link that somebody put in an advertisement: they are told how to reach a person, too.
    """
    redis, person = talk.tx.redis, str(talk.contato.id)
    if await seconds_to_wait(redis, "convite", person) > 0:
        await talk.say(_("Muitas tentativas seguidas. Espere um minuto e tente de novo."))
        return
    token_hash = hashlib.sha256(token.encode()).hexdigest()
    invited = await invited_by(talk.tx, token_hash)
    if talk.pessoa is not None and invited is not None and invited.id != talk.pessoa.id:
        # Who passes it on may only look whether it works: they stay who they are, and it stays good.
        text = _("Este convite é de {nome}, e aqui já é você. Nada mudou: encaminhe o convite só a essa pessoa.")
        await talk.say(text.format(nome=invited.nome_completo))
        return
    usuario_id = await use_convite(talk.tx, token_hash)
    if usuario_id is None:
        await count_wrong(redis, "convite", person)
        await show_beginning(
            talk, limits, _("Este convite não vale mais. Peça um novo ao administrador da sua operação.")
        )
        return
    await vincular(talk.tx, talk.contato, usuario_id, "convite")
    await _welcome(talk)


async def _welcome(talk: Talk) -> None:
    assert talk.contato.usuario is not None
    nome = talk.contato.usuario.nome_completo.split()[0]
    text = _("Prazer, {nome}! Seu cadastro foi reconhecido.").format(nome=nome)
    await talk.bot.send_message(talk.contato.id, text, reply_markup=ReplyKeyboardRemove())
    await set_commands(talk)
    await show_menu(talk)
