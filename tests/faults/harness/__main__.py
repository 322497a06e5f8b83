"""`python -m tests.faults.harness --kills 200 --seed 1`: the long run. Exit code 1 when a count is wrong."""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from tests.faults.harness.run import run


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults.harness", description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pause", type=float, default=2.0, help="seconds between two kills, on the average")
    parser.add_argument("--keep", type=Path, help="a directory for the logs of the processes; else they are removed")
    parser.add_argument("--ahead", default="", help="processes with a wrong clock, by seconds: worker2=120,clock2=-60")
    asked = parser.parse_args()
    pairs = (one.partition("=") for one in asked.ahead.split(",") if one)
    ahead = {name: float(seconds) for name, _equals, seconds in pairs}
    with tempfile.TemporaryDirectory(prefix="balcao-harness-") as made:
        directory = asked.keep or Path(made)
        directory.mkdir(parents=True, exist_ok=True)
        report = asyncio.run(run(directory.absolute(), asked.seed, asked.kills, asked.pause, ahead))
        (directory / "report.txt").write_text(f"{report}\n")
    sys.stdout.write(f"{report}\n")
    return 1 if report.failed else 0


if __name__ == "__main__":
    sys.exit(main())
