"""Turns about our accounts that follow from turns."""

from bot.follow_ups.ouvintes import ouvintes
from bot.follow_ups.sem_resposta import Meet, SemRespostaFollowUps
from core.commands.contas import TellAccount, TellDuvida, TellNotice, TellTitular
from core.direitos.avisados import Noticia
from core.lgpd.pedidos import Pedido
from core.pessoa.duvida import Motivo
from dialogs.conversa.consultor import OpenTalk
from dialogs.pessoa.contas import tell_account, tell_notice
from dialogs.pessoa.duvida import ask_whose_it_is, say_in_doubt
from dialogs.pessoa.titular import tell_request
from storage.contatos.contatos import glance
from storage.pessoa.usuarios import is_phone_in_doubt
from storage.servico.servico import pessoa_by_id
from storage.transaction import Transaction

ADMINISTRATORS = 10


class ContasFollowUps:
    """Every method is one turn."""

    def __init__(self, open_talk: OpenTalk, meet: Meet) -> None:
        self._open_talk = open_talk
        # What nobody could answer is told to the same people.
        self.sem_resposta = SemRespostaFollowUps(open_talk, meet)

    async def tell_duvida(self, tx: Transaction, wanted: TellDuvida) -> None:
        """Whoever has the phone now, and each administrator in one chat, but not in that one."""
        pessoa = await pessoa_by_id(tx.connection, wanted.usuario_id)
        if pessoa is None or not await is_phone_in_doubt(tx, pessoa.id):
            return
        if wanted.motivo != Motivo.NUMERO and (talk := await self._open_talk(tx, wanted.contato_id)) is not None:
            await say_in_doubt(talk)
        async for talk in ouvintes(tx, self._open_talk, Noticia.TELEFONE, ADMINISTRATORS):
            await ask_whose_it_is(talk, pessoa, Motivo(wanted.motivo))

    async def tell(self, tx: Transaction, wanted: TellAccount) -> None:
        """Each administrator, in one chat of a channel that works."""
        not_by = wanted.canal if wanted.parada else None
        async for talk in ouvintes(tx, self._open_talk, Noticia.CONTA, ADMINISTRATORS, not_by=not_by):
            await tell_account(talk, wanted.canal, wanted.codigo, parada=wanted.parada)

    async def tell_notice(self, tx: Transaction, wanted: TellNotice) -> None:
        """Each administrator, in one chat."""
        async for talk in ouvintes(tx, self._open_talk, Noticia.CONTA, ADMINISTRATORS):
            await tell_notice(talk, wanted.modelo, wanted.evento)

    async def tell_titular(self, tx: Transaction, wanted: TellTitular) -> None:
        """Each administrator, in one chat; nobody where the customer is gone by now."""
        customer = await glance(tx.connection, wanted.contato_id)
        if customer is None:
            return
        async for talk in ouvintes(tx, self._open_talk, Noticia.TITULAR, ADMINISTRATORS):
            await tell_request(talk, customer, Pedido(wanted.pedido))
