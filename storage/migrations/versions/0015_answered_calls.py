"""What calls of the API under an `Idempotency-Key` were answered first."""

import sqlalchemy as sa
from alembic import op

from storage.types import Json, UtcDateTime

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "answered_calls",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("headers", Json(), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_answered_calls"),
    )
    op.create_index("ix_answered_calls_answered_at", "answered_calls", ["answered_at"], unique=False)


def downgrade() -> None:
    op.drop_table("answered_calls")
