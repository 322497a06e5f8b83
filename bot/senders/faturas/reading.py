"""What the senders of invoices read with, and for how long they read a file again that no reader got through."""

from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.faturas.leitor import Leitor
from bot.turn import Turns
from core.delivery_errors import Throttled
from core.processo.limites import ProcessoLimits
from core.testemunha.leitura import Leitura, LeituraAdiada, Recusa, Recusado
from storage.database import Database
from storage.objects import ObjectStore

# The reader was killed, or is slow: the file is fetched and read again this often, for so long; then a person is told.
READ_AGAIN_SECONDS = 15.0
READ_AGAIN_FOR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Reading:
    """Turns, rows, files and the reader; a processo's limits and the zone of its days."""

    turns: Turns
    database: Database
    objects: ObjectStore
    leitor: Leitor
    limits: ProcessoLimits
    zone: ZoneInfo

    async def of(self, read: Awaitable[Leitura | Recusado], since: datetime) -> Leitura | Recusado:
        """What the reader answers. One that is not there, or was killed, is no fault of the file's, known `since` then.

        Raises Throttled for as long as it is read again.
        """
        try:
            return await read
        except LeituraAdiada as adiada:
            if self.turns.now() - since < READ_AGAIN_FOR:
                raise Throttled(f"the reader: {adiada}", "leitor", READ_AGAIN_SECONDS) from None
            return Recusado(Recusa.DEMOROU)

    def day_of(self, moment: datetime) -> date:
        """On which day that was, where the operation is."""
        return moment.astimezone(self.zone).date()

    def today(self) -> date:
        return self.day_of(self.turns.now())
