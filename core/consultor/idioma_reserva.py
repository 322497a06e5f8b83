"""Languages: their codes, and which one does when nobody speaks another."""

import re
from collections.abc import Mapping, Sequence

# A code of ISO 639, with or without a region: pt, pt-BR, es_419.
_CODE = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]{2,8})*", re.ASCII)
# In `Reserva`: for a language that is not listed by itself.
ANY_LANGUAGE = "*"

Reserva = Mapping[str, Sequence[str]]
"""By language, which others do when nobody in turn speaks it, in this order (setting IDIOMA_RESERVA)."""


def language_code(text: str) -> str:
    """The language in a code as people and channels write it: `PT`, `pt-BR` and `pt_BR` are all `pt`.

    Regions make no difference to whose turn it is. Raises ValueError for what is no code.
    """
    found = _CODE.fullmatch(text.strip().lower())
    if found is None:
        raise ValueError("not a language code such as pt")
    return found[1]


def languages_for(idioma: str, reserva: Reserva) -> list[str]:
    """The language asked for, then those that do when nobody speaks it."""
    return list(dict.fromkeys([idioma, *reserva.get(idioma, reserva.get(ANY_LANGUAGE, ()))]))
