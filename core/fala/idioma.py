"""In which language a sentence clearly is, or that nobody can say so. For somebody's very first words."""

import re
from functools import cache

from core.fala.lexico import assuntos, expressoes, linguas, vocabulario
from core.palavras import folded

_WORD = re.compile(r"[a-z]+")
# At least this share of what was written is of that language, and nothing of another.
_CLEAR = 0.5
# Written by everybody, whatever they speak.
_EVERYBODYS = frozenset(
    ("ok", "help", "internet", "online", "no", "me", "a", "chat", "wifi", "app", "thanks", "thx", "tks", "bye")
)
_PORTUGUESE = (
    *(vocabulario.ABREVIATURAS, vocabulario.NEUTROS, vocabulario.RESPOSTAS, vocabulario.GUARDAS, vocabulario.VERBOS),
    *(assuntos.VENDAS, assuntos.PRESENCA, assuntos.ATENDIMENTO, assuntos.FATURAS, assuntos.CASA, assuntos.GENTE),
    *(expressoes.VERBOS, expressoes.CONVERSA, expressoes.CLIENTES),
)


def clearly_spoken(text: str) -> str | None:
    """`pt`, `en` or `es` when the sentence is that and nothing else; None for a mixture, or too little."""
    words = _WORD.findall(folded(text))
    found = {code: sum(word in own for word in words) for code, own in _own_words().items()}
    spoken = [code for code, several in found.items() if several]
    clear = len(spoken) == 1 and found[spoken[0]] >= len(words) * _CLEAR
    return spoken[0] if clear else None


@cache
def _own_words() -> dict[str, frozenset[str]]:
    """The words that only one of the languages has."""
    portuguese = frozenset().union(*map(_words_of, _PORTUGUESE))
    english, spanish = _words_of(linguas.INGLES), _words_of(linguas.ESPANHOL)
    return {
        "pt": portuguese - english - spanish - _EVERYBODYS,
        "en": english - portuguese - spanish - _EVERYBODYS,
        "es": spanish - portuguese - english - _EVERYBODYS,
    }


def _words_of(table: str) -> frozenset[str]:
    """The words of a table's forms; its kinds are no words that people write."""
    forms = re.sub(r"(?m)^\w+:", "", table)
    return frozenset(_WORD.findall(folded(forms)))
