"""A portal password shown to a person: for a reason, and written down."""

from uuid import UUID

from core.auditoria.auditoria import Autor, registrar
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
