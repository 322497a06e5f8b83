"""Operadoras and people that a schedule names: there when it is written, kept as the runs look for them."""

from typing import Any

from core.agendamento.parametros import ParametroInvalido
from core.telefones import digits_of, same_person_forms
from storage.engines.folding import folded
from storage.operadora.operadoras import operadoras_by_codigo
from storage.pessoa.perfil import Perfil
from storage.pessoa.usuarios import active_perfis, usuarios_by_phones
from storage.transaction import Transaction


class NinguemAssim(ParametroInvalido):
    """It names an operadora, or somebody, that there is not."""


async def that_there_are(tx: Transaction, parametros: dict[str, Any]) -> dict[str, Any]:
    """These parameters, operadoras named by their code. Raises `NinguemAssim`."""
    named = {}
    if parametros.get("operadoras"):
        named["operadoras"] = await _codigos(tx, parametros["operadoras"])
    if parametros.get("para"):
        named["para"] = [await _perfil_or_phone(tx, one, number) for number, one in enumerate(parametros["para"])]
    return parametros | named


async def _codigos(tx: Transaction, given: list[str]) -> list[str]:
    """By code, or by name as people say it."""
    known = await operadoras_by_codigo(tx.connection, ())
    codigos = {folded(one.nome): one.codigo for one in known} | {one.codigo: one.codigo for one in known}
    found: dict[str, None] = {}
    for number, one in enumerate(given):
        codigo = codigos.get(one) or codigos.get(folded(one))
        if codigo is None:
            raise NinguemAssim(f"operadoras.{number}", f"there is no operadora {one!r}")
        found[codigo] = None
    return list(found)


async def _perfil_or_phone(tx: Transaction, one: str, number: int) -> str:
    if one.upper() in Perfil.__members__:
        return one.upper()
    rows = await usuarios_by_phones(tx, _phones(one))
    active = await active_perfis(tx.connection, [row.id for row in rows.values()])
    found = next((row.telefone for row in rows.values() if row.id in active), None)
    if found is None:
        raise NinguemAssim(f"para.{number}", "no perfil, and the phone of nobody who is active")
    return str(found)


def _phones(typed: str) -> tuple[str, ...]:
    try:
        return same_person_forms(digits_of(typed))
    except ValueError:
        return ()
