"""Sizes of files and codes of errors that providers tell are wider than 32 bits."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_WIDE = (("arquivos", "tamanho"), ("message_statuses", "error_code"), ("documentos_fatura", "tamanho"))


def upgrade() -> None:
    _change(sa.Integer(), sa.BigInteger())


def downgrade() -> None:
    _change(sa.BigInteger(), sa.Integer())


def _change(before: sa.types.TypeEngine[int], after: sa.types.TypeEngine[int]) -> None:
    # SQLite's INTEGER has 64 bits already.
    if op.get_bind().dialect.name == "postgresql":
        for table, column in _WIDE:
            op.alter_column(table, column, existing_type=before, type_=after)
