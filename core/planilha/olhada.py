"""A small file of rows that was looked at as a whole: what it would change, and whether that is what was shown."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

# Rows of one file that are looked at, and written, as a whole: in one transaction, which others wait for.
MAIS_LINHAS = 2_000


class LinhasDemais(ValueError):
    """More than `MAIS_LINHAS` rows."""


class OutroResultado(Exception):
    """It would not do any more what was shown."""


@dataclass(frozen=True, slots=True)
class Mudanca:
    """A row that adds (`colunas` is empty) or changes something: its line in the file, and the columns."""

    linha: int
    nome: str
    colunas: str


@dataclass(frozen=True, slots=True)
class Olhada:
    """What a file would do, or did. `recusadas`: line, reason and cells of each refused row, under `cabecalho`."""

    o_que: str
    criados: int
    alterados: int
    sem_mudanca: int
    mudancas: Sequence[Mudanca]
    cabecalho: Sequence[str]
    recusadas: Sequence[Sequence[str]] = field(repr=False)
    # Of those that are known: deactivated before, and still.
    desativados: int = 0
    # Hidden in the file: by a filter, or in a folded group. They count like the others.
    ocultas: int = 0

    @property
    def muda(self) -> bool:
        """Whether anything would change."""
        return bool(self.mudancas)

    @property
    def linhas(self) -> int:
        """How many the file has."""
        return self.criados + self.alterados + self.sem_mudanca + len(self.recusadas)

    @property
    def soma(self) -> str:
        """The same for the same outcome, row by row."""
        said = [(one.linha, one.colunas) for one in self.mudancas], [tuple(row[:2]) for row in self.recusadas]
        counts = self.o_que, self.criados, self.alterados, self.sem_mudanca
        return hashlib.sha256(repr((counts, said)).encode("utf-8", "surrogatepass")).hexdigest()[:32]
