"""A report of the team as what is shown of it: a caption, bars for a picture, sheets for files. Drawn elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

Celula = str | int | Decimal | date | None

# A caption on Telegram holds 1024 characters.
SHOWN = 8


@dataclass(frozen=True, slots=True)
class Barra:
    """One line of the picture: its name, the lengths of its parts, what stands at its right end and under its name."""

    nome: str
    partes: tuple[float, ...]
    direita: str
    nota: str = ""


@dataclass(frozen=True, slots=True)
class Folha:
    """A table. `colunas`: names of columns, the same in every language: other programs read them."""

    nome: str
    colunas: Sequence[str]
    linhas: Sequence[Sequence[Celula]]


@dataclass(frozen=True, slots=True)
class Pagina:
    """The whole of it. `partes`: what the parts of the bars are; the first of `folhas` is the CSV as well.

    `densa`: many short bars, each on one line. Without bars there is nothing to show but the caption.
    """

    titulo: str
    legenda: str
    partes: Sequence[str]
    barras: Sequence[Barra]
    folhas: Sequence[Folha]
    arquivo: str
    densa: bool = False
