"""A message between a customer and their consultor, beside the turn of a seller that `turns.py` measures.

python -m benchmarks.turns.conversa   about a minute
python -m benchmarks.turns.conversa --rounds 2 --seconds 0.5

One web process on PostgreSQL, with a CPU for itself, as in `turns.py`; the three kinds of load take turns. A message is
done when its 200 has come and the other side's chat has it. It is kept in the transcript, locked against the end of
the atendimento, and carried in order; a seller's turn reads and saves a state and answers.
"""

import argparse
import asyncio
import sys
from collections import deque
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import count

from benchmarks.support.around import all_around
from benchmarks.support.figures import Figure, keep, takes_json
from benchmarks.support.load import Chat, Load
from benchmarks.support.registered import add_sellers
from benchmarks.support.rounds import times
from benchmarks.support.servers import OUR_WEB, Server, share_cpus, start, stop
from benchmarks.support.standin import TelegramStandIn
from benchmarks.turns.attended import FIRST_CONSULTOR, FIRST_CUSTOMER, add_attended
from benchmarks.turns.turns import Result, take_round

SELLER = "a seller's turn"
WHAT = (SELLER, "customer to consultor", "consultor to customer")


class Talking(Load):
    """What one side writes is looked for in the chat of the other one."""

    def __init__(self, telegram: TelegramStandIn, port: int, pairs: int, *, own: int, other: int, first: int) -> None:
        """`own` and `other`: the first chat of either side."""
        super().__init__(telegram, port, 0, first_update=first)
        self._idle = deque(Chat(own + number) for number in range(pairs))
        self._from, self._to = own, other
        self._numbers = count(1)

    def _types(self, chat: Chat) -> tuple[str, asyncio.Future[float]]:
        arrival: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        said = f"n{next(self._numbers):09d}".encode()
        # The reply is the same text, in the other chat.
        self._waiting[self._to + chat.id - self._from] = said, arrival
        return f"{said.decode()} qual é o valor do plano de 500 mega?", arrival


async def measure(options: argparse.Namespace) -> dict[str, Result]:
    """Rounds of each, taken in turns."""
    async with _service(options) as (server, loads):
        for load in loads.values():
            await load.closed_loop(options.conversations, options.warmup)
        results = {what: Result() for what in WHAT}
        for _ in range(options.rounds):
            for what, load in loads.items():
                await take_round(results[what], load, server, options)
    return results


@asynccontextmanager
async def _service(options: argparse.Namespace) -> AsyncIterator[tuple[Server, dict[str, Load]]]:
    async with AsyncExitStack() as stack:
        _, cpu = share_cpus()
        around = await stack.enter_async_context(all_around("conversa"))
        url = around.postgres.new_database()
        await add_sellers(url, options.pairs)
        await add_attended(url, options.pairs)
        server = start("web", OUR_WEB, around.environment(url), around.directory, cpu)
        stack.callback(stop, server.process)
        await server.ready()
        customers, consultores = ((FIRST_CUSTOMER, FIRST_CONSULTOR), (FIRST_CONSULTOR, FIRST_CUSTOMER))
        sides = [
            Talking(around.telegram, server.port, options.pairs, own=own, other=other, first=number * 100_000_000)
            for number, (own, other) in enumerate((customers, consultores), 1)
        ]
        loads = dict(zip(WHAT, [Load(around.telegram, server.port, options.pairs), *sides], strict=True))
        for load in loads.values():
            stack.callback(load.close)
        yield server, loads


def report(results: dict[str, Result], options: argparse.Namespace) -> str:
    """The table."""
    lines = [
        f"{options.conversations} at once of {options.pairs}, {options.rounds} rounds of {options.seconds:g} s each",
        "",
        "| | a second (median) | lowest – highest | CPU ms | × a seller's |",
        "|---|---|---|---|---|",
    ]
    for what, one in results.items():
        lines.append(f"| {what} | {one.cells} | {times(one.cpu_ms, results[SELLER].cpu_ms):.2f} |")
    return "\n".join(lines)


def figures(results: dict[str, Result]) -> list[Figure]:
    """The same for `all.py`."""
    seller = f"{results[SELLER].rate:,.0f}/s of {SELLER}"
    return [
        Figure("conversa", what, one.rate, "a second", beside=seller) for what, one in results.items() if what != SELLER
    ]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2.0, help="of a round")
    parser.add_argument("--warmup", type=float, default=1.5)
    parser.add_argument("--conversations", type=int, default=24, help="at once")
    parser.add_argument("--pairs", type=int, default=200, help="customers, each with a consultor of their own")
    takes_json(parser)
    return parser.parse_args()


def main() -> None:
    options = _options()
    results = asyncio.run(measure(options))
    print(report(results, options))
    keep(figures(results), options.json)
    if failed := sum(one.failed for one in results.values()):
        sys.exit(f"{failed} messages failed")


if __name__ == "__main__":
    main()
