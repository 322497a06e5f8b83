"""Who may what stands in one table (core/direitos): nobody compares a person's perfil with one of their own choice."""

import ast

import pytest

from tests.support.source_code import calls, nodes

# Not what somebody may: what they are, or who is spoken to.
_NOT_RIGHTS = {
    "bot/demonstration/staff.py": "whom the demonstration makes",
    "core/agendamento/nomeados.py _perfil_or_phone": "a report's addressees, named by their perfil",
    "core/agendamento/relatorios.py _people": "a report's addressees, named by their perfil",
    "core/fala/intencoes.py intentions_of": "which words are understood; what they lead to asks the table",
    "core/pessoa/administradores.py": "who is an administrator already",
    "core/pessoa/usuarios.py": "the last administrator stays one",
    "dialogs/robo/respostas.py _is_free": "of those who may answer, who has no other use for free words",
}


@pytest.mark.falha(236)
def test_a_perfil_is_compared_in_the_table_of_rights_alone() -> None:
    found = sorted(
        {
            found.where
            for found in nodes("bot", "core", "dialogs", "webhooks")
            if isinstance(found.node, ast.Compare)
            and not found.path.startswith("core/direitos/")
            and any(_is_perfil(one) for one in [found.node.left, *found.node.comparators])
        }
    )
    assert [where for where in found if not where.startswith(tuple(_NOT_RIGHTS))] == []
    assert [known for known in _NOT_RIGHTS if not any(where.startswith(known) for where in found)] == []


# Not who hears of something.
_LISTED = {
    "dialogs/fala/operacao.py _names": "who they are, asked by whoever registers them",
    "core/agendamento/relatorios.py _people": "a report's addressees, named by their perfil",
    "core/pessoa/importacao.py import_usuarios": "the last administrator stays one",
    "core/pessoa/usuarios.py _check_administrators": "the last administrator stays one",
    "dialogs/pessoa/administracao.py": "sellers, whom one invites",
}


@pytest.mark.falha(236)
def test_who_is_told_of_something_stands_beside_the_table_of_rights() -> None:
    found = sorted(
        {
            found.where
            for found in calls("active_of_perfil", "bot", "core", "dialogs", "webhooks")
            if not found.path.startswith("core/direitos/")
        }
    )
    assert [where for where in found if not where.startswith(tuple(_LISTED))] == []
    assert [known for known in _LISTED if not any(where.startswith(known) for where in found)] == []


def _is_perfil(node: ast.expr) -> bool:
    """`Perfil.ADMINISTRADOR`, alone or among others."""
    return any(
        isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name) and one.value.id == "Perfil"
        for one in ast.walk(node)
    )
