"""Operadoras: whose portals the invoices come from."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from core.auditoria.auditoria import CRIADO, Autor, registrar_cadastro
from core.auditoria.visto import Visto
from core.ids import new_id
from storage.auditoria.tipos import Ato
from storage.operadora.operadoras import (
    Operadora,
    add_operadora,
    change_operadora,
    lock_operadora,
    operadora_by_id,
    operadora_named,
    pause,
    resume,
)
from storage.transaction import Transaction


class NameTaken(Exception):
    """Another operadora has this nome or codigo."""

    def __init__(self, other: Operadora) -> None:
        super().__init__(f"{other.nome} ({other.codigo}) has it")
        self.other = other


async def criar(tx: Transaction, values: Mapping[str, Any], por: Autor) -> Operadora:
    """A new operadora. Raises `NameTaken`."""
    operadora_id = new_id(tx.now)
    row = {name: value for name, value in values.items() if value is not None}
    if not await add_operadora(tx, {**row, "id": operadora_id}):
        other = await operadora_named(tx, str(row["nome"]), str(row["codigo"]))
        assert other is not None
        raise NameTaken(other)
    registrar_cadastro(tx, Ato.OPERADORA, por, operadora_id, [CRIADO])
    operadora = await operadora_by_id(tx.connection, operadora_id)
    assert operadora is not None
    return operadora


async def alterar(
    tx: Transaction, operadora_id: UUID, values: Mapping[str, Any], por: Autor, visto: Visto | None = None
) -> Operadora | None:
    """Change what is named; None when there is no such operadora.

    Raises `NameTaken`; `MudouDepois` when it is not any more what whoever changes it saw.
    """
    operadora = await lock_operadora(tx, operadora_id)
    if operadora is None:
        return None
    if visto is not None:
        visto.check(operadora)
    nome, codigo = values.get("nome", operadora.nome), values.get("codigo", operadora.codigo)
    if (other := await operadora_named(tx, nome, codigo, but=operadora.id)) is not None:
        raise NameTaken(other)
    changed = await change_operadora(tx, operadora.id, **values)
    assert changed, "it is locked"
    if campos := sorted(name for name, new in values.items() if new != getattr(operadora, name)):
        registrar_cadastro(tx, Ato.OPERADORA, por, operadora.id, campos)
    return await operadora_by_id(tx.connection, operadora.id)


async def retomar(tx: Transaction, operadora_id: UUID, por: Autor) -> bool:
    """Send it robots again before its pause is over; False when it is not paused (any more)."""
    resumed = await resume(tx, operadora_id)
    if resumed:
        registrar_cadastro(tx, Ato.OPERADORA, por, operadora_id, ["pausada_ate"])
    return resumed


async def pausar(tx: Transaction, operadora_id: UUID, ate: datetime, por: Autor) -> bool:
    """Send it no robot until then, as a pause that was ended too early; False when that is over, or it is paused."""
    paused = ate > tx.now and await pause(tx, operadora_id, ate)
    if paused:
        registrar_cadastro(tx, Ato.OPERADORA, por, operadora_id, ["pausada_ate"])
    return paused
