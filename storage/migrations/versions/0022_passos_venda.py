"""What happened in a sale, in its order; sales listed by day and found by their order number."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.indexes import create_index
from storage.types import BigId, Json, UtcDateTime

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_index("ix_vendas_criada_em_id", "vendas", ["criada_em", "id"])
    create_index("ix_vendas_numero_pedido", "vendas", ["numero_pedido"])
    op.create_table(
        "passos_venda",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("venda_id", sa.Uuid(), nullable=False),
        sa.Column("passo", sa.Text(), nullable=False),
        sa.Column("quando", UtcDateTime(), nullable=False),
        sa.Column("usuario_id", sa.Uuid(), nullable=True),
        sa.Column("canal", sa.Text(), nullable=True),
        sa.Column("detalhe", Json(), nullable=True),
        sa.ForeignKeyConstraint(["usuario_id"], ["usuarios.id"], name=op.f("fk_passos_venda_usuario_id")),
        sa.ForeignKeyConstraint(["venda_id"], ["vendas.id"], name=op.f("fk_passos_venda_venda_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passos_venda")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_passos_venda_venda_id_id", "passos_venda", ["venda_id", "id"])


def downgrade() -> None:
    op.drop_index("ix_vendas_numero_pedido", table_name="vendas")
    op.drop_index("ix_vendas_criada_em_id", table_name="vendas")
    op.drop_table("passos_venda")
