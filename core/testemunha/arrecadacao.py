"""Arrecadação, the utility slip, the classical form of telecom bills: 44 digits in the bars, 48 in the line.

    bars   1 `8` · 2 segment (4 = telecom) · 3 kind of value and modulus · 4 check digit · 5-15 cents
           16-19 company · the rest is free
    line   the bars in four pieces of 11, each with a digit of its own by the same modulus

Source: FEBRABAN, "Layout Padrão de Arrecadação/Recebimento", version 8, in force since 2026-06-01.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.testemunha.digitos import modulo10, weighted11

_BARS = re.compile(r"8[1-9][6-9][0-9]{41}")
_LINE = re.compile(r"[0-9]{48}")
_MONEY, _MODULO_10 = "68", "67"


@dataclass(frozen=True, slots=True)
class Arrecadacao:
    """A slip whose check digits hold. `barras`: its 44 digits."""

    barras: str

    @property
    def linha(self) -> str:
        """The 48 digits of the line."""
        digit = _modulus(self.barras[2])
        pieces = [self.barras[start : start + 11] for start in range(0, 44, 11)]
        return "".join(piece + str(digit(piece)) for piece in pieces)

    @property
    def valor(self) -> Decimal | None:
        """In reais; None when the digits are a reference and no money (kinds 7 and 9), and for 0."""
        cents = int(self.barras[4:15])
        return Decimal(cents).scaleb(-2) if cents and self.barras[2] in _MONEY else None

    @property
    def favorecido(self) -> str:
        """Who is paid: the segment, and the company by its FEBRABAN code."""
        return f"arrecadacao:{self.barras[1]}:{self.barras[15:19]}"

    def vencimento(self, perto_de: date) -> date | None:
        """None: there is no fator, see `datas_livres`."""
        return None

    def datas_livres(self) -> frozenset[date]:
        """Dates at the begin of the free field, where some companies put the due date as AAAAMMDD: hints, no more.

        The field begins after the company's code of four digits, or after the root of its CNPJ.
        """
        found = (_as_date(self.barras[start : start + 8]) for start in (19, 23))
        return frozenset(day for day in found if day is not None)


def arrecadacao_of_bars(digits: str) -> Arrecadacao | None:
    """The slip of these 44 digits; None when they are none, or the check digit is wrong."""
    if not _BARS.fullmatch(digits) or int(digits[3]) != _modulus(digits[2])(digits[:3] + digits[4:]):
        return None
    return Arrecadacao(digits)


def arrecadacao_of_line(digits: str) -> Arrecadacao | None:
    """The slip of these 48 digits, without dashes and blanks; None when any of the five check digits is wrong."""
    if not _LINE.fullmatch(digits) or digits[2] not in "6789" or wrong_pieces(digits, _modulus(digits[2])):
        return None
    return arrecadacao_of_bars("".join(digits[start : start + 11] for start in range(0, 48, 12)))


def looks_damaged(line: str) -> bool:
    """Whether 48 digits are a line but for one piece: three of the four have the right digit, by either modulus."""
    return any(wrong_pieces(line, digit) <= 1 for digit in (modulo10, _modulo11))


def wrong_pieces(line: str, digit: Callable[[str], int]) -> int:
    """How many of the four pieces of a line of 48 digits have a wrong check digit."""
    pieces = [line[start : start + 12] for start in range(0, 48, 12)]
    return sum(int(piece[-1]) != digit(piece[:-1]) for piece in pieces)


def _modulus(kind: str) -> Callable[[str], int]:
    return modulo10 if kind in _MODULO_10 else _modulo11


def _modulo11(digits: str) -> int:
    rest = weighted11(digits)
    return 0 if rest in (0, 1) else 11 - rest


def _as_date(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
