"""The languages we speak, their catalogues, and which one somebody is spoken to in before they have said so."""

from gettext import GNUTranslations, NullTranslations
from importlib.resources.abc import Traversable
from io import BytesIO

import phonenumbers
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

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


def compiled(folder: Traversable, language: str, domain: str) -> NullTranslations:
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
