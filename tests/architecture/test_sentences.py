"""What people read stands in the dialogs, where it is translated and where one looks for it."""

import ast

from tests.support.source_code import PACKAGES, called_name, nodes

_GETTEXT = {"_", "n_", "gettext", "ngettext"}
_OTHERS = [name for name in PACKAGES if name != "dialogs"]
# Looks sentences up where they stand: in dialogs, and in the templates of the panel (webhooks/painel/test_frases.py).
_LOOKS_UP = {"core/idiomas.py Catalogo.text", "core/idiomas.py Catalogo.text_of_count"}


def test_nothing_but_the_dialogs_speaks() -> None:
    speaking = {
        found.where
        for found in nodes(*_OTHERS)
        if isinstance(found.node, ast.Call) and called_name(found.node) in _GETTEXT
    }
    assert speaking == _LOOKS_UP


def test_nobody_else_has_gettext_in_their_hands() -> None:
    taken = [
        found.where
        for found in nodes(*_OTHERS)
        if isinstance(found.node, ast.ImportFrom) and _GETTEXT & {alias.name for alias in found.node.names}
    ]
    assert taken == []
