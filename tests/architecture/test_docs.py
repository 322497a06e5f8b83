"""What the documents and the comments name is there: links, their headings, and files of ours."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import Settings

ROOT = Path(__file__).parents[2]
FLOORS = ("benchmarks", "bot", "core", "dialogs", "sandbox", "storage", "tests", "webhooks")
DOCUMENTS = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
_LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)")
_FILE = re.compile(rf"(?<![\w/.-])(?:{'|'.join(FLOORS)})/[\w/.-]*\.(?:py|lua|mjs|css|js|html|csv|json)\b")
# They speak of files that they make themselves.
OF_EXAMPLES = {"test_diagonal.py", "test_failure_list.py", "test_sentences.py"}


def test_every_link_of_the_documents_leads_somewhere() -> None:
    lost = [f"{document.relative_to(ROOT)}: {link}" for document in DOCUMENTS for link in lost_links(document)]
    assert lost == []


def test_operators_find_every_setting_in_their_table() -> None:
    guide = (ROOT / "docs" / "operators.md").read_text(encoding="utf-8")
    section = guide.split("\n## Settings\n")[1].split("\n## ")[0]
    names = [row.split("|")[1] for row in section.splitlines() if row.startswith("| `")]
    listed = re.findall(r"`(\w+)`", " ".join(names))
    assert sorted(listed) == sorted(name.upper() for name in Settings.model_fields)


def test_every_decision_has_a_number_of_its_own_and_is_named_somewhere() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    numbers = [decision.name[:3] for decision in decisions]
    assert numbers == sorted(set(numbers))
    named = "".join(document.read_text(encoding="utf-8") for document in DOCUMENTS)
    assert [one.name for one in decisions if f"decisions/{one.name}" not in named] == []


def lost_links(document: Path) -> Iterator[str]:
    for path, heading in _LINK.findall(document.read_text(encoding="utf-8")):
        target = document.parent / path if path else document
        if not target.exists() or (heading and heading not in headings(target)):
            yield f"{path}#{heading}"


def headings(document: Path) -> set[str]:
    """As a link names them: in small letters, without signs, with hyphens."""
    titles = re.findall(r"^#+ +(.+)$", document.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("floor", [".", *FLOORS])
def test_every_file_that_is_named_is_there(floor: str) -> None:
    written = DOCUMENTS if floor == "." else sorted((ROOT / floor).rglob("*.py"))
    lost = [
        f"{file.relative_to(ROOT)}: {name}"
        for file in written
        if file.name not in OF_EXAMPLES
        for name in _FILE.findall(file.read_text(encoding="utf-8"))
        if not (ROOT / name).exists()
    ]
    assert lost == []
