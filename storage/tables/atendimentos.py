"""Atendimentos: one customer handed to one consultor, from the queue to the rating."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, Uuid, text

from storage.tables.base import metadata, open_only
from storage.types import BigId, Json, UtcDateTime

_WAITING = text("status = 'NA_FILA'")
_OPEN = text("encerrado_em IS NULL")
_UNANSWERED = text("respondida_em IS NULL")

atendimentos = Table(
    "atendimentos",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("protocolo_id", BigId, ForeignKey("protocolos.id"), nullable=False, unique=True),
    # The customer.
    Column("contato_id", BigId, ForeignKey("contatos.id"), nullable=False),
    Column("idioma", Text, nullable=False),
    Column("status", Text, nullable=False),
    # Who has the conversation now, or had it last.
    Column("consultor_id", BigId, ForeignKey("consultores.id")),
    # Only this one is asked: the customer was transferred to them.
    Column("destinado_a", BigId, ForeignKey("consultores.id")),
    # 0: before everybody else. A customer who lost their consultor waits at the head of the queue.
    Column("prioridade", Integer, nullable=False, server_default="1"),
    Column("na_fila_desde", UtcDateTime, nullable=False),
    # How many have let the card pass since the customer joined the queue.
    Column("passaram", Integer, nullable=False, server_default="0"),
    # The position the customer was last told.
    Column("posicao_dita", Integer),
    Column("criado_em", UtcDateTime, nullable=False),
    Column("aceito_em", UtcDateTime),
    # Since when the consultor who has the conversation cannot be reached.
    Column("consultor_sumiu_em", UtcDateTime),
    # When the consultor was last warned that WhatsApp's 24 hours end.
    Column("janela_avisada_em", UtcDateTime),
    # On Telegram: the call that made the customer's topic in the consultor's chat; its `provider_id` is the topic.
    Column("topico_outbox_id", BigId),
    Column("pipedrive_activity_id", BigId),
    Column("encerrado_em", UtcDateTime),
    Column("encerrado_por", Text),
    Column("avaliacao", Integer),
    Column("comentario", Text),
    Index("uq_atendimentos_aberto_por_contato", "contato_id", **open_only("encerrado_em")),  # type: ignore[arg-type]
    Index("ix_atendimentos_contato_id_id", "contato_id", "id"),
    Index(
        "ix_atendimentos_fila",
        "prioridade",
        "na_fila_desde",
        "id",
        sqlite_where=_WAITING,
        postgresql_where=_WAITING,
    ),
    Index("ix_atendimentos_abertos_por_consultor", "consultor_id", sqlite_where=_OPEN, postgresql_where=_OPEN),
    # How long those who spoke this language last waited.
    Index("ix_atendimentos_idioma_id", "idioma", "id"),
    sqlite_autoincrement=True,
)

# The card that a consultor was shown, and what became of it.
ofertas = Table(
    "ofertas",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("atendimento_id", BigId, ForeignKey("atendimentos.id"), nullable=False),
    Column("consultor_id", BigId, ForeignKey("consultores.id"), nullable=False),
    # Where the card was shown, and as which message.
    Column("contato_id", BigId, ForeignKey("contatos.id"), nullable=False),
    Column("message_id", BigId),
    Column("oferecida_em", UtcDateTime, nullable=False),
    Column("expira_em", UtcDateTime, nullable=False),
    Column("respondida_em", UtcDateTime, index=True),
    Column("resposta", Text),
    Index("uq_ofertas_aberta_por_atendimento", "atendimento_id", **open_only("respondida_em")),  # type: ignore[arg-type]
    Index("uq_ofertas_aberta_por_consultor", "consultor_id", **open_only("respondida_em")),  # type: ignore[arg-type]
    Index("ix_ofertas_atendimento_id", "atendimento_id"),
    Index("ix_ofertas_consultor_id", "consultor_id", "resposta", "respondida_em"),
    Index("ix_ofertas_abertas", "expira_em", sqlite_where=_UNANSWERED, postgresql_where=_UNANSWERED),
    sqlite_autoincrement=True,
)

# The transcript.
mensagens = Table(
    "mensagens",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("atendimento_id", BigId, ForeignKey("atendimentos.id"), nullable=False),
    # CLIENTE, CONSULTOR, BOT, APLICATIVO, or NOTA, which the customer never sees.
    Column("autor", Text, nullable=False),
    Column("consultor_id", BigId, ForeignKey("consultores.id")),
    Column("tipo", Text, nullable=False),
    Column("texto", Text),
    Column("arquivo_id", Uuid, ForeignKey("arquivos.id")),
    # What is neither text nor file: a place, a contact.
    Column("detalhe", Json),
    Column("responde_a", BigId),
    # Where it was written, and the channel's id of it there.
    Column("contato_id", BigId, ForeignKey("contatos.id")),
    Column("inbound_id", Text),
    # The outbox row that carried it to the other side; its `provider_id` is the id of the copy.
    Column("outbox_id", BigId),
    Column("quando", UtcDateTime, nullable=False),
    Column("editada_em", UtcDateTime),
    Index("ix_mensagens_atendimento_id_id", "atendimento_id", "id"),
    Index("ix_mensagens_contato_id_inbound_id", "contato_id", "inbound_id"),
    Index("ix_mensagens_outbox_id", "outbox_id"),
    sqlite_autoincrement=True,
)

# Quick answers: `/r nome` sends the text.
respostas_rapidas = Table(
    "respostas_rapidas",
    metadata,
    Column("nome", Text, primary_key=True),
    Column("texto", Text, nullable=False),
    Column("criada_por", Uuid, ForeignKey("usuarios.id"), nullable=False),
    Column("atualizada_em", UtcDateTime, nullable=False),
)
