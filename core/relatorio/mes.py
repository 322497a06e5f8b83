"""The month's invoices in figures: how far each operadora is, what it costs against last month, what is late."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import median
from zoneinfo import ZoneInfo

from storage.processo.status import StatusProcesso
from storage.relatorio.mes import LinhaMes


@dataclass(slots=True)
class Totais:
    """The figures of one operadora, or of all. Money in cents; grows by `add`."""

    por_status: Counter[StatusProcesso] = field(default_factory=Counter)
    valor: int = 0
    sem_valor: int = 0
    # Only of clientes whose value is known in both months: the others would make a difference that is none.
    comparavel: int = 0
    anterior: int = 0
    atrasadas: int = 0
    segundos_ate_o_sat: list[float] = field(default_factory=list)

    def add(self, linha: LinhaMes, late: bool) -> None:
        """One more processo."""
        self.por_status[StatusProcesso(linha.status_processo)] += 1
        self.atrasadas += late
        if linha.valor_centavos is None:
            self.sem_valor += 1
        else:
            self.valor += linha.valor_centavos
        if linha.valor_centavos is not None and linha.anterior_centavos is not None:
            self.comparavel += linha.valor_centavos
            self.anterior += linha.anterior_centavos
        if linha.recebida_em and linha.data_envio_sat:
            took = (linha.data_envio_sat - linha.recebida_em).total_seconds()
            self.segundos_ate_o_sat.append(max(0.0, took))

    @property
    def total(self) -> int:
        return self.por_status.total()

    @property
    def no_sat(self) -> int:
        return self.por_status[StatusProcesso.UPLOAD_REALIZADO]

    @property
    def variacao(self) -> float | None:
        """Percent against last month, of those that can be compared; None when nothing can."""
        return (self.comparavel - self.anterior) * 100 / self.anterior if self.anterior else None

    @property
    def tempo_mediano(self) -> timedelta | None:
        """From the file's arrival to SAT; half of them took longer."""
        return timedelta(seconds=median(self.segundos_ate_o_sat)) if self.segundos_ate_o_sat else None

    @property
    def espera(self) -> dict[StatusProcesso, int]:
        """How many wait, and for what; in the order of the way to SAT."""
        waiting = [status for status in StatusProcesso if status != StatusProcesso.UPLOAD_REALIZADO]
        return {status: self.por_status[status] for status in waiting if self.por_status[status]}


class RelatorioMes:
    """The report of one month as its rows come in; none of them is kept.

    `hoje`: the day in the business zone, `zone`. Late is what was due before it reached SAT, or is due before today
    and has not.
    """

    def __init__(self, hoje: date, zone: ZoneInfo) -> None:
        self.tudo = Totais()
        self._hoje = hoje
        self._zone = zone
        self._por_operadora: dict[str, Totais] = {}

    def add(self, linha: LinhaMes) -> None:
        """One more processo."""
        late = self.late(linha)
        self.tudo.add(linha, late)
        self._por_operadora.setdefault(linha.operadora, Totais()).add(linha, late)

    def late(self, linha: LinhaMes) -> bool:
        """Whether it reached SAT after it was due, or is due and has not."""
        if linha.data_vencimento is None:
            return False
        sent = linha.data_envio_sat
        return (sent.astimezone(self._zone).date() if sent else self._hoje) > linha.data_vencimento

    @property
    def por_operadora(self) -> dict[str, Totais]:
        """By codigo, in the order of the alphabet."""
        return dict(sorted(self._por_operadora.items()))
