"""Charts as plain shapes: where each rectangle stands. Colours are the stylesheet's, words are the template's."""

from collections.abc import Sequence
from dataclasses import dataclass

from storage.processo.status import StatusProcesso
from storage.relatorio.resumo import Parte, SomaDeUmMes

WIDE, ROW, GAP = 720, 26, 12
TALL, COLUMN = 220, 60
# Room for the names on the left of bars, and for numbers above columns.
NAMES, HEAD, FOOT = 120, 22, 24


@dataclass(frozen=True, slots=True)
class Pedaco:
    """One rectangle: what it stands for, where it is, and how large."""

    nome: str
    quantas: int
    x: float
    y: float
    largura: float
    altura: float


@dataclass(frozen=True, slots=True)
class Linha:
    """One operadora: its pieces, in the order of the way to SAT, and its sums."""

    operadora: str
    y: float
    pedacos: list[Pedaco]
    por_status: dict[StatusProcesso, int]
    total: int
    valor: int


def barras(partes: Sequence[Parte]) -> list[Linha]:
    """A bar for each operadora, as long as it has invoices, cut by status."""
    nomes = sorted({parte.operadora for parte in partes})
    of_each = {nome: {parte.status: parte for parte in partes if parte.operadora == nome} for nome in nomes}
    most = max((sum(one.quantas for one in of.values()) for of in of_each.values()), default=0) or 1
    return [_linha(nome, of_each[nome], place, most) for place, nome in enumerate(nomes)]


def _linha(nome: str, of: dict[StatusProcesso, Parte], place: int, most: int) -> Linha:
    x, y, pieces = float(NAMES), float(place * (ROW + GAP)), []
    for status in StatusProcesso:
        if (parte := of.get(status)) is not None:
            wide = round(parte.quantas * (WIDE - NAMES - 50) / most, 1)
            pieces.append(Pedaco(status, parte.quantas, x, y, wide, ROW))
            x = round(x + wide, 1)
    counted = {status: of[status].quantas if status in of else 0 for status in StatusProcesso}
    return Linha(nome, y, pieces, counted, sum(counted.values()), sum(one.valor for one in of.values()))


def colunas(meses: Sequence[SomaDeUmMes]) -> list[Pedaco]:
    """A column for each month, as tall as its amount."""
    most = max((one.valor for one in meses), default=0) or 1
    found = []
    for place, one in enumerate(meses):
        tall = round(one.valor * (TALL - HEAD - FOOT) / most, 1)
        x = place * COLUMN + 8.0
        found.append(Pedaco(str(one.competencia), one.valor, x, TALL - FOOT - tall, COLUMN - 16.0, tall))
    return found
