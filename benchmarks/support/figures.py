"""What a benchmark found, as figures with a goal: the one place where they are written down and made a table.

Every benchmark that `all.py` runs takes `--json FILE` and writes its figures there, beside what it prints for people.
"""

import argparse
import json
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

HEAD = "| job | figure | measured | beside | goal | |\n|---|---|---|---|---|---|"


@dataclass(frozen=True, slots=True)
class Figure:
    """One number: of which job, what it is, and the least (`goal`) or the most (`most`) that it is to be.

    `beside`: the peer or the floor that it was taken beside in the same run, in words with its number.
    """

    job: str
    what: str
    value: float
    unit: str = ""
    goal: float | None = None
    most: float | None = None
    beside: str = ""

    @property
    def met(self) -> bool | None:
        """None where nothing was asked for."""
        if self.goal is None and self.most is None:
            return None
        return (self.goal is None or self.value >= self.goal) and (self.most is None or self.value <= self.most)

    @property
    def row(self) -> str:
        """A line of a table in Markdown."""
        asked = [f"≥ {_short(self.goal)}"] * (self.goal is not None) + [f"≤ {_short(self.most)}"] * (
            self.most is not None
        )
        said = {None: "", True: "met", False: "**missed**"}[self.met]
        measured = f"{_short(self.value)} {self.unit}".strip()
        return f"| {self.job} | {self.what} | {measured} | {self.beside} | {', '.join(asked)} | {said} |"


def installed(packages: Iterable[str]) -> dict[str, str]:
    """The versions of those of these packages that are here."""
    found = {}
    for name in packages:
        with suppress(PackageNotFoundError):
            found[name] = version(name)
    return found


def takes_json(parser: argparse.ArgumentParser) -> None:
    """The option by which `all.py` asks for the figures."""
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there for all.py")


def keep(figures: Sequence[Figure], path: Path | None) -> None:
    """Write the figures down where somebody asked for them."""
    if path is not None:
        path.write_text(json.dumps([asdict(figure) for figure in figures]))


def kept(path: Path) -> list[Figure]:
    """The figures that a benchmark wrote down; none when it ended before."""
    return [Figure(**one) for one in json.loads(path.read_text())] if path.exists() else []


def _short(number: float | None) -> str:
    if number is None:
        return ""
    return f"{number:,.0f}" if abs(number) >= 100 or number == int(number) else f"{number:.3g}"
