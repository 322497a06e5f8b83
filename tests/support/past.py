"""Atendimentos that were, written straight into the database: for tests of what is done with them afterwards."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, update

from storage.consultor.consultores import add_consultor
from storage.consultor.protocolos import issue_protocolos
from storage.tables import arquivos, atendimentos, mensagens, ofertas
from storage.transaction import Transaction

WHEN = datetime(2026, 3, 2, 12, tzinfo=UTC)


async def new_consultor(tx: Transaction, nome: str = "Davi Alves", usuario_id: UUID | None = None) -> int:
    values = {"nome": nome, "idiomas": ["pt"], "usuario_id": usuario_id}
    return await add_consultor(tx, values)


async def new_atendimento(tx: Transaction, contato_id: int, **values: Any) -> int:
    """An ended one, unless told otherwise; its id."""
    (protocolo_id,) = await issue_protocolos(tx, [values.get("consultor_id")])
    row = {
        "protocolo_id": protocolo_id,
        "contato_id": contato_id,
        "idioma": "pt",
        "status": "ENCERRADO",
        "na_fila_desde": WHEN,
        "criado_em": WHEN,
        "aceito_em": WHEN + timedelta(minutes=1),
        "encerrado_em": WHEN + timedelta(minutes=30),
    }
    made = insert(atendimentos).values(row | values).returning(atendimentos.c.id)
    return int((await tx.execute(made)).scalar_one())


async def new_mensagem(tx: Transaction, atendimento_id: int, autor: str, texto: str | None, **values: Any) -> int:
    """Something that was said; its id."""
    row = {"atendimento_id": atendimento_id, "autor": autor, "tipo": "TEXTO", "texto": texto, "quando": WHEN}
    made = insert(mensagens).values(row | values).returning(mensagens.c.id)
    return int((await tx.execute(made)).scalar_one())


async def new_arquivo(tx: Transaction, contato_id: int, **values: Any) -> UUID:
    """A file that somebody sent and that was fetched, unless told otherwise."""
    arquivo_id = uuid4()
    row = {
        "id": arquivo_id,
        "contato_id": contato_id,
        "channel": "whatsapp",
        "provider_file_id": "f1",
        "object_key": f"arquivos/2026/03/{arquivo_id}",
        "recebido_em": WHEN,
        "guardado_em": WHEN,
    }
    await tx.execute(insert(arquivos).values(row | values))
    return arquivo_id


async def new_oferta(tx: Transaction, atendimento_id: int, consultor_id: int, contato_id: int, **values: Any) -> None:
    """A card that somebody was shown, still open unless told otherwise."""
    row = {"atendimento_id": atendimento_id, "consultor_id": consultor_id, "contato_id": contato_id}
    times = {"oferecida_em": WHEN, "expira_em": WHEN + timedelta(minutes=1)}
    await tx.execute(insert(ofertas).values(row | times | values))


async def change_row(tx: Transaction, atendimento_id: int, **values: Any) -> None:
    await tx.execute(update(atendimentos).where(atendimentos.c.id == atendimento_id).values(values))
