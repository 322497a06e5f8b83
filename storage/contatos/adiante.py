"""What turns will ask of their people, read with one statement for all that share a transaction, before the first."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import CompoundSelect, Text, cast, literal, union_all

from storage.atendimento.atendimentos import learn_customers, share_ahead
from storage.consultor.consultores import learn_consultores
from storage.contatos.contatos import ASKED_BY, Contato
from storage.engines.prepared import prepared
from storage.outbox.sent import learn_arrivals, lost
from storage.pessoa.perfil import ATENDENTES
from storage.tables import outbox, vendas
from storage.transaction import Transaction
from storage.types import Among
from storage.venda.vendas import read_open_vendas, selling

_SELLING, _LOST = "selling", "lost"


def _ahead(among: Among) -> CompoundSelect[Any]:
    """Whose id it is, and which."""
    return union_all(
        selling(among).with_only_columns(literal(_SELLING).label("what"), cast(vendas.c.usuario_id, Text).label("id")),
        lost(among).with_only_columns(literal(_LOST).label("what"), cast(outbox.c.id, Text).label("id")),
    )


_AHEAD = prepared(_ahead)


async def read_ahead(tx: Transaction, known: Collection[Contato]) -> None:
    """Read what turns ask first of these, which are locked.

    That is what `open_venda_of`, `never_arrived`, `lock_atendimento`, `consultor_now` and `attended_by` answer.
    """
    attended = {one.atendimento_id for one in known if one.atendimento_id is not None}
    if attended:
        # A customer's own, and the one on a consultor's screen.
        await share_ahead(tx, attended)
    attend = [one.usuario.id for one in known if one.usuario is not None and one.usuario.perfil_usuario in ATENDENTES]
    if attend and (consultor_ids := await learn_consultores(tx, attend)):
        await learn_customers(tx, consultor_ids)
    sellers = [contato.usuario.id for contato in known if contato.usuario is not None]
    # What another release left there may be anything.
    asked = [
        call_id
        for contato in known
        if contato.state is not None and type(call_id := contato.state_data.get(ASKED_BY)) is int
    ]
    if not sellers and not asked:
        return
    found: dict[str, list[str]] = {_SELLING: [], _LOST: []}
    for row in await _AHEAD[tx.dialect].rows(tx.connection, {"b_usuario_ids": sellers, "b_call_ids": asked}):
        found[row.what].append(row.id)
    await read_open_vendas(tx, sellers, [UUID(id_) for id_ in found[_SELLING]])
    learn_arrivals(tx, asked, [int(id_) for id_ in found[_LOST]])
