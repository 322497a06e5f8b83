"""Queries over respostas_rapidas: the texts that consultores send by a short name."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import respostas_rapidas, usuarios
from storage.transaction import Transaction


async def resposta_rapida(connection: AsyncConnection, nome: str) -> str | None:
    """The text of that name, if there is one."""
    statement = select(respostas_rapidas.c.texto).where(respostas_rapidas.c.nome == nome)
    found: str | None = (await connection.execute(statement)).scalar_one_or_none()
    return found


async def names_of_respostas(connection: AsyncConnection) -> list[str]:
    """Every name, in alphabetical order."""
    statement = select(respostas_rapidas.c.nome).order_by(respostas_rapidas.c.nome)
    return list((await connection.execute(statement)).scalars())


@dataclass(frozen=True, slots=True)
class RespostaRapida:
    """One of them. `por`: who changed it last."""

    nome: str
    texto: str
    por: str
    quando: datetime


async def every_resposta(connection: AsyncConnection, limit: int = 500) -> list[RespostaRapida]:
    """All, in alphabetical order."""
    c = respostas_rapidas.c
    statement = (
        select(c.nome, c.texto, usuarios.c.nome_completo, c.atualizada_em)
        .join(usuarios, usuarios.c.id == c.criada_por)
        .order_by(c.nome)
        .limit(limit)
    )
    return [RespostaRapida(*row) for row in await connection.execute(statement)]


async def save_resposta(tx: Transaction, nome: str, texto: str, por: UUID) -> bool:
    """Keep a text under a name, in place of the one it had; whether it is new. `por`: whose doing this is."""
    new = await resposta_rapida(tx.connection, nome) is None
    changed = {"texto": texto, "criada_por": por, "atualizada_em": tx.now}
    statement = tx.insert(respostas_rapidas).values(nome=nome, **changed)
    await tx.execute(statement.on_conflict_do_update(index_elements=["nome"], set_=changed))
    return new


async def remove_resposta(tx: Transaction, nome: str) -> bool:
    """Forget a text; False when there was none of that name."""
    return await tx.changed(delete(respostas_rapidas).where(respostas_rapidas.c.nome == nome))
