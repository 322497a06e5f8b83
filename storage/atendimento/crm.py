"""What a CRM is told of an atendimento, and what it called the things it made of it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import atendimentos, consultores, contatos
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class AtendimentoNoCrm:
    """One atendimento as it is now. `owner_id` is the consultor's `id_pipedrive`."""

    atendimento_id: int
    protocolo_id: int
    contato_id: int
    nome: str | None
    telefone: str | None
    person_id: int | None
    activity_id: int | None
    consultor: str | None
    owner_id: int | None
    criado_em: datetime
    encerrado_em: datetime | None
    avaliacao: int | None


_FACTS = (
    select(
        atendimentos.c.id,
        atendimentos.c.protocolo_id,
        atendimentos.c.contato_id,
        contatos.c.nome,
        contatos.c.telefone,
        contatos.c.pipedrive_person_id,
        atendimentos.c.pipedrive_activity_id,
        consultores.c.nome,
        consultores.c.id_pipedrive,
        atendimentos.c.criado_em,
        atendimentos.c.encerrado_em,
        atendimentos.c.avaliacao,
    )
    .join(contatos, contatos.c.id == atendimentos.c.contato_id)
    .outerjoin(consultores, consultores.c.id == atendimentos.c.consultor_id)
)


async def atendimento_for_crm(connection: AsyncConnection, atendimento_id: int) -> AtendimentoNoCrm | None:
    row = (await connection.execute(_FACTS.where(atendimentos.c.id == atendimento_id))).first()
    return None if row is None else AtendimentoNoCrm(*tuple(row))


async def note_activity(tx: Transaction, atendimento_id: int, activity_id: int) -> None:
    """How Pipedrive calls this atendimento."""
    statement = update(atendimentos).where(atendimentos.c.id == atendimento_id)
    await tx.execute(statement.values(pipedrive_activity_id=activity_id))
