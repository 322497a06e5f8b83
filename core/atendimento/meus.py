"""What a consultor asks of their work, and an administrator of another's: "quantos atendi hoje?", "a nota do Davi"."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto

from core.fala.leitura.curtas import Curtas, lines_of
from core.fala.leitura.leitura import read
from core.fala.leitura.tempo import days_named, days_said
from core.fala.lexico.texto import in_a_line


class Meus(StrEnum):
    """What of it."""

    NUMEROS = auto()
    """How many, and how they were rated."""
    PROTOCOLOS = auto()
    """Which ones they were."""
    DE_COLEGA = auto()
    """How many another consultor took, and how those rated them."""


@dataclass(frozen=True, slots=True)
class Pergunta:
    """`dias`: the first and the last day it is about; None where it says none. `nome`: a customer's or consultor's."""

    sobre: Meus
    dias: tuple[date, date] | None
    nome: str = ""


_KINDS = """
quanto: quantos, quantas, quanto
quem: quem
atendeu: atendeu, pegou, aceitou, encerrou, fez, tem feito, recebeu
atendi: atendi, passaram por mim, passou por mim, peguei, aceitei, encerrei, falei, conversei, tive, fiz
cliente: cliente, clientes, pessoas, pessoa
atendimento: atendimento, atendimentos, chats, chat, conversas, conversa, historico
protocolo: protocolo, protocolos
meu: meu, minha, meus, minhas
nota: numero, numeros, nota, notas, media, avaliacao, avaliacoes, desempenho, resultado, resultados
qual: qual, quais, como, ta, tao, foi, foram, sao, eh, era, cade, onde, ver, ve, mostra, manda, lista, acha, procura
quieto: em, no, de, com, eu
quando: hoje, ontem, anteontem, semana, mes, dia, passada, passado, janeiro, fevereiro, marco, abril, maio, junho,
 julho, agosto, setembro, outubro, novembro, dezembro
ultimo: ultimo, ultima, ultimos, ultimas
"""
_LINES = {
    Meus.NUMEROS: "quanto atendi : cliente nota atendimento quando ultimo numero +2;"
    "quanto protocolo : meu atendi quando cliente numero;"
    "meu nota/atendimento : qual quanto quando nota atendimento ultimo numero +2",
    Meus.PROTOCOLOS: "protocolo meu/atendi/nome/quando : qual quando cliente meu atendi ultimo nome nota numero"
    " atendimento;"
    "protocolo ultimo : qual quando cliente meu atendi nome nota; quem atendi : quando ultimo cliente numero qual;"
    "ultimo atendi/atendimento : qual quando cliente quem meu atendi atendimento nome;"
    "atendimento nome qual : quando cliente meu ultimo;"
    "atendimento qual quando : cliente meu ultimo; meu ultimo cliente : qual quando atendi",
    Meus.DE_COLEGA: "quanto atendeu : cliente atendimento nota quando numero nome +2;"
    "nota : nome qual quando atendimento numero +1",
}
_CURTAS = Curtas(_KINDS, lines_of(_LINES), free="?")
_LONGEST = 70


def own_work(text: str, today: date) -> Pergunta | None:
    """What is asked of it; numbers are this month's so far where no day is said. None for any other text."""
    sobre = _CURTAS.wanted(text, _LONGEST)
    said = in_a_line(text, _LONGEST)
    if sobre is None:
        return None
    if sobre is Meus.NUMEROS:
        return Pergunta(sobre, days_said(said, today))
    leitura = read(text, today)
    nome = (leitura.pessoa if leitura is not None else None) or ""
    if sobre is Meus.DE_COLEGA:
        return Pergunta(sobre, days_said(said, today), nome) if nome else None
    return Pergunta(sobre, days_named(said, today), nome)
