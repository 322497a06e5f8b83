"""Files of rows that people send to the bot."""

import sqlalchemy as sa
from alembic import op

from storage.types import BigId, UtcDateTime

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_COUNTED = ("pecas", "criados", "alterados", "sem_mudanca", "recusadas")


def upgrade() -> None:
    op.create_table(
        "importacoes",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("arquivo_id", sa.Uuid(), nullable=False),
        sa.Column("contato_id", BigId, nullable=False),
        sa.Column("usuario_id", sa.Uuid(), nullable=False),
        sa.Column("o_que", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("estado", sa.Text(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), server_default="0", nullable=False) for name in _COUNTED),
        sa.Column("message_id", BigId, nullable=True),
        sa.Column("criada_em", UtcDateTime(), nullable=False),
        sa.Column("confirmada_em", UtcDateTime(), nullable=True),
        sa.Column("terminada_em", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["contato_id"], ["contatos.id"], name="fk_importacoes_contato_id"),
        sa.ForeignKeyConstraint(["usuario_id"], ["usuarios.id"], name="fk_importacoes_usuario_id"),
        sa.PrimaryKeyConstraint("id", name="pk_importacoes"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_importacoes_criada_em", "importacoes", ["criada_em"], unique=False)


def downgrade() -> None:
    op.drop_table("importacoes")
