"""What a customer asks about their own data: an answer at once, and the administrators hear of it."""

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import Message

from core.lgpd.pedidos import Pedido, pedido_of, registrar_pedido
from core.palavras import Palavra
from dialogs.conversa.consultor import name_or_customer
from dialogs.conversa.espera import note_customer_message
from dialogs.customer.buttons import LeaveAfterAll, StayInFila
from dialogs.customer.customer import Waiting
from dialogs.customer.dito import Stranger
from dialogs.frame.i18n import _
from dialogs.frame.talk import Talk
from dialogs.frame.words import a_person
from storage.atendimento.atendimentos import Atendimento
from storage.contatos.contatos import Glimpse

router = Router(name="titular")
router.message.filter(Stranger())


class AsksOfOwnData(Filter):
    """Given as `pedido`; a consultor reads what is written to them."""

    async def __call__(self, event: Message, talk: Talk, palavra: Palavra | None = None) -> bool | dict[str, Pedido]:
        found = pedido_of(event.text) if event.text and palavra is None else None
        return False if found is None else {"pedido": found}


@router.message(AsksOfOwnData(), Waiting())
async def asked_in_fila(event: Message, talk: Talk, pedido: Pedido, atendimento: Atendimento) -> None:
    """The consultor reads it too. Who wants no messages may not want to be called from the queue either."""
    await note_customer_message(talk, event, atendimento)
    await registrar_pedido(talk.tx, talk.contato.id, pedido, talk.autor)
    if pedido is not Pedido.SOSSEGO:
        await talk.say(f"{_answer(pedido)}\n\n{_('Você continua na fila, no mesmo lugar.')}")
        return
    leaves = (_("Sair da fila"), LeaveAfterAll(atendimento_id=atendimento.id))
    stays = (_("Continuar na fila"), StayInFila(atendimento_id=atendimento.id))
    await talk.say(f"{_answer(pedido)}\n\n{_('Quer sair da fila também?')}", leaves, stays)


@router.message(AsksOfOwnData())
async def asked(event: Message, talk: Talk, pedido: Pedido) -> None:
    """Whatever was asked of them before is over."""
    await talk.state.clear()
    await registrar_pedido(talk.tx, talk.contato.id, pedido, talk.autor)
    # Said, and not offered: a yes to it is to the request, and puts nobody in the queue.
    consultor = a_person()
    await talk.say(_answer(pedido), *(() if pedido is Pedido.SOSSEGO else (consultor,)))


def _answer(pedido: Pedido) -> str:
    return {
        Pedido.APAGAR: _(
            "Pedido registrado: apagar os seus dados. É um direito seu (LGPD, art. 18). Avisei agora quem responde por "
            "isso; uma pessoa confirma que é você e apaga. O que a lei manda guardar, como contratos, fica até o prazo "
            "dela."
        ),
        Pedido.SABER: _(
            "É um direito seu saber o que guardamos (LGPD, art. 18). Por aqui ficam o seu número, o nome que o "
            "aplicativo mostra e as conversas com a equipe. Registrei o seu pedido e avisei agora quem responde por "
            "isso: uma pessoa confirma que é você e responde."
        ),
        Pedido.SOSSEGO: _(
            "Tudo bem, não escrevo mais: daqui só sai resposta ao que você escrever. Registrei que não quer mensagens "
            "e avisei agora os responsáveis, para que ninguém mais escreva."
        ),
    }[pedido]


async def tell_request(talk: Talk, customer: Glimpse, pedido: Pedido) -> None:
    """To an administrator: who asks for what, and how it is done."""
    talk.speak()
    texts = {
        Pedido.APAGAR: _(
            "🔒 {nome} ({contato}) pede que os seus dados sejam apagados (LGPD, art. 18, VI). Confirme que é a pessoa; "
            "no servidor: `balcao lgpd apagar TELEFONE`."
        ),
        Pedido.SABER: _(
            "🔒 {nome} ({contato}) pergunta pelos próprios dados (LGPD, art. 18, II). Confirme que é a pessoa; no "
            "servidor: `balcao lgpd exportar TELEFONE`."
        ),
        Pedido.SOSSEGO: _(
            "🔕 {nome} ({contato}) não quer mais mensagens. O Balcão só responde; tire o contato de outras listas de "
            "envio que a operação tenha."
        ),
    }
    reached = customer.telefone or customer.channel
    await talk.say(texts[pedido].format(nome=name_or_customer(customer.nome), contato=reached))
