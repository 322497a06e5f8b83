"""The languages we speak, their catalogues, and which one somebody is spoken to in before they have said so."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from importlib.resources.abc import Traversable
from io import BytesIO

import phonenumbers
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

# What texts are written in.
SOURCE = "pt_BR"
# By the two letters that channels and phones give us.
LANGUAGES = {"pt": "pt_BR", "en": "en", "es": "es"}

_BY_COUNTRY = {
    "pt": "BR PT AO MZ CV GW ST TL",
    "es": "AR BO CL CO CR CU DO EC ES GQ GT HN MX NI PA PE PR PY SV UY VE",
    "en": "AU BS BZ CA GB GH GY IE JM KE NG NZ SG TT UG US ZA ZW",
}
_LANGUAGE_OF = {country: code for code, countries in _BY_COUNTRY.items() for country in countries.split()}


def first_language(idioma: str | None, telefone: str | None, scoped_id: str | None = None) -> str | None:
    """What the channel says (`pt-br`), else what is spoken in the phone's country; None when neither is one of ours.

    `telefone`: digits with country code. `scoped_id`: WhatsApp's, which begins with the country (`BR.1502…`).
    """
    if idioma and (known := LANGUAGES.get(idioma.replace("_", "-").split("-")[0].lower())):
        return known
    country = _country_of(telefone) if telefone else (scoped_id or "").partition(".")[0]
    return LANGUAGES.get(_LANGUAGE_OF.get(country or "", ""))


def _country_of(telefone: str) -> str | None:
    try:
        return phonenumbers.region_code_for_number(phonenumbers.parse(f"+{telefone}"))
    except phonenumbers.NumberParseException:
        return None


class Catalogo:
    """The texts of one room in the language of whoever reads them now. A text without translation is shown in `SOURCE`.

    `package`: where `locales/LANGUAGE/LC_MESSAGES/DOMAIN.po` stand.
    """

    def __init__(self, package: str, domain: str) -> None:
        self._locales = files(package) / "locales"
        self._domain = domain
        self._language: ContextVar[str] = ContextVar(f"language_of_{domain}", default=SOURCE)
        self._compiled: dict[str, NullTranslations] = {}

    @property
    def language(self) -> str:
        """The one that texts are in now."""
        return self._language.get()

    def use(self, idioma: str) -> None:
        """From here on in this task, texts are in this language."""
        self._language.set(idioma)

    @contextmanager
    def written_in(self, idioma: str) -> Iterator[None]:
        """Texts in between are in this language: they are for somebody else."""
        before = self._language.set(idioma)
        try:
            yield
        finally:
            self._language.reset(before)

    def text(self, text: str) -> str:
        """The text in the language of now."""
        language = self._language.get()
        return text if language == SOURCE else self._of(language).gettext(text)

    def text_of_count(self, singular: str, plural: str, count: int) -> str:
        """The text for this count, in the language of now."""
        language = self._language.get()
        if language == SOURCE:
            return singular if count == 1 else plural
        return self._of(language).ngettext(singular, plural, count)

    def _of(self, language: str) -> NullTranslations:
        if language not in self._compiled:
            self._compiled[language] = _compiled(self._locales, language, self._domain)
        return self._compiled[language]


def _compiled(folder: Traversable, language: str, domain: str) -> NullTranslations:
    """What `folder/LANGUAGE/LC_MESSAGES/DOMAIN.po` says; without that file every text stays as it is.

    Compiled where they are needed, so that the repository holds only what people write.
    """
    source = folder / language / "LC_MESSAGES" / f"{domain}.po"
    if not source.is_file():
        return NullTranslations()
    with source.open("rb") as file:
        catalog = read_po(file, locale=language)
    written = BytesIO()
    write_mo(written, catalog)
    written.seek(0)
    return GNUTranslations(written)
