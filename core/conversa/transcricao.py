"""Who may read what was said with a customer."""

import re
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from core.direitos.direitos import Direito, tem
from core.pessoa.nomes import is_called
from core.telefones import same_person_forms
from storage.atendimento.atendimentos import Atendimento, atendimento_by_id, open_atendimento_of
from storage.consultor.consultores import consultor_of_usuario
from storage.contatos.contatos import Pessoa, glance
from storage.conversa.transcricao import Recente, customers_lately, customers_of_phone, has_attended, past_of

# A name, or the end of a phone, is looked for among the customers of so many atendimentos; of so many digits at least.
LOOKED_THROUGH = 300
SHORTEST_END = 4


async def conversations_of(connection: AsyncConnection, contato_id: int) -> list[int]:
    """All conversations of the customer who has this one: on another channel they are known by the same phone."""
    contato = await glance(connection, contato_id)
    if contato is None or contato.telefone is None:
        return [contato_id]
    found = await customers_of_phone(connection, same_person_forms(contato.telefone))
    return sorted({contato_id, *found})


async def has_past(connection: AsyncConnection, atendimento: Atendimento) -> bool:
    """Whether this customer was here before."""
    ids = await conversations_of(connection, atendimento.contato_id)
    return (await past_of(connection, ids, 0, 1))[1] > 1


async def open_elsewhere(connection: AsyncConnection, atendimento: Atendimento) -> list[tuple[Atendimento, str]]:
    """What the same person waits for, or talks in, on other channels now; with the channel of each."""
    found = []
    for contato_id in await conversations_of(connection, atendimento.contato_id):
        other = await open_atendimento_of(connection, contato_id) if contato_id != atendimento.contato_id else None
        contato = await glance(connection, contato_id) if other is not None else None
        found += [(other, contato.channel)] if other is not None and contato is not None else []
    return found


async def attends(connection: AsyncConnection, usuario_id: UUID, atendimento_id: int) -> bool:
    """Whether this person is the consultor whose conversation it is: reading it they open nobody else's."""
    atendimento = await atendimento_by_id(connection, atendimento_id)
    consultor = await consultor_of_usuario(connection, usuario_id)
    return atendimento is not None and consultor is not None and consultor.id == atendimento.consultor_id


async def may_read(connection: AsyncConnection, pessoa: Pessoa | None, contato_ids: Sequence[int]) -> bool:
    """Administrators everything; a consultor what was said with customers they attend or attended, by whomever.

    A customer nothing: transcripts hold the notes of the staff.
    """
    if pessoa is None:
        return False
    if tem(pessoa.perfil_usuario, Direito.VER_TODOS_OS_ATENDIMENTOS):
        return True
    consultor = await consultor_of_usuario(connection, pessoa.id)
    return consultor is not None and await has_attended(connection, consultor.id, contato_ids)


async def recent_customers(connection: AsyncConnection, pessoa: Pessoa | None, said: str) -> list[Recente]:
    """Customers of late who are called so, or whose phone ends so, the newest first; a consultor's are their own."""
    if pessoa is None:
        return []
    consultor = await consultor_of_usuario(connection, pessoa.id)
    all_of_them = tem(pessoa.perfil_usuario, Direito.VER_TODOS_OS_ATENDIMENTOS)
    if consultor is None and not all_of_them:
        return []
    mine = None if all_of_them or consultor is None else consultor.id
    lately = await customers_lately(connection, mine, LOOKED_THROUGH)
    end = re.sub(r"[\s().+-]", "", said)
    if end.isascii() and end.isdecimal():
        forms = {one: same_person_forms(one.telefone) if one.telefone else () for one in lately}
        return [one for one in lately if len(end) >= SHORTEST_END and any(form.endswith(end) for form in forms[one])]
    return [one for one in lately if is_called(one.nome or "", said)]
