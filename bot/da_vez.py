"""Who is next, and new protocolo numbers, for many callers at once: those who ask together share a transaction."""

from collections.abc import Sequence

from bot.turn import Turns
from core.batches import Batches
from core.consultor.da_vez import Escolha, Pedido, attend
from core.consultor.idioma_reserva import Reserva
from core.consultor.protocolos import issue
from storage.consultor.protocolos import Protocolo
from storage.transaction import Transaction

# A transaction of so many takes some milliseconds; whoever asks meanwhile goes with the next.
_AT_ONCE = 64


class DaVez:
    """The turn and the numbers of this process. Other processes wait for the same counter, each its time."""

    def __init__(self, turns: Turns, reserva: Reserva) -> None:
        self._turns = turns
        self._reserva = reserva
        self._pedidos = Batches(self._attend, _AT_ONCE)
        self._numeros = Batches(self._issue, _AT_ONCE)

    async def next(self, pedido: Pedido, tx: Transaction | None = None) -> Escolha | None:
        """Whose turn it is, stamped and with a protocolo; None when there is nobody, and no number is used up.

        `tx`: in this transaction, and not with whoever asks meanwhile.
        """
        if tx is not None:
            return (await attend(tx, [pedido], self._reserva))[0]
        return await self._pedidos.add(pedido)

    async def protocolo(self, consultor_id: int | None, tx: Transaction | None = None) -> Protocolo | None:
        """A new number of this consultor, or of nobody; None when there is no such consultor. `tx` as in `next`."""
        if tx is not None:
            return (await issue(tx, [consultor_id]))[0]
        return await self._numeros.add(consultor_id)

    async def settle(self) -> None:
        """Return when everybody who asked has their answer."""
        await self._pedidos.settle()
        await self._numeros.settle()

    async def _attend(self, pedidos: Sequence[Pedido]) -> Sequence[Escolha | None]:
        return await self._turns.write(lambda tx: attend(tx, pedidos, self._reserva))

    async def _issue(self, consultor_ids: Sequence[int | None]) -> Sequence[Protocolo | None]:
        return await self._turns.write(lambda tx: issue(tx, consultor_ids))
