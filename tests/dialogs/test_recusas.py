"""Why a file is not taken, in words."""

import pytest

from core.testemunha.leitura import Recusa
from dialogs.processo.recusas import refusal_text


def test_each_reason_has_its_own_sentence() -> None:
    said = {refusal_text(recusa.name) for recusa in Recusa}
    assert len(said) == len(Recusa)
    assert refusal_text("no_file") not in said


@pytest.mark.falha(71)
@pytest.mark.parametrize(
    ("recusa", "said"),
    [
        (Recusa.ARQUIVO_ZIP, "é um ZIP"),
        (Recusa.PAGINA_HTML, "é uma página de internet"),
        (Recusa.CORTADO, "veio cortado"),
        (Recusa.VAZIO, "veio vazio"),
    ],
)
def test_what_is_no_pdf_is_called_what_it_is(recusa: Recusa, said: str) -> None:
    assert said in refusal_text(recusa)
