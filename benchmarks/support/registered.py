"""Registered sellers, each tied to a Telegram chat already, in a database of the newest schema."""

from datetime import UTC, datetime
from uuid import uuid4

from sqlalchemy import insert

from benchmarks.support.load import FIRST_CHAT
from storage.database import Database
from storage.pessoa.perfil import Perfil
from storage.schema import migrate
from storage.tables import contatos, usuarios


async def add_sellers(url: str, count: int) -> None:
    """Bring the database to the newest schema and add so many people who may sell."""
    database = Database(url)
    now = datetime.now(UTC)
    people, chats = [], []
    for number in range(count):
        usuario_id = uuid4()
        telefone = f"55319{number:08d}"
        people.append(
            {
                "id": usuario_id,
                "nome_completo": "Ana Souza",
                "telefone": telefone,
                "perfil_usuario": Perfil.VENDEDOR,
                "matricula_pap": f"V{number:04d}",
                "autorizar_venda_sem_auditoria": True,
                "criado_em": now,
                "atualizado_em": now,
            }
        )
        chats.append(
            {
                "channel": "telegram",
                "external_id": str(FIRST_CHAT + number),
                "telefone": telefone,
                "nome": "Ana",
                "usuario_id": usuario_id,
                "criado_em": now,
            }
        )
    try:
        await migrate(database)
        async with database.begin() as connection:
            await connection.execute(insert(usuarios), people)
            await connection.execute(insert(contatos), chats)
            await connection.commit()
    finally:
        await database.close()
