"""What was not understood, as a pattern without personal data, so that it can be counted and the tables can grow."""

import re

from core.fala.lexico.lexico import LEXICO
from core.fala.lexico.texto import Kind, cleaned, tokens

NAO_ENTENDIDO = "nao_entendido"
"""The tipo of the ocorrencia that counts one; its referencia is the pattern."""
UNKNOWN = "…"
LIMIT = 120
"""Characters of a pattern."""
READ = 1000
"""Characters of a text that are looked at."""
_ADDRESS = re.compile(r"\S*@\S+|https?://\S+|www\.\S+")


def pattern_of(text: str) -> str:
    """Only words of our own tables are kept, as they are written; digits are 9, everything else is `…`, once in a row.

    Names, addresses and phones are no words of the tables, so none of them gets through; neither does a word that is
    one letter off, nor one with a capital inside the sentence, for it may be a name.
    """
    clean = _ADDRESS.sub(UNKNOWN, cleaned(text)[:READ])
    shouted = clean.isupper()
    parts: list[str] = []
    for token in tokens(clean):
        part = _part(token.kind, token.plain)
        if part and parts and not shouted and clean[token.start].isupper():
            part = UNKNOWN
        if part and not (part in (UNKNOWN, "9") and parts and parts[-1] == part):
            parts.append(part)
    return " ".join(parts)[:LIMIT]


def _part(kind: Kind, word: str) -> str:
    if kind is Kind.WORD:
        return UNKNOWN if LEXICO.words.get(word, LEXICO.outra) == LEXICO.outra else word
    if kind is Kind.EMOJI:
        return UNKNOWN if word == UNKNOWN else ""
    return {Kind.NUMBER: "9", Kind.QUESTION: "?"}.get(kind, "")
