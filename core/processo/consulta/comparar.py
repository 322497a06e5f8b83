"""What is compared: a month with another, or the operadoras of one. Nothing here does anything: it is shown."""

from dataclasses import dataclass
from datetime import date

from core.fala.leitura.curtas import Curtas, lines_of
from core.fala.leitura.tempo import find_month
from core.fala.lexico.texto import LIMIT, in_a_line
from core.testemunha.meses import Mes

_MES, _OPERADORA = "mes", "operadora"
_KINDS = """
mes: §
confronta: compar*, diferenca, versus, vs, x
compara: contra, do que, que, ou, e
mais: aument*, subi*, cai*, caro, cara, caros, caras, barato, barata, baratos, baratas, mais, menos, maior, menor, gast*
dinheiro: quanto, deu, deram, cust*, valor, total, pag*, fatura, faturas, conta, contas, pes*, soma*
outro: venda, vend*, atendimento, atendimentos, login, logins, presenca, relatorio, relatorios, backup, backups, aprov*,
 rejeit*, venc*, baix*
operadora: operadora, operadoras
qual: qual, quais, cada, por, entre, ranking
quieto: foi, foram, com
"""
_LINES = {
    _MES: "mes confronta/mais : +9; mes compara dinheiro : +9",
    _OPERADORA: "operadora qual/compara dinheiro/mais : +9; operadora mais : +9",
}
_CURTAS = Curtas(_KINDS, lines_of(_LINES), free="? mes confronta compara mais dinheiro qual operadora numero")


@dataclass(frozen=True, slots=True)
class Comparacao:
    """Two months, the older one first; or one, by operadora."""

    meses: tuple[Mes, ...]


def read_comparacao(text: str, today: date) -> Comparacao | None:
    """What is compared; None for any other text."""
    said, meses = _months(in_a_line(text, LIMIT), today)
    wanted = _CURTAS.meant(said)
    if wanted == _MES and len(meses) == 2:
        return Comparacao(tuple(sorted(meses, key=lambda one: one.competencia)))
    if wanted == _OPERADORA and len(meses) < 2:
        return Comparacao((meses[0] if meses else Mes.of_date(today),))
    return None


def _months(said: str, today: date) -> tuple[str, list[Mes]]:
    """The sentence with a mark where each month stood, and those that are named, each once."""
    found: list[Mes] = []
    while (month := find_month(said, today)) is not None and len(found) < 3:
        mes = Mes.of(month.mes)
        found += [] if mes in found else [mes]
        said = f"{said[: month.start]} § {said[month.end :]}"
    return said, found
