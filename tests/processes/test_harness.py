"""The short run of tests/faults/harness: the real processes, every flow, and what goes wrong at moments from a seed."""

from pathlib import Path

import pytest

from tests.faults.harness.run import run

# A minute, two on a machine that does much other work; the long run is `python -m tests.faults.harness`.
KILLS, PAUSE, SEED = 20, 0.6, 20


@pytest.mark.falha(190)
async def test_nothing_is_lost_done_twice_or_out_of_order_whatever_is_killed(tmp_path: Path) -> None:
    report = await run(tmp_path, SEED, KILLS, PAUSE)
    assert len(report.book.faults) > KILLS, "something else went wrong beside the kills"
    assert report.book.done, "and something was done"
    assert not report.failed, str(report)
