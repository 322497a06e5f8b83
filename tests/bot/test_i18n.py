"""Texts in three languages: every sentence is translated, and keeps its blanks."""

import ast
import re
from functools import cache
from importlib.resources import files
from typing import cast

import pytest
from babel.messages.pofile import read_po

from dialogs.frame.i18n import LANGUAGES, SOURCE, _, n_, use_language
from tests.support.source_code import calls

TRANSLATIONS = sorted(set(LANGUAGES.values()) - {SOURCE})
BLANK = re.compile(r"\{\w+\}")


@cache
def sentences() -> frozenset[str | tuple[str, ...]]:
    """What we say, as it stands in the dialogs: nothing else speaks (tests/architecture/test_sentences.py).

    Read as a tree: to tokens of Python 3.11 what stands inside an f-string is part of a text.
    """
    said = ((name, cast(ast.Call, found.node)) for name in ("_", "n_") for found in calls(name, "dialogs"))
    return frozenset(
        texts if name == "n_" else texts[0]
        for name, call in said
        if (texts := tuple(one.value for one in call.args[:2] if isinstance(one, ast.Constant)))
    )


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_every_sentence_is_translated_and_keeps_its_blanks(language: str) -> None:
    with (files("dialogs") / "locales" / language / "LC_MESSAGES" / "balcao.po").open("rb") as file:
        catalog = {message.id: message.string for message in read_po(file, locale=language) if message.id}
    assert sorted(map(str, sentences() - set(catalog))) == []
    assert sorted(map(str, set(catalog) - sentences())) == []
    for source, translated in catalog.items():
        pairs = zip(source, translated, strict=True) if isinstance(source, tuple) else [(source, translated)]
        for one, other in pairs:
            assert other, one
            assert sorted(BLANK.findall(one)) == sorted(BLANK.findall(other)), one


def test_a_text_is_in_the_persons_language() -> None:
    use_language("es")
    assert _("Nova venda") == "Nueva venta"
    assert n_("{n} acesso livre", "{n} acessos livres", 2) == "{n} accesos libres"
    use_language("en")
    assert _("Nova venda") == "New sale"
    use_language(SOURCE)
    assert _("Nova venda") == "Nova venda"
