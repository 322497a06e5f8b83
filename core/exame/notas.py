"""The notes that lie beside a processo's bill, as its witnesses."""

from dataclasses import replace
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from core.testemunha.lido import Lido
from core.testemunha.nfcom import keys_in
from core.testemunha.nota.xml import NotaXml
from storage.processo.documentos import notas_of


async def with_nota(connection: AsyncConnection, processo_id: UUID, lido: Lido) -> Lido:
    """The bill with the note that belongs to it: the one whose key it prints, else the one that came last."""
    notas = [NotaXml.of_json(kept) for kept in await notas_of(connection, processo_id)]
    if not notas:
        return lido
    printed = set(keys_in(lido.texto))
    return replace(lido, nota=next((nota for nota in notas if nota.chave in printed), notas[0]))
