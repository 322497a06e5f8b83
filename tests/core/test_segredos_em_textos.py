"""Texts of robots and of faults: what stands under the name of a secret is hidden, the sentence stays."""

import pytest

from core.secret_names import of_nobody, without_secrets
from core.venda.robo import RobotEvent


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("senha=Portal!9 recusada", "senha=*** recusada"),
        ("login ok, Senha: 'a b c', etapa 2", "login ok, Senha: ***, etapa 2"),
        ('{"senha_portal": "x\'y", "cnpj": "1"}', '{"senha_portal": ***, "cnpj": "1"}'),
        ("Authorization: Bearer abc.def", "Authorization: Bearer ***"),
        ("o portal não aceitou a senha", "o portal não aceitou a senha"),
        ("20% concluído", "20% concluído"),
    ],
)
def test_a_secret_is_hidden_by_its_name(text: str, shown: str) -> None:
    assert without_secrets(text) == shown


def test_a_fault_names_nobody() -> None:
    assert of_nobody("token=abc de 529.982.247-25") == "token=*** de ***"


def test_a_robot_tells_no_password_and_its_result_stays_whole() -> None:
    url = "https://robos.example/f.pdf?token=abc"
    told = {"message": "senha=x", "mensagem": "senha=x", "etapa": "senha=x", "resultado": {"url": url}, "percentual": 5}
    hidden = dict.fromkeys(("message", "mensagem", "etapa"), "senha=***")
    assert RobotEvent("job.log", "j", told).data == told | hidden
