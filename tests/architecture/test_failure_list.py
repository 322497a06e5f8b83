"""docs/failures.md: every line for what is built has a test, and the document names it."""

from collections import Counter
from pathlib import Path

import pytest

from tests.support.failure_list import LIST, marked_tests, missing, read_list, updated

LINES = read_list(LIST.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def of_today() -> dict[int, list[str]]:
    """Only where it is asked for: every worker imports this file, and one of them runs it."""
    return marked_tests()


def test_every_line_of_what_is_built_has_a_test(of_today: dict[int, list[str]]) -> None:
    assert [f"{line.number} {line.text}" for line in missing(LINES, of_today)] == []


def test_the_list_names_the_tests_of_today(of_today: dict[int, list[str]]) -> None:
    """Run `python -m tests.support.failure_list --write` after a test was added, renamed or removed."""
    text = LIST.read_text(encoding="utf-8")
    assert updated(text, of_today) == text


def test_no_test_stands_for_a_line_that_is_not_there(of_today: dict[int, list[str]]) -> None:
    assert set(of_today) <= {line.number for line in LINES}


def test_numbers_are_unique_and_rise_and_none_of_the_first_79_is_gone() -> None:
    numbers = [line.number for line in LINES]
    assert numbers == sorted(set(numbers))
    assert numbers[:79] == list(range(1, 80))


def test_no_line_about_security_is_gone() -> None:
    """What the contract asks for without numbers has them here: a missing one fails `pytest -m falha`."""
    assert {line.number for line in LINES} >= {133, 140, 164, 165, 166, 167, *range(275, 285)}


def test_every_mark_is_on_a_test_that_runs(of_today: dict[int, list[str]]) -> None:
    """A mark on a helper, or in a file that pytest does not collect, would tick off a line for nothing."""
    names = Counter(name.rpartition("::")[2].split("[")[0] for tests in of_today.values() for name in tests)
    assert [name for name in names if not name.startswith(("test_", "Test"))] == []


class TestReadingMarks:
    @pytest.mark.parametrize(
        ("source", "found"),
        [
            ("@pytest.mark.falha(3)\ndef test_a(): ...", {3: ["::test_a"]}),
            ("@pytest.mark.falha(3, 4)\nasync def test_a(): ...", {3: ["::test_a"], 4: ["::test_a"]}),
            ("@pytest.mark.falha(3)\nclass TestA:\n    def test_b(self): ...", {3: ["::TestA"]}),
            ("class TestA:\n    @pytest.mark.falha(3)\n    def test_b(self): ...", {3: ["::TestA::test_b"]}),
            ("pytestmark = pytest.mark.falha(5)\ndef test_a(): ...", {5: [""]}),
            (
                "@pytest.mark.parametrize('x', [pytest.param(1, marks=pytest.mark.falha(6))])\ndef test_a(x): ...",
                {6: ["::test_a"]},
            ),
            ("def test_a(): ...", {}),
        ],
    )
    def test_wherever_they_may_stand(self, source: str, found: dict[int, list[str]], tmp_path: Path) -> None:
        (tmp_path / "test_x.py").write_text(source)
        expected = {number: [f"tests/test_x.py{name}" for name in names] for number, names in found.items()}
        assert marked_tests(tmp_path) == expected


class TestTheDocument:
    TEXT = "# List\n\n1. first\n    - `tests/test_old.py::test_gone`\n2. second\n    - not built yet\n3. third\n"

    def test_is_rewritten_from_the_marks(self) -> None:
        rewritten = updated(self.TEXT, {2: ["tests/test_x.py::b"], 3: ["tests/test_x.py::c"]})
        assert rewritten == (
            "# List\n\n1. first\n2. second\n    - `tests/test_x.py::b`\n3. third\n    - `tests/test_x.py::c`\n"
        )

    def test_keeps_saying_what_is_not_built(self) -> None:
        assert "not built yet" in updated(self.TEXT, {})

    def test_a_line_with_neither_is_missing(self) -> None:
        assert [line.number for line in missing(read_list(self.TEXT), {3: ["tests/test_x.py"]})] == [1]
