"""Texts in three languages: every sentence is translated, and keeps its blanks."""

import re
from functools import cache
from importlib.resources import files

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from dialogs.frame.i18n import LANGUAGES, SOURCE, _, n_, use_language

TRANSLATIONS = sorted(set(LANGUAGES.values()) - {SOURCE})
BLANK = re.compile(r"\{\w+\}")


@cache
def sentences() -> frozenset[str | tuple[str, ...]]:
    """What we say, as it stands in the dialogs: nothing else speaks (tests/architecture/test_sentences.py)."""
    keywords = {"_": None, "n_": (1, 2)}
    found = set()
    for _file, _line, message, _comments, _context in extract_from_dir(
        str(files("dialogs")), method_map=[("**.py", "python")], keywords=keywords
    ):
        found.add(message)
    return frozenset(found)


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
