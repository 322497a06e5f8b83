"""One wrong letter keeps what was meant or makes it unsure: it never makes something else happen."""

import string
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from core.fala.exatas import exact_word
from core.fala.lexico.lexico import SHORTEST
from tests.support.frases import TODAY, Frase, is_action, phrases, place

SURE = [frase for frase in phrases() if frase.sure and any(char.isalpha() for char in frase.texto)]


def _lost(text: str, at: int, letter: str) -> str:
    return text[:at] + text[at + 1 :]


def _added(text: str, at: int, letter: str) -> str:
    return text[:at] + letter + text[at:]


def _replaced(text: str, at: int, letter: str) -> str:
    return text[:at] + letter + text[at + 1 :]


def _swapped(text: str, at: int, letter: str) -> str:
    return text[:at] + text[at + 1 : at + 2] + text[at] + text[at + 2 :]


ERRORS: list[Callable[[str, int, str], str]] = [_lost, _added, _replaced, _swapped]


@st.composite
def mistyped(draw: st.DrawFn) -> tuple[Frase, str]:
    """A phrase of the tables with one error in a word that has letters enough to be known again.

    "S" typed "n" is another answer, not a mistyped one: words of three letters stay as they are, but for "não".
    """
    frase = draw(st.sampled_from(SURE))
    letters = [at for at, char in enumerate(frase.texto) if char.isalpha() and _is_long(frase.texto, at)]
    if not letters:
        return frase, frase.texto
    error, letter = draw(st.sampled_from(ERRORS)), draw(st.sampled_from(string.ascii_lowercase))
    return frase, error(frase.texto, draw(st.sampled_from(letters)), letter)


def _is_long(text: str, at: int) -> bool:
    before, after = text[:at].split(" ")[-1], text[at:].split(" ")[0]
    word = before + after
    return sum(char.isalpha() for char in word) >= SHORTEST or word.lower() in ("não", "nao")


@given(mistyped())
def test_a_typing_error_never_makes_something_else_happen(case: tuple[Frase, str]) -> None:
    frase, typed = case
    if exact_word(typed, place(frase.lugar), TODAY) is not None and typed != frase.texto:
        # "Encerar" with a letter more is the word itself.
        return
    meant, got = frase.understood(), frase.understood(typed)

    assert not is_action(frase.lugar, got) or (got.intencao, got.opcao) == (meant.intencao, meant.opcao), typed
