"""The grammar compiled to bits, and a sentence held against it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from core.fala.intencoes import ACOES, CONVERSA, SIM_OU_NAO, Certeza, Intencao
from core.fala.leitura import gramatica, gramatica_clientes
from core.fala.leitura.leitura import Leitura, clauses, may_deny
from core.fala.lexico.lexico import LEXICO, bits

_MARKS = re.compile(r"(?P<unsure>~)?(?P<any>\*)?(?:\+(?P<unknown>\d+) )?")


class Regra(NamedTuple):
    """One way of saying something: kinds that must be there (`core`, `size` of them), and kinds that may (`beside`).

    `unknown`: so many words we do not know do not matter. `ampla`: nothing else matters.
    """

    intencao: Intencao
    core: int
    size: int
    beside: int
    unknown: int
    sure: bool
    ampla: bool


TALK = CONVERSA | SIM_OU_NAO
# What turns around a whole sentence.
_TURNS = bits("nao negar citacao se mas aspas terceiro ontem talvez sem nada")
_LIVRES = bits(gramatica.LIVRES)
_SUAVES = bits(gramatica.SUAVES)
_INDAGAR = bits(gramatica.INDAGAR)
_DUROS = bits(gramatica.DUROS)
_PERGUNTAM = bits(gramatica.PERGUNTAM)
# "O cliente volta 13h", "a reunião é amanhã": no presence of whoever writes.
_PRESENCA = frozenset({Intencao.ONLINE, Intencao.OCUPADO, Intencao.AUSENTE, Intencao.OFFLINE})
_NOT_NOW_OR_ME = bits("cliente pessoa equipe amanha")


def _compiled(table: Mapping[Intencao, str]) -> tuple[Regra, ...]:
    return tuple(
        regra
        for intencao, lines in table.items()
        for line in lines.strip().replace("\n ", " ").splitlines()
        if line
        for regra in _line(intencao, line)
    )


def _line(intencao: Intencao, line: str) -> Iterator[Regra]:
    marks = _MARKS.match(line)
    assert marks is not None
    core, _, beside = line[marks.end() :].partition(":")
    kinds = [kind for kind in beside.split() if kind != "@"]
    may = bits(" ".join([*kinds, core.replace("/", " ")])) | (_INDAGAR if "@" in beside.split() else 0) | _LIVRES
    for chosen in product(*(part.split("/") for part in core.split())):
        must = bits(" ".join(chosen))
        unknown, sure, ampla = int(marks["unknown"] or 0), marks["unsure"] is None, marks["any"] is not None
        yield Regra(intencao, must, must.bit_count(), may, unknown, sure, ampla)


_EQUIPE = _compiled(gramatica.EQUIPE)
_CONVERSA = _compiled(gramatica.CONVERSA)
CLIENTE = _compiled(gramatica_clientes.CLIENTE) + _CONVERSA
NA_FILA = _compiled(gramatica_clientes.NA_FILA) + _CONVERSA


@lru_cache(maxsize=64)
def of_staff(allowed: frozenset[Intencao]) -> tuple[Regra, ...]:
    """The rules of what somebody may want."""
    return tuple(regra for regra in _EQUIPE if regra.intencao in allowed) + _CONVERSA


@dataclass(frozen=True, slots=True)
class Achada:
    """The intention that fits best, and how sure it is."""

    intencao: Intencao
    certeza: Certeza


def best(leitura: Leitura, regras: tuple[Regra, ...]) -> Achada | None:
    """The intention whose core says most of the sentence and leaves least over; a sure one before a probable one, then
    the first listed.
    """
    said = leitura.mascara
    chosen: Regra | None = None
    rank = (0, False, 0, 0)
    for regra in regras:
        core = regra.core
        if said & core != core:
            continue
        rest = said & ~regra.beside
        here = (_certeza(leitura, regra, rest), not regra.ampla, regra.size, -rest.bit_count())
        if here[0] and here > rank:
            chosen, rank = regra, here
    return None if chosen is None else Achada(chosen.intencao, Certeza(rank[0]))


def best_of_clauses(leitura: Leitura, regras: tuple[Regra, ...]) -> Achada | None:
    """What one part of a sentence wants, when the whole says nothing: never sure, and nothing when another part denies,
    quotes or makes a condition.
    """
    parts = clauses(leitura)
    if not parts or leitura.mascara & _TURNS:
        return None
    wishes = {found.intencao for part in parts if (found := best(part, regras)) and found.intencao not in TALK}
    return Achada(wishes.pop(), Certeza.PROVAVEL) if len(wishes) == 1 else None


def _certeza(leitura: Leitura, regra: Regra, rest: int) -> int:
    if regra.ampla:
        return Certeza.CERTA
    if leitura.alheias and _begins_with_stranger(leitura, regra):
        return Certeza.NENHUMA
    if not rest and leitura.alheias <= regra.unknown:
        return Certeza.CERTA if regra.sure and not _is_doubtful(leitura, regra) else Certeza.PROVAVEL
    return Certeza.PROVAVEL if _may_be_meant(leitura, regra, rest) else Certeza.NENHUMA


def _is_doubtful(leitura: Leitura, regra: Regra) -> bool:
    """ "Que tá online" may be "quem tá online?" with a letter lost, "bao quero vender" a "não quero vender"."""
    return leitura.inexata or (regra.intencao in ACOES and (leitura.itens[0].word == "que" or may_deny(leitura)))


def _may_be_meant(leitura: Leitura, regra: Regra, rest: int) -> bool:
    """Whether what does not fit only makes it unsure."""
    if regra.intencao in SIM_OU_NAO or (regra.intencao in _PRESENCA and rest & _NOT_NOW_OR_ME):
        return False
    if regra.size == 1:
        return regra.sure and leitura.alheias <= regra.unknown and not rest & ~_SUAVES
    against = _DUROS | (_PERGUNTAM if regra.intencao in ACOES else 0)
    return leitura.alheias <= max(regra.unknown, 2) and not rest & against and (rest & ~_SUAVES).bit_count() <= 2


def _begins_with_stranger(leitura: Leitura, regra: Regra) -> bool:
    """Whether an unknown word stands before the core: most often somebody else, who does it."""
    for item in leitura.itens:
        if item.bit == LEXICO.outra:
            return True
        if item.bit & regra.core:
            return False
    return False
