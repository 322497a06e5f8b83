"""Turns about our accounts that follow from turns."""

from bot.follow_ups.sem_resposta import SemRespostaFollowUps
from core.commands.contas import TellAccount, TellDuvida
from core.direitos.avisados import Noticia, avisados
from core.pessoa.duvida import Motivo
from dialogs.conversa.consultor import OpenTalk
from dialogs.pessoa.contas import tell_account
from dialogs.pessoa.duvida import ask_whose_it_is, say_in_doubt
from storage.contatos.contatos import contatos_of, glance
from storage.pessoa.usuarios import is_phone_in_doubt
from storage.servico.servico import pessoa_by_id
from storage.transaction import Transaction

ADMINISTRATORS = 10


class ContasFollowUps:
    """Every method is one turn."""

    def __init__(self, open_talk: OpenTalk) -> None:
        self._open_talk = open_talk
        # What nobody could answer is told to the same people.
        self.sem_resposta = SemRespostaFollowUps(open_talk)

    async def tell_duvida(self, tx: Transaction, wanted: TellDuvida) -> None:
        """Whoever has the phone now, and each administrator in one chat, but not in that one."""
        pessoa = await pessoa_by_id(tx.connection, wanted.usuario_id)
        if pessoa is None or not await is_phone_in_doubt(tx, pessoa.id):
            return
        if wanted.motivo != Motivo.NUMERO and (talk := await self._open_talk(tx, wanted.contato_id)) is not None:
            await say_in_doubt(talk)
        for person in await avisados(tx.connection, Noticia.TELEFONE, ADMINISTRATORS):
            for contato_id in await contatos_of(tx, [person.id]):
                talk = await self._open_talk(tx, contato_id)
                if talk is not None and talk.pessoa is not None and talk.pessoa.id == person.id:
                    await ask_whose_it_is(talk, pessoa, Motivo(wanted.motivo))
                    break

    async def tell(self, tx: Transaction, wanted: TellAccount) -> None:
        """Each administrator, in one chat of a channel that works."""
        for person in await avisados(tx.connection, Noticia.CONTA, ADMINISTRATORS):
            for contato_id in await contatos_of(tx, [person.id]):
                known = await glance(tx.connection, contato_id)
                if known is None or (wanted.parada and known.channel == wanted.canal):
                    continue
                talk = await self._open_talk(tx, contato_id)
                if talk is not None and talk.pessoa is not None and talk.pessoa.id == person.id:
                    await tell_account(talk, wanted.canal, wanted.codigo, parada=wanted.parada)
                    break
