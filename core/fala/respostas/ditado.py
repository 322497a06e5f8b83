"""What a phone's dictation makes of an answer: "trinta e um nove oito sete meia", "5 2 9 9", "joao arroba gmail"."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from core.fala.lexico.texto import plain
from core.fala.respostas.numeros import SPOKEN

_PART = re.compile(r"[a-z]+|[0-9]+|[^\sa-z0-9]")
# Said or set between the groups of a document or a phone.
_BETWEEN = frozenset(
    ["e", "ponto", "traco", "hifen", "barra", "tracinho", "dash", "dot", "slash", ".", "-", "/", ",", "(", ")"]
)
_ALONE = 4
"""Groups of fewer digits are no dictation: "uma", "dois e três"."""

_NAMES_OF_SIGNS = {
    "@": r"arroba|arouba|aroba|at",
    ".": r"ponto|dot|punto",
    "_": r"under ?line|under ?score|sublinhado|guion bajo",
    "-": r"traco|tracinho|hifen|dash|guion",
}
_SIGN = re.compile("|".join(rf"(?P<s{at}> *\b(?:{names})\b *)" for at, names in enumerate(_NAMES_OF_SIGNS.values())))
_LOOSE = re.compile(r" *@ *| +\. *(?=[a-z])|(?<=[a-z0-9])\. +(?=(?:com|net|org|br|edu|gov)\b)")
_COMMA = re.compile(r"(?<=[a-z]),(?=(?:com|net|org)\b)")
_ADDRESS = re.compile(
    r"(?:^|(?:^|[\s:,])(?:e|eh|email|mail|dela|dele|meu|is)[\s:,]+)([\w.%+'&=-]+@[\w-]+(?:\.[\w-]+)+)(?=$|[\s,!?.])",
    re.ASCII,
)


class Ditado(NamedTuple):
    """Digits, or an address, as they were meant, and the place of the words in the text."""

    valor: str
    inicio: int
    fim: int


def dictated_digits(text: str) -> Iterator[Ditado]:
    """The runs of spoken numbers and loose digits of a text, put together; those of a few groups left out."""
    run: list[re.Match[str]] = []
    for part in _PART.finditer(plain(text)):
        if _is_number(part[0]) or (run and part[0] in _BETWEEN):
            run.append(part)
            continue
        yield from _put_together(run)
        run = []
    yield from _put_together(run)


def _is_number(part: str) -> bool:
    return part.isdecimal() or part in SPOKEN


def _put_together(run: list[re.Match[str]]) -> Iterator[Ditado]:
    while run and not _is_number(run[-1][0]):
        run.pop()
    groups = _groups([part[0] for part in run])
    if len(groups) >= _ALONE:
        yield Ditado("".join(groups), run[0].start(), run[-1].end())


def _groups(parts: list[str]) -> list[str]:
    """Numbers as they are said: "trinta e um" is one of two digits, "cento e quarenta" of three, "zero" of its own."""
    groups: list[str] = []
    last = 0
    for part in parts:
        number = SPOKEN.get(part)
        if number is None:
            if part.isdecimal():
                groups.append(part)
            # Of "e" alone a group may go on.
            last = last if part == "e" else 0
        elif 0 < number < last:
            groups[-1] = str(int(groups[-1]) + number)
            last = _room(number)
        else:
            groups.append(str(number))
            last = _room(number)
    return groups


def _room(number: int) -> int:
    """What a number that follows must be below to be part of the same: "trinta" leaves room for units."""
    return 100 if number >= 100 else 10 if number >= 20 else 0


def dictated_address(text: str) -> Ditado | None:
    """The e-mail address of a text whose signs are said or stand apart; None when more may stand before it."""
    small = plain(text)
    if "@" not in small and not re.search(rf"\b(?:{_NAMES_OF_SIGNS['@']})\b", small):
        return None
    signs = list(_NAMES_OF_SIGNS)
    written = _SIGN.sub(lambda match: signs[(match.lastindex or 1) - 1], small)
    written = _COMMA.sub(".", _LOOSE.sub(lambda match: match[0].strip(), written))
    found = _ADDRESS.findall(written)
    return Ditado(found[0], 0, len(text)) if len(found) == 1 and written.count("@") == 1 else None
