"""Somebody in danger writes to us: we are not whom they need, and say at once who is."""

import re
from enum import StrEnum, auto

from core.fala.lexico.texto import LIMIT, cleaned, plain


class Emergencia(StrEnum):
    """Of what kind."""

    PERIGO = auto()
    """Fire, electricity, an accident, somebody ill, a robbery."""
    VIDA = auto()
    """They speak of their own death."""


_LIFE = re.compile(
    r"\b(?:me matar|suicid\w+|tirar (?:a )?(?:minha|propria) vida|acabar com (?:a )?minha vida|nao quero mais viver"
    r"|nao aguento mais (?:viver|essa vida)|(?:quero|queria) sumir d(?:o|esse|este) mundo"
    r"|quero morrer|vontade de morrer|kill myself|quiero morir|matarme)\b"
)
# "Vocês vão me matar de raiva".
_SAID_SO = re.compile(r"\b(?:me matar|morrer) d[ae]\b|\bk{3,}")
_DANGER = re.compile(
    r"\b(?:samu|bombeiros?|ambulancia|incendi\w+|(?:pegou|pegando|ta em|em) (?:fogo|chamas)|fogo n[oa] \w+"
    r"|explo(?:diu|sao)"
    r"|(?:vazamento|cheiro) de gas|(?:levou|tomou|deu|dando|levei|tomei|leva) (?:um )?choque|choque eletrico"
    r"|(?:fios?|cabos?|postes?)(?: de \w+| d[ao] \w+)? (?:ta |esta |tao |estao )?(?:caid[oa]s?|caiu|solt[oa]s?"
    r"|partid[oa]s?|rompid[oa]s?|energizad[oa]s?|desencapad[oa]s?)"
    r"|caiu (?:um|o) (?:poste|fio)|infart\w+|desmai\w+|convuls\w+"
    r"|(?:passou|passando|passa) (?:muito )?mal|sangrando"
    r"|(?:saindo|soltando|dando) (?:faisca|fumaca)s?|faiscando|curto circuito"
    r"|acidente (?:grave|feio|de carro|de moto|na rua|aqui)"
    r"|(?:pres[oa]|trancad[oa]) (?:n[oa]|dentro d[oa]) elevador|assalt(?:ad[oa]|ando|aram)|com (?:uma )?arma|tiroteio"
    r"|ameac\w+ de morte"
    r"|(?:esta|estao|ta|tao) me ameac\w+|tem alguem armad\w|fire|ambulance|heart attack|incendio|descarga electrica)\b"
)
_NUMBERS = re.compile(r"(?:190|192|193|911)[ .!]*")
# It is told of, and why something was not done.
_TOLD = re.compile(
    r"\b(?:mes|semana|ano|dia) (?:passad[oa]|retrasad[oa])"
    r"|\b(?:ontem|anteontem|boleto|fatura|conta|parcel\w+|fire ?(?:stick|tv)|multa|paguei|pagar)\b"
)


def emergency_of(text: str) -> Emergencia | None:
    """Of what kind it is; None for any other text."""
    said = plain(cleaned(text)).strip() if len(text) <= LIMIT else ""
    if _LIFE.search(said) is not None and _SAID_SO.search(said) is None:
        return Emergencia.VIDA
    if _NUMBERS.fullmatch(said) or (_DANGER.search(said) is not None and _TOLD.search(said) is None):
        return Emergencia.PERIGO
    return None
