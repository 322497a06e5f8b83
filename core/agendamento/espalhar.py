"""Downloads of many clients spread over a window, and what a schedule would do, counted before it is made."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from heapq import heapify, heapreplace
from uuid import UUID


def offset_seconds(cliente_id: UUID, window: timedelta) -> int:
    """How many seconds after the window's start this client's turn comes: 0 up to the window's length, exclusive.

    A hash of the id, so a client keeps its place whoever else is there, in every process and after every restart,
    and no portal sees all of an operation at once.
    """
    span = max(1, int(window.total_seconds()))
    return int.from_bytes(blake2b(cliente_id.bytes, digest_size=8).digest()) % span


@dataclass(frozen=True, slots=True)
class Ensaio:
    """What a run would do: "312 downloads, os últimos às 09:10; 14 já baixadas".

    `ultimo_em` is when the last one begins, None when there is none.
    """

    total: int
    ja_baixadas: int
    ultimo_em: datetime | None


def rehearse(
    pending: Iterable[UUID],
    ja_baixadas: int,
    start: datetime,
    window: timedelta,
    *,
    at_once: int,
    each: timedelta = timedelta(),
) -> Ensaio:
    """Count a run at `start` over the clients still to be downloaded, without doing anything.

    `at_once`: robot jobs at the same time for the operadora (`DOWNLOADS_POR_OPERADORA`). `each`: how long one
    usually takes; zero when nobody knows yet, and then only the window counts. Where the robots cannot keep up
    with the window, the last one begins later than it ends.
    """
    offsets = sorted(offset_seconds(cliente, window) for cliente in pending)
    if not offsets:
        return Ensaio(0, ja_baixadas, None)
    free_at = [0.0] * max(1, at_once)
    heapify(free_at)
    begins = 0.0
    for offset in offsets:
        begins = max(float(offset), free_at[0])
        heapreplace(free_at, begins + each.total_seconds())
    return Ensaio(len(offsets), ja_baixadas, start + timedelta(seconds=begins))
