"""The panel: links that let somebody in once, and the sessions that they began."""

from sqlalchemy import Column, ForeignKey, Index, Table, Text, Uuid

from storage.tables.base import metadata
from storage.types import UtcDateTime

links_painel = Table(
    "links_painel",
    metadata,
    # SHA-256 of the token: the token itself is only in the link.
    Column("token_hash", Text, primary_key=True),
    Column("usuario_id", Uuid, ForeignKey("usuarios.id"), nullable=False),
    # The channel it was asked for on, and the language of that conversation.
    Column("canal", Text, nullable=False),
    Column("idioma", Text, nullable=False),
    # The page it leads to.
    Column("destino", Text, nullable=False),
    Column("criado_em", UtcDateTime, nullable=False),
    Column("expira_em", UtcDateTime, nullable=False, index=True),
    Column("usado_em", UtcDateTime),
)

sessoes_painel = Table(
    "sessoes_painel",
    metadata,
    Column("id", Uuid, primary_key=True),
    # SHA-256 of what the cookie holds.
    Column("token_hash", Text, nullable=False, unique=True),
    Column("usuario_id", Uuid, ForeignKey("usuarios.id"), nullable=False),
    # The perfil they came with: with another one they come in again.
    Column("perfil_usuario", Text, nullable=False),
    # How they came: `telegram`, `whatsapp`, or `miniapp`.
    Column("canal", Text, nullable=False),
    Column("idioma", Text, nullable=False),
    Column("user_agent", Text, nullable=False),
    Column("criada_em", UtcDateTime, nullable=False),
    Column("vista_em", UtcDateTime, nullable=False),
    Column("expira_em", UtcDateTime, nullable=False, index=True),
    Column("encerrada_em", UtcDateTime),
    Index("ix_sessoes_painel_usuario_id", "usuario_id"),
)
