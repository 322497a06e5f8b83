"""The panel's sentences: each is in three languages, keeps its blanks, and stands in a template."""

import ast
import re
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from core.idiomas import LANGUAGES, SOURCE
from core.processo.robo import CODES
from core.testemunha.leitura import Recusa
from tests.support.source_code import nodes
from webhooks.painel.formatos import momento
from webhooks.painel.moldura import _FRASES, make_environment
from webhooks.painel.venda.vendas import MOTIVOS

ROOT = Path(str(files("webhooks.painel")))
TRANSLATIONS = sorted(set(LANGUAGES.values()) - {SOURCE})
BLANK = re.compile(r"%\(\w+\)s")
OPTIONS = {"trimmed": "true", "newstyle_gettext": "true", "extensions": "jinja2.ext.i18n"}


@cache
def sentences() -> frozenset[str | tuple[str, ...]]:
    """What the templates say."""
    keywords = {"_": None, "gettext": None, "ngettext": (1, 2)}
    found = extract_from_dir(str(ROOT / "templates"), [("**.html", "jinja2")], {"**.html": OPTIONS}, keywords=keywords)
    return frozenset(message for _file, _line, message, _comments, _context in found)


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_every_sentence_is_translated_and_keeps_its_blanks(language: str) -> None:
    with (ROOT / "locales" / language / "LC_MESSAGES" / "painel.po").open("rb") as file:
        catalog = {message.id: message.string for message in read_po(file, locale=language) if message.id}
    assert sorted(map(str, sentences() - set(catalog))) == []
    assert sorted(map(str, set(catalog) - sentences())) == []
    for source, translated in catalog.items():
        pairs = zip(source, translated, strict=True) if isinstance(source, tuple) else [(source, translated)]
        for one, other in pairs:
            assert other, one
            assert sorted(BLANK.findall(one)) == sorted(BLANK.findall(other)), one


def test_what_a_run_failed_by_and_what_a_file_was_refused_for_have_words() -> None:
    reads = '{% from "processo/pecas.html" import porque, detalhe with context %}'
    template = make_environment().from_string(reads + "{{ porque(codigo) }}|{{ detalhe(erro) }}")

    def shown(codigo: str, mensagem: str) -> list[str]:
        text = template.render(codigo=codigo, erro={"codigo": codigo, "mensagem": mensagem})
        return [part.strip() for part in text.split("|")]

    assert [codigo for codigo in sorted(CODES) if shown(codigo, "")[0] in ("", codigo)] == []
    sold = make_environment().from_string(
        '{% from "venda/pecas.html" import porque with context %}{{ porque(codigo) }}'
    )
    assert [codigo for codigo in MOTIVOS if sold.render(codigo=codigo).strip() in ("", codigo)] == []
    refused = {motivo: shown("ARQUIVO_INVALIDO", motivo)[1] for motivo in Recusa}
    assert [motivo for motivo, text in refused.items() if text in ("", motivo)] == [Recusa.COM_SENHA], "that has a code"


def test_numbers_and_days_are_written_as_the_reader_of_the_page_reads_them() -> None:
    """`40.000` is forty to who reads English, and `03/12` a day in March to some of them."""
    values = {"n": 40_000, "c": -123_456_7, "d": date(2026, 12, 3), "o": 1_400_000}
    template = make_environment().from_string("{{ n|numero }} {{ c|reais }} {{ d|dia }} {{ o|tamanho }}")
    with _FRASES.written_in("en"):
        assert template.render(values) == "40,000 -R$\u00a012,345.67 3 Dec 2026 1.4\u00a0MB"
    for language in ("es", SOURCE):
        with _FRASES.written_in(language):
            assert template.render(values) == "40.000 -R$\u00a012.345,67 03/12/2026 1,4\u00a0MB"
    zone, today = ZoneInfo("America/Sao_Paulo"), date(2026, 12, 3)
    before, year = datetime(2026, 12, 1, 12, tzinfo=UTC), datetime(2025, 12, 1, 12, tzinfo=UTC)
    assert [momento(when, zone, today) for when in (before, year)] == ["01/12 09:00", "01/12/2025 09:00"]
    assert [momento(when, zone, today, english=True) for when in (before, year)] == ["1 Dec 09:00", "1 Dec 2025 09:00"]


def test_what_people_read_stands_in_the_templates_and_not_in_the_code() -> None:
    """A sentence in Portuguese has an accent sooner or later, and so has a docstring's name of a thing."""
    spoken = [
        found.where
        for found in nodes("webhooks")
        if found.path.startswith("webhooks/painel/")
        and isinstance(found.node, ast.Constant)
        and isinstance(found.node.value, str)
        and re.search(r"[ãõçáéíóúâêô]\w* \w+ \w+", found.node.value)
    ]
    assert spoken == []
