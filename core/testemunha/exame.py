"""A bill held against what we know: every field with its witnesses, and the verdict on the whole.

A verdict never blocks a person. It says which cards may be approved together, and which want a second approver.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.testemunha.campos.boleto import judge_boleto
from core.testemunha.campos.cliente import judge_cliente
from core.testemunha.campos.duplicada import judge_duplicada
from core.testemunha.campos.juntas import looked_at_when_hidden, looked_at_when_two
from core.testemunha.campos.mes import judge_mes
from core.testemunha.campos.valor import judge_valor
from core.testemunha.campos.vencimento import judge_vencimento
from core.testemunha.conhecido import Conhecido
from core.testemunha.lido import Codigos, Lido, codes_of
from core.testemunha.meses import Mes
from core.testemunha.parecer import Campo, Parecer, Veredito
from core.testemunha.texto import Texto


@dataclass(frozen=True, slots=True)
class DitoDoRobo:
    """The fields of a download's `resultado` (contract §5), or what a person typed beside a file."""

    valor: Decimal | None = None
    vencimento: date | None = None


@dataclass(frozen=True, slots=True)
class Exame:
    """What came out. `referencia`: the month that the bill prints, before the client's usual shift.

    `variacao`: percent off what this client usually pays, with its sign; None when that is not known.
    """

    campos: tuple[Parecer, ...]
    codigos: Codigos
    referencia: Mes | None = None
    valor_usual: Decimal | None = None

    def __getitem__(self, campo: Campo) -> Parecer:
        return next(one for one in self.campos if one.campo == campo)

    @property
    def valor(self) -> Decimal | None:
        """In reais; None when nothing says it, or two do."""
        said = self[Campo.VALOR].valor
        return Decimal(said) if said else None

    @property
    def vencimento(self) -> date | None:
        said = self[Campo.VENCIMENTO].valor
        return date.fromisoformat(said) if said else None

    @property
    def linha(self) -> str:
        """The line to pay by; empty when there is none, or several."""
        slips = self.codigos.boletos
        return next(iter(slips)).linha if len(slips) == 1 else ""

    @property
    def veredito(self) -> Veredito:
        """`DIVERGE` if any field does; `CONFERE` if value and client do and none diverges; else `INCOMPLETO`."""
        found = {one.campo: one.veredito for one in self.campos}
        if Veredito.DIVERGE in found.values():
            return Veredito.DIVERGE
        if found[Campo.VALOR] == found[Campo.CLIENTE] == Veredito.CONFERE:
            return Veredito.CONFERE
        return Veredito.INCOMPLETO

    @property
    def variacao(self) -> Decimal | None:
        if self.valor is None or not self.valor_usual:
            return None
        return ((self.valor / self.valor_usual - 1) * 100).quantize(Decimal("0.1"))

    def marcada(self, variacao_maxima: Decimal) -> bool:
        """Whether the card stays out of "aprovar vários" and wants two approvers.

        `variacao_maxima`: APROVACAO_VARIACAO, percent. What is merely incomplete is not marked, but not verde either.
        """
        return self.veredito == Veredito.DIVERGE or self._unusual(variacao_maxima)

    def verde(self, variacao_maxima: Decimal) -> bool:
        """Whether it may be approved together with others: value, client and month hold, and nothing is unusual.

        The month is asked for beyond the verdict on the whole: a bill of the neighbouring month has every code right.
        """
        month_holds = self[Campo.MES].veredito == Veredito.CONFERE
        return self.veredito == Veredito.CONFERE and month_holds and not self._unusual(variacao_maxima)

    def _unusual(self, variacao_maxima: Decimal) -> bool:
        return self.variacao is not None and abs(self.variacao) > variacao_maxima


def examine(lido: Lido, known: Conhecido, robo: DitoDoRobo) -> Exame:
    """Every field of a bill with its witnesses."""
    text, codes = Texto(lido.paginas), codes_of(lido)
    valor = judge_valor(codes, text, robo.valor, lido.nota.total if lido.nota else None)
    valor = looked_at_when_hidden(looked_at_when_two(valor, lido.paginas), lido)
    vencimento = judge_vencimento(lido, codes, text, known, robo.vencimento)
    amount = Decimal(valor.valor) if valor.valor else None
    due = date.fromisoformat(vencimento.valor) if vencimento.valor else None
    campos = (
        valor,
        vencimento,
        judge_mes(lido, codes, text, known, due),
        judge_cliente(lido, text, known),
        judge_duplicada(lido, codes, known, amount, due),
        judge_boleto(codes, known),
    )
    return Exame(campos, codes, _printed_month(lido, text), known.valor_usual)


def _printed_month(lido: Lido, text: Texto) -> Mes | None:
    if lido.nota and lido.nota.competencia:
        return lido.nota.competencia
    return next(iter(text.referencias)) if len(text.referencias) == 1 else None
