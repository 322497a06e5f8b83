"""Whether a consultor's line is for their house or for the customer on the screen: signs that add up, no whole lines.

To hold back too much costs a tap, to hold back too little cannot be taken back (core/fala/ordens.py). The tables, and
what a form is, stand in lexico/da_casa.py.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product

from core.fala.lexico.da_casa import HE, IT, IT_TOO, ODD, SHE, SIGNS, TOGETHER, VERBS, WANTING, WRITTEN
from core.fala.lexico.nomes import FIRST_NAMES
from core.fala.lexico.texto import AT_ONCE, cleaned, plain, rows_of

ENOUGH = 3
"""From here on a line is the house's. Raised, more of them reach a customer; lowered, more for a customer are held."""
LOOKS_BACK = 6
"""Messages before it in which somebody may have been spoken of."""

_PIECE = re.compile(r"[a-z]+|[0-9][0-9.,/:]*|\?")
# A line without a sign of such a weight is nobody's yet. What it asks in so many pieces is seldom asked of a customer.
_OF_THE_CUSTOMER = -2
_LONG = 8
_OF_HIM = frozenset({"ele", "dele", "nele"})
_OF_HER = frozenset({"ela", "dela", "nela"})
_HE, _SHE, _IT, _IT_TOO = (frozenset(one.split()) for one in (HE, SHE, IT, IT_TOO))


@dataclass(frozen=True, slots=True)
class Cena:
    """Who is on the screen, what was said there last, and the names of the team, as far as they are known."""

    cliente: str = ""
    antes: Sequence[str] = ()
    equipe: Collection[str] = ()


NINGUEM = Cena()


def _listed(table: str) -> Iterator[tuple[str, list[str]]]:
    """The lines of a table, with their forms; blanks behind a stroke are none."""
    for head, listed in rows_of(table):
        yield head, listed.replace("| ", "|").split(",")


@dataclass(slots=True)
class _Dito:
    """What was read of a form so far: the signs that it is, and the words that may follow."""

    sinais: list[str] = field(default_factory=list)
    depois: dict[str, "_Dito"] = field(default_factory=dict)


def _read(table: str) -> tuple[dict[str, int], _Dito]:
    """The weight of each sign, and their forms."""
    weights, forms = dict[str, int](), _Dito()
    for head, listed in _listed(table):
        sign, weight = head.split()
        weights[sign] = int(weight)
        for form in listed:
            for words in product(*(word.split("|") for word in form.split())):
                at = forms
                for word in words:
                    at = at.depois.setdefault(word, _Dito())
                at.sinais.append(sign)
    return weights, forms


def _kinds_of_verbs() -> dict[str, str]:
    kinds: dict[str, str] = {}
    for verb in VERBS.split():
        stem, is_ar = verb[:-2], verb.endswith("ar")
        soft = re.sub(r"g$", "gu", re.sub(r"c$", "qu", stem)) if is_ar and verb != "lancar" else stem
        kinds |= {verb: "<inf>", f"{stem}o": "<eu>", f"{soft}{'em' if is_ar else 'am'}": "<fazei>"}
        kinds[f"{soft}ei" if is_ar else f"{stem}i"] = "<fiz>"
    for verb in WANTING.split():
        kinds[verb[:-2] + {"ar": "ou", "er": "eu", "ir": "iu"}[verb[-2:]]] = "<quis>"
    for kind, listed in _listed(ODD):
        kinds |= dict.fromkeys(listed[0].split(), kind)
    return kinds


_WEIGHTS, _FORMS = _read(SIGNS)
_WRITTEN = {form: word for word, listed in _listed(WRITTEN) for form in listed[0].split()}
_KINDS = _kinds_of_verbs()


def names_somebody(text: str) -> bool:
    return any(one in FIRST_NAMES for one in _words(text))


def needs_a_scene(text: str) -> bool:
    """Whether it may name somebody, or speak of them: only then who is on the screen makes a difference."""
    return names_somebody(text) or any(one in _OF_HIM or one in _OF_HER for one in _words(text))


def is_for_the_house(text: str, cena: Cena = NINGUEM) -> bool:
    return sum(signs_of(text, cena).values()) >= ENOUGH


def signs_of(text: str, cena: Cena = NINGUEM) -> dict[str, int]:
    """Every sign in a line with its weight."""
    pieces = ["^", *_in_the_scene(_words(text), cena), "$"]
    kinds = [_KINDS.get(one, one) for one in pieces]
    said: set[str] = set()
    for row in (pieces, kinds) if kinds != pieces else (pieces,):
        for start, word in enumerate(row):
            at, follows = _FORMS.depois.get(word), start + 1
            while at is not None:
                said.update(at.sinais)
                at, follows = at.depois.get(row[follows]) if follows < len(row) else None, follows + 1
    found = {sign: _WEIGHTS[sign] for sign in said}
    if min(found.values(), default=0) > _OF_THE_CUSTOMER:
        found |= {"de ninguem": 0} | ({"pergunta": ENOUGH} if "?" in found and len(pieces) >= _LONG else {})
    return found | {" + ".join(sorted(two)): more for two, more in TOGETHER.items() if two <= found.keys()}


@lru_cache(maxsize=AT_ONCE)
def _words(text: str) -> list[str]:
    return [_WRITTEN.get(one, one) for one in _PIECE.findall(plain(cleaned(text)))]


def _in_the_scene(words: list[str], cena: Cena) -> Iterator[str]:
    """The words, and kinds where they are somebody's."""
    names = plain(cena.cliente).split()
    for place, word in enumerate(words):
        if word in _OF_HIM or word in _OF_HER:
            yield _whose(word, words, names, cena)
        elif word[0].isdecimal():
            yield "#"
        elif word == "seu" and _is_a_name("".join(words[place + 1 : place + 2]), names):
            # "O seu José": no "your".
            yield "dona"
        elif len(word) > 2 and word in names:
            yield "<cliente>"
        elif word in FIRST_NAMES and any(word in plain(nome).split() for nome in cena.equipe):
            yield "<colega>"
        else:
            yield word


def _is_a_name(word: str, names: list[str]) -> bool:
    return word in names or word in FIRST_NAMES


def _whose(pronoun: str, words: list[str], names: list[str], cena: Cena) -> str:
    """Whether it may be a person, or a thing, that was spoken of; nor is a Mário ever "ela"."""
    people, things, ending = (_HE, _IT, "a") if pronoun in _OF_HIM else (_SHE, _IT_TOO, "o")
    spoken = {*words, *(word for line in cena.antes for word in _words(line))}
    if (names and names[0].endswith(ending)) or not people.isdisjoint(spoken):
        return "<outra>"
    return "<ela>" if things.isdisjoint(spoken) else "<talvez>"
