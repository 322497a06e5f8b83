"""What opens a PDF with a password: of a file until its processo has it, and of the cliente from then on."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("clientes", sa.Column("senha_fatura", sa.Text(), nullable=True))
    op.add_column("arquivos", sa.Column("senha", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("arquivos", "senha")
    op.drop_column("clientes", "senha_fatura")
