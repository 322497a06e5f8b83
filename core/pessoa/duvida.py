"""A phone that may have passed to somebody else gives no rights until an administrator confirms whose it is.

WhatsApp names people by their phone, and operators give numbers to others after some months. It shows when the channel
says that the person has another number or another device, when somebody else's id writes from it, or after months of
silence. The history stays; what the person does on other channels goes on.
"""

from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from core.auditoria.auditoria import Autor, registrar_usuario
from core.commands.base import write_command
from core.commands.contas import TellDuvida
from core.heard import Heard
from core.pessoa.identidade import forget_questions
from storage.contatos.contatos import Contato, Pessoa, change_scoped_id, detach_usuario
from storage.ocorrencias import record
from storage.pessoa.perfil import ATENDENTES
from storage.pessoa.usuarios import confirm_phone, suspend_phone
from storage.transaction import Transaction

# A number that nobody uses goes to somebody else after about so long.
SILENCIO = timedelta(days=90)


class Motivo(StrEnum):
    """What showed it."""

    NUMERO = "numero"
    APARELHO = "aparelho"
    OUTRA_CONTA = "outra_conta"
    SILENCIO = "silencio"


async def notice(tx: Transaction, contato: Contato, heard: Heard) -> None:
    """What this message shows by itself, before its sender is taken for anybody."""
    if heard.telefone is None:
        return
    if heard.scoped_id is not None and contato.scoped_id not in (None, heard.scoped_id):
        await change_scoped_id(tx, contato, heard.scoped_id)
        await doubt(tx, contato, Motivo.OUTRA_CONTA)
    elif contato.last_inbound_at is not None and tx.now - contato.last_inbound_at >= SILENCIO:
        await doubt(tx, contato, Motivo.SILENCIO)


async def doubt(tx: Transaction, contato: Contato, motivo: Motivo) -> None:
    """Nobody acts in the name of who had this conversation, until it is confirmed."""
    pessoa = contato.usuario
    if pessoa is None:
        return
    await detach_usuario(tx, contato)
    forget_questions(contato, attended=pessoa.perfil_usuario in ATENDENTES)
    await doubt_phone_of(tx, pessoa, contato.id, motivo)


async def doubt_phone_of(tx: Transaction, pessoa: Pessoa, contato_id: int, motivo: Motivo) -> None:
    """Whoever writes from this person's phone is nobody we know; administrators are asked, once."""
    if await suspend_phone(tx, pessoa.id):
        await record(tx, "telefone_em_duvida", str(pessoa.id), motivo=motivo.value)
        await write_command(tx, TellDuvida(contato_id, pessoa.id, motivo.value))


async def confirm(tx: Transaction, usuario_id: UUID, por: Autor) -> bool:
    """The phone is still this person's; False when nobody doubts it any more."""
    if not await confirm_phone(tx, usuario_id):
        return False
    await record(tx, "telefone_confirmado", str(usuario_id), por=str(por.usuario_id))
    registrar_usuario(tx, por, usuario_id, ["telefone_em_duvida_desde"])
    return True
