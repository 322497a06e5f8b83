"""The benchmarks are no part of the suite; what they import has to be there all the same when somebody runs one."""

import importlib
from pathlib import Path

from benchmarks import start

ROOT = Path(__file__).parents[2]
# It serves the reference's design, with packages of the extra [benchmark] that nothing else needs.
ELSEWHERE = {"benchmarks.peers.reference"}


def test_every_benchmark_finds_what_it_imports() -> None:
    programs = {".".join(path.relative_to(ROOT).with_suffix("").parts) for path in (ROOT / "benchmarks").rglob("*.py")}
    for name in sorted(programs - ELSEWHERE):
        importlib.import_module(name)


async def test_the_start_that_is_measured_is_that_of_a_new_interpreter(
    tmp_path: Path,
) -> None:
    """One that is forked from ours has its modules already, and is no child whose CPU we are told."""
    seen = await start.command("--help", environment={}, cwd=tmp_path)
    assert seen.cpu > 0.05
    async with start.running("--help", environment={}, cwd=tmp_path, typed=True) as program:
        await program.ended()
