"""Somebody in danger writes to us: we are not whom they need, and say at once who is."""

import re
from enum import StrEnum, auto

from core.fala.lexico.kinds import Kinds
from core.fala.lexico.texto import LIMIT, cleaned, plain


class Emergencia(StrEnum):
    """Of what kind."""

    PERIGO = auto()
    """Fire, electricity, an accident, somebody ill, a robbery."""
    VIDA = auto()
    """They speak of their own death."""


# Of which kind of danger; each of them is one.
_DANGERS = Kinds("""
socorro: samu, bombeiro(s/), ambulancia, ambulance
fogo: incendi*, (pegou/pegando/em) (fogo/chamas), fogo n(o/a) *, explo(diu/sao), fire,
 (saindo/soltando/dando) (faisca/fumaca)(s/), faiscando, curto circuito
gas: (vazamento/cheiro) de gas
choque: (levou/tomou/deu/dando/levei/tomei/leva) (um /)choque, choque eletrico, descarga electrica
fio: (fio/cabo/poste)(s/)( de */ da */ do */) (ta /esta /tao /estao /)(caid/solt/partid/rompid)(o/a)(s/),
 (fio/cabo/poste)(s/)( de */ da */ do */) (ta /esta /tao /estao /)(energizad/desencapad)(o/a)(s/),
 (fio/cabo/poste)(s/)( de */ da */ do */) (ta /esta /tao /estao /)caiu, caiu (um/o) (poste/fio)
saude: infart*, desmai*, convuls*, (passou/passando/passa) (muito /)mal, sangrando, heart attack
acidente: acidente (grave/feio/de carro/de moto/na rua/aqui), (pres/trancad)(o/a) (n/dentro d)(o/a) elevador
violencia: assalt(ado/ada/ando/aram), com (uma /)arma, tiroteio, ameac* de morte, (esta/estao/ta/tao) me ameac*,
 tem alguem armad(o/a)
""")
_SAYS = Kinds("""
vida: me matar, suicid*, tirar (a /)(minha/propria) vida, acabar com (a /)minha vida, nao quero mais viver,
 nao aguento mais (viver/essa vida), (quero/queria) sumir d(o/esse/este) mundo, quero morrer, vontade de morrer,
 kill myself, quiero morir, matarme
exagero: (me matar/morrer) d(a/e), kkk(/*)
contado: (mes/semana/ano/dia) (passad/retrasad)(o/a), ontem, anteontem
outra coisa: boleto, fatura, conta, parcel*, fire( /)(stick/tv), multa, paguei, pagar
""")
_NUMBERS = re.compile(r"(?:190|192|193|911)[ .!]*")


def emergency_of(text: str) -> Emergencia | None:
    """Of what kind it is; None for any other text."""
    said = plain(cleaned(text)).strip() if len(text) <= LIMIT else ""
    says = _SAYS.of(said)
    if "vida" in says and "exagero" not in says:
        return Emergencia.VIDA
    # It may be told of, or be why a bill was not paid.
    if _NUMBERS.fullmatch(said) or (not says & {"contado", "outra coisa"} and _DANGERS.of(said)):
        return Emergencia.PERIGO
    return None
