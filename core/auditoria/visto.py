"""What somebody had before their eyes when they changed it: whoever changed it in between is not overwritten unseen."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


class MudouDepois(Exception):
    """Somebody else changed it after it was looked at."""


@dataclass(frozen=True, slots=True)
class Visto:
    """The columns that were shown, and a sum over what stood in them."""

    campos: tuple[str, ...]
    soma: str

    def check(self, row: Any) -> None:
        """Raises `MudouDepois` unless the row, locked by this turn, holds the same still."""
        if visto_of(row, self.campos).soma != self.soma:
            raise MudouDepois


def visto_of(row: Any, campos: Sequence[str]) -> Visto:
    """What a row shows in these columns."""
    said = repr([getattr(row, name) for name in campos])
    return Visto(tuple(campos), hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:32])
