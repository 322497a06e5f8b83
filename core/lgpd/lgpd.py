"""One person's data as a file, and their erasure (LGPD, lei 13.709/2018, art. 18, II and VI)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from core.auditoria.auditoria import Autor, registrar
from core.telefones import digits_of, same_person_forms
from storage.auditoria.tipos import Ato
from storage.lgpd.apagados import APAGAR, not_erased, phone_of
from storage.lgpd.apagar import erase
from storage.lgpd.citado import mentions_of
from storage.lgpd.titular import Titular, data_of, lock_titular, open_matters, titular_of
from storage.transaction import Transaction


class NinguemAssim(Exception):
    """Nobody of ours has this phone."""


class EmAndamento(Exception):
    """Something is under way with this person: `o_que` is `venda`, `atendimento` or `login`."""

    def __init__(self, o_que: str) -> None:
        super().__init__(o_que)
        self.o_que = o_que


@dataclass(frozen=True, slots=True)
class Apagado:
    """Who is gone; `arquivos`: keys of their files, to be removed from the object store after the commit."""

    titular: Titular
    arquivos: Sequence[str]


async def exportar(tx: Transaction, telefone: str, autor: Autor) -> dict[str, Any]:
    """All that is known of them, and how often others' rows say their phone, ready for JSON.

    Raises NinguemAssim, and ValueError for what is no phone."""
    titular = _known(await titular_of(tx.connection, _formas(telefone)))
    found = await data_of(tx.connection, titular)
    registrar(tx, Ato.LGPD, autor, alvo=_name(titular), o_que="exportar")
    return {
        "feito_em": tx.now.isoformat(),
        "citado_por_outros": await mentions_of(tx.connection, titular),
        "dados": {name: [_plain(row) for row in rows] for name, rows in found.items()},
    }


async def apagar(tx: Transaction, telefone: str, autor: Autor) -> Apagado:
    """Erase this person. Raises NinguemAssim, EmAndamento, ValueError for what is no phone."""
    titular = _known(await lock_titular(tx, _formas(telefone)))
    if (under_way := await open_matters(tx.connection, titular)) is not None:
        raise EmAndamento(under_way)
    return await _apagar(tx, titular, autor)


async def apagar_de_novo(tx: Transaction, erasures: Iterable[str], autor: Autor) -> list[Apagado]:
    """Erase whom an older copy of the database brought back, by the names of storage/lgpd/apagados.py.

    What was under way with them then ends without them.
    """
    gone = []
    for alvo in await not_erased(tx.connection, erasures):
        telefone = await phone_of(tx.connection, alvo)
        titular = await lock_titular(tx, _formas(telefone) if telefone else (), alvo)
        # A conversation that was somebody's of the staff then, and their number was given to a customer since.
        if _name(titular) == alvo:
            gone.append(await _apagar(tx, titular, autor))
    return gone


async def _apagar(tx: Transaction, titular: Titular, autor: Autor) -> Apagado:
    keys = await erase(tx, titular)
    registrar(tx, Ato.LGPD, autor, alvo=_name(titular), o_que=APAGAR)
    return Apagado(titular, keys)


def _formas(telefone: str) -> Sequence[str]:
    return same_person_forms(digits_of(telefone))


def _known(titular: Titular) -> Titular:
    if not titular.is_known:
        raise NinguemAssim
    return titular


def _name(titular: Titular) -> str:
    """By a number of ours: the audit is kept for ever."""
    if titular.usuario_id is not None:
        return f"usuario:{titular.usuario_id}"
    return f"contato:{titular.contatos[0]}" if titular.contatos else f"consultor:{titular.consultor_id}"


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: _text(value) for name, value in row.items() if value is not None}


def _text(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
