"""What grows is found by an index: what is old enough to be forgotten, open cards, the last of a language, logins."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.indexes import create_index, replace_index

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_AGES = {
    "andamentos": "encerrado_em",
    "convites": "expira_em",
    "early_callbacks": "received_at",
    "execucoes_agendamento": "terminada_em",
    "failed_events": "last_at",
    "links_painel": "expira_em",
    "logs_compactados": "compactado_em",
    "logs_execucao": "timestamp",
    "logs_venda": "timestamp",
    "message_statuses": "at",
    "ocorrencias": "quando",
    "ofertas": "respondida_em",
    "pap_bo_em_uso": "liberado_em",
    "passos_venda": "quando",
    "perguntas_execucao": "encerrada_em",
    "presence_changes": "quando",
    "sessoes_painel": "expira_em",
}
# One kind of these is forgotten sooner than the others.
_BY_KIND = "ix_ocorrencias_tipo_quando"
_OF_CONSULTOR = "ix_ofertas_consultor_id"
_UNANSWERED = sa.text("respondida_em IS NULL")
_LOCKED = sa.text("senha IS NOT NULL")


def upgrade() -> None:
    for table, age in _AGES.items():
        create_index(f"ix_{table}_{age}", table, [age])
    create_index(_BY_KIND, "ocorrencias", ["tipo", "quando"])
    create_index("ix_ofertas_abertas", "ofertas", ["expira_em"], sqlite_where=_UNANSWERED, postgresql_where=_UNANSWERED)
    replace_index(_OF_CONSULTOR, "ofertas", ["consultor_id", "resposta", "respondida_em"])
    create_index("ix_atendimentos_idioma_id", "atendimentos", ["idioma", "id"])
    create_index("ix_arquivos_com_senha", "arquivos", ["recebido_em"], sqlite_where=_LOCKED, postgresql_where=_LOCKED)
    create_index("ix_usuarios_perfil_usuario", "usuarios", ["perfil_usuario"])


def downgrade() -> None:
    op.drop_index("ix_usuarios_perfil_usuario", "usuarios")
    op.drop_index("ix_arquivos_com_senha", "arquivos")
    op.drop_index("ix_atendimentos_idioma_id", "atendimentos")
    op.drop_index(_OF_CONSULTOR, "ofertas")
    op.create_index(_OF_CONSULTOR, "ofertas", ["consultor_id"])
    op.drop_index("ix_ofertas_abertas", "ofertas")
    op.drop_index(_BY_KIND, "ocorrencias")
    for table, age in _AGES.items():
        op.drop_index(f"ix_{table}_{age}", table)
