"""Measures `core.fala.entende.understand`, which stands in every turn, with the phrases of the tests' tables.

python -m benchmarks.turns.fala   p50, p95 and p99 in ms a text; fails when p95 is over the goal
"""

import random
import string
import sys
from time import thread_time

from core.fala.entende import understand
from tests.support.frases import TODAY, phrases, place

GOAL_P95_MS = 0.2
ROUNDS = 5


def measured() -> list[float]:
    """CPU seconds of each text, sorted: others may use the machine, too.

    Every second text has one letter changed, so that all words are looked through.
    """
    rng = random.Random(1)
    asked = [(frase.texto, place(frase.lugar)) for frase in phrases()]
    for texto, espera in asked:
        understand(texto, espera, today=TODAY)
    taken = []
    for _ in range(ROUNDS):
        for number, (texto, espera) in enumerate(asked):
            typed = _mistyped(texto, rng) if number % 2 else texto
            start = thread_time()
            understand(typed, espera, today=TODAY)
            taken.append(thread_time() - start)
    return sorted(taken)


def _mistyped(texto: str, rng: random.Random) -> str:
    at = rng.randrange(len(texto))
    return texto[:at] + rng.choice(string.ascii_lowercase) + texto[at + 1 :]


def main() -> int:
    """Print the figures; 1 when the goal is missed."""
    taken = measured()
    p50, p95, p99 = (taken[int(len(taken) * share)] * 1000 for share in (0.5, 0.95, 0.99))
    sys.stdout.write(
        f"{len(taken)} texts: p50 {p50:.3f} ms, p95 {p95:.3f} ms, p99 {p99:.3f} ms (goal p95 {GOAL_P95_MS} ms)\n"
    )
    return int(p95 > GOAL_P95_MS)


if __name__ == "__main__":
    sys.exit(main())
