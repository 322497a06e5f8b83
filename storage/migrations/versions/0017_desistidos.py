"""Calls that were given up are found without reading all that were made."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_GIVEN_UP = sa.text("done_at IS NOT NULL AND error IS NOT NULL")


def upgrade() -> None:
    op.create_index("ix_outbox_desistidos", "outbox", ["done_at"], sqlite_where=_GIVEN_UP, postgresql_where=_GIVEN_UP)


def downgrade() -> None:
    op.drop_index("ix_outbox_desistidos", "outbox")
