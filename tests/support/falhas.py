"""`pytest -m falha` says which lines of docs/failures.md it stands for, and fails when one of them has no test."""

from collections.abc import Iterator

import pytest

from tests.support.failure_list import LIST, Line, marked_tests, read_list

_RAN = pytest.StashKey[set[int]]()


def pytest_runtest_call(item: pytest.Item) -> None:
    """These numbers were shown by this run."""
    item.config.stash.setdefault(_RAN, set()).update(_numbers_of(item))


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A line without a test fails the run, however well the others went."""
    if _is_asked(session.config) and exitstatus == pytest.ExitCode.OK and _missing():
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if not _is_asked(config):
        return
    ran, lines, missing = config.stash.get(_RAN, set()), _lines(), _missing()
    terminalreporter.section("docs/failures.md")
    terminalreporter.line(f"{len(lines) - len(missing)} of {len(lines)} lines have a test; shown by this run:")
    terminalreporter.line(" ".join(map(str, sorted(ran))) or "none")
    for line in missing:
        terminalreporter.line(f"MISSING {line.number} {line.text}", red=True)


def _is_asked(config: pytest.Config) -> bool:
    return str(config.getoption("markexpr")) == "falha"


def _numbers_of(item: pytest.Item) -> Iterator[int]:
    for mark in item.iter_markers("falha"):
        yield from map(int, mark.args)


def _lines() -> list[Line]:
    return read_list(LIST.read_text(encoding="utf-8"))


def _missing() -> list[Line]:
    """Lines that no test stands for, those too that are said to be of something that is not built."""
    tests = marked_tests()
    return [line for line in _lines() if line.number not in tests]
