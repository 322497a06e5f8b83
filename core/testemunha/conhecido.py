"""What we knew before the bill came: whose and which month's it should be, what came earlier, who else we serve."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median

from core.testemunha.meses import Mes
from storage.tables.chaves import circuito_of, conta_of, terminal_of

# Fewer than three months say nothing of what is usual.
_ENOUGH = 3


@dataclass(frozen=True, slots=True)
class Titular:
    """A cliente, as far as a bill can name it. `operadora`: its codigo, for ranking."""

    cliente_id: str
    cnpj: str
    razao_social: str = ""
    filtro: str = ""
    servico: str = ""
    operadora: str = ""

    @property
    def conta(self) -> str:
        """The digits of its account: `filtro` without the suffix that tells rows of a sheet apart; empty if none."""
        return conta_of(self.filtro)

    @property
    def terminal(self) -> str:
        """The digits of its service when that is a phone or a circuit of digits; empty if none."""
        return terminal_of(self.servico)

    @property
    def circuito(self) -> str:
        """The name of its circuit, letters and digits (`SPO/IP/00123`); empty when the service is no such name."""
        return circuito_of(self.servico)


@dataclass(frozen=True, slots=True)
class Documento:
    """An earlier document: of this cliente, or of any other that has the same file or codes.

    `referencia`: the month it said it was for, where one was read.
    """

    processo_id: str
    cliente_id: str
    mes: Mes
    sha256: str = ""
    codigos: frozenset[str] = frozenset()
    chaves: frozenset[str] = frozenset()
    valor: Decimal | None = None
    vencimento: date | None = None
    referencia: Mes | None = None
    favorecidos: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Conhecido:
    """What a bill is held against. `recebido`: the day it came, in the business time zone.

    `outros`: the clientes of this operadora that its digits and CNPJs could name. `anteriores`: this cliente's
    documents of other months, and anybody's with the same codes.
    """

    titular: Titular
    processo_id: str
    mes: Mes
    recebido: date
    outros: tuple[Titular, ...] = ()
    anteriores: tuple[Documento, ...] = ()

    @property
    def do_cliente(self) -> tuple[Documento, ...]:
        """What came for this cliente in other months."""
        own = self.titular.cliente_id
        return tuple(one for one in self.anteriores if one.cliente_id == own and one.processo_id != self.processo_id)

    @property
    def distancia_usual(self) -> int | None:
        """Days from the first of its month to the due date, as usual; None when too few months are known."""
        found = [(one.vencimento - one.mes.primeiro_dia).days for one in self.do_cliente if one.vencimento]
        return round(median(found)) if len(found) >= _ENOUGH else None

    @property
    def referencia_usual(self) -> int:
        """Months from what its bills print as their reference to the processo's month; 0 until it is known."""
        found = [one.mes - one.referencia for one in self.do_cliente if one.referencia]
        return round(median(found)) if len(found) >= _ENOUGH else 0

    @property
    def valor_usual(self) -> Decimal | None:
        """In reais, the middle of what was paid so far; None when too few months are known."""
        found = [one.valor for one in self.do_cliente if one.valor]
        return Decimal(median(found)).quantize(Decimal("0.01")) if len(found) >= _ENOUGH else None
