"""The cards that approvers are shown, so that every one of them can say how the decision went."""

import sqlalchemy as sa
from alembic import op

from storage.types import BigId, UtcDateTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cartoes_aprovacao",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("processo_id", sa.Uuid(), nullable=False),
        sa.Column("versao", sa.Integer(), nullable=False),
        sa.Column("contato_id", BigId, nullable=False),
        sa.Column("message_id", BigId, nullable=False),
        sa.Column("mostrado_em", UtcDateTime(), nullable=False),
        sa.Column("fechado_em", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["contato_id"], ["contatos.id"], name="fk_cartoes_aprovacao_contato_id"),
        sa.ForeignKeyConstraint(["processo_id"], ["processos.id"], name="fk_cartoes_aprovacao_processo_id"),
        sa.PrimaryKeyConstraint("id", name="pk_cartoes_aprovacao"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_cartoes_aprovacao_processo_id", "cartoes_aprovacao", ["processo_id"], unique=False)


def downgrade() -> None:
    op.drop_table("cartoes_aprovacao")
