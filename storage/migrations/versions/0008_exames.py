"""What the witnesses said of each file, and its codes."""

import sqlalchemy as sa
from alembic import op

from storage.types import BigId, Json, UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "exames",
        sa.Column("documento_id", sa.Uuid(), nullable=False),
        sa.Column("veredito", sa.Text(), nullable=False),
        sa.Column("campos", Json, nullable=False),
        sa.Column("valor_centavos", BigId, nullable=True),
        sa.Column("data_vencimento", sa.Date(), nullable=True),
        sa.Column("linha", sa.Text(), nullable=False),
        sa.Column("referencia", sa.Integer(), nullable=True),
        sa.Column("favorecidos", Json, nullable=False),
        sa.Column("feito_em", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["documento_id"], ["documentos_fatura.id"], name="fk_exames_documento_id"),
        sa.PrimaryKeyConstraint("documento_id", name="pk_exames"),
    )
    op.create_table(
        "codigos_fatura",
        sa.Column("codigo", sa.Text(), nullable=False),
        sa.Column("documento_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["documento_id"], ["documentos_fatura.id"], name="fk_codigos_fatura_documento_id"),
        sa.PrimaryKeyConstraint("codigo", "documento_id", name="pk_codigos_fatura"),
    )
    op.create_index("ix_codigos_fatura_documento_id", "codigos_fatura", ["documento_id"])


def downgrade() -> None:
    op.drop_table("codigos_fatura")
    op.drop_table("exames")
