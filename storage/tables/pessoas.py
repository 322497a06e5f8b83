"""People: usuarios, the conversations with them, invitations, and the files they sent."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Table, Text, UniqueConstraint, Uuid, false, text, true

from storage.tables.base import metadata
from storage.types import BigId, Json, UtcDateTime

usuarios = Table(
    "usuarios",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("nome_completo", Text, nullable=False),
    Column("email", Text, unique=True),
    Column("telefone", Text, nullable=False, unique=True),
    Column("tel_whatsapp", Text, index=True),
    Column("perfil_usuario", Text, nullable=False, index=True),
    Column("matricula_pap", Text),
    # Sealed by storage/secrets.py, bound to this row.
    Column("senha_pap", Text),
    Column("autorizar_venda_sem_auditoria", Boolean, nullable=False, server_default=false()),
    Column("status_ativo", Boolean, nullable=False, server_default=true()),
    # A BackOffice login the portal refused waits here for an administrator.
    Column("login_recusado_em", UtcDateTime),
    # Since then their phone may be somebody else's: on WhatsApp it names nobody until an administrator confirms it.
    Column("telefone_em_duvida_desde", UtcDateTime),
    Column("criado_em", UtcDateTime, nullable=False),
    Column("atualizado_em", UtcDateTime, nullable=False),
)

contatos = Table(
    "contatos",
    metadata,
    # The integer that dialogs see as chat and user id, on every channel.
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("channel", Text, nullable=False),
    # What the channel wants to be given when we write to this person. Opaque.
    Column("external_id", Text, nullable=False),
    # WhatsApp's business-scoped id, when it told us one.
    Column("scoped_id", Text),
    Column("is_group", Boolean, nullable=False, server_default=false()),
    Column("telefone", Text),
    Column("nome", Text),
    Column("idioma", Text, nullable=False, server_default="pt_BR"),
    Column("usuario_id", Uuid, ForeignKey("usuarios.id")),
    # Conversation state, kept in the same transaction as everything else of a turn.
    Column("state", Text),
    Column("state_data", Json),
    # The choices last shown, so that typing a number or a label works as the tap does.
    Column("choices", Json),
    Column("last_inbound_id", Text),
    Column("last_inbound_at", UtcDateTime),
    Column("unreachable_at", UtcDateTime),
    # The atendimento this conversation is about now: a customer's own, or the one on a consultor's screen.
    Column("atendimento_id", BigId),
    # The person of this customer in Pipedrive.
    Column("pipedrive_person_id", BigId),
    Column("criado_em", UtcDateTime, nullable=False),
    UniqueConstraint("channel", "external_id"),
    UniqueConstraint("channel", "scoped_id"),
    Index("ix_contatos_usuario_id", "usuario_id"),
    Index("ix_contatos_telefone", "telefone"),
    sqlite_autoincrement=True,
)

convites = Table(
    "convites",
    metadata,
    # SHA-256 of the token: the token itself is only in the link.
    Column("token_hash", Text, primary_key=True),
    Column("usuario_id", Uuid, ForeignKey("usuarios.id"), nullable=False),
    Column("expira_em", UtcDateTime, nullable=False, index=True),
    Column("usado_em", UtcDateTime),
)

arquivos = Table(
    "arquivos",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("contato_id", BigId, ForeignKey("contatos.id"), nullable=False),
    Column("channel", Text, nullable=False),
    # The channel's id of the file, and ours in the object store once it is fetched.
    Column("provider_file_id", Text, nullable=False),
    Column("object_key", Text),
    Column("nome", Text),
    Column("mime_type", Text),
    # Bytes; Telegram announces files of more than 2 GB.
    Column("tamanho", BigId),
    Column("legenda", Text),
    # Of an invoice: ids of the processos that it may belong to, in the order in which they were suggested.
    Column("sugestoes", Json),
    # What somebody typed to open it: sealed, and wiped once its processo has it or it is let go.
    Column("senha", Text),
    Column("erro", Text),
    Column("recebido_em", UtcDateTime, nullable=False),
    Column("guardado_em", UtcDateTime),
    Index(
        "ix_arquivos_com_senha",
        "recebido_em",
        sqlite_where=text("senha IS NOT NULL"),
        postgresql_where=text("senha IS NOT NULL"),
    ),
)
