"""How long a bill waits for its verdict, from the bytes to every field.

python -m benchmarks.processo.faturas [COUNT]

Each bill is read in a process of its own, as in service; drawn bills of the four layouts by turns, each fourth with
sixty more pages of calls. Goal: under 1 s at p95.
"""

import argparse
import asyncio
import io
import resource
import time
from collections.abc import AsyncIterator
from statistics import quantiles

import pikepdf

from benchmarks.support.figures import Figure, keep, takes_json
from bot.faturas.leitor import Leitor
from core.testemunha.exame import examine
from core.testemunha.leitura import Leitura
from tests.support.testemunhas import Caso, caso, file_of

_GOAL = 1.0
_MORE_PAGES = 60


async def main(count: int) -> list[Figure]:
    """Print a row for each way of reading; the figures of them."""
    figures = []
    bills = [(one, _file(one, number)) for number, one in enumerate(map(caso, range(count)))]
    first = Leitor()
    await _timed(first, *bills[0])  # the first start reads the libraries from disk
    await first.close()
    print("| | bills | p50 s | p95 s | most s | CPU s a bill | bills/s |\n|---|---|---|---|---|---|---|")
    for at_once in (1, 2):
        row, p95 = await _row(bills, at_once)
        print(row)
        figures.append(Figure("PDF witnesses", f"p95 of a bill, {at_once} at once", p95, "s", most=_GOAL))
    return figures


async def _row(bills: list[tuple[Caso, bytes]], at_once: int) -> tuple[str, float]:
    """A line of the table, and its p95 in seconds."""
    begin, cpu = time.perf_counter(), _cpu()
    reader = Leitor(processos=at_once)
    await reader.read(bills[0][1])
    took = [seconds async for seconds in _in_turns(reader, bills, at_once)]
    await reader.close()
    every, elapsed = quantiles(took, n=20), time.perf_counter() - begin
    missed = "" if every[18] < _GOAL else f" (goal {_GOAL} missed)"
    each = (_cpu() - cpu) / len(bills)
    figures = f"{every[9]:.2f} | {every[18]:.2f}{missed} | {max(took):.2f} | {each:.2f} | {len(bills) / elapsed:.1f}"
    return f"| {at_once} at once | {len(bills)} | {figures} |", every[18]


def _cpu() -> float:
    """Seconds of the reading processes that ended, and of this one."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


async def _in_turns(reader: Leitor, bills: list[tuple[Caso, bytes]], at_once: int) -> AsyncIterator[float]:
    """Seconds of each bill, so many at once."""
    for start in range(0, len(bills), at_once):
        for seconds in await asyncio.gather(*(_timed(reader, *bill) for bill in bills[start : start + at_once])):
            yield seconds


async def _timed(reader: Leitor, one: Caso, content: bytes) -> float:
    begin = time.perf_counter()
    found = await reader.read(content)
    assert isinstance(found, Leitura), found
    examine(found.lido, one.known, one.dito)
    return time.perf_counter() - begin


def _file(one: Caso, number: int) -> bytes:
    content, _ = file_of(one, None)
    if number % 4:
        return content
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for _ in range(_MORE_PAGES):
            pdf.pages.append(pdf.pages[1])
        pdf.save(out)
    return out.getvalue()


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("count", nargs="?", type=int, default=200)
    takes_json(arguments)
    chosen = arguments.parse_args()
    keep(asyncio.run(main(chosen.count)), chosen.json)
