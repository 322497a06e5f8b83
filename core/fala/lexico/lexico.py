"""From words to kinds of words: the tables of vocabulario.py, assuntos.py and linguas.py, made ready once.

A word counts as it is, without its repeated letters ("vendeeer"), or with one wrong letter (two, when it is long). A
wrong letter that could make two things of it makes neither: `OUTRAS` (vizinhas.py) holds ordinary words that differ
from ours by a letter ("renda"), and the past of our verbs counts as such too, so that no typing error turns what
somebody did into what they want.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import product

from rapidfuzz import process
from rapidfuzz.distance import OSA

from core.fala.lexico import assuntos, expressoes, linguas, linguas_equipe, vocabulario
from core.fala.lexico.nomes import NOMES
from core.fala.lexico.texto import rows_of
from core.fala.lexico.vizinhas import OUTRAS

TABLES = (
    vocabulario.NEUTROS,
    vocabulario.RESPOSTAS,
    vocabulario.GUARDAS,
    vocabulario.VERBOS,
    assuntos.VENDAS,
    assuntos.PRESENCA,
    assuntos.ATENDIMENTO,
    assuntos.FATURAS,
    assuntos.ADMINISTRACAO,
    assuntos.CASA,
    assuntos.GENTE,
    linguas.INGLES,
    linguas.ESPANHOL,
    expressoes.VERBOS,
    expressoes.CONVERSA,
    expressoes.VENDAS,
    expressoes.EQUIPE,
    expressoes.RETAGUARDA,
    expressoes.CLIENTES,
    linguas_equipe.INGLES,
    linguas_equipe.ESPANHOL,
)
# Kinds that no table lists: signs, what tempo.py finds, names, the past of our verbs, words of others.
MADE = "numero ? aspas enfeite ate horario nome cliente_dito feito outra"
# Verbs whose other tenses are somebody's past, not a wish.
_STEMS = (
    "cancel encerr finaliz aprov rejeit reprov recus liber deleg atend fal convers lig esper reclam registr lanc"
    " cadastr almoc jant avis anot mand pass baix devolv transfer vend desist sa abr inici comec cri ger fech"
)
PAST = {
    "ar": "ei ou aram amos ava avam aria asse arei ara arao ando ado ada ados adas",
    "er": "i eu eram emos ia iam eria esse erei era erao endo ido ida idos idas",
    "ir": "i iu iram imos ia iam iria isse irei ira irao indo ido ida idos idas",
}
_IN_ER_OR_IR = {"vend": "er", "devolv": "er", "atend": "er", "transfer": "ir", "desist": "ir", "sa": "ir", "abr": "ir"}
# Frequent misspellings that are one letter from another word of ours, too.
_ONE_LETTER_FROM_TWO = {"ofline": "offline"}

LONG = 8
"""Letters from which a word may hold two errors."""
SHORTEST = 4
"""Letters of a word that may hold one."""


class Grafia(IntEnum):
    """How a word was found."""

    EXATA = 0
    ERRADA = 1
    DUVIDOSA = 2
    """It may as well be an ordinary word, or has two errors: never enough to act on."""


@dataclass(frozen=True, slots=True)
class Vocabulo:
    """A word of ours that a token stands for."""

    texto: str
    grafia: Grafia


def forms(table: str) -> Iterator[tuple[str, str]]:
    """The (kind, form) pairs of a table; choices in brackets (expressoes.py) written out."""
    for conceito, listed in rows_of(table):
        for form in listed.split(","):
            for written in _written_out(form):
                yield conceito, written


_CHOICE = re.compile(r"\(([^()]*)\)")


def _written_out(form: str) -> Iterator[str]:
    """Every form that a form with choices stands for: "(to /)pronto" is "to pronto" and "pronto"."""
    pieces = _CHOICE.split(form)
    choices = [piece.split("/") if at % 2 else [piece] for at, piece in enumerate(pieces)]
    for chosen in product(*choices):
        if written := " ".join("".join(chosen).split()):
            yield written


def _past() -> Iterator[str]:
    for stem in _STEMS.split():
        for ending in PAST[_IN_ER_OR_IR.get(stem, "ar")].split():
            yield stem + ending


_REPEATED = re.compile(r"(.)\1+")


def squeezed(word: str) -> str:
    """The word with each repeated letter once."""
    return _REPEATED.sub(r"\1", word)


class _Lexico:
    """Every form, for looking up. `words`: the bit of its kind, None for a word that is only part of longer forms.
    `phrases`: those longer forms by their first two words, the longest first.
    """

    def __init__(self, tables: Iterable[str], past: Iterable[str], others: Iterable[str]) -> None:
        self.conceitos: dict[str, int] = {}
        self.words: dict[str, int | None] = {}
        self.phrases: dict[tuple[str, str], list[tuple[tuple[str, ...], int]]] = {}
        for conceito in MADE.split():
            self._bit(conceito)
        self.short = {form: word for word, form in forms(vocabulario.ABREVIATURAS)}
        for table in tables:
            for conceito, form in forms(table):
                self._add(self._bit(conceito), tuple(self.short.get(word, word) for word in form.split()))
        for word in past:
            if self.words.get(word) is None:
                self.words[word] = self.conceitos["feito"]
        self.outra = self.conceitos["outra"]
        for word in others:
            self.words.setdefault(word, self.outra)
        for found in self.phrases.values():
            found.sort(key=lambda one: -len(one[0]))
        self._index()

    def _bit(self, conceito: str) -> int:
        return self.conceitos.setdefault(conceito, 1 << len(self.conceitos))

    def _add(self, bit: int, words: tuple[str, ...]) -> None:
        if len(words) == 1:
            if self.words.get(words[0]) is None:
                self.words[words[0]] = bit
            return
        self.phrases.setdefault((words[0], words[1]), []).append((words, bit))
        for word in words:
            self.words.setdefault(word, None)

    def _index(self) -> None:
        """By length, and by the first and the last letters: one wrong letter leaves one of the two as it was."""
        # The same names and ordinary words come again and again.
        self._near_enough = lru_cache(maxsize=4096)(self._nearest)
        self._squeezed: dict[str, str] = {}
        self._near: dict[tuple[int, str, int], list[str]] = {}
        for word, bit in self.words.items():
            if len(word) >= SHORTEST:
                half = 2 if len(word) < 7 else 3
                self._near.setdefault((half, word[:half], len(word)), []).append(word)
                self._near.setdefault((-half, word[-half:], len(word)), []).append(word)
            if bit != self.outra:
                self._squeezed.setdefault(squeezed(word), word)

    def find(self, token: str) -> Vocabulo | None:
        """The word of ours that a token stands for; None when there is none, or there are two."""
        token = self.short.get(token, token)
        if token in self.words:
            return Vocabulo(token, Grafia.EXATA)
        if token in _ONE_LETTER_FROM_TWO:
            return Vocabulo(_ONE_LETTER_FROM_TWO[token], Grafia.DUVIDOSA)
        thin = squeezed(token)
        if thin != token and (word := self._squeezed.get(thin)) is not None:
            return Vocabulo(word, Grafia.EXATA)
        return self._near_enough(token) if SHORTEST <= len(token) <= 24 else None

    def _nearest(self, token: str) -> Vocabulo | None:
        one: list[str] = []
        two: list[str] = []
        near_enough = process.extract(token, self._candidates(token), scorer=OSA.distance, score_cutoff=2, limit=None)
        for word, distance, _ in near_enough:
            if distance == 1:
                one.append(word)
            elif min(len(word), len(token)) >= LONG:
                two.append(word)
        near = one or two
        meanings = {self.words[word] for word in near} - {self.outra, None}
        if len(meanings) > 1 or (not meanings and len(near) != 1):
            return None
        ours = [word for word in near if self.words[word] in meanings or not meanings]
        # "ztop": four letters with another one in front, or the first one wrong, may be anything.
        short = min(len(token), len(ours[0])) == SHORTEST and token[0] != ours[0][0]
        sure = len(ours) == len(near) and bool(one) and not short
        return Vocabulo(ours[0], Grafia.ERRADA if sure else Grafia.DUVIDOSA)

    def _candidates(self, token: str) -> set[str]:
        near = self._near
        found: set[str] = set()
        size = len(token)
        errors = 2 if size >= LONG else 1
        # The first and the last letters, and the first two that changed places.
        keys = [(2, token[:2]), (-2, token[-2:]), (2, token[1::-1])]
        keys += [(3, token[:3]), (-3, token[-3:]), (3, token[1] + token[0] + token[2])]
        for length in range(size - errors, size + errors + 1):
            for half, letters in keys:
                found.update(near.get((half, letters, length), ()))
        return found


LEXICO = _Lexico(TABLES, _past(), [*OUTRAS.split(), *NOMES.split()])


def bits(kinds: str) -> int:
    """The bits of some kinds of words, by their names. Raises KeyError for a name that no table has."""
    found = 0
    for kind in kinds.split():
        found |= LEXICO.conceitos[kind]
    return found
