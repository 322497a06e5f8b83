"""What is said behind an answer, or in its place: "não, pera, o segundo", "não, ele acha caro"."""

import re

from core.fala.lexico.texto import LIMIT, cleaned, plain

# Behind one of these stands what is meant, and before it what is not.
_TAKES_BACK = re.compile(
    r"(?:\b(?:nao|n|no|ih|xi|opa|ops)\b[ ,.!]*)*"
    r"\b(?:pera|perai|pera ai|espera|espera ai|calma|quer dizer|quero dizer|digo|ou melhor|melhor dizendo|alias"
    r"|na verdade|ops|corrigindo|errei|me enganei|wait|i mean|actually|sorry|quise decir|mejor dicho)\b[ ,.:!]*"
)
# "Não, o segundo", "noite não dá, manhã": of a choice or a value, and not of a yes or no.
_OR_NO = re.compile(
    rf"{_TAKES_BACK.pattern}|\b(?:nao|n) (?:da|rola|pode|serve|consegue) *[,.;!]+ *(?=[a-z0-9])"
    r"|\b(?:nao|n|no)\b *[,.;!]+ *(?=(?:e|eh|era|o|a|os|as|de|the|el|la|it's|es)\b|\d|\w+\W*$)"
    # "As 5 não as 6": without a comma only of what is counted.
    r"|\b(?:nao|n)\b *(?=(?:as?|os?|dia) \d)"
    # "De manhã não, melhor à tarde".
    r"|(?<=\w)\b *(?:\b(?:nao|n|no)\b *[,.;!]+ *)(?:(?:el[ea]|o cliente|a cliente) )?"
    r"(?:melhor|prefir[oa]|prefere|so|pode ser|quer|bota|coloca|poe|marca|mejor|rather|better)\b *"
)
_SAYS_NO = re.compile(r"(?:(?:nao|n|no|ih|xi|opa|ops)\b[ ,.!]*)+")
_SAYS_IT_IS = re.compile(r"(?:(?:e|eh|era|foi|seria|it's|is|es)\b ?)+")
_REFUSES = re.compile(
    r"(?:(?:agora|ainda|hoje|por enquanto|por hora|melhor|acho que|oi|not|ahora) )?"
    r"(?:(?:nao|n|no|nope|not)\b[ ,]*(?:(?:agora|hoje|ainda)\b[ ,]*(?=(?:nao|n)\b))?)+"
    r"(?:(?:posso|podemos|da|vai dar|consigo|rola)\b ?(?:agora|hoje|mais|nao)?)?(?P<sign>[ ,.;:!-]*)(?P<why>.*)"
)
_BECAUSE = re.compile(
    r"(?:pq|porque|pois|que|ja que|because|ele|ela|eles|o cliente|a cliente|o titular|he|she|el|ella)\b"
)
_DENIED = re.compile(r"\b(?:nao|n|nem|nunca|not|doesn't|don't|no) (?:se |me |o |a )?\w+")
_TAKES_THE_NO_BACK = re.compile(
    r"[?0-9@]|\b(?:sim|pode|podem|claro|ok|aceit\w+|concord\w+|confirm\w+|top[ao]|quer|quero|querem|yes|si|mas|porem"
    r"|so se|se|sei|entendi|lembro|depende|talvez|era|errei|pera|perai|espera|calma|digo|dizer|but|maybe"
    r"|wants?|outr[oa]s?|errad[oa]s?|trocad[oa]s?|cert[oa])\b"
)
_TAKES_THE_YES_BACK = re.compile(
    r"\?|\b(?:nao|n|nem|nunca|mas|porem|se|so|depende|talvez|acho|ainda|depois|antes|espera|pera|perai|calma|sem|menos"
    r"|not|but|if|no|pero|si)\b"
)
_WHO_SAYS_SO = re.compile(
    r"(?:(?:eu )?(?:acho|creio|acredito|imagino|i think|creo) (?:que|q)? ?)?"
    r"(?:(?:(?:o|a) )?(?:ele|ela|cliente|titular) )?"
)
_CLAUSE = re.compile(r"[,.;!]+ *|$")
_TALKS = re.compile(
    r"\b(?:pera|perai|espera|calma|momento|minuto|minutinho|(?:nao|n) (?:sei|lembro|lembra|entendi)|como assim|pula"
    r"|pular"
    r"|(?:vou|vai|deixa eu|deixe me) (?:ver|verificar|perguntar|confirmar|pegar|olhar|procurar|mandar|checar)"
    r"|ja (?:te |lhe )?(?:mando|falo|digo|volto|vejo|passo|pego)|robo|cancela|cancelar|desist\w+|oi|ola"
    r"|voce|vc|vcs|hold on|let me|i don't know|no se)\b"
)


def only_takes_back(text: str) -> bool:
    """ "Ops", "não, pera", and nothing behind it."""
    said = plain(cleaned(text)).strip()
    return _TAKES_BACK.fullmatch(said) is not None or _SAYS_NO.fullmatch(said) is not None


def said_instead(text: str, *, behind_no: bool = True) -> str | None:
    """What somebody says in place of what they had just begun to say; None where nothing is taken back.

    `behind_no`: what follows "não," counts, too.
    """
    clean = cleaned(text)
    pattern = _OR_NO if behind_no else _TAKES_BACK
    found = list(pattern.finditer(plain(clean))) if len(text) <= LIMIT else []
    tail = clean[found[-1].end() :].strip() if found else ""
    return _SAYS_IT_IS.sub("", tail, count=1) if _SAYS_IT_IS.match(tail) else tail or None


def begins_with_no(text: str) -> bool:
    """Whether the first word takes something back: "não, às 5"."""
    return _SAYS_NO.match(plain(cleaned(text)).strip()) is not None


def refuses_with_a_reason(text: str) -> bool:
    """A no, and why: "não, ele acha o plano caro". Not when the reason says yes, asks, or gives something else."""
    found = _REFUSES.fullmatch(plain(cleaned(text)).strip()) if len(text) <= LIMIT else None
    if found is None or not found["why"]:
        return False
    said_apart = re.search("[,.;:!-]", found[0][: found.start("why")]) is not None
    reason = _DENIED.sub(" ", found["why"])
    return (said_apart or _BECAUSE.match(found["why"]) is not None) and _TAKES_THE_NO_BACK.search(reason) is None


def first_clause(text: str) -> str | None:
    """What stands before the first comma, without "ele" or "acho que"; None where that is all, or is taken back."""
    clean = cleaned(text).strip()
    begins = _WHO_SAYS_SO.match(plain(clean))
    start = begins.end() if begins is not None else 0
    end = _CLAUSE.search(clean, start)
    if end is None or (not start and end.start() == len(clean)):
        return None
    return None if _TAKES_THE_YES_BACK.search(plain(clean[end.end() :])) else clean[start : end.start()]


def talks_about_it(text: str) -> bool:
    """Whether words about the answer, or to us, stand in what should be the answer: "pera, vou perguntar"."""
    return _TALKS.search(plain(cleaned(text))) is not None


_FIRST = re.compile(
    r"(?:(?:mas|so|pera|perai|calma|opa|ah|e)\b[ ,]*)*(?:antes(?: disso)?|alias|uma (?:coisa|duvida))\b[ ,:]+(?=\S)"
)


def asked_first(text: str) -> str:
    """ "Mas antes, quantas vendas já fiz?": what is asked before what we asked."""
    clean = cleaned(text).strip()
    found = _FIRST.match(plain(clean))
    return text if found is None else clean[found.end() :]
