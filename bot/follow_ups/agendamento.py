"""Turns that tell people what became of a run."""

from core.commands.agendamento import TellAgendamento
from core.direitos.avisados import Noticia, ouve
from dialogs.agendamento.avisos import tell
from dialogs.conversa.consultor import OpenTalk
from storage.agendamento.agendamentos import agendamento_by_id
from storage.agendamento.execucoes import execucao_agendamento_by_id
from storage.contatos.contatos import contatos_of
from storage.transaction import Transaction


class AgendamentoFollowUps:
    """Every method is one turn."""

    def __init__(self, open_talk: OpenTalk) -> None:
        self._open_talk = open_talk

    async def tell(self, tx: Transaction, wanted: TellAgendamento) -> None:
        """Said where the person was last seen; of a schedule that is gone nothing is said."""
        agendamento = await agendamento_by_id(tx.connection, wanted.agendamento_id)
        execucao = await execucao_agendamento_by_id(tx.connection, wanted.execucao_id)
        newest = (await contatos_of(tx, [wanted.usuario_id]))[:1]
        if agendamento is None or execucao is None or not newest:
            return
        talk = await self._open_talk(tx, newest[0])
        # Whoever may no longer, by now, hears nothing of it.
        if talk is not None and talk.pessoa is not None and ouve(talk.pessoa.perfil_usuario, Noticia.AGENDAMENTO):
            await tell(talk, agendamento, execucao, wanted.aviso)
