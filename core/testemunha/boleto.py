"""Boleto, the bank slip: 44 digits in the bars, 47 in the line that people type.

    bars   1-3 bank · 4 `9` (real) · 5 check digit · 6-9 fator de vencimento · 10-19 cents · 20-44 the bank's own
    line   the bank's own in three fields, each with a digit of its own; then the check digit; then fator and cents

Source: BCB Carta-Circular 2.926 and the layouts of the banks.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from core.testemunha.digitos import modulo10, weighted11

_BARS = re.compile(r"[0-9]{3}9[0-9]{40}")
_LINE = re.compile(r"[0-9]{47}")
# Day zero of a fator; it had four digits until 9999, 2025-02-21, and began again with 1000 on the day after.
_CYCLES = (date(1997, 10, 7), date(2025, 2, 22) - timedelta(days=1000))
_FIRST_OF_CYCLE = 1000
_FARTHEST = timedelta(days=730)
# Where a bank's own part names who is paid: what it must look like, and where that stands in it. As brcobranca
# (github.com/kivanio/brcobranca, lib/brcobranca/boleto), which prints slips for these banks, builds that part.
_BENEFICIARIOS: dict[str, tuple[str, tuple[slice, ...]]] = {
    "001": (r"000000", (slice(6, 13),)),  # Banco do Brasil: convênio of seven digits
    "033": (r"9", (slice(1, 8),)),  # Santander: código do beneficiário
    "104": (r"", (slice(0, 7),)),  # Caixa: código do beneficiário with its digit
    "237": (r"", (slice(0, 4), slice(17, 24))),  # Bradesco: agência, conta
    # Itaú: agência, conta; the carteiras that have a number of the debtor's there instead are left out
    "341": (r"(?!198|106|107|122|142|143|195|196).{22}000", (slice(12, 16), slice(16, 21))),
    "756": (r"", (slice(1, 5), slice(7, 14))),  # Sicoob: cooperativa, beneficiário
}


@dataclass(frozen=True, slots=True)
class Boleto:
    """A slip whose check digits hold. `barras`: its 44 digits."""

    barras: str

    @property
    def linha(self) -> str:
        """The 47 digits of the line."""
        own = self.barras[19:]
        fields = (self.barras[:4] + own[:5], own[5:15], own[15:])
        return "".join(field + str(modulo10(field)) for field in fields) + self.barras[4] + self.barras[5:19]

    @property
    def banco(self) -> str:
        return self.barras[:3]

    @property
    def valor(self) -> Decimal | None:
        """In reais; None for 0, which is legal and leaves it open ("a informar")."""
        cents = int(self.barras[9:19])
        return Decimal(cents).scaleb(-2) if cents else None

    @property
    def favorecido(self) -> str:
        """Who is paid, as far as the slip says it: the bank, and the beneficiary where that bank's layout is known."""
        own = self.barras[19:]
        shape, places = _BENEFICIARIOS.get(self.banco, ("", ()))
        known = "-".join(own[place] for place in places) if re.match(shape, own) else ""
        return f"boleto:{self.banco}" + (f":{known}" if known else "")

    def vencimento(self, perto_de: date) -> date | None:
        """The due date that its fator means, seen from `perto_de` (the issue date, else the day of receipt).

        Nothing in the code says which of the two cycles it is of: it is the one nearest to that day, at most 730 days
        away. None when neither is, and for fator 0000, which is "none".
        """
        fator = int(self.barras[5:9])
        if fator < _FIRST_OF_CYCLE:
            return None
        near = min((start + timedelta(days=fator) for start in _CYCLES), key=lambda day: abs(day - perto_de))
        return near if abs(near - perto_de) <= _FARTHEST else None


def boleto_of_bars(digits: str) -> Boleto | None:
    """The slip of these 44 digits; None when they are none, or the check digit is wrong."""
    if not _BARS.fullmatch(digits) or int(digits[4]) != _general_digit(digits):
        return None
    return Boleto(digits)


def boleto_of_line(digits: str) -> Boleto | None:
    """The slip of these 47 digits, without dots and blanks; None when any of the four check digits is wrong."""
    if not _LINE.fullmatch(digits) or wrong_fields(digits):
        return None
    return boleto_of_bars(_bars_of(digits))


def wrong_fields(line: str) -> int:
    """How many of the three fields of a line of 47 digits have a wrong check digit."""
    fields = (line[0:10], line[10:21], line[21:32])
    return sum(int(field[-1]) != modulo10(field[:-1]) for field in fields)


def _bars_of(line: str) -> str:
    return line[0:4] + line[32] + line[33:47] + line[4:9] + line[10:20] + line[21:31]


def _general_digit(bars: str) -> int:
    digit = 11 - weighted11(bars[:4] + bars[5:])
    return digit if 2 <= digit <= 9 else 1
