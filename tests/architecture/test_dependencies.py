"""What we depend on is what we use."""

import ast
import json
import os
import re
import subprocess
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from itertools import chain
from pathlib import Path

import pytest

from tests.support.source_code import PACKAGES, ROOT, files, parsed

# Never imported by us, and needed all the same.
NEEDED_UNSEEN = {
    "asyncpg": "SQLAlchemy's driver for PostgreSQL, named in DATABASE_URL",
    "tzdata": "zoneinfo reads it on machines that have no time zones of their own",
}


@pytest.mark.falha(284)
@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_every_package_is_locked_with_its_hashes_and_audited(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    packages = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    assert len(packages) > 20
    assert [line for line in packages if not re.match(r"\S+==\S+ .*--hash=sha256:[0-9a-f]{64}", line)] == []
    audit = ROOT / ".ci" / "audit"
    assert lock in audit.read_text(encoding="utf-8")
    assert os.access(audit, os.X_OK)


def test_every_dependency_is_imported_or_has_its_reason() -> None:
    imported, modules = _imported(), _modules_of_distributions()
    unused = {name for name in _declared() if not modules[name] & imported}
    assert unused == NEEDED_UNSEEN.keys()


def _declared() -> set[str]:
    """The names in `dependencies`, as package indexes spell them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {_normal(re.split(r"[\[<>=!~; ]", requirement, maxsplit=1)[0]) for requirement in project["dependencies"]}


def _modules_of_distributions() -> dict[str, set[str]]:
    """What one imports of each installed distribution; of one that only brings data, nothing."""
    found: dict[str, set[str]] = defaultdict(set)
    for module, owners in packages_distributions().items():
        for owner in owners:
            found[_normal(owner)].add(module)
    return found


def _imported() -> set[str]:
    """The first names of everything that our code imports."""
    trees = (ast.walk(parsed(path)) for path in files(*PACKAGES, "sandbox"))
    return {name for node in chain.from_iterable(trees) for name in _named_by(node)}


def _named_by(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name.partition(".")[0] for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
        yield node.module.partition(".")[0]


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.falha(287)
@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"name": "a", "version": "1", "vulns": []}, 0),
        ({"name": "a", "version": "1", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2"]}]}, 1),
        ({"name": "a", "skip_reason": "not found on the index"}, 2),
        (None, 2),
    ],
)
def test_ci_audits_the_locks_and_what_could_not_be_asked_is_no_clean_bill(
    said: dict[str, object] | None, code: int, tmp_path: Path
) -> None:
    """CI stops at a known fault; where the advisories cannot be reached it says so."""
    answer = "no network" if said is None else json.dumps({"dependencies": [said]})
    (tmp_path / "pip-audit").write_text(f"#!/bin/sh\ncat <<'SAID'\n{answer}\nSAID\n", encoding="utf-8")
    (tmp_path / "pip-audit").chmod(0o755)
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run([ROOT / ".ci" / "audit"], env=os.environ | {"PATH": path}, capture_output=True, text=True)
    assert done.returncode == code
    assert ("NOT AUDITED" in done.stdout) == (code == 2)
    assert ".ci/audit ||" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
