"""The table of lifetimes names every question and every button there is, and nothing else."""

import importlib
from pathlib import Path

import pytest
from aiogram.fsm.state import StatesGroup

import dialogs
from core.prazos import BOTOES, PERGUNTAS
from tests.dialogs.test_buttons import kinds

ROOT = Path(dialogs.__file__).parent


@pytest.fixture(autouse=True)
def _everything_is_imported() -> None:
    for path in ROOT.rglob("*.py"):
        importlib.import_module(".".join(("dialogs", *path.relative_to(ROOT).with_suffix("").parts)))


def test_every_button_has_its_line() -> None:
    """A new kind of button: decide in core/prazos.py how long a tap on it may do what it does."""
    assert {kind.__name__ for kind in kinds()} == set(BOTOES)


def test_every_question_has_its_line() -> None:
    """A new state of a dialog: decide in core/prazos.py how long its answer is waited for."""
    groups = [group for group in StatesGroup.__subclasses__() if group.__module__.startswith("dialogs.")]
    assert {name for group in groups for name in group.__all_states_names__} == set(PERGUNTAS)
