"""The turn and the outbox: what was heard, what is to be said, what went wrong."""

from sqlalchemy import Column, Index, Integer, Sequence, Table, Text, text

from storage.tables.base import metadata
from storage.types import BigId, Json, UtcDateTime

# What went wrong in an orderly way and somebody may want to look up: late releases, conflicting callbacks, forged taps.
ocorrencias = Table(
    "ocorrencias",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("quando", UtcDateTime, nullable=False, index=True),
    Column("tipo", Text, nullable=False),
    Column("referencia", Text),
    Column("detalhe", Json),
    Index("ix_ocorrencias_tipo_referencia", "tipo", "referencia"),
    # One kind is forgotten sooner than the others (storage/cleanup.py).
    Index("ix_ocorrencias_tipo_quando", "tipo", "quando"),
    sqlite_autoincrement=True,
)

events = Table(
    "events",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("event_id", Text, primary_key=True),
    Column("received_at", UtcDateTime, nullable=False, index=True),
)

failed_events = Table(
    "failed_events",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("event_id", Text, primary_key=True),
    Column("attempts", Integer, nullable=False),
    Column("payload", Json),
    Column("error", Text, nullable=False),
    Column("last_at", UtcDateTime, nullable=False, index=True),
    # Given up on after the third failure; replayed by hand.
    Column("dead_at", UtcDateTime),
)

# Calls of the API under an `Idempotency-Key`, by a hash of who called what. Without a status while it is at work.
answered_calls = Table(
    "answered_calls",
    metadata,
    Column("id", Text, primary_key=True),
    # The hash of what was asked: the same key with something else is refused.
    Column("content", Text, nullable=False),
    Column("status", Integer),
    Column("headers", Json),
    Column("body", Text),
    Column("answered_at", UtcDateTime, nullable=False, index=True),
)

_GIVEN_UP = text("done_at IS NOT NULL AND error IS NOT NULL")

outbox = Table(
    "outbox",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=False),
    Column("lane", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("method", Text, nullable=False),
    Column("params", Json, nullable=False),
    # The text of a call that says a secret, sealed for this row until it was said; `params` then have none.
    Column("sealed_text", Text),
    Column("contato_id", BigId),
    Column("request_id", Text),
    Column("created_at", UtcDateTime, nullable=False),
    # Nobody touches the row before this moment, but the process that wrote it.
    Column("due_at", UtcDateTime, nullable=False),
    # The token of the process that has it, until then and as long as no other one has taken it.
    Column("claimed_by", Text),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("done_at", UtcDateTime),
    Column("error", Text),
    # The provider's id of the message that came of it.
    Column("provider_id", Text),
    Index(
        "ix_outbox_pending",
        "lane",
        "id",
        sqlite_where=text("done_at IS NULL"),
        postgresql_where=text("done_at IS NULL"),
    ),
    Index("ix_outbox_done_at", "done_at"),
    Index("ix_outbox_desistidos", "done_at", sqlite_where=_GIVEN_UP, postgresql_where=_GIVEN_UP),
    # A quote, a reaction, a topic or a status names a message by it.
    Index(
        "ix_outbox_provider_id",
        "provider_id",
        sqlite_where=text("provider_id IS NOT NULL"),
        postgresql_where=text("provider_id IS NOT NULL"),
    ),
)

# On PostgreSQL a turn takes its outbox ids from here, a block at a time; see storage/outbox/written.py.
OUTBOX_ID_BLOCK = 16
outbox_ids = Sequence("outbox_ids", metadata=metadata, increment=OUTBOX_ID_BLOCK, start=OUTBOX_ID_BLOCK)

message_statuses = Table(
    "message_statuses",
    metadata,
    Column("provider_id", Text, primary_key=True),
    Column("status", Text, nullable=False),
    Column("rank", Integer, nullable=False),
    Column("error_code", BigId),
    Column("at", UtcDateTime, nullable=False, index=True),
)

early_callbacks = Table(
    "early_callbacks",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("job_id", Text, nullable=False, index=True),
    Column("payload", Json, nullable=False),
    Column("received_at", UtcDateTime, nullable=False, index=True),
    sqlite_autoincrement=True,
)
