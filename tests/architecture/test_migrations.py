"""Migrations are one line, whoever adds one: two of the same number, and a database has only one of them."""

import re

from tests.support.source_code import ROOT

VERSIONS = ROOT / "storage" / "migrations" / "versions"
_NAMED = re.compile(r'^(revision|down_revision) = (?:"(\w+)"|None)$', re.MULTILINE)


def test_each_migration_follows_the_one_before_it() -> None:
    found = [(path.name[:4], dict(_NAMED.findall(path.read_text()))) for path in sorted(VERSIONS.glob("0*.py"))]
    numbers = [f"{number:04}" for number in range(1, len(found) + 1)]
    assert [name for name, _ in found] == numbers
    assert [said["revision"] for _, said in found] == numbers
    assert [said["down_revision"] for _, said in found] == ["", *numbers[:-1]]
