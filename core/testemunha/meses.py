"""Months as a processo has them, `MM/AAAA`."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Self

NOMES = (
    "janeiro", "fevereiro", "marco", "abril", "maio", "junho",
    "julho", "agosto", "setembro", "outubro", "novembro", "dezembro",
)  # fmt: skip
"""As `folded` leaves them (core/palavras.py), January first."""
_RELATIVOS = {
    0: "mes, mes atual, mes corrente, este mes, esse mes, this month",
    -1: "mes passado, mes pasado, mes anterior, ultimo mes,"
    " mes que passou, mes q passou, um mes atras, mes que acabou,"
    " last month, the last month, previous month, the previous month",
    -2: "mes retrasado, mes retrazado, mes antepassado, mes ante passado, mes antes do passado,"
    " mes anterior ao passado, penultimo mes, dois meses atras, 2 meses atras, ha dois meses, ha 2 meses,"
    " mes antepasado, mes antes del pasado,"
    " month before last, the month before last",
}
RELATIVOS = {said.strip(): plus for plus, names in _RELATIVOS.items() for said in names.split(",")}
"""Months said by today's, as `folded` leaves them: how many months from it."""


@dataclass(frozen=True, slots=True, order=True)
class Mes:
    """A month of a year."""

    ano: int
    mes: int

    @classmethod
    def of(cls, mes_ano: str) -> Self:
        """The month written `MM/AAAA`, of this century. Raises ValueError for anything else, a slip of the year too."""
        found = re.fullmatch(r"(0[1-9]|1[0-2])/(20[0-9]{2})", mes_ano)
        if found is None:
            raise ValueError("not a month as MM/AAAA")
        return cls(int(found[2]), int(found[1]))

    @classmethod
    def of_digits(cls, text: str) -> Self | None:
        """The month written `AAAAMM`; None for anything else."""
        found = re.fullmatch(r"([0-9]{4})(0[1-9]|1[0-2])", text)
        return cls(int(found[1]), int(found[2])) if found else None

    @classmethod
    def of_date(cls, day: date) -> Self:
        return cls(day.year, day.month)

    @classmethod
    def of_competencia(cls, competencia: int) -> Self:
        """The month whose number is AAAAMM."""
        return cls(competencia // 100, competencia % 100)

    @property
    def primeiro_dia(self) -> date:
        return date(self.ano, self.mes, 1)

    @property
    def competencia(self) -> int:
        """The same as a number that sorts: AAAAMM."""
        return self.ano * 100 + self.mes

    def plus(self, months: int) -> "Mes":
        """So many months later, or earlier."""
        years, month = divmod(self.mes - 1 + months, 12)
        return Mes(self.ano + years, month + 1)

    def __sub__(self, other: "Mes") -> int:
        """The months from the other one to this one."""
        return (self.ano - other.ano) * 12 + self.mes - other.mes

    def __str__(self) -> str:
        return f"{self.mes:02d}/{self.ano:04d}"
