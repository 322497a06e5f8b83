"""Protocolos: their numbers as people write them (`#00001`), and how they are given out."""

import re
from collections.abc import Sequence

from storage.consultor.consultores import existing
from storage.consultor.protocolos import Protocolo, change_protocolo, issue_protocolos, protocolo_by_id
from storage.transaction import Transaction

# As many as fit in the database's number.
_NUMBER = re.compile(r"#?(0*[1-9][0-9]{0,17})", re.ASCII)


def numero_de(protocolo_id: int) -> str:
    """`#` and at least five digits: 1 is `#00001`, 123456 is `#123456`."""
    return f"#{protocolo_id:05d}"


def id_do_numero(text: str) -> int | None:
    """The protocolo a person means by `#00042`, `00042` or `42`; None when that is no number of a protocolo."""
    found = _NUMBER.fullmatch(text.strip())
    return None if found is None else int(found[1])


async def issue(tx: Transaction, consultor_ids: Sequence[int | None]) -> list[Protocolo | None]:
    """A new number for each of these consultores, None for nobody's; no number for a consultor there is not."""
    known = await existing(tx.connection, {one for one in consultor_ids if one is not None})
    wanted = [one for one in consultor_ids if one is None or one in known]
    ids = iter(await issue_protocolos(tx, wanted))
    return [Protocolo(next(ids), one, tx.now) if one is None or one in known else None for one in consultor_ids]


async def give_protocolo(tx: Transaction, protocolo_id: int, consultor_id: int | None) -> Protocolo | None:
    """Make a number this consultor's, or nobody's; None when it was never given out.

    Raises LookupError when there is no such consultor.
    """
    if consultor_id is not None and not await existing(tx.connection, {consultor_id}):
        raise LookupError
    if not await change_protocolo(tx, protocolo_id, consultor_id):
        return None
    return await protocolo_by_id(tx.connection, protocolo_id)
