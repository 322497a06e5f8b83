"""Migrations are one line, whoever adds one: two of the same number, and a database has only one of them."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.support.source_code import ROOT

VERSIONS = ROOT / "storage" / "migrations" / "versions"
# Those since had to be made again for a release that works meanwhile; the ones before ran when there was none.
SINCE = "0020"
_NAMED = re.compile(r'^(revision|down_revision) = (?:"(\w+)"|None)$', re.MULTILINE)


def test_each_migration_follows_the_one_before_it() -> None:
    found = [(path.name[:4], dict(_NAMED.findall(path.read_text()))) for path in sorted(VERSIONS.glob("0*.py"))]
    numbers = [f"{number:04}" for number in range(1, len(found) + 1)]
    assert [name for name, _ in found] == numbers
    assert [said["revision"] for _, said in found] == numbers
    assert [said["down_revision"] for _, said in found] == ["", *numbers[:-1]]


@pytest.mark.falha(316)
def test_indexes_of_tables_in_use_are_made_beside_who_uses_them() -> None:
    """By storage/migrations/indexes.py; of a table that the migration itself makes nobody waits."""
    for path in sorted(VERSIONS.glob("0*.py")):
        if path.name[:4] >= SINCE:
            calls = list(_calls_of_upgrade(path.read_text(encoding="utf-8")))
            made = {table for name, table in calls if name == "create_table"}
            locking = [one for one in calls if one[0] in ("create_index", "drop_index") and one[1] not in made]
            assert locking == [], path.name


def _calls_of_upgrade(source: str) -> Iterator[tuple[str, str]]:
    """Each `op.…` of `upgrade`, with the table that it names."""
    (upgrade,) = (one for one in ast.parse(source).body if isinstance(one, ast.FunctionDef) and one.name == "upgrade")
    for node in ast.walk(upgrade):
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("op."):
            place = 1 if node.func.attr.endswith("_index") else 0  # type: ignore[attr-defined]
            yield node.func.attr, ast.unparse(node.args[place]).strip("'") if len(node.args) > place else ""  # type: ignore[attr-defined]
