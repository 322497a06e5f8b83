"""Whoever changes what people may do, or the registers, writes it into the audit: read from the source itself."""

from collections.abc import Sequence

import pytest

from tests.support.source_code import calls

_CHANGES = ("add_usuario", "add_usuario_if_new", "add_usuarios", "change_usuario", "change_usuarios")
_WRITES_DOWN = ("registrar", "registrar_usuario", "registrar_cadastro")

# They change a row of usuarios, and nothing that somebody answers for.
OTHERWISE = {
    "bot/demonstration/staff.py": "the people of the sandbox, made anew with each story",
}


REGISTERS = {
    "operadoras": ("add_operadora", "change_operadora"),
    "clientes": ("add_cliente", "add_clientes", "change_cliente", "change_clientes"),
    "consultores": ("add_consultor", "add_consultores", "change_consultor"),
    "agendamentos": ("add_agendamento", "change_agendamento", "remove_agendamento"),
    "respostas rápidas": ("save_resposta", "remove_resposta"),
    # In whose name a conversation acts.
    "contas": ("attach_usuario", "confirm_phone"),
}
# The clock's: whether a failed run was told of already; who is still there.
# Two conversations of one person become one, in whose name one of them acted already.
BY_ITSELF = {"core/agendamento/resultado.py", "bot/clock.py", "core/atendimento/uma_pessoa.py"}


def _callers(names: Sequence[str]) -> set[str]:
    return {found.path for name in names for found in calls(name, "core", "dialogs", "bot", "webhooks")}


@pytest.mark.falha(240)
@pytest.mark.parametrize("register", sorted(REGISTERS))
def test_whoever_changes_a_register_says_who_did_it(register: str) -> None:
    changing, audited = _callers(REGISTERS[register]), _callers(_WRITES_DOWN)
    assert changing, "the names have changed"
    assert changing - audited <= BY_ITSELF


def test_whoever_registers_or_changes_a_person_says_who_did_it() -> None:
    changing, audited = _callers(_CHANGES), _callers(_WRITES_DOWN)
    assert changing - audited == OTHERWISE.keys()
