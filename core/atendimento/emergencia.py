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
socorro: samu, bombeiro(s/), bombero(s/), ambulancia, ambulance, firefighter(s/), paramedic(s/)
fogo: incendi*, (pegou/pegando/em) (fogo/chamas), fogo n(o/a) *, explo(diu/sao), fire,
 (saindo/soltando/dando) (faisca/fumaca)(s/), faiscando, curto circuito, prendio fuego, incendiando, quemando,
 ardiendo en, (hay/sale/saliendo/mucho) (fuego/humo), humo saliendo, en llamas, chispa(s/zo), cortocircuito,
 corto circuito, exploto, explosion, exploded, (is/are) burning, (see/smell) smoke, smoke (is /)coming, full of smoke,
 (sparks/sparking), short circuit
gas: (vazamento/cheiro) de gas, (fuga/escape/perdida/olor) (de/a) gas, huele (mucho /fuerte /)a gas, gas leak(s/ing/),
 leaking gas, smell(s/) (of /like /)gas, smell gas
choque: (levou/tomou/deu/dando/levei/tomei/leva) (um /)choque, choque eletrico, descarga electrica,
 (me/le) dio (la /)corriente, electrocut*, electric shock, electrical shock
fio: (fio/cabo/poste)(s/)( de */ da */ do */) (ta /esta /tao /estao /)(caid/solt/partid/rompid)(o/a)(s/),
 (fio/cabo/poste)(s/)( de */ da */ do */) (ta /esta /tao /estao /)(energizad/desencapad)(o/a)(s/),
 (fio/cabo/poste)(s/)( de */ da */ do */) (ta /esta /tao /estao /)caiu, caiu (um/o) (poste/fio),
 (cable/poste)(s/)( de */) (caido/suelto/pelado)(s/), cayo (un/el) (cable/poste), (cable/poste)(s/)( de */) se cayo,
 (downed/fallen/live/exposed) (power /electric /)(wire/line/cable/pole)(s/),
 (power line/wire/pole)(s/) (is /are /has /have /)(down/fallen/on the ground/fell/hanging)
saude: infart*, desmai*, desmay*, convuls*, (passou/passando/passa) (muito /)mal, sangrando, heart attack,
 paro cardiaco, ataque (al corazon/cardiaco), no respira, se esta (muriendo/ahogando), desangra*, bleeding,
 not breathing, can(t/'t/ t/not) breathe, unconscious, inconsciente, passed out, fainted, having a stroke, seizure,
 (he/she/someone/somebody/mother/mom/father/dad/husband/wife/son/daughter/baby/grandma/grandpa) is dying
acidente: acidente (grave/feio/de carro/de moto/na rua/aqui), (pres/trancad)(o/a) (n/dentro d)(o/a) elevador,
 accidente (grave/feo/de auto/de carro/de moto/aqui/en la calle), (bad/serious/car) accident,
 (atrapad/encerrad)(o/a) en el (ascensor/elevador), (stuck/trapped) in (the/an) elevator
violencia: assalt(ado/ada/ando/aram), com (uma /)arma, tiroteio, ameac* de morte, (esta/estao/ta/tao) me ameac*,
 tem alguem armad(o/a), tiroteo, amenaz* de muerte, me (estan /esta /)(amenazando/robando/asaltando/robaron/asaltaron),
 hay alguien armado, (being/got/getting) (robbed/mugged), (has/with) a gun, threat* to kill
""")
_SAYS = Kinds("""
vida: me matar, suicid*, tirar (a /)(minha/propria) vida, acabar com (a /)minha vida, nao quero mais viver,
 nao aguento mais (viver/essa vida), (quero/queria) sumir d(o/esse/este) mundo, quero morrer, vontade de morrer,
 kill(ing/) myself, end(ing/) my (own /)life, (want to/wanna) die, don(t/'t/ t) want to live, hurt myself,
 (quiero/ganas de/prefiero) morir(me/), matarme, me quiero matar, quitarme la vida, acabar con mi vida,
 no quiero (mas /)(vivir/seguir viviendo)
exagero: (me matar/morrer/morir/morirme) d(a/e), jaja(/*), haha(/*), lol, kkk(/*)
contado: (mes/semana/ano/dia) (passad/pasad/retrasad)(o/a), ontem, anteontem, ayer, anteayer, yesterday,
 last (week/month/year)
outra coisa: boleto, fatura, conta, parcel*, fire( /)(stick/tv), multa, paguei, pagar, factura, recibo, pague, bill,
 invoice, payment, bleeding money, burning (my /our /)(minutes/data/money), (explot/explodi)(o/u) de,
 fire (him/her/them)
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
