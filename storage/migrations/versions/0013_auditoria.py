"""The audit: rows that are only ever added, each chained to the one before."""

import sqlalchemy as sa
from alembic import op

from storage.types import BigId, Json, UtcDateTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "auditoria",
        sa.Column("numero", BigId, autoincrement=False, nullable=False),
        sa.Column("quando", UtcDateTime(), nullable=False),
        sa.Column("usuario_id", sa.Uuid(), nullable=True),
        sa.Column("canal", sa.Text(), nullable=False),
        sa.Column("acao", sa.Text(), nullable=False),
        sa.Column("alvo", sa.Text(), nullable=True),
        sa.Column("motivo", sa.Text(), nullable=True),
        sa.Column("detalhe", Json, nullable=True),
        sa.Column("anterior", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("numero", name="pk_auditoria"),
    )
    op.create_index("ix_auditoria_usuario_id_numero", "auditoria", ["usuario_id", "numero"])
    op.create_index("ix_auditoria_acao_numero", "auditoria", ["acao", "numero"])
    op.create_index("ix_auditoria_quando", "auditoria", ["quando"])
    head = op.create_table(
        "auditoria_cabeca",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("numero", BigId, nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_auditoria_cabeca"),
    )
    op.bulk_insert(head, [{"id": 1, "numero": 0, "hash": "0" * 64}])
    if op.get_bind().dialect.name == "postgresql":
        _guard_postgresql()
    else:
        for event in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER auditoria_no_{event.lower()} BEFORE {event} ON auditoria "
                "BEGIN SELECT RAISE(ABORT, 'auditoria only grows'); END"
            )


def _guard_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION auditoria_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'auditoria only grows'; END $$"
    )
    op.execute(
        "CREATE TRIGGER auditoria_rows BEFORE UPDATE OR DELETE ON auditoria "
        "FOR EACH ROW EXECUTE FUNCTION auditoria_only_grows()"
    )
    op.execute(
        "CREATE TRIGGER auditoria_all BEFORE TRUNCATE ON auditoria "
        "FOR EACH STATEMENT EXECUTE FUNCTION auditoria_only_grows()"
    )


def downgrade() -> None:
    op.drop_table("auditoria_cabeca")
    op.drop_table("auditoria")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION auditoria_only_grows()")
