"""Labels of options and what is typed for them, cut into parts that can be held against each other."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from rapidfuzz.distance import OSA

from core.fala.lexico.lexico import LEXICO
from core.fala.lexico.texto import Kind, Token, cleaned, tokens
from core.fala.respostas.numeros import ORDINALS, SMALL

SPEEDS = frozenset({"mega", "giga"})
MONEY = "real"
_UNITS = dict.fromkeys(["megas", "mb", "mbps", "megabytes", "mega", "m"], "mega") | dict.fromkeys(
    ["gigas", "gb", "gbps", "giga"], "giga"
)
_UNITS |= dict.fromkeys(["reais", "real", "conto", "contos", "pila", "rs"], MONEY)
# The same in another language, or in other words; the second is what labels say.
_SAME = {"nenhuma": "nenhum", "none": "nenhum", "ninguno": "nenhum", "zap": "whatsapp", "automatico": "conta"}
_SAME |= dict.fromkeys(["ingles", "inglesa"], "english") | dict.fromkeys(
    ["portuguese", "portuges", "brasileiro", "brasileira", "brazilian"], "portugues"
)
_SAME |= dict.fromkeys(["espanhol", "spanish", "castellano", "castelhano"], "espanol")
_SAME |= dict.fromkeys(["manhazinha", "manhanzinha", "cedinho"], "manha")
_SAME |= dict.fromkeys(["tardezinha", "tardinha", "afternoon"], "tarde")
_SAME |= {"morning": "manha", "manana": "manha", "evening": "noite", "night": "noite", "noche": "noite"}
_SAME |= {"matutino": "manha", "vespertino": "tarde", "noturno": "noite", "noitinha": "noite", "cobranca": "boleto"}
_SAME |= dict.fromkeys(["mostrar", "mostra", "olhar", "abrir", "abre", "visualizar"], "ver")
_SAME |= dict.fromkeys(["buscar", "busca", "puxar", "puxa"], "baixar")
_SAME |= dict.fromkeys(
    ["recusar", "recuso", "recusa", "recusado", "reprovar", "reprovo", "reprova", "reprovado"], "rejeitar"
)
_PAST = re.compile(r"ei|ou|aram|amos|ava|eu|eram")
_VERB_ENDING = re.compile(r"(?:ar|er|ir|a|o|e|ado|ada|ando|em|am|r|va)?")
_PRICE = re.compile(r"[0-9]+[.,][0-9]{2}")
_THOUSANDS = re.compile(r"[.](?=[0-9]{3}(?:[^0-9]|$))")


def parts_of(token: Token) -> list[str]:
    """The part a token is, units and languages under one name; none for a sign."""
    if token.kind is Kind.NUMBER:
        whole = _THOUSANDS.sub("", token.plain)
        return [(whole.lstrip("0") or "0") if whole.isdecimal() else whole]
    if token.kind is Kind.WORD:
        known = LEXICO.find(token.plain)
        typed = known.texto if known is not None and known.texto in _SAME else token.plain
        word = _UNITS.get(typed, typed)
        return [_SAME.get(word, word)]
    return [MONEY] if token.plain == "$" else []


def parts_in(found: list[Token]) -> list[str]:
    """The parts of a text; the R of `R$` is none of its own."""
    parts = [part for token in found for part in parts_of(token)]
    return [part for part, after in zip(parts, [*parts[1:], ""], strict=False) if (part, after) != ("r", MONEY)]


@lru_cache(maxsize=1024)
def parts_of_label(label: str) -> tuple[str, ...]:
    """Every part by which an option may be named; a giga is a thousand megas, too."""
    parts = parts_in(tokens(cleaned(label)))
    if "giga" in parts:
        at = parts.index("giga")
        if at and parts[at - 1].isdecimal():
            parts += [f"{int(parts[at - 1]) * 1000}", "mega"]
    return tuple(parts)


def stands_in(part: str, label: Sequence[str]) -> bool:
    """Whether a label has that part: the word, the number, the whole part of a price, or a word one letter off."""
    if part in label:
        return True
    if part.isdecimal():
        return any(re.fullmatch(rf"{part}[,.][0-9]{{2}}", one) for one in label)
    if _PRICE.fullmatch(part):
        return part.replace(".", ",") in label
    return any(_same_word(part, one) for one in label)


def _same_word(part: str, label: str) -> bool:
    """The same verb in another form but the past ("aprovo", "aprovar"), or one letter off."""
    if not part.isalpha() or not label.isalpha() or min(len(part), len(label)) < 4:
        return False
    if label.endswith(("ar", "er", "ir")):
        stem = label[:-2]
        if len(stem) < 4 or not part.startswith(stem):
            return False
        return bool(_VERB_ENDING.fullmatch(part, len(stem))) and not _PAST.fullmatch(part, len(stem))
    if part in SMALL or part in ORDINALS or part == "amanha":
        return False
    return min(len(part), len(label)) >= 5 and OSA.distance(part, label, score_cutoff=1) <= 1


def price(label: Sequence[str]) -> float | None:
    """The one amount in a label."""
    prices = [part for part in label if _PRICE.fullmatch(part)]
    if not prices and MONEY in label:
        prices = [after for part, after in pairwise(label) if part == MONEY and after.isdecimal()]
    return float(prices[0].replace(",", ".")) if len(prices) == 1 else None


def speed(label: Sequence[str]) -> float | None:
    """The speed in a label, in megas."""
    for number, unit in pairwise(label):
        if unit in SPEEDS and number.isdecimal():
            return float(number) * (1000 if unit == "giga" else 1)
    return None
