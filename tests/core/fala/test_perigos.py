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
        ("remove o davi", Perigo.TIRAR_ACESSO),
        ("tira a Ana daí", Perigo.TIRAR_ACESSO),
        ("o caio foi demitido", Perigo.TIRAR_ACESSO),
        ("muda o telefone da ana pra 31 98888-1111", Perigo.MUDAR_CADASTRO),
        ("coloca a elisa como supervisora", Perigo.MUDAR_CADASTRO),
        ("a senha da claro mudou pra abc123", Perigo.MUDAR_CADASTRO),
        ("restaura o backup de ontem", Perigo.RESTAURAR),
        ("pausa o backup", Perigo.PARAR),
        ("tira a ana da fila", None),
        ("deixa o hugo aprovar no meu lugar", None),
        ("como apago um usuário?", None),
        ("libera o login da ana", None),
        ("cancela a venda", None),
        ("aprova tudo", None),
    ],
)
def test_what_no_sentence_does(text: str, perigo: Perigo | None) -> None:
    assert danger_of(text) is perigo
