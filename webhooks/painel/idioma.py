"""The sentences of the templates in the person's language. pt-BR is the source; they stand in `templates`."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import NullTranslations
from importlib.resources import files

from core.idiomas import compiled

SOURCE = "pt_BR"
_language: ContextVar[str] = ContextVar("painel_language", default=SOURCE)


@contextmanager
def written_in(idioma: str) -> Iterator[None]:
    """What is rendered in between is in this language."""
    before = _language.set(idioma)
    try:
        yield
    finally:
        _language.reset(before)


def language() -> str:
    """The one that this page is in."""
    return _language.get()


def text_of(text: str) -> str:
    """The sentence in the language of this page."""
    return _catalog(_language.get()).gettext(text)


def text_of_count(singular: str, plural: str, count: int) -> str:
    """The sentence for this count, in the language of this page."""
    language = _language.get()
    if language == SOURCE:
        return singular if count == 1 else plural
    return _catalog(language).ngettext(singular, plural, count)


@cache
def _catalog(language: str) -> NullTranslations:
    return compiled(files("webhooks.painel") / "locales", language, "painel")
