"""How people draw back from what was asked or offered: a no, a moment's patience, giving it up; and a laugh."""

import re
from enum import StrEnum, auto

from core.fala.lexico.texto import LIMIT, cleaned, plain


class Recuo(StrEnum):
    """What a sentence that answers nothing else says of what was asked."""

    ESPERA = auto()
    """ "Peraí", "só um minutinho", and nothing else: it stands."""
    NAO = auto()
    """ "Não, pera", "opa, deixa", and nothing else."""
    DEPOIS = auto()
    """ "Amanhã eu faço", "depois vejo", and nothing else: not now."""
    DESISTE = auto()
    """It speaks of giving up, for itself or for the client; whatever else it says."""


_SOFT = (
    r"(?:[ ,.!]|ah|so|ja|um|uma|1|me|da|ai|isso|por favor|pf|pfv|um pouco|rapidinho|aqui|eu|agora|k|rs|ok|viu"
    r"|ainda|obg|obrigad[ao]|vlw|valeu|brigad[ao]|gracias|thanks|thank you|please|tchau|bye|chau|adios"
    r"|un|maybe|tal vez)*"
)
_WAIT = (
    r"(?:(?:es)?pera(?:i)?|espere|calma|momento|momentinho|minut(?:o|inho)|segundo|instante|wait|hold on|aguarda"
    r"|aguenta|segura|volto|hang on|one sec|(?:one|just a|give me a) (?:moment|minute|second|sec)|momentito|segundito"
    r"|esperame|espereme|dame un (?:minuto|segundo|momento))"
)
_NO = (
    r"(?:na+o+|n+|no|nope|ainda nao|agora nao|melhor nao|deixa|deixe|esquece|opa|ops|xi|nada"
    r"|not (?:now|yet|really|today)|never ?mind|forget it|leave it|ahora no|todavia no|mejor no|por ahora no"
    r"|deja(?:lo)?|olvidalo|ya no"
    r"|(?:nao|n) (?:era|e|eh|foi) (?:isso|nada|pra isso|ess[ae]|est[ae]|el[ea])(?: ai)?(?: nao)?"
    r"|(?:era|e|eh) (?:a |o )?outr[ao]"
    r"|(?:nao|n|nunca) (?:(?:e|eh|era|precisa|quero) )?(?:(?:pra|para) )?[a-z]{3,}(?:a|e|o|ar|er|ir)"
    r" (?:nada|ninguem|nenhum[ao]?)"
    r"|nao quero nada|era (?:zoeira|brincadeira|teste|so teste|so um teste))"
)
_LATER = (
    r"(?:amanha|depois|mais tarde|outra hora|outro dia|logo mais|daqui a pouco|qualquer dia|semana que vem|later"
    r"|tomorrow|another (?:time|day)|mas tarde|manana|otro dia|luego|despues)"
)
_WILL = (
    r"(?:faco|farei|vejo|verei|continuo|termino|mexo|olho|decido|volto|respondo|mando|tento|vendo|lanco|mexemos|fazemos"
    r"|entao|vou fazer|vou ver|quero"
    r"|fica|deixa|pode ser|a gente (?:faz|ve|continua)|agente ve|nao da|n da|nao posso|nao vai dar"
    r"|so|eu|pra|para|isso|ess[ae])"
)
_GIVES_UP = (
    r"\b(?:cancel|desist)\w*|\b(?:mudei|mudou|mudamos) de (?:ideia|opiniao)"
    r"|\b(?:vai|vou|quer|querem|precisa) pensar\b"
    r"|\b(?:nao|n) (?:quer|quero|queremos|vai querer) mais|\bdeixa (?:pra|para) la\b"
    r"|\b(?:cliquei|apertei|toquei|clica) (?:errad[oa]|sem querer)\b|\bfoi (?:sem querer|engano)\b"
)
_TABLE = {
    Recuo.ESPERA: re.compile(rf"{_SOFT}{_WAIT}{_SOFT}(?:{_WAIT}{_SOFT})?"),
    Recuo.NAO: re.compile(
        rf"{_SOFT}(?:{_NO}{_SOFT})(?:(?:{_NO}|{_WAIT}){_SOFT}){{0,2}}|{_SOFT}{_WAIT}{_SOFT}{_NO}{_SOFT}"
    ),
    Recuo.DEPOIS: re.compile(
        rf"(?:(?:agora )?(?:nao|n)\b[ ,]*)?{_SOFT}(?:{_WILL}\b[ ,]*)*{_LATER}\b[ ,]*(?:{_WILL}\b[ ,.!]*)*"
    ),
}
_GIVING_UP = re.compile(_GIVES_UP)
_GOES_ON = re.compile(
    r"\b(?:nao|n|nem|sem) (?:vou |quero |e pra |precisa )?(?:cancel|desist)\w*|\b(?:cancela|desiste) nao\b"
)

_LAUGH = re.compile(r"(?:k|rs|ha|he|hue|lol)+")
_HEARTS = frozenset("😂🤣😅😆😁😄😊😍❤♥🥰")


def retreat_of(text: str) -> Recuo | None:
    """How a sentence draws back; None for any other. Never enough to give anything up that has begun."""
    said = plain(cleaned(text)).strip() if len(text) <= LIMIT else ""
    found = next((one for one, words in _TABLE.items() if said and words.fullmatch(said)), None)
    return found or (Recuo.DESISTE if gives_up(text) else None)


def gives_up(text: str) -> bool:
    """Whether it speaks of giving up, for itself or for the client: never enough to give anything up by it alone."""
    said = plain(cleaned(text)) if len(text) <= LIMIT else ""
    return _GIVING_UP.search(said) is not None and _GOES_ON.search(said) is None


_A_SALE_ONCE = re.compile(
    r"\b(?:vendas?|pedidos?|contratos?|planos?|instalac(?:ao|oes))\b(?: \w+){0,6}?"
    r" (?:ontem|anteontem|passad[ao]s?|anterior(?:es)?|outro dia)\b"
)


def speaks_of_another_sale(text: str) -> bool:
    """ "Cancela a venda do João de ontem": of one that was, and not of the one that is asked about now."""
    return len(text) <= LIMIT and _A_SALE_ONCE.search(plain(cleaned(text))) is not None


def is_laugh(text: str) -> bool:
    """ "Kkkk", "😂", and nothing else."""
    said = re.sub(r"\W", "", plain(cleaned(text)))
    return (len(said) > 1 and _LAUGH.fullmatch(said) is not None) or (not said and not _HEARTS.isdisjoint(text))
