"""By which digits a bill names a cliente: its account and its service, as they are compared and looked up."""

import re
from collections.abc import Mapping
from typing import Any

_SUFFIX = re.compile(r"_[0-9]{1,3}$")
_SHORTEST = 6


def conta_of(filtro: str) -> str:
    """The digits of the account: `filtro` without the suffix that tells rows of a sheet apart; empty if none."""
    return _digits(_SUFFIX.sub("", filtro))


def circuito_of(servico: str) -> str:
    """The name of the circuit, letters and digits (`SPO/IP/00123`); empty when the service is no such name."""
    name = "".join(servico.upper().split())
    letters, digits = re.search("[A-Z]{2}", name), re.search("[0-9]{3}", name)
    return name if letters and digits else ""


def terminal_of(servico: str) -> str:
    """The digits of the service when that is a phone or a circuit of digits; empty if none."""
    return "" if circuito_of(servico) else _digits(servico)


def chaves_of(values: Mapping[str, Any]) -> dict[str, str]:
    """The columns by which a cliente is found: account and service, digits without leading zeros."""
    filtro, servico = values.get("filtro") or "", values.get("servico") or ""
    return {
        "conta_chave": conta_of(filtro).lstrip("0"),
        "servico_chave": circuito_of(servico) or terminal_of(servico).lstrip("0"),
    }


def _digits(text: str) -> str:
    """The one number in a text of at least six digits, dots and dashes removed; empty for none or several."""
    numbers = {re.sub(r"[^0-9]", "", found) for found in re.findall(r"[0-9][0-9.\-/() ]*", text)}
    long = {number for number in numbers if len(number) >= _SHORTEST}
    return long.pop() if len(long) == 1 else ""
