"""Who answers here, when and how: nobody takes us for a person, and how to reach one is said."""

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import Message

from core.atendimento import atendimento as use
from core.atendimento.distribuicao import AtendimentoLimits
from core.atendimento.perguntas import ComoAtende, how_one_is_attended
from core.fala.leitura.quem_fala import asks_who_answers
from core.palavras import Palavra
from dialogs.conversa.espera import note_customer_message
from dialogs.customer.buttons import LeaveFila
from dialogs.customer.customer import Waiting, tell_place
from dialogs.customer.dito import Stranger, greet, remember_said
from dialogs.frame.i18n import _
from dialogs.frame.talk import Talk
from dialogs.frame.words import a_person
from storage.atendimento.atendimentos import Atendimento
from storage.consultor.consultores import in_turns

router = Router(name="quem_fala")


class AsksWhoAnswers(Filter):
    """Where nobody else would be meant: a consultor's words go to their customer."""

    async def __call__(self, event: Message, talk: Talk, palavra: Palavra | None = None) -> bool:
        ours = palavra is None and (talk.pessoa is None or not talk.is_attended)
        return ours and asks_who_answers(event.text or "")


class NothingIsAsked(Filter):
    """No question of ours is open, of which it may be the answer."""

    async def __call__(self, event: Message, raw_state: str | None = None) -> bool:
        return raw_state is None


@router.message(AsksWhoAnswers(), Stranger(), Waiting())
async def asked_in_fila(event: Message, talk: Talk, atendimento: Atendimento) -> None:
    """The consultor reads it, too."""
    await note_customer_message(talk, event, atendimento)
    text = _("Sou o atendimento automático. Uma pessoa da equipe fala com você assim que puder: você continua na fila.")
    await talk.say(text)


class AsksHow(Filter):
    """A customer's question of how one is attended; given as `como`."""

    async def __call__(self, event: Message, palavra: Palavra | None = None) -> bool | dict[str, ComoAtende]:
        found = how_one_is_attended(event.text or "") if palavra is None else None
        return False if found is None else {"como": found}


@router.message(AsksHow(), Stranger(), Waiting())
async def asked_how_in_fila(
    event: Message, talk: Talk, como: ComoAtende, atendimento: Atendimento, atendimento_limits: AtendimentoLimits
) -> None:
    """Whether anybody is there is told with their place."""
    await note_customer_message(talk, event, atendimento)
    if como is ComoAtende.HORARIO:
        await tell_place(talk, atendimento, atendimento_limits)
    elif como is ComoAtende.AUDIO:
        await talk.say(_("Pode mandar o áudio: quem atender você ouve."))
    elif como is ComoAtende.SAIR:
        text = _("Pode sair do aplicativo: você continua na fila, e a mensagem de quem atender chega aqui.")
        await talk.say(text, (_("Desistir"), LeaveFila(atendimento_id=atendimento.id)))
    else:
        await talk.say(_("Claro, aqui a conversa é por escrito. Você continua na fila."))


@router.message(NothingIsAsked(), AsksHow(), Stranger())
async def asked_how(event: Message, talk: Talk, como: ComoAtende, atendimento_limits: AtendimentoLimits) -> None:
    await remember_said(talk, event)
    if como is ComoAtende.SAIR:
        await greet(talk)
        return
    await talk.offer(await _how(talk, como, atendimento_limits), a_person())


async def _how(talk: Talk, como: ComoAtende, limits: AtendimentoLimits) -> str:
    if como is ComoAtende.AUDIO:
        return _("Eu não ouço áudios, mas quem atender você ouve: escolha CONSULTOR e mande o áudio.")
    if como is ComoAtende.POR_ESCRITO:
        return _("Claro, aqui a conversa é por escrito. Para falar com uma pessoa da equipe, escolha CONSULTOR.")
    languages = limits.languages_for(use.IDIOMAS.get(talk.contato.idioma, "pt"))
    if any((await in_turns(talk.tx.connection, languages, 1)).values()):
        return _("O horário da equipe não fica aqui, mas agora há alguém disponível: para falar, escolha CONSULTOR.")
    return _(
        "O horário da equipe não fica aqui, e agora não há ninguém disponível. "
        "Escolha CONSULTOR, e você será atendido assim que houver: já pode escrever o que precisa."
    )


@router.message(NothingIsAsked(), AsksWhoAnswers(), Stranger())
async def asked(event: Message, talk: Talk) -> None:
    """A customer's answer has the way to a person under it."""
    text = _("Sou o atendimento automático da operação. Para falar com uma pessoa da equipe, escolha CONSULTOR.")
    await talk.offer(text, a_person())


@router.message(NothingIsAsked(), AsksWhoAnswers())
async def asked_by_staff(event: Message, talk: Talk) -> None:
    await talk.say(_("Sou o Balcão, o assistente automático da operação. AJUDA diz o que você pode pedir aqui."))
