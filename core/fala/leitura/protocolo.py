"""A customer asks for the number of their protocolo."""

from core.fala.leitura.curtas import Curtas, lines_of

_KINDS = """
protocolo: protocolo, protocolos, numero do protocolo, numero do atendimento, numero do meu atendimento,
 nr do protocolo, protocol, protocol number, ticket number, numero de protocolo
qual: qual, quais, cade, onde, ver, passa, passar, manda, mandar, esqueci, perdi, era, foi, eh, ultimo, ultima, meu,
 minha, sei, lembro, lembra, preciso, quero, queria, anotei, what, is, was, my, cual, es, mi, numero, sabe, tem, saber
nao: nao
"""
_CURTAS = Curtas(_KINDS, lines_of({True: "protocolo : qual nao"}), free="?")
_LONGEST = 60


def asks_protocolo(text: str) -> bool:
    """Whether it asks for just that."""
    return _CURTAS.wanted(text, _LONGEST) is True
