"""Presence: what each attendant chose, and how it changed."""

import sqlalchemy as sa
from alembic import op

from storage.types import BigId, UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agent_presence",
        sa.Column("usuario_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("status_message", sa.Text(), nullable=True),
        sa.Column("via", sa.Text(), nullable=False),
        sa.Column("returns_at", UtcDateTime(), nullable=True),
        sa.Column("asked_at", UtcDateTime(), nullable=True),
        sa.Column("last_heartbeat", UtcDateTime(), nullable=True),
        sa.Column("announced", sa.Text(), nullable=False),
        sa.Column("status_changed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["usuario_id"], ["usuarios.id"], name="fk_agent_presence_usuario_id"),
        sa.PrimaryKeyConstraint("usuario_id", name="pk_agent_presence"),
    )
    op.create_index("ix_agent_presence_returns_at", "agent_presence", ["returns_at"], unique=False)
    op.create_index("ix_agent_presence_asked_at", "agent_presence", ["asked_at"], unique=False)
    op.create_table(
        "presence_changes",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("usuario_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("status_message", sa.Text(), nullable=True),
        sa.Column("via", sa.Text(), nullable=False),
        sa.Column("quando", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["usuario_id"], ["usuarios.id"], name="fk_presence_changes_usuario_id"),
        sa.PrimaryKeyConstraint("id", name="pk_presence_changes"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_presence_changes_usuario_id_quando", "presence_changes", ["usuario_id", "quando"], unique=False)
    # A customer who is typed to is found by their phone.
    op.create_index("ix_contatos_telefone", "contatos", ["telefone"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_contatos_telefone", table_name="contatos")
    op.drop_table("presence_changes")
    op.drop_table("agent_presence")
