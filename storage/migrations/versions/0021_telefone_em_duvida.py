"""A phone that may be somebody else's names nobody until it is confirmed."""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("usuarios", sa.Column("telefone_em_duvida_desde", UtcDateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("usuarios", "telefone_em_duvida_desde")
