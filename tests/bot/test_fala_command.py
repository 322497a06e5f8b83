"""`balcao fala` tries a phrase as somebody of that perfil would say it."""

from typer.testing import CliRunner

from bot.commands.cli import app


def test_a_phrase_is_tried() -> None:
    tried = CliRunner().invoke(app, ["fala", "quero vender para Maria Souza", "--perfil", "vendedor"])

    assert tried.exit_code == 0
    assert tried.output.startswith("VENDER (CERTA)")
    assert "Souza" not in tried.output.splitlines()[-1]


def test_an_unknown_perfil_is_refused_with_the_list() -> None:
    refused = CliRunner().invoke(app, ["fala", "oi", "--perfil", "rei"])

    assert refused.exit_code == 2
