"""People found by their name or phone."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from core.pessoa.nomes import is_called
from core.telefones import BRAZIL, same_person_forms
from storage.pessoa.perfil import Perfil
from storage.pessoa.usuarios import active_of_perfis, every_name

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


async def the_one_called(
    connection: AsyncConnection, said: str, perfis: Collection[Perfil], but: UUID
) -> tuple[UUID, str] | None:
    """The active person of these perfis, without that one, who is called so; None where nobody is, or several are."""
    people = await active_of_perfis(connection, sorted(perfis), but, MOST)
    found = [(row.id, row.nome_completo) for row in people if is_called(row.nome_completo, said)]
    return found[0] if len(found) == 1 else None


def _phones(digits: str) -> tuple[str, ...]:
    """Part of a phone, or a whole one in any form: with or without 55, the 0 before the area code, the ninth digit."""
    whole = digits.removeprefix("0")
    whole = whole if len(whole) > _NATIONAL else BRAZIL + whole
    return (digits, *same_person_forms(whole))
