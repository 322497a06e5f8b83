"""What became of the rows of a file that was imported."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID


@dataclass(slots=True)
class Importacao:
    """What became of rows: counts, (line, reason) of each one refused, and whose each address is now.

    `phones`: who these rows say has a phone, and their name.
    `vistos`: the rows themselves, by what may show that a later one is about the same.
    `linhas`: of each row that adds or changes something its line, and the columns that change ("" adds it); only of
    the rows at hand, whoever adds others keeps none.
    `desativadas`: likewise the lines of those that are deactivated and stay so, since the file says nothing of it.
    """

    criados: int = 0
    alterados: int = 0
    sem_mudanca: int = 0
    recusadas: list[tuple[int, str]] = field(default_factory=list)
    emails: dict[str, UUID | None] = field(default_factory=dict, repr=False)
    phones: dict[str, tuple[UUID, str]] = field(default_factory=dict, repr=False)
    vistos: dict[Hashable, list[Any]] = field(default_factory=dict, repr=False)

    linhas: list[tuple[int, str]] = field(default_factory=list, repr=False)
    desativadas: list[int] = field(default_factory=list, repr=False)

    def add(self, other: "Importacao") -> None:
        """Count other rows too."""
        self.criados += other.criados
        self.alterados += other.alterados
        self.sem_mudanca += other.sem_mudanca
        self.recusadas += other.recusadas
        self.emails |= other.emails
        self.phones |= other.phones
        self.vistos |= other.vistos
