""" "Qual era o meu protocolo?", "quem me atendeu?": the number a customer was given last, and who attended them."""

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import Message

from core.atendimento.distribuicao import AtendimentoLimits
from core.consultor.protocolos import numero_de
from core.conversa.transcricao import conversations_of
from core.fala.leitura.clientes import DeFora, SoPessoa, asked_from_outside, only_a_person
from core.palavras import Palavra
from dialogs.customer.customer import Waiting, tell_place
from dialogs.customer.dito import Stranger, remember_said
from dialogs.frame.i18n import _
from dialogs.frame.talk import Talk
from dialogs.frame.words import a_person
from storage.atendimento.atendimentos import Atendimento
from storage.conversa.transcricao import past_of

router = Router(name="protocolo")
router.message.filter(Stranger())

# Of so many of the newest one was attended by somebody.
LOOKED_THROUGH = 20


class Asks(Filter):
    """Also instead of a rating, or of a comment: what is asked there stays open."""

    def __init__(self, *asked: DeFora) -> None:
        self._asked = frozenset(asked)

    async def __call__(self, event: Message, palavra: Palavra | None = None) -> bool:
        return palavra is None and asked_from_outside(event.text or "") in self._asked


@router.message(Asks(DeFora.PROTOCOLO), Waiting())
async def asked_in_fila(
    event: Message, talk: Talk, atendimento: Atendimento, atendimento_limits: AtendimentoLimits
) -> None:
    await tell_place(talk, atendimento, atendimento_limits)


@router.message(Asks(DeFora.QUEM_ATENDEU))
async def asked_who_attended(event: Message, talk: Talk) -> None:
    """The last one who did; whoever waits hears of the time before."""
    connection = talk.tx.connection
    page, _total = await past_of(connection, await conversations_of(connection, talk.contato.id), 0, LOOKED_THROUGH)
    found = next((one for one in page if one.consultor is not None), None)
    if found is None:
        text = _("Ninguém da equipe falou com você por aqui ainda. Para chamar uma pessoa, escolha CONSULTOR.")
        await talk.say(text, a_person())
        return
    text = _("Quem atendeu você por último foi {nome}, em {data}. Protocolo {numero}.")
    data = found.criado_em.astimezone(talk.zone)
    await talk.say(text.format(nome=found.consultor, data=f"{data:%d/%m/%Y}", numero=numero_de(found.protocolo_id)))


@router.message(Asks(DeFora.PROTOCOLO))
async def asked(event: Message, talk: Talk) -> None:
    connection = talk.tx.connection
    page, _total = await past_of(connection, await conversations_of(connection, talk.contato.id), 0, 1)
    if page:
        text = _("O seu último protocolo é {numero}, de {data}.")
        criado = page[0].criado_em.astimezone(talk.zone)
        await talk.say(text.format(numero=numero_de(page[0].protocolo_id), data=f"{criado:%d/%m/%Y}"))
        return
    text = _("Você ainda não tem protocolo aqui: ele é dado a quem escolhe CONSULTOR.")
    await talk.say(text, a_person())


class AsksAPerson(Filter):
    """Only a person answers it, and none is here: nobody attends them, and they wait for none; given as `pedido`."""

    async def __call__(
        self, event: Message, talk: Talk, palavra: Palavra | None = None, raw_state: str | None = None
    ) -> bool | dict[str, SoPessoa]:
        if palavra is not None or raw_state is not None or talk.contato.atendimento_id is not None:
            return False
        found = only_a_person(event.text or "") if not talk.language_unknown else None
        return {"pedido": found} if found is not None else False


@router.message(AsksAPerson())
async def asked_what_a_person_answers(event: Message, talk: Talk, pedido: SoPessoa) -> None:
    """Whoever attends them reads it; who that is, and how to come to them, is said at once."""
    await remember_said(talk, event)
    if pedido is SoPessoa.LIGACAO:
        text = _("Por aqui eu não faço ligações: uma pessoa da equipe combina isso com você. Quer falar com ela?")
    elif pedido is SoPessoa.ESPERA:
        text = _("Você não está na fila agora. Quer entrar? Eu digo o seu lugar e a espera.")
    elif pedido is SoPessoa.OFERTA:
        text = _("Preços, planos e cobertura quem responde é a equipe, e já anotei a sua pergunta. Quer falar com ela?")
    else:
        text = _(
            "Sinto muito por isso. Escreva aqui o que houve: quem atender você vai ler. Quer falar com uma pessoa?"
        )
    await talk.offer(text, a_person())
