"""Turns of atendimentos that begin by themselves: the queue handed out, cards left lying, consultores who are lost."""

from collections.abc import Awaitable, Callable
from typing import Any
from zoneinfo import ZoneInfo

from bot.conversations import Conversations
from core.atendimento import atendimento as use
from core.atendimento.distribuicao import AtendimentoLimits, Par, next_offers
from core.consultor.protocolos import numero_de
from core.conversa.janela import closes_at, wants_warning
from core.live import as_timestamp
from core.presenca.presenca import PresenceLimits
from dialogs.atendimento.atendimento import close_card, over, show_card
from dialogs.conversa.consultor import name_or_customer
from dialogs.conversa.janela import warn
from dialogs.conversa.recusa import tell_refusal
from dialogs.frame.i18n import _
from dialogs.frame.talk import Talk
from storage.atendimento.atendimentos import Atendimento, atendimento_by_id, lock_atendimento
from storage.atendimento.ofertas import Oferta, add_oferta, oferta_by_id
from storage.atendimento.status import Resposta, StatusAtendimento
from storage.consultor.consultores import consultor_by_id
from storage.contatos.contatos import contatos_of, glance
from storage.conversa.destinos import screen_of
from storage.conversa.mensagens import mensagem_by_id
from storage.pessoa.perfil import Perfil
from storage.pessoa.usuarios import active_of_perfil
from storage.transaction import Transaction

# So many supervisors hear of a customer nobody takes.
SUPERVISORS = 10


class AtendimentoTurns:
    """Every method is one turn. Consultores' conversations are opened before customers'."""

    def __init__(
        self,
        conversations: Conversations,
        limits: AtendimentoLimits,
        presence_limits: PresenceLimits,
        zone: ZoneInfo,
    ) -> None:
        self._conversations = conversations
        self._limits = limits
        self._presence_limits = presence_limits
        self._zone = zone
        self.works: dict[str, Callable[[Transaction, dict[str, Any]], Awaitable[None]]] = {
            "distribuir": self._hand_out,
            "avisar_supervisores": self._tell_supervisors,
            "oferta_retirada": self._withdrawn,
            "cliente_encerrou": self._customer_ended,
            "mensagem_recusada": self._refused,
        }

    async def _hand_out(self, tx: Transaction, params: dict[str, Any]) -> None:
        """Show the oldest customers to those whose turn it is."""
        pairs = await next_offers(tx.connection, tx.redis, tx.now, self._limits, self._presence_limits)
        talks = {par.contato_id: await self._conversations.open(tx, par.contato_id) for par in _in_order(pairs)}
        for par in pairs:
            if talk := talks[par.contato_id]:
                await self._offer(talk, par)

    async def _offer(self, talk: Talk, par: Par) -> None:
        tx, customer = talk.tx, await lock_atendimento(talk.tx, par.atendimento.id)
        if customer is None or customer.status != StatusAtendimento.NA_FILA:
            return
        until = tx.now + self._limits.aceite
        oferta_id = await add_oferta(tx, customer.id, par.consultor.id, talk.contato.id, until)
        if oferta_id is None:
            return
        talk.speak()
        await show_card(talk, oferta_id, customer, await _name(tx, customer.contato_id))
        last = par.consultor.ultimo_atendimento
        # Why this one: nobody who may be asked has waited longer for a customer.
        why = {"ultimo_atendimento": as_timestamp(last) if last is not None else None}
        await use.tell(tx, "atendimento_oferecido", customer, consultor=par.consultor.id, **why)

    async def expire(self, tx: Transaction, oferta: Oferta) -> bool:
        """A card nobody answered in time: the next one is asked; False when it was answered meanwhile."""
        talk = await self._conversations.open(tx, oferta.contato_id)
        locked = await lock_atendimento(tx, oferta.atendimento_id)
        if locked is None or not await use.let_pass(tx, oferta, locked, Resposta.EXPIROU):
            return False
        if talk is not None:
            text = _(
                "⏰ Sem resposta, o cliente foi oferecido a outra pessoa. Escreva qualquer coisa para voltar à vez."
            )
            await close_card(talk, oferta, text)
        return True

    async def take_back(self, tx: Transaction, atendimento_id: int) -> bool:
        """The consultor is lost: their customer waits again, before everybody else; False when they are back."""
        known = await atendimento_by_id(tx.connection, atendimento_id)
        if known is None or known.consultor_id is None:
            return False
        consultor = await consultor_by_id(tx.connection, known.consultor_id)
        assert consultor is not None
        talk = await self._talk_of_consultor(tx, known)
        customer = await self._conversations.open(tx, known.contato_id)
        locked = await lock_atendimento(tx, atendimento_id)
        late = locked is not None and locked.consultor_sumiu_em is not None
        if locked is None or not late or locked.status != StatusAtendimento.EM_ATENDIMENTO:
            return False
        await use.back_to_queue(tx, locked)
        if customer is not None:
            customer.speak()
            text = _(
                "O consultor que atendia você ficou indisponível. Você é o próximo da fila, com o mesmo protocolo."
            )
            await customer.say(text)
        if talk is not None:
            talk.speak()
            said = _("{nome} ({numero}) voltou ao começo da fila, porque você não estava disponível.")
            nome = name_or_customer(customer.contato.nome if customer is not None else None)
            said = said.format(nome=nome, numero=numero_de(locked.protocolo_id))
            await over(talk, consultor, locked, said, by_consultor=False)
        return True

    async def _tell_supervisors(self, tx: Transaction, params: dict[str, Any]) -> None:
        atendimento = await atendimento_by_id(tx.connection, params["atendimento_id"])
        if atendimento is None or atendimento.status != StatusAtendimento.NA_FILA:
            return
        nome = await _name(tx, atendimento.contato_id)
        people = await active_of_perfil(tx.connection, Perfil.ADMINISTRADOR, SUPERVISORS)
        for contato_id in sorted(await contatos_of(tx, [row.id for row in people])):
            if talk := await self._conversations.open(tx, contato_id):
                text = _("⚠️ {n} consultores não atenderam {nome}, protocolo {numero}. Veja a FILA.")
                await talk.say(
                    text.format(
                        n=atendimento.passaram,
                        nome=name_or_customer(nome),
                        numero=numero_de(atendimento.protocolo_id),
                    )
                )

    async def _withdrawn(self, tx: Transaction, params: dict[str, Any]) -> None:
        oferta = await oferta_by_id(tx.connection, params["oferta_id"])
        talk = await self._conversations.open(tx, oferta.contato_id) if oferta is not None else None
        if oferta is not None and talk is not None:
            await close_card(talk, oferta, _("O cliente desistiu de esperar."))

    async def _customer_ended(self, tx: Transaction, params: dict[str, Any]) -> None:
        atendimento = await atendimento_by_id(tx.connection, params["atendimento_id"])
        if atendimento is None or atendimento.consultor_id is None:
            return
        consultor = await consultor_by_id(tx.connection, atendimento.consultor_id)
        assert consultor is not None
        talk = await self._talk_of_consultor(tx, atendimento)
        if talk is not None:
            nome = name_or_customer(await _name(tx, atendimento.contato_id))
            numero = numero_de(atendimento.protocolo_id)
            said = _("{nome} encerrou o atendimento {numero}.").format(nome=nome, numero=numero)
            await over(talk, consultor, atendimento, said, by_consultor=False)

    async def warn_of_window(self, tx: Transaction, atendimento_id: int) -> bool:
        """The consultor hears that WhatsApp's window closes soon; False when they need not any more."""
        locked = await lock_atendimento(tx, atendimento_id)
        customer = await glance(tx.connection, locked.contato_id) if locked is not None else None
        if locked is None or customer is None or locked.status != StatusAtendimento.EM_ATENDIMENTO:
            return False
        end = closes_at(customer.channel, customer.last_inbound_at)
        if end is None or not wants_warning(
            customer.channel, customer.last_inbound_at, locked.janela_avisada_em, tx.now
        ):
            return False
        await warn(tx, locked, customer, f"{end.astimezone(self._zone):%H:%M}")
        await use.change(tx, locked, janela_avisada_em=tx.now)
        return True

    async def _talk_of_consultor(self, tx: Transaction, atendimento: Atendimento) -> Talk | None:
        """The chat in which the consultor has, or had, this customer; None when they can be reached nowhere."""
        screen = await screen_of(tx.connection, atendimento)
        return await self._conversations.open(tx, screen[0].id) if screen is not None else None

    async def _refused(self, tx: Transaction, params: dict[str, Any]) -> None:
        """A message did not reach the other side: its author hears of it where they wrote it."""
        mensagem = await mensagem_by_id(tx.connection, params["mensagem_id"])
        if mensagem is None or mensagem.contato_id is None:
            return
        if talk := await self._conversations.open(tx, mensagem.contato_id):
            await tell_refusal(talk, mensagem, params["codigo"])


async def _name(tx: Transaction, contato_id: int) -> str | None:
    glimpse = await glance(tx.connection, contato_id)
    return glimpse.nome if glimpse is not None else None


def _in_order(pairs: list[Par]) -> list[Par]:
    """Two turns that open many conversations do so in the same order, or they would wait for each other."""
    return sorted(pairs, key=lambda par: par.contato_id)
