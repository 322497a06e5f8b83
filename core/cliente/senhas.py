"""A portal password shown to a person, or handed to a robot: for a reason, and written down."""

from uuid import UUID

from core.auditoria.auditoria import ROBO, Autor, registrar
from core.cliente.clientes import open_password
from storage.auditoria.tipos import Ato
from storage.cliente.clientes import sealed_password
from storage.transaction import Transaction

# "ok" is no reason.
MOTIVO_MINIMO = 8


class SemMotivo(Exception):
    """Nobody sees a password without saying why."""


async def revelar(tx: Transaction, cliente_id: UUID, motivo: str, autor: Autor) -> str | None:
    """The password in clear, with the act in the audit; None when there is none.

    Raises `SemMotivo`, and `SecretUnreadable` when no key opens it.
    """
    if len(motivo.strip()) < MOTIVO_MINIMO:
        raise SemMotivo
    sealed = await sealed_password(tx.connection, cliente_id)
    if sealed is None:
        return None
    senha = open_password(tx.secrets, cliente_id, sealed)
    registrar(tx, Ato.REVELAR, autor, alvo=f"cliente:{cliente_id}", motivo=motivo)
    return senha


async def entregar(tx: Transaction, cliente_id: UUID, execucao_id: UUID, por: UUID | None, tentativa: int) -> str:
    """The password for a download's robot, right before it is sent: in no row but its own, and in no log.

    `por`: who asked for the download; None for the clock. Empty when there is none; raises `SecretUnreadable`.
    """
    sealed = await sealed_password(tx.connection, cliente_id)
    if sealed is None:
        return ""
    senha = open_password(tx.secrets, cliente_id, sealed)
    alvo, which = f"cliente:{cliente_id}", str(execucao_id)
    registrar(tx, Ato.ENTREGAR, Autor(ROBO, por), alvo=alvo, motivo="download", execucao_id=which, tentativa=tentativa)
    return senha
