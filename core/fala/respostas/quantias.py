"""Money as people say it: "noventa e nove e noventa", "cento e vinte reais e dez centavos", "2 mil e 500"."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from core.fala.lexico.texto import listed, plain
from core.fala.respostas.numeros import SPOKEN, number_of

_CURRENCY = frozenset(listed("real reais conto contos pila pilas pau paus mango mangos prata pratas dinheiros"))
_CENTS = frozenset(listed("centavo centavos cent cents"))
_POINT = frozenset(listed("virgula ponto"))
_JOINS = frozenset(listed("e com"))
_LARGEST_CENTS = 99
_WORD = re.compile(r"[0-9]+(?:[.,][0-9]+)*|[a-z]+")
_THOUSAND = re.compile(r"[0-9]+(?:,[0-9])?")
# A run of words longer than this is no amount.
_LONGEST = 12


class Quantia(NamedTuple):
    """An amount, and its place in the text."""

    valor: Decimal
    inicio: int
    fim: int


def amounts_in(text: str) -> list[Quantia]:
    """Every amount that is said in words, or in digits with words between them; plain digits are none."""
    words = [(match[0], *match.span()) for match in _WORD.finditer(plain(text))]
    found: list[Quantia] = []
    at = 0
    while at < len(words):
        end, amount = _longest(text, words[at : at + _LONGEST])
        if amount is not None:
            found.append(Quantia(amount, words[at][1], words[at + end - 1][2]))
        at += max(end, 1)
    return found


def _longest(text: str, words: Sequence[tuple[str, int, int]]) -> tuple[int, Decimal | None]:
    for end in range(len(words), 1, -1):
        between = text[words[0][1] : words[end - 1][2]]
        if not re.search(r"[^\w ,.]|\. ", between) and (amount := amount_of([word for word, _, _ in words[:end]])):
            return end, amount
    return 0, None


def amount_of(words: Sequence[str]) -> Decimal | None:
    """The amount these words say, small and without accents; None where they say a bare number, or something else."""
    for at, word in enumerate(words):
        if word in _CURRENCY:
            return _reais_and(words[:at], words[at + 1 :])
    if words[-1] in _CENTS:
        return _with_cents(words[:-1])
    return _pointed(words) or _thousands(words) or _side_by_side(words)


def _reais_and(reais: Sequence[str], rest: Sequence[str]) -> Decimal | None:
    whole = _whole(reais)
    if whole is None or not rest:
        return None if whole is None else Decimal(whole)
    cents = _cents(rest[:-1] if rest[-1] in _CENTS else rest)
    return None if cents is None else Decimal(whole) + cents


def _with_cents(words: Sequence[str]) -> Decimal | None:
    """ "Noventa centavos", "noventa e nove e noventa centavos"."""
    number = _whole(words)
    if number is not None:
        return Decimal(number).scaleb(-2) if number <= _LARGEST_CENTS else None
    return _side_by_side(words)


def _pointed(words: Sequence[str]) -> Decimal | None:
    """ "Noventa e nove vírgula nove"."""
    at = next((place for place, word in enumerate(words) if word in _POINT), 0)
    whole, tail = _whole(words[:at]), words[at + 1 :]
    if whole is None or not tail:
        return None
    digits = "".join(str(SPOKEN.get(word, word)) for word in tail)
    fraction = number if (number := _whole(tail)) is not None and len(tail) != len(digits) else None
    said = f"{fraction:02d}" if fraction is not None and fraction <= _LARGEST_CENTS else digits
    return Decimal(f"{whole}.{said}") if said.isdecimal() and len(said) <= 2 else None


def _thousands(words: Sequence[str]) -> Decimal | None:
    """ "2 mil", "1,5 mil", "2 mil e 500"."""
    if len(words) < 2 or words[1] != "mil" or _THOUSAND.fullmatch(words[0]) is None:
        return None
    rest = [word for word in words[2:] if word != "e"]
    more = _whole(rest) if rest else 0
    return None if more is None else Decimal(int(Decimal(words[0].replace(",", ".")) * 1000) + more)


def _side_by_side(words: Sequence[str]) -> Decimal | None:
    """ "Noventa e nove e noventa", "99 e 90", "cento e dezenove noventa": what is no one number is reais and cents."""
    if _whole(words) is not None:
        return None
    for at in range(len(words) - 1, 0, -1):
        whole = _whole(words[:at])
        if whole is not None and (cents := _cents(words[at:])) is not None and cents >= Decimal("0.10"):
            return Decimal(whole) + cents
    return None


def _cents(words: Sequence[str]) -> Decimal | None:
    bare = words[1:] if len(words) > 1 and words[0] in _JOINS else words
    number = _whole(bare)
    return Decimal(number).scaleb(-2) if number is not None and 0 < number <= _LARGEST_CENTS else None


def _whole(words: Sequence[str]) -> int | None:
    if len(words) == 1 and words[0].isdecimal() and words[0].isascii():
        return int(words[0])
    return number_of(words) if words else None
