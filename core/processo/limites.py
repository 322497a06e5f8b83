"""What the settings say about processos."""

from dataclasses import dataclass
from datetime import timedelta

# A robot that says nothing for so long is asked a last time; after that its execucao is over.
SILENCIO = timedelta(minutes=30)
# Technical failures in a row after which an operadora is left alone, and for how long.
FALHAS_SEGUIDAS = 5
PAUSA = timedelta(minutes=30)
# With twenty attempts the last waits would take days otherwise, and with fifty no date could hold them.
MAIOR_ESPERA = timedelta(hours=1)
_DOBROS = 12


@dataclass(frozen=True, slots=True)
class ProcessoLimits:
    """`dois_acima`: cents from which two people approve; None: one is enough. `variacao`: percent that marks a card.

    `por_operadora`: robots at once. `tentativas`, `espera_base`: of a technical failure (contract, section 2).
    """

    dois_acima: int | None = None
    variacao: int = 30
    sat_automatico: bool = False
    sat_espera: timedelta = timedelta(seconds=60)
    por_operadora: int = 3
    tentativas: int = 3
    espera_base: timedelta = timedelta(seconds=10)
    # How long a card waits before its approver is reminded, once a day; None: never.
    lembrete: timedelta | None = timedelta(hours=24)

    def wait_before(self, tentativa: int) -> timedelta:
        """How long before this attempt (2 is the first repetition); doubled each time, up to an hour."""
        doubled = self.espera_base * (1 << min(max(tentativa - 2, 0), _DOBROS))
        return min(doubled, max(self.espera_base, MAIOR_ESPERA))
