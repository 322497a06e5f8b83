"""Who hears of schedules: every administrator, each in their own conversation."""

from uuid import UUID

from core.commands.agendamento import Aviso, TellAgendamento
from core.commands.base import write_command
from storage.pessoa.perfil import Perfil
from storage.pessoa.usuarios import active_of_perfil
from storage.transaction import Transaction

TOLD = 20
"""Administrators who are told; more than that are not one operation's."""


async def tell_administradores(tx: Transaction, agendamento_id: UUID, execucao_id: UUID, aviso: Aviso) -> None:
    """Have each of them told, in a turn of their own."""
    for pessoa in await active_of_perfil(tx.connection, Perfil.ADMINISTRADOR, TOLD):
        await write_command(tx, TellAgendamento(pessoa.id, agendamento_id, execucao_id, aviso))
