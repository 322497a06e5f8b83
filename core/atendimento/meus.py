"""What a consultor asks of their own work: "quantos atendi hoje?", "qual minha nota?"."""

from datetime import date

from core.fala.leitura.curtas import Curtas, lines_of
from core.fala.leitura.tempo import days_said
from core.fala.lexico.texto import in_a_line

_KINDS = """
quanto: quantos, quantas, quanto
atendi: atendi, peguei, aceitei, encerrei
cliente: cliente, clientes, pessoas, chats, conversas
meu: meu, minha, meus, minhas
nota: atendimento, atendimentos, numero, numeros, nota, notas, media, avaliacao, avaliacoes, desempenho, resultado,
 resultados
qual: qual, quais, como, ta, tao, foi, foram, sao
quieto: em, no, de, com
quando: hoje, ontem, semana, mes, dia, passada, passado, ultimo, ultima
"""
_LINES = {True: "quanto atendi : cliente nota quando +2; meu nota : qual quando +2"}
_CURTAS = Curtas(_KINDS, lines_of(_LINES), free="?")
_LONGEST = 70


def own_days(text: str, today: date) -> tuple[date, date] | None:
    """The first and the last day it is about; this month so far where it says none. None for any other text."""
    asks = _CURTAS.wanted(text, _LONGEST)
    return days_said(in_a_line(text, _LONGEST), today) if asks else None
