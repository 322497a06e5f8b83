"""What is said of what is on the screen: the rest of a list, the file, whether it is right."""

import pytest

from core.fala.tela import NaTela, of_screen


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        *((said, NaTela.RESTO) for said in ("mais", "ver mais", "próximas", "tem mais?", "o resto")),
        *((said, NaTela.ARQUIVO) for said in ("me mostra o pdf", "cadê o boleto", "abre a fatura", "cadê o pdf")),
        *((said, NaTela.PORQUE) for said in ("isso tá certo?", "o valor tá certo?", "confere?", "pq tá amarelo")),
        *((said, None) for said in ("mais tarde", "isso está certo", "aprova", "manda a da oficina", "mais ou menos")),
    ],
)
def test_what_is_wanted_of_the_screen(said: str, wanted: NaTela | None) -> None:
    assert of_screen(said) is wanted
