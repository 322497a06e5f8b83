"""What the witnesses said of each file, and the codes by which a twin of it is found."""

from sqlalchemy import Column, Date, ForeignKey, Integer, Table, Text, Uuid

from storage.tables.base import metadata
from storage.types import BigId, Json, UtcDateTime

exames = Table(
    "exames",
    metadata,
    Column("documento_id", Uuid, ForeignKey("documentos_fatura.id"), primary_key=True),
    Column("veredito", Text, nullable=False),
    # Every parecer, with its witnesses and reasons.
    Column("campos", Json, nullable=False),
    Column("valor_centavos", BigId),
    Column("data_vencimento", Date),
    Column("linha", Text, nullable=False),
    # The month that the bill prints, AAAAMM, which need not be the processo's.
    Column("referencia", Integer),
    # Who would be paid, by slip and by Pix.
    Column("favorecidos", Json, nullable=False),
    Column("feito_em", UtcDateTime, nullable=False),
)

# The 44 digits of slips and the keys of notes: what tells that a bill came before.
codigos_fatura = Table(
    "codigos_fatura",
    metadata,
    Column("codigo", Text, primary_key=True),
    Column("documento_id", Uuid, ForeignKey("documentos_fatura.id"), primary_key=True, index=True),
)
