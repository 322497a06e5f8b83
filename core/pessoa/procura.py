"""People found by their name or phone."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from core.pessoa.nomes import is_called
from core.telefones import BRAZIL, same_person_forms
from storage.pessoa.usuarios import every_name

# More than this is no answer to a search.
MOST = 500
# Digits of a Brazilian phone with its area code, at most.
_NATIONAL = 11


async def called(connection: AsyncConnection, said: str) -> list[UUID]:
    """Whose name begins with these words, accents and case aside, or whose phone holds these digits; not more than
    `MOST`."""
    digits = "".join(char for char in said if char.isdecimal() and char.isascii())
    forms = _phones(digits) if len(digits) >= 4 else ()
    found = [
        one.id
        for one in await every_name(connection)
        if is_called(one.nome_completo, said)
        or any(form in (phone or "") for form in forms for phone in (one.telefone, one.tel_whatsapp))
    ]
    return found[:MOST]


def _phones(digits: str) -> tuple[str, ...]:
    """Part of a phone, or a whole one in any form: with or without 55, the 0 before the area code, the ninth digit."""
    whole = digits.removeprefix("0")
    whole = whole if len(whole) > _NATIONAL else BRAZIL + whole
    return (digits, *same_person_forms(whole))
