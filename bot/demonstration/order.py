"""What is open for people of the demonstration ends: a story may begin from anywhere, and leaves nothing behind."""

from collections.abc import Awaitable, Callable, Sequence
from uuid import UUID

from core.atendimento import atendimento as use
from core.telefones import same_person_forms
from core.venda.pool import free_of_phone
from core.venda.venda import cancel_sale, end_freed
from dialogs.frame.talk import Talk
from storage.atendimento.atendimentos import (
    Atendimento,
    atendimentos_of_consultor,
    lock_atendimento,
    open_atendimento_of,
    queue,
)
from storage.atendimento.status import EncerradoPor, StatusAtendimento
from storage.consultor.consultores import Consultor, consultor_of_usuario
from storage.contatos.contatos import contatos_of, contatos_of_phone, update_contato
from storage.pessoa.usuarios import usuarios_by_phones
from storage.transaction import Transaction
from storage.venda.status import StatusVenda
from storage.venda.vendas import open_venda_of

OpenTalk = Callable[[Transaction, int], Awaitable[Talk | None]]

# More customers than anybody plays with.
_QUEUE = 200


async def end_what_is_open(tx: Transaction, open_talk: OpenTalk, telefones: Sequence[str]) -> None:
    """Sales, atendimentos and half-answered questions of the people with these phones end, and they speak Portuguese.

    With consultores among them the queue is emptied too: its next customer would be theirs. Locks are taken in the
    order of core/atendimento/atendimento.py, consultores before customers.
    """
    people = await usuarios_by_phones(tx, telefones)
    ids = [row.id for row in people.values()]
    known = sorted(await contatos_of(tx, ids))
    customers = [one for telefone in telefones for one in await contatos_of_phone(tx, same_person_forms(telefone))]
    for contato_id in [*known, *(one for one in customers if one not in known)]:
        await _forget_where_it_stands(tx, open_talk, contato_id)
    for atendimento_id in sorted(await _open_atendimentos(tx, ids, customers)):
        atendimento = await lock_atendimento(tx, atendimento_id)
        if atendimento is not None and atendimento.status != StatusAtendimento.ENCERRADO:
            await use.end(tx, atendimento, EncerradoPor.CONSULTOR)
    for telefone, row in people.items():
        await _end_sale(tx, telefone, row.id)


async def consultores_among(tx: Transaction, usuario_ids: Sequence[UUID]) -> list[Consultor]:
    """Those of these people who attend customers."""
    found = [await consultor_of_usuario(tx.connection, usuario_id) for usuario_id in usuario_ids]
    return [consultor for consultor in found if consultor is not None]


async def _forget_where_it_stands(tx: Transaction, open_talk: OpenTalk, contato_id: int) -> None:
    talk = await open_talk(tx, contato_id)
    if talk is not None:
        await talk.state.clear()
        use.show(talk.contato, None)
        await update_contato(tx, contato_id, idioma="pt_BR")


async def _open_atendimentos(tx: Transaction, usuario_ids: Sequence[UUID], customers: Sequence[int]) -> set[int]:
    found: list[Atendimento | None] = [await open_atendimento_of(tx.connection, one) for one in customers]
    consultores = await consultores_among(tx, usuario_ids)
    for consultor in consultores:
        found += await atendimentos_of_consultor(tx.connection, consultor.id)
    waiting = (await queue(tx.connection, _QUEUE))[0] if consultores else []
    return {one.id for one in (*found, *waiting) if one is not None}


async def _end_sale(tx: Transaction, telefone: str, usuario_id: UUID) -> None:
    await end_freed(tx, await free_of_phone(tx, telefone), StatusVenda.CANCELADO)
    venda = await open_venda_of(tx, usuario_id)
    if venda is not None:
        await cancel_sale(tx, venda)
