"""Invitations: a link that ties whoever opens it first, on Telegram, to somebody registered."""

import hashlib
from datetime import datetime
from uuid import UUID

from core.auditoria.auditoria import Autor, registrar
from core.prazos import CONVITE
from storage.auditoria.tipos import Ato
from storage.pessoa.usuarios import add_convite, spend_convites, usuario_by_id
from storage.transaction import Transaction


async def convidar(tx: Transaction, usuario_id: UUID, token: str, por: Autor) -> datetime | None:
    """Until when the link with this token, a new and random one, holds; None when there is no such active person.

    Those of before hold no more: there is another one because they were lost, or reached somebody else.
    """
    usuario = await usuario_by_id(tx.connection, usuario_id)
    if usuario is None or not usuario.status_ativo:
        return None
    await spend_convites(tx, usuario_id)
    ate = tx.now + CONVITE
    await add_convite(tx, hashlib.sha256(token.encode()).hexdigest(), usuario_id, ate)
    registrar(tx, Ato.CONVIDAR, por, alvo=f"usuario:{usuario_id}")
    return ate


def convite_link(telegram_username: str, token: str) -> str:
    """What the person opens (core.telegram.org/bots/features: deep linking)."""
    return f"https://t.me/{telegram_username}?start={token}"
