"""Whether an answer to "all of these?" means only some of them, which is neither a yes nor a no."""

import re

from core.fala.lexico.texto import LIMIT, cleaned, listed, plain

_THE = r"(?:(?:as?|os?|the|la|el|las|los) )?"
_PLACE = r"(?:\d{1,2}|(?:primeir|segund|terceir|quart|quint|ultim)[ao]s?|first|second|third|last)"
_ONLY = re.compile(
    rf"\b(?:so|somente|apenas|unicamente|only|solo) {_THE}"
    rf"(?:{_PLACE}\b|(?:uma?|duas|dois|tres)\b(?! (?:minut|segund|moment|instant|pouc|tempo))"
    r"|d[aeo]s? (?!uma?\b)[a-z0-9])"
)
_BUT = re.compile(
    rf"\b(?:menos|exceto|fora|tirando|salvo|except|but|excepto) "
    rf"(?:{_THE}(?:{_PLACE}\b|d[aeo]s? |ess[ae]s?\b)|(?:as?|os?) [a-z]{{4}})"
    rf"|\b(?:tira|tire|tirar|retira|sem) (?:as?|os?) (?:{_PLACE}\b|d[aeo]s? |(?!menor\b)[a-z]{{4}})"
)
_AT_A_PLACE = re.compile(_PLACE)
# Beside places these change nothing: "sim, a 1 e a 3".
_BESIDE = frozenset(
    listed(
        "sim ok pode aprova aprovar aprove baixa baixar baixe envia enviar envie manda mandar mande quero vai a o as os"
        " e so por favor pf pfv pra para da do na no fatura faturas conta contas numero n numeros ai yes si the and y"
    )
)


# "Baixa elas", "pode mandar essas pro SAT".
_THESE = re.compile(
    r"(?:(?:pode|podes|entao|agora|vamos|bora|quero|e|ok|sim|ta|beleza|blz|por favor|pf|vai|ja)[ ,]+)*"
    r"(?:(?P<baixa>baix(?:a|e|ar)|pux(?:a|e|ar)|busc(?:a|ar))|(?P<envia>mand(?:a|e|ar)|envi(?:a|e|ar)|sob(?:e|ir)))"
    r"(?: (?:ai|ja|logo|tod[ao]s))* (?:(?P<uma>el[ae]|ess[ae]|isso)|el[ae]s|ess[ae]s|est[ae]s)"
    r"(?: (?:tod[ao]s|ai|agora|ja|logo|juntas|de uma vez|(?P<me>pra mim)|por favor|pf|(?P<sat>(?:pr|a)o sat)))*[ .!]*"
)


def does_to_these(text: str, shown: int = 2) -> bool | None:
    """Whether all that are shown are to be sent to SAT (True) or downloaded (False); None for any other text.

    "Baixa ela" is said of one.
    """
    found = _THESE.fullmatch(_plainly(text))
    if (
        found is None
        or (found["uma"] and shown != 1)
        or (found["baixa"] and found["sat"])
        or (found["envia"] and found["me"])
    ):
        # "Manda elas pra mim" wants them shown.
        return None
    return found["envia"] is not None


def sets_apart(text: str) -> bool:
    """Whether it says that the others are not meant: "só a primeira", "menos a da oficina"."""
    return _sets_apart(_plainly(text))


def names_some(text: str) -> bool:
    """Whether it picks: "só a primeira", "menos a da oficina", "1 e 3", "tira a 2"."""
    said = _plainly(text)
    if _sets_apart(said):
        return True
    words = re.findall(r"[a-z0-9]+", said)
    places = [word for word in words if _AT_A_PLACE.fullmatch(word)]
    return bool(places) and _BESIDE.issuperset(word for word in words if word not in places)


def _sets_apart(said: str) -> bool:
    return _ONLY.search(said) is not None or _BUT.search(said) is not None


def _plainly(text: str) -> str:
    return plain(cleaned(text)).strip() if len(text) <= LIMIT else ""
