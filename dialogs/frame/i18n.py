"""Texts in the person's language. pt-BR is the source; a text without translation is shown in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import NullTranslations
from importlib.resources import files

from core.idiomas import LANGUAGES as LANGUAGES
from core.idiomas import compiled

SOURCE = "pt_BR"
# Each in itself.
LANGUAGE_NAMES = {"pt_BR": "Português", "en": "English", "es": "Español"}

_language: ContextVar[str] = ContextVar("language", default=SOURCE)


def use_language(idioma: str) -> None:
    """From here on in this turn, texts are in this language."""
    _language.set(idioma)


def language() -> str:
    """The one that texts are in now."""
    return _language.get()


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
    return compiled(files("dialogs") / "locales", language, "balcao")
