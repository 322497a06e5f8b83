"""Customers and consultores who are talking, each with one conversation, in a database that has sellers already."""

from datetime import UTC, datetime
from uuid import uuid4

from sqlalchemy import insert, text, update

from storage.atendimento.status import StatusAtendimento
from storage.database import Database
from storage.pessoa.perfil import Perfil
from storage.tables import atendimentos, consultores, contatos, protocolos, usuarios

# Their chats on Telegram: the first customer's, and that of the consultor who has them.
FIRST_CUSTOMER, FIRST_CONSULTOR = 800_000_000, 810_000_000


async def add_attended(url: str, count: int) -> None:
    """So many pairs; of each, what one writes is for the other."""
    database, now = Database(url), datetime.now(UTC)
    stamps = {"criado_em": now, "atualizado_em": now}
    try:
        async with database.begin() as connection:
            for number in range(count):
                telefone = f"55318{number:08d}"
                usuario_id = uuid4()
                usuario = {"id": usuario_id, "nome_completo": "Davi Alves", "telefone": telefone, **stamps}
                await connection.execute(insert(usuarios), usuario | {"perfil_usuario": Perfil.CONSULTOR})
                consultor = {"nome": "Davi Alves", "idiomas": ["pt"], "usuario_id": usuario_id, **stamps}
                consultor_id = await connection.scalar(
                    insert(consultores).values(consultor).returning(consultores.c.id)
                )
                chat = {"channel": "telegram", "criado_em": now}
                customer = chat | {"external_id": str(FIRST_CUSTOMER + number), "nome": "Maria"}
                contato_id = await connection.scalar(insert(contatos).values(customer).returning(contatos.c.id))
                protocolo = {"id": number + 1, "consultor_id": consultor_id, "created_at": now}
                await connection.execute(insert(protocolos), protocolo)
                atendimento = {
                    "protocolo_id": number + 1,
                    "contato_id": contato_id,
                    "idioma": "pt",
                    "status": StatusAtendimento.EM_ATENDIMENTO,
                    "consultor_id": consultor_id,
                    "na_fila_desde": now,
                    "criado_em": now,
                    "aceito_em": now,
                }
                added = insert(atendimentos).values(atendimento).returning(atendimentos.c.id)
                atendimento_id = await connection.scalar(added)
                screen = chat | {"external_id": str(FIRST_CONSULTOR + number), "usuario_id": usuario_id}
                screen |= {"atendimento_id": atendimento_id, "last_inbound_at": now}
                await connection.execute(insert(contatos), screen)
                theirs = update(contatos).where(contatos.c.id == contato_id)
                await connection.execute(theirs.values(atendimento_id=atendimento_id))
            await connection.execute(text("ANALYZE"))
            await connection.commit()
    finally:
        await database.close()
