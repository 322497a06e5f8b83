"""Which lines of docs/failures.md have a test: `python -m tests.support.failure_list`; `--write` updates it.

A test stands for a line when it is marked with its number: `@pytest.mark.falha(12)`. Under every line of the list are
the tests that cover it, or `not built yet`; a line with neither is missing, and makes the exit code 1.
"""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
TESTS = ROOT / "tests"
LIST = ROOT / "docs" / "failures.md"
NOT_BUILT = "not built yet"

_LINE = re.compile(r"(\d+)\. (.+)")
_UNDER = re.compile(r" {4}- `?(.+?)`?")


@dataclass(slots=True)
class Line:
    """One line of the list: what goes wrong, and what is written under it."""

    number: int
    text: str
    under: list[str] = field(default_factory=list)

    @property
    def built(self) -> bool:
        return self.under != [NOT_BUILT]


def read_list(text: str) -> list[Line]:
    """The lines of the list, as the document has them."""
    lines: list[Line] = []
    for row in text.splitlines():
        if found := _LINE.fullmatch(row):
            lines.append(Line(int(found[1]), found[2]))
        elif (found := _UNDER.fullmatch(row)) and lines:
            lines[-1].under.append(found[1])
    return lines


def marked_tests(root: Path = TESTS) -> dict[int, list[str]]:
    """Every marked test by number, in the order of files and lines; the source is read, nothing is imported."""
    tests: dict[int, list[str]] = {}
    for path in sorted(root.rglob("test_*.py")):
        name, source = f"tests/{path.relative_to(root).as_posix()}", path.read_text(encoding="utf-8")
        # Most files have none, and to read them all takes as long as to import them.
        for number, test in _marks(ast.parse(source), name) if "mark.falha" in source else ():
            if test not in tests.setdefault(number, []):
                tests[number].append(test)
    return tests


def _marks(node: ast.AST, name: str) -> Iterator[tuple[int, str]]:
    """Marks in decorators, in `pytestmark`, and on single parameters, with the test they stand on."""
    for child in ast.iter_child_nodes(node):
        inner = name
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            inner = f"{name}::{child.name}"
        if isinstance(child, ast.Call) and _is_mark(child.func):
            yield from ((int(ast.literal_eval(number)), name) for number in child.args)
        yield from _marks(child, inner)


def _is_mark(called: ast.expr) -> bool:
    return isinstance(called, ast.Attribute) and called.attr == "falha" and ast.unparse(called).endswith("mark.falha")


def updated(text: str, tests: dict[int, list[str]]) -> str:
    """The document with the tests of today under each line."""
    rows: list[str] = []
    number = 0
    for row in text.splitlines():
        if _UNDER.fullmatch(row) and not (NOT_BUILT in row and number not in tests):
            continue
        rows.append(row)
        if found := _LINE.fullmatch(row):
            number = int(found[1])
            rows += [f"    - `{test}`" for test in tests.get(number, [])]
    return "\n".join(rows) + "\n"


def missing(lines: list[Line], tests: dict[int, list[str]]) -> list[Line]:
    """Lines for what is built that no test stands for."""
    return [line for line in lines if line.built and line.number not in tests]


def main(arguments: list[str]) -> int:
    text, tests = LIST.read_text(encoding="utf-8"), marked_tests()
    if "--write" in arguments:
        text = updated(text, tests)
        LIST.write_text(text, encoding="utf-8")
    lines = read_list(text)
    unknown = sorted(set(tests) - {line.number for line in lines})
    without = missing(lines, tests)
    report = [f"{line.number:3}  {_state(line, tests)}  {line.text}" for line in lines]
    report += [f"no line {number} in the list: {', '.join(tests[number])}" for number in unknown]
    report.append(f"{len(set(tests) - set(unknown))} of {len(lines)} lines have a test, {len(without)} miss one")
    if updated(text, tests) != text:
        report.append("docs/failures.md is out of date: python -m tests.support.failure_list --write")
    sys.stdout.write("\n".join(report) + "\n")
    return 1 if without or unknown or updated(text, tests) != text else 0


def _state(line: Line, tests: dict[int, list[str]]) -> str:
    if line.number in tests:
        return f"{len(tests[line.number]):2} tests"
    return " MISSING" if line.built else "not built"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
