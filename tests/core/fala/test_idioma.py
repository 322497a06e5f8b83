"""In which language somebody begins to write."""

import pytest

from core.fala.idioma import clearly_spoken
from tests.support.frases import phrases


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *[(text, "en") for text in ("hello", "Good morning!", "Hi, I need help with my bill", "My internet is down")],
        *[(text, "es") for text in ("hola", "buenos días", "necesito ayuda con mi factura", "¿hay alguien?")],
        *[(text, "pt") for text in ("oi, bom dia", "quero falar com alguém", "Olá, tudo bem?")],
        *[(text, None) for text in ("ok", "thanks", "help", "", "👍", "12345", "Hello! quero falar com alguém")],
    ],
)
def test_only_a_clear_sentence_says_it(text: str, code: str | None) -> None:
    assert clearly_spoken(text) == code


def test_no_brazilian_customer_is_taken_for_a_foreigner() -> None:
    """What the tables hold of English and Spanish is beside what they hold of Portuguese: few, and told by hand."""
    foreign = [one.texto for one in phrases() if one.lugar == "cliente" and clearly_spoken(one.texto) in ("en", "es")]
    accented = [text for text in foreign if any(letter in text.lower() for letter in "ãõç")]
    assert accented == []
