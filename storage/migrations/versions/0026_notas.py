"""What stands in the XML of an NFCom, kept with its file: a witness of the bill beside which it lies."""

import sqlalchemy as sa
from alembic import op

from storage.types import Json

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("documentos_fatura", sa.Column("nota", Json(), nullable=True))


def downgrade() -> None:
    op.drop_column("documentos_fatura", "nota")
