"""People found by their name or phone."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from core.pessoa.nomes import is_called
from storage.pessoa.usuarios import every_name

# More than this is no answer to a search.
MOST = 500


async def called(connection: AsyncConnection, said: str) -> list[UUID]:
    """Whose name begins with these words, accents and case aside, or whose phone holds these digits; not more than
    `MOST`."""
    digits = "".join(char for char in said if char.isdigit() and char.isascii())
    is_phone = len(digits) >= 4
    found = [
        one.id
        for one in await every_name(connection)
        if is_called(one.nome_completo, said)
        or (is_phone and any(digits in (phone or "") for phone in (one.telefone, one.tel_whatsapp)))
    ]
    return found[:MOST]
