"""What there is to speak of: operadoras and people, and who speaks."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.palavras import folded


@dataclass(frozen=True, slots=True)
class OperadoraDita:
    """An operadora by its code and name. `tem_robo`: whether something can be downloaded from it."""

    codigo: str
    nome: str
    tem_robo: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        """How people call it, compared: code and name, in one piece or several."""
        code = folded(self.codigo)
        return tuple(dict.fromkeys((folded(self.nome), code.replace("_", " ").replace("-", " "), code)))


@dataclass(frozen=True, slots=True)
class PessoaDita:
    """Somebody registered."""

    nome: str
    telefone: str


@dataclass(frozen=True, slots=True)
class Conhecido:
    """Everything that a phrase may name. `eu`: the phone of who speaks."""

    operadoras: Sequence[OperadoraDita]
    pessoas: Sequence[PessoaDita]
    eu: str
