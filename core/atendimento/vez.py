"""Whose turn it is, asked by somebody who attends: "quem tá na vez?", "sou o próximo?"."""

from core.fala.leitura.curtas import Curtas, lines_of

_KINDS = """
quem: quem, qual
sou: sou, eh eu, sou eu, serei
eh: eh, ta, esta, seria, agora, ae, ai, hein, viu
atender: a atender, pra atender, para atender, atender
vez: vez, na vez, da vez, a vez, rodizio
minha: minha, meu, chegou, falta muito, quanto falta, quando
proximo: proximo, proxima, proximo atendente, proximo consultor, proxima consultora
antes: na minha frente, antes de mim, depois de mim
ordem: ordem, sequencia, como
"""
_LINES = {
    True: "vez quem : eh proximo; antes quem : eh;"
    "proximo quem atender : eh vez; vez sou : eh quem; sou proximo : eh vez; minha vez ? : eh; vez ordem : eh"
}
_CURTAS = Curtas(_KINDS, lines_of(_LINES), free="?")
_LONGEST = 60


def asks_whose_turn(text: str) -> bool:
    """Whether it asks just that; who waits in the queue is another question."""
    return _CURTAS.wanted(text, _LONGEST) is True
