"""What of a bill gets onto the page."""

from dataclasses import dataclass

from sandbox.faturas.fatura import Fatura


@dataclass(frozen=True)
class Impressao:
    """What the page shows: as the bill is, unless one part is replaced by another's."""

    fatura: Fatura
    linha: str
    barras: str
    pix: str

    @classmethod
    def of(cls, fatura: Fatura) -> "Impressao":
        if not fatura.boleto:
            return cls(fatura, "", "", "")
        return cls(fatura, fatura.linha, fatura.barras, fatura.pix)
