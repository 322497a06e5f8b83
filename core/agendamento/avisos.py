"""Those who hear of schedules (core/direitos), each in their own conversation."""

from uuid import UUID

from core.commands.agendamento import Aviso, TellAgendamento
from core.commands.base import write_command
from core.direitos.avisados import Noticia, avisados
from storage.transaction import Transaction

TOLD = 20
"""People of one perfil who are told; more than that are not one operation's."""


async def tell_administradores(tx: Transaction, agendamento_id: UUID, execucao_id: UUID, aviso: Aviso) -> None:
    """Have each of them told, in a turn of their own."""
    for pessoa in await avisados(tx.connection, Noticia.AGENDAMENTO, TOLD):
        await write_command(tx, TellAgendamento(pessoa.id, agendamento_id, execucao_id, aviso))
