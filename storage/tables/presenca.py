"""AgentPresence and how it changed."""

from sqlalchemy import Column, ForeignKey, Index, Table, Text, Uuid

from storage.tables.base import metadata
from storage.types import BigId, UtcDateTime

agent_presence = Table(
    "agent_presence",
    metadata,
    Column("usuario_id", Uuid, ForeignKey("usuarios.id"), primary_key=True),
    # What the person chose. Whether they can be reached is known by their signs of life, in Redis.
    Column("status", Text, nullable=False),
    Column("status_message", Text),
    Column("via", Text, nullable=False),
    # When the clock brings them back online.
    Column("returns_at", UtcDateTime),
    # Since when "are you still there?" waits for an answer.
    Column("asked_at", UtcDateTime),
    # The last heartbeat before they went silent; while they send any, it is in Redis.
    Column("last_heartbeat", UtcDateTime),
    # What the others were last told that they are, and since when they are that.
    Column("announced", Text, nullable=False),
    Column("status_changed_at", UtcDateTime, nullable=False),
    Index("ix_agent_presence_returns_at", "returns_at"),
    Index("ix_agent_presence_asked_at", "asked_at"),
)

presence_changes = Table(
    "presence_changes",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("usuario_id", Uuid, ForeignKey("usuarios.id"), nullable=False),
    Column("status", Text, nullable=False),
    Column("status_message", Text),
    Column("via", Text, nullable=False),
    Column("quando", UtcDateTime, nullable=False, index=True),
    Index("ix_presence_changes_usuario_id_quando", "usuario_id", "quando"),
    sqlite_autoincrement=True,
)
