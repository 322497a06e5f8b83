"""The panel: links that let somebody in once, and the sessions that they began."""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "links_painel",
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("usuario_id", sa.Uuid(), nullable=False),
        sa.Column("canal", sa.Text(), nullable=False),
        sa.Column("idioma", sa.Text(), nullable=False),
        sa.Column("destino", sa.Text(), nullable=False),
        sa.Column("criado_em", UtcDateTime(), nullable=False),
        sa.Column("expira_em", UtcDateTime(), nullable=False),
        sa.Column("usado_em", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["usuario_id"], ["usuarios.id"], name="fk_links_painel_usuario_id"),
        sa.PrimaryKeyConstraint("token_hash", name="pk_links_painel"),
    )
    op.create_table(
        "sessoes_painel",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("usuario_id", sa.Uuid(), nullable=False),
        sa.Column("perfil_usuario", sa.Text(), nullable=False),
        sa.Column("canal", sa.Text(), nullable=False),
        sa.Column("idioma", sa.Text(), nullable=False),
        sa.Column("user_agent", sa.Text(), nullable=False),
        sa.Column("criada_em", UtcDateTime(), nullable=False),
        sa.Column("vista_em", UtcDateTime(), nullable=False),
        sa.Column("expira_em", UtcDateTime(), nullable=False),
        sa.Column("encerrada_em", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["usuario_id"], ["usuarios.id"], name="fk_sessoes_painel_usuario_id"),
        sa.PrimaryKeyConstraint("id", name="pk_sessoes_painel"),
        sa.UniqueConstraint("token_hash", name="uq_sessoes_painel_token_hash"),
    )
    op.create_index("ix_sessoes_painel_usuario_id", "sessoes_painel", ["usuario_id"], unique=False)


def downgrade() -> None:
    op.drop_table("sessoes_painel")
    op.drop_table("links_painel")
