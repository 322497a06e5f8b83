"""Texts of robots and of faults: what stands under the name of a secret is hidden, the sentence stays."""

import pytest

from core.secret_names import Valores, of_nobody, without_secrets
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


@pytest.mark.parametrize(
    ("senha", "text", "shown"),
    [
        ("Portal!9k", "usei Portal!9k e não entrou", "usei *** e não entrou"),
        ("Portal!9k", "https://x/?p=PORTAL%219K&q=1", "https://x/?p=***&q=1"),
        ('Ab"9<x>z', r'{"p": "Ab\"9<x>z"} Ab&quot;9&lt;x&gt;z', '{"p": "***"} ***'),
        ("vivo2026", "loginvivo2026ok", "login***ok"),
        ("123456", "senha 123456 recusada; pedido 1234567", "senha *** recusada; pedido 1234567"),
        ("padaria", "entrei com padaria, fim de padarias", "entrei com ***, fim de padarias"),
        ("1", "tentativa 1 de 3", "tentativa 1 de 3"),
    ],
)
def test_a_password_that_is_known_is_hidden_by_what_it_is(senha: str, text: str, shown: str) -> None:
    assert Valores([senha]).hidden_in(text) == shown


def test_what_is_read_from_a_result_loses_no_number_by_chance() -> None:
    valores = Valores(["11222333000181", "vivo2026", "Portal!9k"])
    address = "https://robos.example/vivo2026/11222333000181.pdf"
    assert valores.hidden_in(address, read_by_us=True) == address
    assert valores.hidden_in("https://a:Portal!9k@x/f.pdf", read_by_us=True) == "https://a:***@x/f.pdf"
    assert not Valores(["", "abc"])
