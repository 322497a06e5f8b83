"""The digits by which a bill names a cliente, and what was suggested for a PDF that somebody sent."""

import re

import sqlalchemy as sa
from alembic import op

from storage.types import Json

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_ROWS = 5000


def upgrade() -> None:
    op.add_column("clientes", sa.Column("conta_chave", sa.Text(), nullable=False, server_default=sa.text("''")))
    op.add_column("clientes", sa.Column("servico_chave", sa.Text(), nullable=False, server_default=sa.text("''")))
    op.add_column("arquivos", sa.Column("sugestoes", Json(), nullable=True))
    _fill(op.get_bind())
    op.create_index("ix_clientes_conta_chave", "clientes", ["conta_chave"], unique=False)
    op.create_index("ix_clientes_servico_chave", "clientes", ["servico_chave"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_clientes_servico_chave", "clientes")
    op.drop_index("ix_clientes_conta_chave", "clientes")
    op.drop_column("arquivos", "sugestoes")
    op.drop_column("clientes", "servico_chave")
    op.drop_column("clientes", "conta_chave")


def _fill(connection: sa.Connection) -> None:
    """As of this release (storage/tables/chaves.py); a migration does not change when the code does."""
    clientes = sa.table(
        "clientes", sa.column("id", sa.Uuid()), *map(sa.column, ("filtro", "servico", "conta_chave", "servico_chave"))
    )
    rows = connection.execute(sa.select(clientes.c.id, clientes.c.filtro, clientes.c.servico)).all()
    statement = (
        sa.update(clientes)
        .where(clientes.c.id == sa.bindparam("which"))
        .values(conta_chave=sa.bindparam("conta"), servico_chave=sa.bindparam("chave"))
    )
    for start in range(0, len(rows), _ROWS):
        part = rows[start : start + _ROWS]
        connection.execute(statement, [{"which": row.id, **_keys(row.filtro, row.servico)} for row in part])


def _keys(filtro: str, servico: str) -> dict[str, str]:
    name = "".join(servico.upper().split())
    is_circuit = re.search("[A-Z]{2}", name) and re.search("[0-9]{3}", name)
    return {
        "conta": _digits(re.sub(r"_[0-9]{1,3}$", "", filtro)),
        "chave": name if is_circuit else _digits(servico),
    }


def _digits(text: str) -> str:
    numbers = {re.sub(r"[^0-9]", "", found) for found in re.findall(r"[0-9][0-9.\-/() ]*", text)}
    long = [number for number in numbers if len(number) >= 6]
    return long[0].lstrip("0") if len(long) == 1 else ""
