"""Texts in the person's language. pt-BR is the source; a text without translation is shown in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from core.idiomas import LANGUAGES as LANGUAGES

SOURCE = "pt_BR"
# Each in itself.
LANGUAGE_NAMES = {"pt_BR": "Português", "en": "English", "es": "Español"}

_language: ContextVar[str] = ContextVar("language", default=SOURCE)


def use_language(idioma: str) -> None:
    """From here on in this turn, texts are in this language."""
    _language.set(idioma)


@contextmanager
def in_language(idioma: str) -> Iterator[None]:
    """Texts in between are in this language: they are for somebody else."""
    token = _language.set(idioma)
    try:
        yield
    finally:
        _language.reset(token)


def _(text: str) -> str:
    """The text in the language of this turn."""
    language = _language.get()
    return text if language == SOURCE else _catalog(language).gettext(text)


def n_(singular: str, plural: str, count: int) -> str:
    """The text for this count, in the language of this turn."""
    language = _language.get()
    if language == SOURCE:
        return singular if count == 1 else plural
    return _catalog(language).ngettext(singular, plural, count)


@cache
def _catalog(language: str) -> NullTranslations:
    # Compiled here, once, so that the repository holds only what people write.
    source = files("dialogs") / "locales" / language / "LC_MESSAGES" / "balcao.po"
    if not source.is_file():
        return NullTranslations()
    with source.open("rb") as file:
        catalog = read_po(file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return GNUTranslations(compiled)
