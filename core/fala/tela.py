"""What is said of what is on the screen: the rest of a list, the PDF of a card, whether it is right."""

import re
from enum import StrEnum, auto

from core.fala.lexico.texto import cleaned, plain

_LONGEST = 60
_POLITE = r"(?:[ ,.!?]|por favor|pf|pfv|pfvr|please|ai|entao|ok|agora|me|robo|oi|e|pode|pra mim|isso|dele|dela)*"
_SHOW = (
    r"(?:(?:mostr(?:a|ar|e)|ver|veja|quero(?: ver)?|abr(?:e|ir|a)|mand(?:a|ar|e)|envi(?:a|ar|e)|cade"
    r"|deixa eu ver|show) )?"
)
_REST = re.compile(
    rf"{_POLITE}{_SHOW}(?:(?:tem|ha) )?(?:(?:as|os|a|o) )?"
    rf"(?:mais(?: (?:faturas?|processos?|antig[ao]s|resultados?|itens))?|proxim[ao]s?(?: pagina)?|outr[ao]s|resto"
    rf"|restante|seguintes?|continua|more|next|mas){_POLITE}"
)
_FILE = re.compile(
    rf"{_POLITE}{_SHOW}(?:(?:o|a|do|da) )*(?:pdf|arquivo|boleto|documento|fatura|conta)"
    rf"(?: (?:d[aeo]|dess[ae]|dest[ae]) ?(?:fatura|conta|cliente)?| em pdf| original)?{_POLITE}"
)
_RIGHT = re.compile(
    r"(?:\W|e|mas|entao|robo|essa|esse|isso|isto|ela|ele|fatura|o|a|tudo|valor|conta|aqui|ai)*"
    r"(?:(?:ta|esta|tah) (?:tudo )?(?:cert[oa]|corret[oa]|ok|batendo|estranh[oa]|errad[oa]|assim)"
    r"|confere|bate|procede)\W*\?+\W*"
    r"|(?:por ?que|pq) (?:(?:isso|ela|ele|essa|esse|que) )*(?:ta|esta|ficou) (?:assim|verde|amarel[ao]|vermelh[ao])\W*"
)


class NaTela(StrEnum):
    """What of it is wanted."""

    RESTO = auto()
    """The next ones of a list."""
    ARQUIVO = auto()
    """The file of the invoice that is looked at."""
    PORQUE = auto()
    """Whether it is right, and why it stands as it does."""


def of_screen(text: str) -> NaTela | None:
    """What a short sentence wants of what is on the screen; None for any other."""
    if len(text) > _LONGEST:
        return None
    said = plain(cleaned(text)).strip()
    patterns = {NaTela.RESTO: _REST, NaTela.ARQUIVO: _FILE, NaTela.PORQUE: _RIGHT}
    return next((one for one, pattern in patterns.items() if pattern.fullmatch(said)), None)
