""" "Novidades?", "tem coisa parada?", "como estamos?": nothing in particular is asked for."""

from core.fala.leitura.curtas import Curtas, lines_of

_KINDS = """
novidade: novidade, novidades, novo, pendencia, pendencias, what is new, what's new, whats new
coisa: coisa, coisas, algo, alguma, muita coisa
ter: tem, ha, ficou, existe
parado: parado, parada, travado, travada, preso, presa, pendente, errado, errada, urgente, pegando, enroscado, acumulado
tudo: tudo
bem: bem, certo, ok
estar: ta, tao, anda, andam, foi
andando: rodando, funcionando, tranquilo, tranquila, em ordem, sob controle, em dia
sistema: sistema, servico, balcao, operacao
robo: robo, robos
meu: meu, minha, meus, minhas
dia: o dia, dia hoje, movimento
estamos: estamos, tamo, tamos
doing: how are we doing
como: como
resumo: resumo, panorama, balanco
geral: geral, do dia, de hoje, da operacao
manda: manda, faz, da
quieto: hoje, com, ate, no momento, por, cedo
qual: quais, qual, o que, oque
"""
# "Tudo bem?" alone greets.
_LINES = {
    True: "novidade : ter coisa qual; ter coisa parado : ; qual estar parado : ; como estamos : tudo coisa;"
    "como estar tudo/coisa/dia/sistema : coisa tudo; resumo geral : sistema manda;"
    "bem sistema/robo : estar tudo; andando sistema/tudo : estar tudo; doing : "
}
_CURTAS = Curtas(_KINDS, lines_of(_LINES), free="?")
_LONGEST = 60


def asks_how_it_stands(text: str) -> bool:
    """Whether it asks for nothing in particular."""
    return _CURTAS.wanted(text, _LONGEST) is True
