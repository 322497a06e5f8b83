"""Which turn is running here, for what aiogram calls without telling."""

from contextvars import ContextVar
from dataclasses import dataclass

from storage.contatos.contatos import Contato
from storage.transaction import Transaction


@dataclass(slots=True)
class Speaking:
    """The turn that is running, and the conversation a call without a chat belongs to."""

    tx: Transaction
    contato: Contato | None = None
    # What is said now is a secret of its addressee's (storage/transaction.py).
    secret: bool = False


speaking: ContextVar[Speaking] = ContextVar("speaking")
