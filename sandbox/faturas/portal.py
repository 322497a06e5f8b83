"""What an operadora's portal has for a robot: for one account and month always the same bill."""

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any

from sandbox.faturas import codigos
from sandbox.faturas.estragos import Estrago, bill_with
from sandbox.faturas.fatura import Fatura

_MONTH = re.compile(r"(0[1-9]|1[0-2])/([0-9]{4})")
_SUFFIX = re.compile(r"_[0-9]{1,3}$")


def bill_for(operadora: str, job: dict[str, Any], today: date, estrago: Estrago | None = None) -> Fatura:
    """The bill that a download job finds (contract §5). `estrago`: that it is another one than was asked for.

    A month that is none is today's. A twin is the bill of the month before, brought again.
    """
    found = _MONTH.fullmatch(str(job["mes_ano"]))
    months = int(found[2]) * 12 + int(found[1]) - 1 if found else today.year * 12 + today.month - 1
    if estrago == Estrago.GEMEA:
        return _bill(operadora, job, months - 1)
    bill = _bill(operadora, job, months)
    if estrago == Estrago.OUTRO_CLIENTE:
        return replace(
            bill, razao_social="OUTRA EMPRESA LTDA", cnpj=codigos.cnpj(98765432), conta="900100200", servico="",
            numero=bill.numero + 1,
        )  # fmt: skip
    return bill_with(bill, estrago)


def _bill(operadora: str, job: dict[str, Any], months: int) -> Fatura:
    who = "|".join(str(job[name]) for name in ("cnpj", "nome_filtro", "servico", "unidade"))
    chance, monthly = _number(who), _number(f"{who}|{months}")
    year, month = _year_and_month(months)
    due = date(*_year_and_month(months + 1), 1 + chance % 28)
    usual = Decimal(5_000 + chance % 300_000) / 100
    return Fatura(
        operadora.upper(), str(job["razao"]), str(job["cnpj"]), f"{month:02}/{year:04}",
        (usual * (95 + monthly % 11) / 100).quantize(Decimal("0.01")), due, due - timedelta(days=20),
        _SUFFIX.sub("", str(job["nome_filtro"])), str(job["servico"]), chance % 10_000 * 10_000 + months % 10_000,
    )  # fmt: skip


def _year_and_month(months: int) -> tuple[int, int]:
    """Year and month of months counted from year 0."""
    year, month = divmod(months, 12)
    return year, month + 1


def _number(text: str) -> int:
    return int.from_bytes(sha256(text.encode()).digest()[:6])
