"""Who decides in somebody's place, as people ask it: "quem cobre o Gil?", "quem decide enquanto eu viajo?"."""

import re

from core.fala.lexico.nomes import FIRST_NAMES
from core.fala.lexico.texto import in_a_line

_LONGEST = 90
_COVERS = re.compile(
    r"\bquem\b.{0,30}?\b(?:cobr(?:e|ira|indo)|substitu\w+|assum(?:e|iu|ira)|no lugar|em nome|aprova(?! a d| o d)"
    r"|decide(?! a d| o d)|responde (?:por|pel[oa])|assina)\b|\bsubstitut[oa]s? d[oae]\b|\bwho (?:covers|decides for)\b"
)
_WHOM = re.compile(
    r"\b(?:cobr\w+|substitu\w+|lugar d[oae]|nome d[oae]|substitut[oa]s? d[oae]|por|pel[oa])(?: [oa])?"
    r" (?P<for>(?!mim|eu|me|el[ea]|quem|enquanto|que|voce|essa|isso)[a-z]{2,})\b"
    r"|^(?:(?:e|se|quando|enquanto) )*[oa] (?P<who>[a-z]{2,}) (?:sai|sair|saindo|viaj\w+|vai|ta|esta|fica|nao)\b"
)
_OWN = re.compile(r"\b(?:eu|mim|me|minhas?|meu)\b")


def asks_who_covers(text: str) -> str | None:
    """In whose place: what may be a name, or "" for one's own; None for any other text."""
    said = in_a_line(text, _LONGEST)
    if _COVERS.search(said) is None:
        return None
    known = next((word for word in re.findall(r"[a-z]+", said) if word in FIRST_NAMES), None)
    named = _WHOM.search(said)
    if known is None and named is not None:
        known = named["for"] or named["who"]
    return known if known is not None else "" if _OWN.search(said) is not None else None
