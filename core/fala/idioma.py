"""In which language a sentence clearly is, or that nobody can say so."""

import re
from functools import cache

from core.fala.lexico import assuntos, expressoes, linguas, vocabulario
from core.fala.lexico.texto import listed
from core.palavras import folded

_WORD = re.compile(r"[a-z]+")
# At least this share of what was written is of that language, and nothing of another; of two words and more, less.
_CLEAR, _CLEAR_OF_SEVERAL, _SEVERAL = 0.5, 0.3, 2
# So many words that only it has are no greeting, and no word that everybody has picked up.
_GONE_OVER = 3
# Thanks and greetings that people write in another language than their own.
_PICKED_UP = re.compile(
    r"\b(?:thank you(?: so| very)?(?: much)?|good (?:morning|afternoon|evening|night)|have a (?:nice|good) day"
    r"|how are you|see you(?: later)?|i love you|(?:muchas|muchisimas|mil) gracias|hasta (?:la vista|luego|manana)"
    r"|buen[oa]s \w+)\b"
)
# What opens a question or a cry in Spanish, and nowhere else.
_OPENED = re.compile("[¿¡]")
# Words that say nothing of what is wanted, and of the language all the more.
_ENGLISH_TOO = frozenset(
    listed("what when where which who how are is was were does did the your have has been they there would should")
)
_SPANISH_TOO = frozenset(
    listed(
        "hasta atienden tienen tiene estan estoy hay sale donde cuando quien cual mucho alguien ustedes usted y los las"
        " el una en mi nos desde ahora hoy"
    )
)
# One word of another language among so many of one is a name, or of a product.
_TO_ONE = 4
# Written as well in Portuguese as in Spanish.
_SHARED = frozenset(("de", "este", "esta", "mes", "para", "por", "como", "se", "disculpe", "hoy", "todo", "ya", "pero"))
# Written by everybody, whatever they speak.
_EVERYBODYS = frozenset(
    ("ok", "help", "internet", "online", "no", "me", "a", "chat", "wifi", "app", "thanks", "thx", "tks", "bye", "stop")
)
_PORTUGUESE = (
    *(vocabulario.ABREVIATURAS, vocabulario.NEUTROS, vocabulario.RESPOSTAS, vocabulario.GUARDAS, vocabulario.VERBOS),
    *(assuntos.VENDAS, assuntos.PRESENCA, assuntos.ATENDIMENTO, assuntos.FATURAS, assuntos.CASA, assuntos.GENTE),
    *(expressoes.VERBOS, expressoes.CONVERSA, expressoes.CLIENTES),
)


def clearly_spoken(text: str) -> str | None:
    """`pt`, `en` or `es` when the sentence is that and nothing else; None for a mixture, or too little."""
    return _spoken(text, 1)


def gone_over_to(text: str) -> str | None:
    """`clearly_spoken` of somebody whose language was another one so far: a word or two are no change of it."""
    return _spoken(_PICKED_UP.sub(" ", folded(text)), _GONE_OVER)


def _spoken(text: str, at_least: int) -> str | None:
    words = [word for word in _WORD.findall(folded(text)) if word not in _SHARED]
    found = {code: sum(word in own for word in words) for code, own in _own_words().items()}
    if _OPENED.search(text) is not None and not found["en"]:
        return "es"
    spoken = max(found, key=lambda code: found[code])
    several = found[spoken]
    if several < max(1, _TO_ONE * (sum(found.values()) - several)):
        return None
    share = _CLEAR_OF_SEVERAL if several >= _SEVERAL else _CLEAR
    return spoken if several >= max(at_least, len(words) * share) else None


@cache
def _own_words() -> dict[str, frozenset[str]]:
    """The words that only one of the languages has."""
    portuguese = frozenset().union(*map(_words_of, _PORTUGUESE))
    english, spanish = _words_of(linguas.INGLES), _words_of(linguas.ESPANHOL)
    return {
        "pt": portuguese - english - spanish - _EVERYBODYS - _SHARED,
        "en": (english | _ENGLISH_TOO) - portuguese - spanish - _EVERYBODYS,
        "es": (spanish | _SPANISH_TOO) - portuguese - english - _EVERYBODYS,
    }


def _words_of(table: str) -> frozenset[str]:
    """The words of a table's forms; its kinds are no words that people write."""
    forms = re.sub(r"(?m)^\w+:", "", table)
    return frozenset(_WORD.findall(folded(forms)))
