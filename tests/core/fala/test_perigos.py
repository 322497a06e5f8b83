"""What no sentence does, told from what is asked about, or about one."""

import pytest

from core.fala.perigos import Perigo, danger_of


@pytest.mark.parametrize(
    ("text", "perigo"),
    [
        ("libera todo mundo", Perigo.LIBERAR_TODOS),
        ("solta os acessos de todos", Perigo.LIBERAR_TODOS),
        ("apaga todos os usuários", Perigo.APAGAR),
        ("zera o banco de dados", Perigo.APAGAR),
        ("delete all users", Perigo.APAGAR),
        ("borra todos los clientes", Perigo.APAGAR),
        ("tira o acesso do Davi, ele saiu da empresa", Perigo.TIRAR_ACESSO),
        ("block user Davi", Perigo.TIRAR_ACESSO),
        ("exclui a Bia do sistema", Perigo.TIRAR_ACESSO),
        ("pausa todos los agendamientos", Perigo.PARAR),
        ("desliga o robô", Perigo.PARAR),
        ("como apago um usuário?", None),
        ("libera o login da ana", None),
        ("cancela a venda", None),
        ("aprova tudo", None),
    ],
)
def test_what_no_sentence_does(text: str, perigo: Perigo | None) -> None:
    assert danger_of(text) is perigo
