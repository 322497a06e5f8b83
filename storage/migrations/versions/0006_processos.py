"""Invoices: operadoras, clientes, processos with their history, execucoes, files and decisions."""

import sqlalchemy as sa
from alembic import op

from storage.types import BigId, Json, UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "operadoras",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("nome", sa.Text(), nullable=False),
        sa.Column("codigo", sa.Text(), nullable=False),
        sa.Column("possui_rpa", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("status_ativo", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("url_portal", sa.Text(), nullable=True),
        sa.Column("classe_rpa", sa.Text(), nullable=True),
        sa.Column("configuracao_rpa", Json(), nullable=True),
        sa.Column("falhas_seguidas", sa.Integer(), server_default="0", nullable=False),
        sa.Column("pausada_ate", UtcDateTime(), nullable=True),
        sa.Column("criado_em", UtcDateTime(), nullable=False),
        sa.Column("atualizado_em", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_operadoras"),
        sa.UniqueConstraint("codigo", name="uq_operadoras_codigo"),
        sa.UniqueConstraint("nome", name="uq_operadoras_nome"),
    )
    op.create_table(
        "clientes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("hash_unico", sa.Text(), nullable=False),
        sa.Column("hash_planilha", sa.Text(), nullable=True),
        sa.Column("razao_social", sa.Text(), nullable=False),
        sa.Column("nome_sat", sa.Text(), nullable=True),
        sa.Column("cnpj", sa.Text(), nullable=False),
        sa.Column("operadora_id", sa.Uuid(), nullable=False),
        sa.Column("unidade", sa.Text(), nullable=False),
        sa.Column("servico", sa.Text(), nullable=False),
        sa.Column("filtro", sa.Text(), nullable=False),
        sa.Column("dados_sat", sa.Text(), nullable=True),
        sa.Column("site_emissao", sa.Text(), nullable=True),
        sa.Column("login_portal", sa.Text(), nullable=True),
        sa.Column("senha_portal", sa.Text(), nullable=True),
        sa.Column("cpf", sa.Text(), nullable=True),
        sa.Column("credencial_recusada_em", UtcDateTime(), nullable=True),
        sa.Column("busca", sa.Text(), nullable=False),
        sa.Column("status_ativo", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("criado_em", UtcDateTime(), nullable=False),
        sa.Column("atualizado_em", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["operadora_id"], ["operadoras.id"], name="fk_clientes_operadora_id"),
        sa.PrimaryKeyConstraint("id", name="pk_clientes"),
        sa.UniqueConstraint(
            "cnpj",
            "operadora_id",
            "unidade",
            "servico",
            "filtro",
            name="uq_clientes_cnpj_operadora_id_unidade_servico_filtro",
        ),
        sa.UniqueConstraint("hash_unico", name="uq_clientes_hash_unico"),
    )
    op.create_index("ix_clientes_hash_planilha", "clientes", ["hash_planilha"], unique=False)
    op.create_index("ix_clientes_operadora_id_login_portal", "clientes", ["operadora_id", "login_portal"], unique=False)
    op.create_table(
        "delegacoes",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("de_usuario_id", sa.Uuid(), nullable=False),
        sa.Column("para_usuario_id", sa.Uuid(), nullable=False),
        sa.Column("inicio", UtcDateTime(), nullable=False),
        sa.Column("fim", UtcDateTime(), nullable=False),
        sa.Column("criada_em", UtcDateTime(), nullable=False),
        sa.Column("revogada_em", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["de_usuario_id"], ["usuarios.id"], name="fk_delegacoes_de_usuario_id"),
        sa.ForeignKeyConstraint(["para_usuario_id"], ["usuarios.id"], name="fk_delegacoes_para_usuario_id"),
        sa.PrimaryKeyConstraint("id", name="pk_delegacoes"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_delegacoes_para_usuario_id_fim", "delegacoes", ["para_usuario_id", "fim"], unique=False)
    op.create_table(
        "processos",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cliente_id", sa.Uuid(), nullable=False),
        sa.Column("mes_ano", sa.Text(), nullable=False),
        sa.Column("competencia", sa.Integer(), nullable=False),
        sa.Column("status_processo", sa.Text(), nullable=False),
        sa.Column("versao", sa.Integer(), server_default="1", nullable=False),
        sa.Column("url_fatura", sa.Text(), nullable=True),
        sa.Column("caminho_s3_fatura", sa.Text(), nullable=True),
        sa.Column("fatura_s3_key", sa.Text(), nullable=True),
        sa.Column("fatura_filename", sa.Text(), nullable=True),
        sa.Column("documento_id", sa.Uuid(), nullable=True),
        sa.Column("data_vencimento", sa.Date(), nullable=True),
        sa.Column("valor_centavos", BigId, nullable=True),
        sa.Column("aprovado_por_usuario_id", sa.Uuid(), nullable=True),
        sa.Column("data_aprovacao", UtcDateTime(), nullable=True),
        sa.Column("motivo_rejeicao", sa.Text(), nullable=True),
        sa.Column("aprovacoes_necessarias", sa.Integer(), server_default="1", nullable=False),
        sa.Column("enviado_para_sat", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("data_envio_sat", UtcDateTime(), nullable=True),
        sa.Column("envio_automatico_em", UtcDateTime(), nullable=True),
        sa.Column("tentativas_download", sa.Integer(), server_default="0", nullable=False),
        sa.Column("tentativas_upload_sat", sa.Integer(), server_default="0", nullable=False),
        sa.Column("upload_manual", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("data_upload_manual", UtcDateTime(), nullable=True),
        sa.Column("enviado_por_usuario_id", sa.Uuid(), nullable=True),
        sa.Column("criado_automaticamente", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("status_ativo", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("criado_em", UtcDateTime(), nullable=False),
        sa.Column("atualizado_em", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["aprovado_por_usuario_id"], ["usuarios.id"], name="fk_processos_aprovado_por_usuario_id"
        ),
        sa.ForeignKeyConstraint(["cliente_id"], ["clientes.id"], name="fk_processos_cliente_id"),
        sa.ForeignKeyConstraint(
            ["enviado_por_usuario_id"], ["usuarios.id"], name="fk_processos_enviado_por_usuario_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_processos"),
        sa.UniqueConstraint("cliente_id", "mes_ano", name="uq_processos_cliente_id_mes_ano"),
    )
    op.create_index(
        "ix_processos_competencia_status", "processos", ["competencia", "status_processo", "id"], unique=False
    )
    op.create_index(
        "ix_processos_envio_automatico_em",
        "processos",
        ["envio_automatico_em"],
        unique=False,
        sqlite_where=sa.text("envio_automatico_em IS NOT NULL"),
        postgresql_where=sa.text("envio_automatico_em IS NOT NULL"),
    )
    op.create_index("ix_processos_status_vencimento", "processos", ["status_processo", "data_vencimento"], unique=False)
    op.create_table(
        "aprovacoes",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("processo_id", sa.Uuid(), nullable=False),
        sa.Column("versao", sa.Integer(), nullable=False),
        sa.Column("usuario_id", sa.Uuid(), nullable=False),
        sa.Column("em_nome_de_usuario_id", sa.Uuid(), nullable=True),
        sa.Column("decisao", sa.Text(), nullable=False),
        sa.Column("motivo", sa.Text(), nullable=True),
        sa.Column("canal", sa.Text(), nullable=False),
        sa.Column("mostrado", Json(), nullable=True),
        sa.Column("quando", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["em_nome_de_usuario_id"], ["usuarios.id"], name="fk_aprovacoes_em_nome_de_usuario_id"),
        sa.ForeignKeyConstraint(["processo_id"], ["processos.id"], name="fk_aprovacoes_processo_id"),
        sa.ForeignKeyConstraint(["usuario_id"], ["usuarios.id"], name="fk_aprovacoes_usuario_id"),
        sa.PrimaryKeyConstraint("id", name="pk_aprovacoes"),
        sa.UniqueConstraint("processo_id", "versao", "usuario_id", name="uq_aprovacoes_processo_id_versao_usuario_id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "execucoes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("processo_id", sa.Uuid(), nullable=False),
        sa.Column("operadora_id", sa.Uuid(), nullable=False),
        sa.Column("tipo_execucao", sa.Text(), nullable=False),
        sa.Column("status_execucao", sa.Text(), nullable=False),
        sa.Column("classe_rpa_utilizada", sa.Text(), nullable=True),
        sa.Column("job_id", sa.Text(), nullable=True),
        sa.Column("parametros_entrada", Json(), nullable=True),
        sa.Column("resultado_saida", Json(), nullable=True),
        sa.Column("detalhes_erro", Json(), nullable=True),
        sa.Column("progresso", Json(), nullable=True),
        sa.Column("data_inicio", UtcDateTime(), nullable=False),
        sa.Column("data_fim", UtcDateTime(), nullable=True),
        sa.Column("mensagem_log", sa.Text(), nullable=True),
        sa.Column("url_arquivo_s3", sa.Text(), nullable=True),
        sa.Column("numero_tentativa", sa.Integer(), server_default="1", nullable=False),
        sa.Column("executado_por_usuario_id", sa.Uuid(), nullable=True),
        sa.Column("ip_origem", sa.Text(), nullable=True),
        sa.Column("user_agent", sa.Text(), nullable=True),
        sa.Column("devida_em", UtcDateTime(), nullable=False),
        sa.Column("enviada_em", UtcDateTime(), nullable=True),
        sa.Column("sinal_em", UtcDateTime(), nullable=False),
        sa.Column("polled_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["executado_por_usuario_id"], ["usuarios.id"], name="fk_execucoes_executado_por_usuario_id"
        ),
        sa.ForeignKeyConstraint(["operadora_id"], ["operadoras.id"], name="fk_execucoes_operadora_id"),
        sa.ForeignKeyConstraint(["processo_id"], ["processos.id"], name="fk_execucoes_processo_id"),
        sa.PrimaryKeyConstraint("id", name="pk_execucoes"),
        sa.UniqueConstraint("job_id", name="uq_execucoes_job_id"),
    )
    op.create_index(
        "ix_execucoes_abertas",
        "execucoes",
        ["operadora_id", "devida_em"],
        unique=False,
        sqlite_where=sa.text("data_fim IS NULL"),
        postgresql_where=sa.text("data_fim IS NULL"),
    )
    op.create_index("ix_execucoes_processo_id_id", "execucoes", ["processo_id", "id"], unique=False)
    op.create_index(
        "uq_execucoes_aberta_por_processo",
        "execucoes",
        ["processo_id"],
        unique=True,
        sqlite_where=sa.text("data_fim IS NULL"),
        postgresql_where=sa.text("data_fim IS NULL"),
    )
    op.create_table(
        "historico",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("processo_id", sa.Uuid(), nullable=False),
        sa.Column("quando", UtcDateTime(), nullable=False),
        sa.Column("usuario_id", sa.Uuid(), nullable=True),
        sa.Column("em_nome_de_usuario_id", sa.Uuid(), nullable=True),
        sa.Column("canal", sa.Text(), nullable=False),
        sa.Column("acao", sa.Text(), nullable=False),
        sa.Column("de", sa.Text(), nullable=True),
        sa.Column("para", sa.Text(), nullable=True),
        sa.Column("motivo", sa.Text(), nullable=True),
        sa.Column("detalhe", Json(), nullable=True),
        sa.ForeignKeyConstraint(["em_nome_de_usuario_id"], ["usuarios.id"], name="fk_historico_em_nome_de_usuario_id"),
        sa.ForeignKeyConstraint(["processo_id"], ["processos.id"], name="fk_historico_processo_id"),
        sa.ForeignKeyConstraint(["usuario_id"], ["usuarios.id"], name="fk_historico_usuario_id"),
        sa.PrimaryKeyConstraint("id", name="pk_historico"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_historico_processo_id_id", "historico", ["processo_id", "id"], unique=False)
    op.create_table(
        "documentos_fatura",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("processo_id", sa.Uuid(), nullable=False),
        sa.Column("tipo", sa.Text(), nullable=False),
        sa.Column("nome_arquivo", sa.Text(), nullable=False),
        sa.Column("content_type", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("tamanho", sa.Integer(), nullable=False),
        sa.Column("paginas", sa.Integer(), nullable=True),
        sa.Column("object_key", sa.Text(), nullable=False),
        sa.Column("guardado_em", UtcDateTime(), nullable=True),
        sa.Column("conteudo", sa.LargeBinary(), nullable=True),
        sa.Column("feito_por_usuario_id", sa.Uuid(), nullable=True),
        sa.Column("execucao_id", sa.Uuid(), nullable=True),
        sa.Column("criado_em", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["execucao_id"], ["execucoes.id"], name="fk_documentos_fatura_execucao_id"),
        sa.ForeignKeyConstraint(
            ["feito_por_usuario_id"], ["usuarios.id"], name="fk_documentos_fatura_feito_por_usuario_id"
        ),
        sa.ForeignKeyConstraint(["processo_id"], ["processos.id"], name="fk_documentos_fatura_processo_id"),
        sa.PrimaryKeyConstraint("id", name="pk_documentos_fatura"),
        sa.UniqueConstraint("object_key", name="uq_documentos_fatura_object_key"),
        sa.UniqueConstraint("processo_id", "sha256", name="uq_documentos_fatura_processo_id_sha256"),
    )
    op.create_index(
        "ix_documentos_fatura_a_guardar",
        "documentos_fatura",
        ["criado_em"],
        unique=False,
        sqlite_where=sa.text("guardado_em IS NULL"),
        postgresql_where=sa.text("guardado_em IS NULL"),
    )
    op.create_index("ix_documentos_fatura_sha256", "documentos_fatura", ["sha256"], unique=False)
    op.create_table(
        "logs_execucao",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("execucao_id", sa.Uuid(), nullable=False),
        sa.Column("seq", BigId, nullable=False),
        sa.Column("timestamp", UtcDateTime(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["execucao_id"], ["execucoes.id"], name="fk_logs_execucao_execucao_id"),
        sa.PrimaryKeyConstraint("id", name="pk_logs_execucao"),
        sa.UniqueConstraint("execucao_id", "seq", name="uq_logs_execucao_execucao_id_seq"),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("logs_execucao")
    op.drop_table("documentos_fatura")
    op.drop_table("historico")
    op.drop_table("execucoes")
    op.drop_table("aprovacoes")
    op.drop_table("processos")
    op.drop_table("delegacoes")
    op.drop_table("clientes")
    op.drop_table("operadoras")
