"""Every phrase of the tables under frases/, is understood as its table says: 97 of 100 at least, no wrong action."""

from collections import Counter

import pytest

from tests.support.frases import Frase, is_right, is_wrong_action, phrases

ALL = tuple(phrases())
ENOUGH = 0.97
PLACES = sorted({frase.lugar for frase in ALL})
IDLE = frozenset({"NADA", "NAO_AGE", "FALA"})


def _report(frases: list[Frase]) -> str:
    """By intention: how many of how many were missed, and each phrase that was."""
    asked = Counter(frase.expected for frase in ALL)
    missed = Counter(frase.expected for frase in frases)
    counts = [f"{expected}: {count} of {asked[expected]}" for expected, count in missed.most_common()]
    return "\n".join(counts + [f"{frase.where} {frase.texto!r}: {frase.understood()}" for frase in frases])


def test_the_tables_are_as_large_as_was_promised() -> None:
    idle = [frase for frase in ALL if frase.expected in IDLE]

    assert len(ALL) - len(idle) >= 400
    assert len(idle) >= 200


@pytest.mark.parametrize("lugar", PLACES)
def test_what_people_write_there_is_understood(lugar: str) -> None:
    here = [frase for frase in ALL if frase.lugar == lugar]
    missed = [frase for frase in here if not is_right(frase, frase.understood())]

    assert len(missed) <= (1 - ENOUGH) * len(here), _report(missed)


def test_every_intention_is_understood_as_well_as_the_whole() -> None:
    missed = [frase for frase in ALL if not is_right(frase, frase.understood())]

    assert len(missed) <= (1 - ENOUGH) * len(ALL), _report(missed)


def test_nothing_happens_that_nobody_wanted() -> None:
    wrong = [frase for frase in ALL if is_wrong_action(frase, frase.understood())]

    assert not wrong, _report(wrong)
