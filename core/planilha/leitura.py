"""Files of rows, read a piece at a time: what is read is not held, so that 100,000 rows take no more than 2,000.

Where the cells come from (a CSV, a workbook) is settled in `abertura.py`; here they become typed rows, and reasons.
"""

import re
import unicodedata
from collections.abc import Hashable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Protocol

from core.palavras import trimmed
from core.planilha.acentos import as_written
from core.planilha.cabecalho import name_of, plan, unnamed_in
from core.planilha.planilhas import (
    BEGIN_ERRORS,
    ERRORS,
    OURS,
    UNCALCULATED,
    Column,
    Linha,
    Planilha,
    Recusada,
    as_it_was,
)
from core.textos import undirected
from core.venda.respostas import has_control

# What people and programs write where there is nothing.
_NOTHING = re.compile(
    r"[-\u2012-\u2015]+|n/[ad]|null|none|nan|nat|\\N|\(null\)|\[null\]|<null>|<na>|undefined", re.IGNORECASE
)
_LONGEST_NOTHING = 12
# What programs put before the first column, without a name: the number of the row.
_COUNT = re.compile("[0-9]{1,7}")

Registro = tuple[int, Sequence[str], str | None]
"""Where it begins (from 1), its cells, and why it cannot be read, if so."""


class Fonte(Protocol):
    """A file that is open. `total`: about how many rows it has, for showing progress.

    `ocultas`: the lines, of those read so far, that nobody sees who opens it.
    """

    @property
    def cabecalho(self) -> Sequence[str]: ...

    @property
    def total(self) -> int: ...

    @property
    def ocultas(self) -> Set[int]: ...

    def registros(self) -> Iterator[Registro]:
        """Every record behind the header, in order."""
        ...


class Leitura:
    """The rows of one file, typed and refused, as they come."""

    def __init__(self, fonte: Fonte, columns: Sequence[Column]) -> None:
        """Raises PlanilhaError where a needed column is missing, or one is unknown or there twice."""
        header = list(fonte.cabecalho)
        while header and not header[-1].strip():
            header.pop()
        self._reader = _Reader(columns, plan(header, columns), len(header), unnamed_in(header))
        self._names = [trimmed(cell) for cell in header]
        self._kept = [place for place, cell in enumerate(header) if name_of(cell) not in OURS]
        self._came_from_us = len(self._kept) < len(header)
        self._rows, self._ocultas = self._read(fonte), fonte.ocultas
        self.cabecalho = [header[place].strip() for place in self._kept]
        self.total = fonte.total

    def chunks(self, size: int) -> Iterator[Planilha[Linha]]:
        """So many rows at a time, accepted or refused."""
        while piece := list(islice(self._rows, size)):
            planilha: Planilha[Linha] = Planilha(list(self.cabecalho))
            planilha.ocultas = sum(row.numero in self._ocultas for row, _cells in piece)
            for row, cells in piece:
                if isinstance(row, Linha):
                    planilha.keep(row, row.numero, cells)
                else:
                    planilha.recusadas.append(row)
            yield planilha

    def _read(self, fonte: Fonte) -> Iterator[tuple[Linha | Recusada, Sequence[str]]]:
        for numero, cells, broken in fonte.registros():
            if not any(map(str.strip, cells)) or self._is_header(cells):
                continue
            if self._came_from_us:
                cells = [as_it_was(cell) for cell in cells]
            valores, motivos = self._reader.read(numero, cells) if broken is None else ({}, [broken])
            own = [cells[place] for place in self._kept if place < len(cells)] if self._came_from_us else cells
            yield (Recusada(numero, "; ".join(motivos), own) if motivos else Linha(numero, valores)), own

    def _is_header(self, cells: Sequence[str]) -> bool:
        """Once more, as where two files were glued together."""
        again = len(cells) >= len(self._names) and trimmed(cells[-1 + len(self._names)]) == self._names[-1]
        return again and [trimmed(cell) for cell in cells[: len(self._names)]] == self._names


@dataclass(slots=True)
class _Reader:
    """Turns cells into values, and remembers the keys it has seen."""

    columns: Sequence[Column]
    plan: Sequence[tuple[int, Column]]
    width: int
    unnamed: Sequence[int]
    seen: dict[tuple[str, Hashable], int] = field(default_factory=dict)

    def read(self, numero: int, cells: Sequence[str]) -> tuple[dict[str, Any], list[str]]:
        """The values by column name, and the reasons to refuse the row."""
        if any(map(str.strip, cells[self.width :])):
            return {}, [f"tem {len(cells)} células e o cabeçalho tem {self.width}"]
        for place in self.unnamed:
            said = cells[place].strip() if place < len(cells) else ""
            if said and not (place == 0 and _COUNT.fullmatch(said)):
                return {}, [f"a coluna {place + 1} não tem nome e traz um valor"]
        plain = "".join(cells).isprintable()
        valores: dict[str, Any] = {column.name: None for column in self.columns}
        motivos: list[str] = []
        for i, column in self.plan:
            cell = cells[i].strip() if i < len(cells) else ""
            try:
                valores[column.name] = self._value(column, cell if plain else trimmed(cell))
            except ValueError as refused:
                motivos.append(f"{column.name}: {refused}")
        return valores, motivos or self._repeated(numero, valores)

    def _value(self, column: Column, cell: str) -> object:
        if not cell or (len(cell) <= _LONGEST_NOTHING and _NOTHING.fullmatch(cell)):
            if column.required:
                raise ValueError("não foi preenchido")
            return None
        if cell[0] in BEGIN_ERRORS and ERRORS.fullmatch(cell):
            raise ValueError("a planilha mostra um erro em vez do valor")
        if cell == UNCALCULATED:
            raise ValueError("a fórmula está sem resultado; abra a planilha no Excel, salve e mande de novo")
        if not cell.isascii():
            cell = unicodedata.normalize("NFC", undirected(as_written(cell)))
        if has_control(cell):
            raise ValueError("tem quebra de linha ou caractere de controle")
        return column.parse(cell)

    def _repeated(self, numero: int, valores: Mapping[str, Any]) -> list[str]:
        keys = [
            (column.name, column.key(valores[column.name]))
            for _, column in self.plan
            if column.key is not None and valores[column.name] is not None
        ]
        repeated = [f"{key[0]}: repete o da linha {self.seen[key]}" for key in keys if key in self.seen]
        if not repeated:
            self.seen.update(dict.fromkeys(keys, numero))
        return repeated
