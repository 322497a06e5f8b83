"""Payment codes in a text. Check digits decide what is one; digits that merely follow each other are none.

A line is looked for in the shapes in which it is printed. A shape whose digits do not hold is no
witness, and it is told: somebody typed or changed it.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from core.testemunha.arrecadacao import Arrecadacao, arrecadacao_of_bars, arrecadacao_of_line, looks_damaged
from core.testemunha.boleto import Boleto, boleto_of_bars, boleto_of_line, wrong_fields

Codigo = Boleto | Arrecadacao

_BEGIN, _END = r"(?<![0-9])", r"(?![0-9])"
_GAP = r"\s{1,4}"
_DASH = r"(?:-| - | )"
# 23793.38128 60007.827136 95000.063305 9 75520000370000
_BOLETO = re.compile(
    rf"{_BEGIN}[0-9]{{5}}[.][0-9]{{5}}{_GAP}[0-9]{{5}}[.][0-9]{{6}}{_GAP}[0-9]{{5}}[.][0-9]{{6}}"
    rf"{_GAP}[0-9]{_GAP}[0-9]{{14}}{_END}"
)
_BOLETO_PLAIN = re.compile(
    rf"{_BEGIN}[0-9]{{10}}{_GAP}[0-9]{{11}}{_GAP}[0-9]{{11}}{_GAP}[0-9]{_GAP}[0-9]{{14}}{_END}"
    rf"|{_BEGIN}[0-9]{{47}}{_END}"
)
# 84610000000-5 24610029110-2 00546033900-4 69589506108-0
_ARRECADACAO = re.compile(
    _BEGIN + _GAP.join([rf"[0-9]{{11}}{_DASH}[0-9]"] * 4) + _END + "|" + _BEGIN + _GAP.join(["[0-9]{12}"] * 4) + _END
    + rf"|{_BEGIN}[0-9]{{48}}{_END}"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Impressos:
    """The lines of a text: those whose check digits hold, and what has the shape of one and does not hold."""

    codigos: frozenset[Codigo]
    errados: frozenset[str]


def lines_in(text: str) -> Impressos:
    """The printed lines, each once however often it is printed."""
    codes: set[Codigo] = set()
    wrong: set[str] = set()
    for digits, read, damaged in _shapes(text):
        code = read(digits)
        if code is not None:
            codes.add(code)
        elif damaged(digits):
            wrong.add(digits)
    return Impressos(frozenset(codes), frozenset(wrong))


def garbled_in(text: str, drawn: Iterable[Codigo]) -> frozenset[str]:
    """Runs of a line's length that hold no longer, and are one of the drawn slips but for some digits.

    With several pieces wrong a bare run of digits is not known for a line by itself; beside the bars it is.
    """
    lines = {code.linha for code in drawn}
    return frozenset(
        digits
        for digits, read, _ in _shapes(text)
        if read(digits) is None and any(_nearly(digits, line) for line in lines)
    )


def code_of_bars(digits: str) -> Codigo | None:
    """The slip that 44 drawn digits are; None when no check digit holds."""
    return arrecadacao_of_bars(digits) or boleto_of_bars(digits)


def code_of_digits(digits: str) -> Codigo | None:
    """The slip of bars or line, whichever it is."""
    return code_of_bars(digits) or boleto_of_line(digits) or arrecadacao_of_line(digits)


def _shapes(text: str) -> Iterator[tuple[str, Callable[[str], Codigo | None], Callable[[str], bool]]]:
    """What looks like a line: its digits, who reads it, and who says whether it was meant as one."""
    for found in _BOLETO.findall(text):
        yield _digits(found), boleto_of_line, _always  # nothing else looks like that
    for found in _BOLETO_PLAIN.findall(text):
        yield _digits(found), boleto_of_line, _nearly_a_boleto
    for found in _ARRECADACAO.findall(text):
        yield _digits(found), arrecadacao_of_line, _always if "-" in found else looks_damaged


def _nearly(digits: str, line: str) -> bool:
    """Of the same length, with fewer than a third of the digits changed."""
    if len(digits) != len(line):
        return False
    return sum(one != other for one, other in zip(digits, line, strict=True)) < len(line) // 3


def _always(digits: str) -> bool:
    return True


def _nearly_a_boleto(digits: str) -> bool:
    return wrong_fields(digits) <= 1


def _digits(shape: str) -> str:
    return re.sub("[^0-9]", "", shape)
