"""The passwords that may open a processo's file."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from core.exame.exames import titular_of
from core.testemunha.leitura import password_candidates
from storage.cliente.clientes import cliente_by_id
from storage.processo.processos import processo_by_id


async def senhas_of(connection: AsyncConnection, processo_id: UUID) -> tuple[str, ...]:
    """What operadoras make of this cliente's numbers, in the order in which it is tried; nothing without a processo."""
    processo = await processo_by_id(connection, processo_id)
    cliente = await cliente_by_id(connection, processo.cliente_id) if processo is not None else None
    if cliente is None:
        return ()
    return password_candidates(cliente.cnpj, cliente.cpf or "", titular_of(cliente).conta)
