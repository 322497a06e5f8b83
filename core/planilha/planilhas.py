"""Files of rows: what a column is, what became of each row, and CSV that no spreadsheet program runs anything in.

A refused row keeps its line and the reason in Portuguese (failures 74-76). A reason names the column and never repeats
the cell, which may be a password in the wrong place.
"""

import csv
import io
import os
import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

OURS = ("linha", "motivo")
# What spreadsheet programs show, in English and Portuguese, where a formula has no value.
# A column that was too narrow when the sheet was saved as text has nothing but `#`.
ERRORS = re.compile(
    "#(?:N/A|N/D|REF!|NAME\\?|NOME\\?|VALUE!|VALOR!|DIV/0!|NULL!|NULO!|NUM!|NÚM!|SPILL!|DESPEJAR!|CALC!|ERROR!|ERRO!"
    "|FIELD!|CAMPO!|BLOCKED!|BLOQUEADO!|CONNECT!|CONECTAR!|BUSY!|OCUPADO!|UNKNOWN!|DESCONHECIDO!|GETTING_DATA"
    "|OBTENDO_DADOS)|#{3,}|Err:[0-9]{3}|Loading\\.{3}|Carregando\\.{3}",
    re.IGNORECASE,
)
BEGIN_ERRORS = frozenset("#eElLcC")
# What a formula is that nobody has calculated yet: a program wrote the workbook, and no spreadsheet saved it.
UNCALCULATED = "#?"
# Full-width ones begin a formula in some languages' spreadsheets.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


class PlanilhaError(ValueError):
    """The file as a whole cannot be read; its message is a sentence in Portuguese for who sent it."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column a file may have, under its name or one of `aliases`.

    `parse` gets the trimmed cell, never empty, and raises ValueError with the reason in Portuguese. Two rows
    of one file with the same `key` of the value are one thing twice: the second is refused.
    """

    name: str
    parse: Callable[[str], object]
    required: bool = False
    key: Callable[[Any], Hashable] | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Linha:
    """An accepted row: its line in the file, from 1, and for each column its value or None."""

    numero: int
    valores: dict[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Recusada:
    """A refused row, its cells as they came."""

    numero: int
    motivo: str
    celulas: Sequence[str] = field(repr=False)


T = TypeVar("T")


@dataclass(slots=True)
class Planilha(Generic[T]):
    """What a file held: `linhas` to work on, `recusadas` to give back; `ocultas`: how many of them are hidden in it."""

    cabecalho: list[str]
    linhas: list[T] = field(default_factory=list)
    recusadas: list[Recusada] = field(default_factory=list)
    _celulas: dict[int, Sequence[str]] = field(default_factory=dict, repr=False)
    ocultas: int = 0

    def keep(self, row: T, numero: int, celulas: Sequence[str]) -> None:
        """One more accepted row, and its cells as they came."""
        self.linhas.append(row)
        self._celulas[numero] = celulas

    def apart(self) -> "Planilha[T]":
        """The same, of which rows can be refused while this one stays."""
        return Planilha(self.cabecalho, self.linhas, list(self.recusadas), self._celulas)

    def recusadas_cells(self) -> list[list[str]]:
        """Line, reason and cells of each refused row, by line."""
        ordered = sorted(self.recusadas, key=lambda recusada: recusada.numero)
        return [[str(one.numero), one.motivo, *one.celulas] for one in ordered]

    def refuse(self, numero: int, motivo: str) -> None:
        """Adds to the refused an accepted row that failed later, against the database for instance."""
        self.recusadas.append(Recusada(numero, motivo, self._celulas.get(numero, ())))


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV that a Brazilian Excel opens as it is: UTF-8 with BOM, `;`, every cell neutralised."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow([as_text_cell(cell) for cell in header])
    writer.writerows([as_text_cell(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig", "replace")


class CsvFile:
    """The same, written to a file row by row: what is written is not held."""

    def __init__(self, path: Path) -> None:
        """Readable by its owner only: rows may hold what is nobody else's."""
        opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        self._file = os.fdopen(opened, "w", encoding="utf-8-sig", errors="replace", newline="")
        self._writer = csv.writer(self._file, delimiter=";")

    def write(self, row: Sequence[str]) -> None:
        self._writer.writerow([as_text_cell(cell) for cell in row])

    def close(self) -> None:
        self._file.close()


def as_text_cell(cell: str) -> str:
    """The cell, with `'` before it when a spreadsheet would take it for a formula (OWASP, CSV injection)."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def cnpj_cell(cnpj: str) -> str:
    """`12.345.678/0001-90`: fourteen digits a spreadsheet takes for a number, and shows 1,23457E+13."""
    return f"{cnpj[:2]}.{cnpj[2:5]}.{cnpj[5:8]}/{cnpj[8:12]}-{cnpj[12:]}" if len(cnpj) == 14 else cnpj


def as_it_was(cell: str) -> str:
    """A cell of a file we wrote, before `as_text_cell`."""
    return cell[1:] if cell[:1] == "'" and _FORMULA.match(cell) else cell
