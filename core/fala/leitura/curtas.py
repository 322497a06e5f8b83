"""Short sentences: what one wants, by the kinds of its words, whatever their order.

One table lists the kinds (`kind: form, form`), as those of the lexicon do. A form may be several words; `stem~ar` is a
verb in its present, infinitive and imperative, and what is past of it is of the kind `feito`; `stem*` is every word
that begins so. Another table says what they make: a line is `core : beside`, `a/b` one of the two. A sentence fits a
line that names every kind of it, and has every kind of the core; of several, the one with the largest core, then the
first. `+2` behind a line: so many unknown words do not matter.

Kinds that no table lists: `numero`, `?`, `nome` (unknown words after a preposition), `quieto` (lexico/rodeios.py, which
always fits) and `outra`. A word with one letter wrong is the one it must be, unless it is another one that we know.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import product
from typing import Generic, NamedTuple, TypeVar

from rapidfuzz import process
from rapidfuzz.distance import OSA

from core.fala.lexico.lexico import LEXICO, PAST, forms, squeezed
from core.fala.lexico.rodeios import QUIETO
from core.fala.lexico.texto import AT_ONCE, in_a_line, listed

T = TypeVar("T")

LONGEST = 90
_PRESENT = {"ar": "o a ar e am em amos", "er": "o e er a em am emos", "ir": "o e i ir a em am imos"}
_SHORTEST = 5
"""Letters of a word that may have one wrong."""
_BEFORE_A_NAME = frozenset(listed("de da do das dos pra pro pras pros com ao no na to of"))
_LONGEST_NAME = 3
_LINE = re.compile(r"(?P<core>[^:]+?) ?: ?(?P<beside>[^+]*)(?:\+(?P<unknown>\d))?\s*")


_MADE = ("numero", "?", "nome", "quieto", "feito")


class _Linha(NamedTuple, Generic[T]):
    wanted: T
    core: int
    may: int
    unknown: int


class Curtas(Generic[T]):
    """A table of kinds and one of lines. `free`: kinds that fit every line."""

    def __init__(self, kinds: str, lines: Iterable[tuple[T, str]], free: str = "") -> None:
        self._of: dict[str, str] = {}
        self._stems: dict[str, str] = {}
        self._learn(kinds)
        self._singles = [form for form in self._of if len(form) >= _SHORTEST and " " not in form]
        self._thin = {squeezed(form): kind for form, kind in self._of.items() if len(form) >= _SHORTEST}
        several = sorted((re.escape(form) for form in self._of if " " in form), key=len, reverse=True)
        self._piece = re.compile(rf"(?:{'|'.join(several)})(?![a-z])|[a-z]+|[0-9][0-9.,/]*|[^\s\w]")
        kinds_of = dict.fromkeys([*self._of.values(), *self._stems.values(), *_MADE])
        self._bit = {kind: 1 << place for place, kind in enumerate(kinds_of)}
        self._lines = [linha for wanted, line in lines for linha in self._read(wanted, line, free)]
        self._lines.sort(key=lambda one: -one.core.bit_count())
        # The most that any line forgives.
        self._unknown = max(linha.unknown for linha in self._lines)
        self._near_enough = lru_cache(maxsize=2048)(self._nearest)

    def _learn(self, kinds: str) -> None:
        past: list[str] = []
        for kind, form in forms(kinds):
            stem, verb, ending = form.partition("~")
            if form.endswith("*"):
                self._stems[form[:-1]] = kind
                continue
            for written in [stem + end for end in _PRESENT[ending].split()] if verb else [form]:
                self._of.setdefault(spelt(written), kind)
            past += [stem + end for end in PAST[ending].split()] if verb else []
        for form in past:
            self._of.setdefault(form, "feito")
        for form in QUIETO:
            self._of.setdefault(spelt(form), "quieto")

    def wanted(self, text: str, longest: int = LONGEST) -> T | None:
        """What a short sentence wants; None for any other."""
        return self.meant(in_a_line(text, longest))

    def meant(self, said: str) -> T | None:
        """`wanted` of what stands in one line already, small and without accents."""
        kinds = unknown = 0
        for kind in self._kinds(spelt(said)):
            if kind != "outra":
                kinds |= self._bit[kind]
            elif (unknown := unknown + 1) > self._unknown:
                return None
        for linha in self._lines:
            if kinds & linha.core == linha.core and not kinds & ~linha.may and unknown <= linha.unknown:
                return linha.wanted
        return None

    def _read(self, wanted: T, line: str, free: str) -> Iterator[_Linha[T]]:
        """Raises KeyError for a kind that no table has."""
        found = _LINE.fullmatch(line)
        assert found is not None, line
        parts = [part.split("/") for part in found["core"].split()]
        beside = ["quieto", *listed(free), *listed(found["beside"]), *(kind for part in parts for kind in part)]
        for chosen in product(*parts):
            yield _Linha(wanted, self._mask(chosen), self._mask(beside), int(found["unknown"] or 0))

    def _mask(self, kinds: Iterable[str]) -> int:
        mask = 0
        for kind in kinds:
            mask |= self._bit[kind]
        return mask

    def _kinds(self, said: str) -> Iterator[str]:
        named = 0
        for match in self._piece.finditer(said):
            piece = match[0]
            kind = self._kind_of(piece)
            # A name is what stands behind a preposition.
            named = 1 if piece in _BEFORE_A_NAME else named + 1 if named and kind == "outra" else 0
            if kind:
                yield "nome" if kind == "outra" and 1 < named <= _LONGEST_NAME + 1 else kind

    def _kind_of(self, piece: str) -> str:
        if piece in self._of:
            return self._of[piece]
        if not piece[0].isalpha():
            return "numero" if piece[0].isdecimal() else piece if piece == "?" else ""
        return self._near_enough(piece)

    def _nearest(self, word: str) -> str:
        for stem, kind in self._stems.items():
            if word.startswith(stem):
                return kind
        if (thin := squeezed(word)) in self._thin:
            return self._thin[thin]
        if len(word) < _SHORTEST or word in LEXICO.words:
            return "outra"
        near = process.extract(word, self._singles, scorer=OSA.distance, score_cutoff=1, limit=None)
        found = {self._of[form] for form, _distance, _place in near if form[0] == word[0]}
        return found.pop() if len(found) == 1 else "outra"


def lines_of(table: Mapping[T, str], before: str = "") -> Iterator[tuple[T, str]]:
    """What is wanted and a line of it, of a table whose lines stand between `;`; with more kinds before the core."""
    return ((wanted, f"{before}{line.strip()}") for wanted, lines in table.items() for line in lines.split(";"))


@lru_cache(maxsize=AT_ONCE)
def spelt(said: str) -> str:
    """With the one spelling of what is written in two ways (vocabulario.ABREVIATURAS)."""
    return re.sub("[a-z]+", lambda word: LEXICO.short.get(word[0], word[0]), said)
