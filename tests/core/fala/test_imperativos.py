"""What is asked of somebody, in each form that people write it in; and none of what was done."""

import re

import pytest

from core.fala.lexico.imperativos import asked


@pytest.mark.parametrize(
    ("verbo", "formas"),
    [
        ("passar", "passa passe passar"),
        ("bloquear", "bloqueia bloqueie bloquear"),
        ("apagar", "apaga apague apagar"),
        ("trocar", "troca troque trocar"),
        ("remover", "remove remova remover"),
        ("demitir", "demite demita demitir"),
        ("excluir", "exclui exclua excluir"),
        ("corrigir", "corrige corrija corrigir"),
    ],
)
def test_every_form_that_asks(verbo: str, formas: str) -> None:
    wanted = re.compile(asked(f"mandar {verbo}"))
    assert [forma for forma in formas.split() if wanted.fullmatch(forma)] == formas.split()
    assert not [end for end in ("ei", "ou", "eu", "iu", "ado", "ido") if wanted.fullmatch(verbo[:-2] + end)]
