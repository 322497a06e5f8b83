"""Lines that consultores type with a customer on the screen, from the tables under tests/core/fala/casa.

`# Name` begins a dialogue, `>` is the customer's, `<` the consultor's to the customer, `!` the consultor's to the
house.
"""

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "core" / "fala" / "casa"


@dataclass(frozen=True, slots=True)
class Dita:
    """A consultor's line, whether it is meant for the house, and the messages before it."""

    texto: str
    para_casa: bool
    cliente: str
    antes: tuple[str, ...]


def lines_of(table: str) -> list[Dita]:
    """Every line of a consultor in a table, in order."""
    found: list[Dita] = []
    nome, antes = "", list[str]()
    for line in (FOLDER / f"{table}.txt").read_text(encoding="utf-8").splitlines():
        sign, _, said = line.partition(" ")
        if sign == "#":
            nome, antes = said, []
            continue
        if sign != ">":
            found.append(Dita(said, sign == "!", nome, tuple(antes[-6:])))
        if sign != "!":
            antes.append(said)
    return found
