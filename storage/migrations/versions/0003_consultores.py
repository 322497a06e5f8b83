"""Consultores in turn and their protocolos."""

import sqlalchemy as sa
from alembic import op

from storage.types import BigId, Json, UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "protocolo_contador",
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.Column("ultimo", BigId, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_protocolo_contador"),
    )
    op.create_table(
        "consultores",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("nome", sa.Text(), nullable=False),
        sa.Column("idiomas", Json(), nullable=False),
        sa.Column("telefone", sa.Text(), nullable=True),
        sa.Column("usuario_id", sa.Uuid(), nullable=True),
        sa.Column("id_pipedrive", BigId, nullable=True),
        sa.Column("status_ativo", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("status_ativo_sequencial", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("status_online", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("ultimo_atendimento", UtcDateTime(), nullable=True),
        sa.Column("criado_em", UtcDateTime(), nullable=False),
        sa.Column("atualizado_em", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["usuario_id"], ["usuarios.id"], name="fk_consultores_usuario_id"),
        sa.PrimaryKeyConstraint("id", name="pk_consultores"),
        sa.UniqueConstraint("telefone", name="uq_consultores_telefone"),
        sa.UniqueConstraint("usuario_id", name="uq_consultores_usuario_id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "protocolos",
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.Column("consultor_id", BigId, nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["consultor_id"], ["consultores.id"], name="fk_protocolos_consultor_id"),
        sa.PrimaryKeyConstraint("id", name="pk_protocolos"),
    )
    op.create_index("ix_protocolos_consultor_id_id", "protocolos", ["consultor_id", "id"], unique=False)
    op.create_table(
        "rodizio",
        sa.Column("consultor_id", BigId, autoincrement=False, nullable=False),
        sa.Column("idioma", sa.Text(), nullable=False),
        sa.Column("desde", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["consultor_id"], ["consultores.id"], name="fk_rodizio_consultor_id"),
        sa.PrimaryKeyConstraint("consultor_id", "idioma", name="pk_rodizio"),
    )
    op.create_index(
        "ix_rodizio_idioma_desde_consultor_id", "rodizio", ["idioma", "desde", "consultor_id"], unique=False
    )
    # The counter is there from the first moment on: whoever locks it gives out the numbers.
    op.execute("INSERT INTO protocolo_contador (id, ultimo) VALUES (1, 0)")


def downgrade() -> None:
    op.drop_table("rodizio")
    op.drop_table("protocolos")
    op.drop_table("protocolo_contador")
    op.drop_table("consultores")
