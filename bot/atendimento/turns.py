"""Turns of atendimentos that begin by themselves: the queue handed out, cards left lying, consultores who are lost."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from core.atendimento import atendimento as use
from core.atendimento.distribuicao import AtendimentoLimits, Par, next_offers
from core.commands.atendimento import (
    HandOut,
    PassCard,
    TellBlocked,
    TellCustomerEnded,
    TellMoved,
    TellNotNoted,
    TellSupervisors,
    WithdrawCard,
)
from core.conversa.janela import closes_at, wants_warning
from core.direitos.avisados import Noticia, avisados, ouve
from core.live import as_timestamp
from core.presenca.presenca import PresenceLimits
from dialogs.atendimento.atendimento import show_card
from dialogs.atendimento.avisos import (
    card_expired,
    card_passed,
    card_withdrawn,
    say_blocked,
    say_not_noted,
    tell_customer_moved,
    tell_ended,
    tell_moved,
    tell_next_in_queue,
    tell_supervisor,
    tell_taken_back,
)
from dialogs.conversa.consultor import OpenTalk
from dialogs.conversa.janela import warn
from dialogs.frame.talk import Talk
from storage.atendimento.atendimentos import Atendimento, atendimento_by_id, lock_atendimento
from storage.atendimento.ofertas import Oferta, add_oferta, oferta_by_id
from storage.atendimento.status import Resposta, StatusAtendimento
from storage.consultor.consultores import consultor_by_id
from storage.contatos.contatos import contatos_of, glance
from storage.contatos.conversas import mark_event
from storage.conversa.destinos import screen_of
from storage.servico.servico import pessoa_by_id, serving
from storage.transaction import Transaction

_NOT_NOTED = "sem_nota"
# So many supervisors hear of a customer nobody takes.
SUPERVISORS = 10


class AtendimentoTurns:
    """Every method is one turn. Consultores' conversations are opened before customers'."""

    def __init__(
        self,
        open_talk: OpenTalk,
        limits: AtendimentoLimits,
        presence_limits: PresenceLimits,
        zone: ZoneInfo,
    ) -> None:
        self._open_talk = open_talk
        self._limits = limits
        self._presence_limits = presence_limits
        self._zone = zone

    async def hand_out(self, tx: Transaction, wanted: HandOut) -> None:
        """Show the oldest customers to those whose turn it is."""
        pairs = await next_offers(tx.connection, tx.redis, tx.now, self._limits, self._presence_limits)
        talks = {par.contato_id: await self._open_talk(tx, par.contato_id) for par in _in_order(pairs)}
        for par in pairs:
            if talk := talks[par.contato_id]:
                await self._offer(talk, par)

    async def _offer(self, talk: Talk, par: Par) -> None:
        tx, customer = talk.tx, await lock_atendimento(talk.tx, par.atendimento.id)
        if customer is None or customer.status != StatusAtendimento.NA_FILA:
            return
        if talk.pessoa is None or talk.pessoa.id != par.consultor.usuario_id:
            # Their phone is somebody else's since the last time they wrote.
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
        talk = await self._open_talk(tx, oferta.contato_id)
        locked = await lock_atendimento(tx, oferta.atendimento_id)
        if locked is None or not await use.let_pass(tx, oferta, locked, Resposta.EXPIROU):
            return False
        if talk is not None:
            await card_expired(talk, oferta)
        return True

    async def pass_card(self, tx: Transaction, wanted: PassCard) -> None:
        """Whoever was asked is not online any more: the customer waits for nobody's answer."""
        oferta = await oferta_by_id(tx.connection, wanted.oferta_id)
        talk = await self._open_talk(tx, oferta.contato_id) if oferta is not None else None
        locked = await lock_atendimento(tx, oferta.atendimento_id) if oferta is not None else None
        if oferta is None or locked is None or not await use.let_pass(tx, oferta, locked, Resposta.PASSOU):
            return
        if talk is not None:
            await card_passed(talk, oferta)

    async def take_back(self, tx: Transaction, atendimento_id: int) -> bool:
        """The consultor is lost: their customer waits again, before everybody else; False when they are back."""
        known = await atendimento_by_id(tx.connection, atendimento_id)
        if known is None or known.consultor_id is None:
            return False
        consultor = await consultor_by_id(tx.connection, known.consultor_id)
        assert consultor is not None
        talk = await self._talk_of_consultor(tx, known)
        customer = await self._open_talk(tx, known.contato_id)
        locked = await lock_atendimento(tx, atendimento_id)
        late = locked is not None and locked.consultor_sumiu_em is not None
        late = late or not await serving(tx.connection, [consultor.id])
        if locked is None or not late or locked.status != StatusAtendimento.EM_ATENDIMENTO:
            return False
        await use.back_to_queue(tx, locked)
        if customer is not None:
            await tell_next_in_queue(customer)
        if talk is not None:
            await tell_taken_back(talk, consultor, locked, customer.contato.nome if customer is not None else None)
        return True

    async def tell_supervisors(self, tx: Transaction, wanted: TellSupervisors) -> None:
        """Somebody who can do something about it hears of a customer whom nobody takes."""
        atendimento = await atendimento_by_id(tx.connection, wanted.atendimento_id)
        if atendimento is None or atendimento.status != StatusAtendimento.NA_FILA:
            return
        nome = await _name(tx, atendimento.contato_id)
        people = await avisados(tx.connection, Noticia.SEM_CONSULTOR, SUPERVISORS)
        for contato_id in sorted(await contatos_of(tx, [row.id for row in people])):
            talk = await self._open_talk(tx, contato_id)
            if talk is not None and talk.pessoa is not None and ouve(talk.pessoa.perfil_usuario, Noticia.SEM_CONSULTOR):
                await tell_supervisor(talk, atendimento, nome)

    async def withdraw_card(self, tx: Transaction, wanted: WithdrawCard) -> None:
        """Whoever looks at the card sees that nobody needs to answer it any more."""
        oferta = await oferta_by_id(tx.connection, wanted.oferta_id)
        talk = await self._open_talk(tx, oferta.contato_id) if oferta is not None else None
        if oferta is not None and talk is not None:
            await card_withdrawn(talk, oferta)

    async def tell_customer_ended(self, tx: Transaction, wanted: TellCustomerEnded) -> None:
        """The consultor hears it where they have, or had, this customer."""
        atendimento = await atendimento_by_id(tx.connection, wanted.atendimento_id)
        if atendimento is None or atendimento.consultor_id is None:
            return
        consultor = await consultor_by_id(tx.connection, atendimento.consultor_id)
        assert consultor is not None
        talk = await self._talk_of_consultor(tx, atendimento)
        if talk is not None:
            await tell_ended(talk, consultor, atendimento, await _name(tx, atendimento.contato_id))

    async def tell_blocked(self, tx: Transaction, wanted: TellBlocked) -> None:
        """Where they have this customer, if they still do."""
        atendimento = await atendimento_by_id(tx.connection, wanted.atendimento_id)
        if atendimento is None or atendimento.status != StatusAtendimento.EM_ATENDIMENTO:
            return
        talk = await self._talk_of_consultor(tx, atendimento)
        if talk is not None:
            await say_blocked(talk, atendimento, await _name(tx, atendimento.contato_id), reachable=wanted.reachable)

    async def tell_not_noted(self, tx: Transaction, wanted: TellNotNoted) -> None:
        """Once a day, however many are missing; while it goes on nothing is missing, for its end is noted, too."""
        atendimento = await atendimento_by_id(tx.connection, wanted.atendimento_id)
        if atendimento is None or atendimento.status != StatusAtendimento.ENCERRADO:
            return
        talk = await self._talk_of_consultor(tx, atendimento)
        day = f"{tx.now.astimezone(self._zone):%Y%m%d}"
        if talk is not None and await mark_event(tx, _NOT_NOTED, f"{atendimento.consultor_id}:{day}"):
            await say_not_noted(talk, atendimento, await _name(tx, atendimento.contato_id))

    async def tell_moved(self, tx: Transaction, wanted: TellMoved) -> None:
        """Both conversations: the consultor's first, if there was one."""
        known = await atendimento_by_id(tx.connection, wanted.atendimento_id)
        if known is None:
            return
        had = await consultor_by_id(tx.connection, wanted.consultor_id) if wanted.consultor_id is not None else None
        was = replace(known, consultor_id=wanted.consultor_id)
        talk = await self._talk_of_consultor(tx, was) if had is not None else None
        customer = await self._open_talk(tx, known.contato_id)
        if customer is not None:
            await tell_customer_moved(customer, known, wanted.movido)
        if talk is not None and had is not None:
            goes_to = await consultor_by_id(tx.connection, wanted.destino_id) if wanted.destino_id is not None else None
            por = await pessoa_by_id(tx.connection, wanted.usuario_id) if wanted.usuario_id is not None else None
            nome = await _name(tx, known.contato_id)
            await tell_moved(
                talk,
                had,
                was,
                wanted.movido,
                nome,
                por=por.nome_completo if por is not None else None,
                destino=goes_to.nome if goes_to is not None else None,
            )

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
        return await self._open_talk(tx, screen[0].id) if screen is not None else None


async def _name(tx: Transaction, contato_id: int) -> str | None:
    glimpse = await glance(tx.connection, contato_id)
    return glimpse.nome if glimpse is not None else None


def _in_order(pairs: list[Par]) -> list[Par]:
    """Two turns that open many conversations do so in the same order, or they would wait for each other."""
    return sorted(pairs, key=lambda par: par.contato_id)
