"""Whoever changes what people may do writes it into the audit: read from the source itself."""

from tests.support.source_code import calls

_CHANGES = ("add_usuario", "add_usuario_if_new", "add_usuarios", "change_usuario", "change_usuarios")
_WRITES_DOWN = ("registrar", "registrar_usuario")

# They change a row of usuarios, and nothing that somebody answers for.
OTHERWISE = {
    "core/venda/pool.py": "a password that cannot be opened is set aside: the pool's own ocorrencia says so",
    "bot/demonstration/staff.py": "the people of the sandbox, made anew with each story",
}


def test_whoever_registers_or_changes_a_person_says_who_did_it() -> None:
    changing = {found.path for name in _CHANGES for found in calls(name, "core", "dialogs", "bot", "webhooks")}
    audited = {found.path for name in _WRITES_DOWN for found in calls(name, "core", "dialogs", "bot", "webhooks")}
    assert changing - audited == OTHERWISE.keys()
