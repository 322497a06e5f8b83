"""What somebody sent is compared with a secret in constant time: `==` tells by its time how much of it was right."""

import ast
import re

import pytest

from tests.support.source_code import Found, nodes

# Names of what opens something. A `_hash` is looked for by the database: what was sent is hashed before.
_SECRET = re.compile(r"(?i)(secret|token|signature|senha|password|csrf|api_?key|cookie|digest|hmac)(?!_hash)")
# Nobody can send one thing after another until it is right.
_KNOWN = {
    "core/cliente/importacao.py": "a sheet of an administrator, beside what is registered",
    "core/pessoa/importacao.py": "the same",
    "core/fala/lexico/lexico.py": "a word that was said",
    "storage/auditoria/cadeia.py": "our own rows, read anew",
}


@pytest.mark.falha(276)
def test_nothing_that_opens_a_door_is_compared_byte_by_byte() -> None:
    found = sorted(
        {found.where for found in nodes("bot", "core", "dialogs", "storage", "webhooks") if _compares(found)}
    )
    assert [where for where in found if not where.startswith(tuple(_KNOWN))] == []
    assert [known for known in _KNOWN if not any(where.startswith(known) for where in found)] == []


def _compares(found: Found) -> bool:
    """`given == secret`: two things that are read, of which one has the name of a secret."""
    node = found.node
    if not isinstance(node, ast.Compare) or not isinstance(node.ops[0], ast.Eq | ast.NotEq):
        return False
    sides = [node.left, *node.comparators]
    return not any(isinstance(side, ast.Constant) for side in sides) and any(
        _SECRET.search(_name(side)) for side in sides
    )


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Call):
        return _name(node.func)
    name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
    return "" if name.isupper() else name
