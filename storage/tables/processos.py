"""Invoices: operadoras, clientes, the processo of each month, its execucoes, files, decisions and history."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    false,
    text,
    true,
)

from storage.tables.base import metadata, open_only
from storage.types import BigId, Json, UtcDateTime

_OPEN = text("data_fim IS NULL")
FALHAS = text("status_execucao IN ('FALHOU', 'TIMEOUT')")
_FAILED = text("detalhes_erro IS NOT NULL")
_PUT_AWAY = text("NOT status_ativo")
_REFUSED = text("credencial_recusada_em IS NOT NULL")
_KEPT_HERE = text("guardado_em IS NULL")

operadoras = Table(
    "operadoras",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("nome", Text, nullable=False, unique=True),
    Column("codigo", Text, nullable=False, unique=True),
    Column("possui_rpa", Boolean, nullable=False, server_default=false()),
    Column("status_ativo", Boolean, nullable=False, server_default=true()),
    Column("url_portal", Text),
    Column("classe_rpa", Text),
    Column("configuracao_rpa", Json),
    # Technical failures since the last success, and until when no robot is sent because of them.
    Column("falhas_seguidas", Integer, nullable=False, server_default="0"),
    Column("pausada_ate", UtcDateTime),
    Column("criado_em", UtcDateTime, nullable=False),
    Column("atualizado_em", UtcDateTime, nullable=False),
)

clientes = Table(
    "clientes",
    metadata,
    # Grows with time (core/ids.py), so that pages go by it.
    Column("id", Uuid, primary_key=True),
    Column("hash_unico", Text, nullable=False, unique=True),
    # The HASH that the operation's own sheet gives: it finds the row again.
    Column("hash_planilha", Text),
    Column("razao_social", Text, nullable=False),
    Column("nome_sat", Text),
    Column("cnpj", Text, nullable=False),
    Column("operadora_id", Uuid, ForeignKey("operadoras.id"), nullable=False),
    # Never NULL: two NULLs would not be one account twice.
    Column("unidade", Text, nullable=False),
    Column("servico", Text, nullable=False),
    Column("filtro", Text, nullable=False),
    Column("dados_sat", Text),
    Column("site_emissao", Text),
    Column("login_portal", Text),
    # Sealed by storage/secrets.py, bound to this row.
    Column("senha_portal", Text),
    # What opens the operadora's PDFs, where it is none of this cliente's numbers; sealed likewise.
    Column("senha_fatura", Text),
    Column("cpf", Text),
    # The portal refused this login: no robot tries it until somebody changes it.
    Column("credencial_recusada_em", UtcDateTime),
    # Names, CNPJ, account and servico as searches compare them.
    Column("busca", Text, nullable=False),
    # By which a bill's digits find it (storage/tables/chaves.py).
    Column("conta_chave", Text, nullable=False, server_default=text("''")),
    Column("servico_chave", Text, nullable=False, server_default=text("''")),
    Column("status_ativo", Boolean, nullable=False, server_default=true()),
    Column("criado_em", UtcDateTime, nullable=False),
    Column("atualizado_em", UtcDateTime, nullable=False),
    UniqueConstraint("cnpj", "operadora_id", "unidade", "servico", "filtro"),
    Index("ix_clientes_operadora_id_login_portal", "operadora_id", "login_portal"),
    Index("ix_clientes_hash_planilha", "hash_planilha"),
    # Words inside it are found by PostgreSQL's trigrams; SQLite reads it through.
    Index("ix_clientes_busca", "busca", postgresql_using="gin", postgresql_ops={"busca": "gin_trgm_ops"}),
    Index("ix_clientes_conta_chave", "conta_chave"),
    Index("ix_clientes_servico_chave", "servico_chave"),
    Index("ix_clientes_recusados", "id", sqlite_where=_REFUSED, postgresql_where=_REFUSED),
)

processos = Table(
    "processos",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("cliente_id", Uuid, ForeignKey("clientes.id"), nullable=False),
    Column("mes_ano", Text, nullable=False),
    # The same month as AAAAMM, which sorts.
    Column("competencia", Integer, nullable=False),
    Column("status_processo", Text, nullable=False),
    # Grows with every change of status: what was shown under an older one is not decided upon.
    Column("versao", Integer, nullable=False, server_default="1"),
    Column("url_fatura", Text),
    Column("caminho_s3_fatura", Text),
    Column("fatura_s3_key", Text),
    Column("fatura_filename", Text),
    # The one of its documents that is approved and sent to SAT.
    Column("documento_id", Uuid),
    Column("data_vencimento", Date),
    Column("valor_centavos", BigId),
    Column("aprovado_por_usuario_id", Uuid, ForeignKey("usuarios.id")),
    Column("data_aprovacao", UtcDateTime),
    Column("motivo_rejeicao", Text),
    # Different people whose approval it takes.
    Column("aprovacoes_necessarias", Integer, nullable=False, server_default="1"),
    Column("enviado_para_sat", Boolean, nullable=False, server_default=false()),
    Column("data_envio_sat", UtcDateTime),
    # When it goes to SAT by itself; until then the approval can be undone.
    Column("envio_automatico_em", UtcDateTime),
    Column("tentativas_download", Integer, nullable=False, server_default="0"),
    Column("tentativas_upload_sat", Integer, nullable=False, server_default="0"),
    Column("upload_manual", Boolean, nullable=False, server_default=false()),
    Column("data_upload_manual", UtcDateTime),
    # Who brought the file by hand: never its only approver.
    Column("enviado_por_usuario_id", Uuid, ForeignKey("usuarios.id")),
    Column("criado_automaticamente", Boolean, nullable=False, server_default=false()),
    Column("status_ativo", Boolean, nullable=False, server_default=true()),
    Column("criado_em", UtcDateTime, nullable=False),
    Column("atualizado_em", UtcDateTime, nullable=False),
    UniqueConstraint("cliente_id", "mes_ano"),
    # With all that a list of a month and its figures ask for: pages, counts and sums read the index alone.
    Index(
        "ix_processos_competencia_status",
        *("competencia", "status_processo", "id", "status_ativo", "cliente_id", "valor_centavos", "data_vencimento"),
    ),
    # Whether anything of a month has changed since its sums were made.
    Index("ix_processos_competencia_atualizado_em", "competencia", "atualizado_em"),
    Index("ix_processos_inativos", "id", sqlite_where=text("status_ativo = 0"), postgresql_where=_PUT_AWAY),
    Index("ix_processos_status_vencimento", "status_processo", "data_vencimento"),
    Index(
        "ix_processos_envio_automatico_em",
        "envio_automatico_em",
        sqlite_where=text("envio_automatico_em IS NOT NULL"),
        postgresql_where=text("envio_automatico_em IS NOT NULL"),
    ),
)

# Who did what, when, from where to where, why, and by which channel.
historico = Table(
    "historico",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("processo_id", Uuid, ForeignKey("processos.id"), nullable=False),
    Column("quando", UtcDateTime, nullable=False),
    # Nobody: a robot or the clock did it.
    Column("usuario_id", Uuid, ForeignKey("usuarios.id")),
    # Whose right was used, by delegation.
    Column("em_nome_de_usuario_id", Uuid, ForeignKey("usuarios.id")),
    Column("canal", Text, nullable=False),
    Column("acao", Text, nullable=False),
    Column("de", Text),
    Column("para", Text),
    Column("motivo", Text),
    Column("detalhe", Json),
    Index("ix_historico_processo_id_id", "processo_id", "id"),
    sqlite_autoincrement=True,
)

execucoes = Table(
    "execucoes",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("processo_id", Uuid, ForeignKey("processos.id"), nullable=False),
    Column("operadora_id", Uuid, ForeignKey("operadoras.id"), nullable=False),
    Column("tipo_execucao", Text, nullable=False),
    Column("status_execucao", Text, nullable=False),
    Column("classe_rpa_utilizada", Text),
    Column("job_id", Text, unique=True),
    Column("parametros_entrada", Json),
    Column("resultado_saida", Json),
    Column("detalhes_erro", Json),
    Column("progresso", Json),
    Column("data_inicio", UtcDateTime, nullable=False),
    Column("data_fim", UtcDateTime),
    Column("mensagem_log", Text),
    Column("url_arquivo_s3", Text),
    Column("numero_tentativa", Integer, nullable=False, server_default="1"),
    Column("executado_por_usuario_id", Uuid, ForeignKey("usuarios.id")),
    Column("ip_origem", Text),
    Column("user_agent", Text),
    # Not before this moment; and when it was handed to the robots.
    Column("devida_em", UtcDateTime, nullable=False),
    Column("enviada_em", UtcDateTime),
    # The last sign of life of its job, and when it was last asked about.
    Column("sinal_em", UtcDateTime, nullable=False),
    Column("polled_at", UtcDateTime),
    Index("uq_execucoes_aberta_por_processo", "processo_id", **open_only("data_fim")),  # type: ignore[arg-type]
    Index("ix_execucoes_processo_id_id", "processo_id", "id"),
    Index("ix_execucoes_abertas", "operadora_id", "devida_em", sqlite_where=_OPEN, postgresql_where=_OPEN),
    Index("ix_execucoes_status_execucao_id", "status_execucao", "id"),
    Index("ix_execucoes_falhas", "id", sqlite_where=FALHAS, postgresql_where=FALHAS),
    Index("ix_execucoes_com_erro", "data_fim", sqlite_where=_FAILED, postgresql_where=_FAILED),
)

logs_execucao = Table(
    "logs_execucao",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("execucao_id", Uuid, ForeignKey("execucoes.id"), nullable=False),
    Column("seq", BigId, nullable=False),
    Column("timestamp", UtcDateTime, nullable=False, index=True),
    Column("level", Text, nullable=False),
    Column("message", Text, nullable=False),
    UniqueConstraint("execucao_id", "seq"),
    sqlite_autoincrement=True,
)

# The lines of one execucao that ended long ago: JSON, zlib.
logs_compactados = Table(
    "logs_compactados",
    metadata,
    Column("execucao_id", Uuid, ForeignKey("execucoes.id"), primary_key=True),
    Column("linhas", Integer, nullable=False),
    Column("conteudo", LargeBinary, nullable=False),
    Column("compactado_em", UtcDateTime, nullable=False, index=True),
)

documentos_fatura = Table(
    "documentos_fatura",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("processo_id", Uuid, ForeignKey("processos.id"), nullable=False),
    Column("tipo", Text, nullable=False),
    Column("nome_arquivo", Text, nullable=False),
    Column("content_type", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("tamanho", BigId, nullable=False),
    Column("paginas", Integer),
    # What stands in an NFCom's XML (core/testemunha/nota/xml.py).
    Column("nota", Json),
    # Our own key, and since when the object store has it. Until then the content is kept here.
    Column("object_key", Text, nullable=False, unique=True),
    Column("guardado_em", UtcDateTime),
    Column("conteudo", LargeBinary),
    Column("feito_por_usuario_id", Uuid, ForeignKey("usuarios.id")),
    Column("execucao_id", Uuid, ForeignKey("execucoes.id")),
    Column("criado_em", UtcDateTime, nullable=False),
    UniqueConstraint("processo_id", "sha256"),
    Index("ix_documentos_fatura_sha256", "sha256"),
    Index("ix_documentos_fatura_a_guardar", "criado_em", sqlite_where=_KEPT_HERE, postgresql_where=_KEPT_HERE),
)

aprovacoes = Table(
    "aprovacoes",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("processo_id", Uuid, ForeignKey("processos.id"), nullable=False),
    Column("versao", Integer, nullable=False),
    Column("usuario_id", Uuid, ForeignKey("usuarios.id"), nullable=False),
    Column("em_nome_de_usuario_id", Uuid, ForeignKey("usuarios.id")),
    Column("decisao", Text, nullable=False),
    Column("motivo", Text),
    Column("canal", Text, nullable=False),
    # What the person had before their eyes.
    Column("mostrado", Json),
    Column("quando", UtcDateTime, nullable=False),
    UniqueConstraint("processo_id", "versao", "usuario_id"),
    sqlite_autoincrement=True,
)

delegacoes = Table(
    "delegacoes",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("de_usuario_id", Uuid, ForeignKey("usuarios.id"), nullable=False),
    Column("para_usuario_id", Uuid, ForeignKey("usuarios.id"), nullable=False),
    Column("inicio", UtcDateTime, nullable=False),
    Column("fim", UtcDateTime, nullable=False),
    Column("criada_em", UtcDateTime, nullable=False),
    Column("revogada_em", UtcDateTime),
    Index("ix_delegacoes_para_usuario_id_fim", "para_usuario_id", "fim"),
    sqlite_autoincrement=True,
)

# A card about a processo in an approver's conversation; open until it says how the decision went.
cartoes_aprovacao = Table(
    "cartoes_aprovacao",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("processo_id", Uuid, ForeignKey("processos.id"), nullable=False),
    Column("versao", Integer, nullable=False),
    Column("contato_id", BigId, ForeignKey("contatos.id"), nullable=False),
    Column("message_id", BigId, nullable=False),
    Column("mostrado_em", UtcDateTime, nullable=False),
    Column("fechado_em", UtcDateTime),
    Index("ix_cartoes_aprovacao_processo_id", "processo_id"),
    sqlite_autoincrement=True,
)
