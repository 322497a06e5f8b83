"""In which language somebody begins to write."""

import pytest

from core.fala.idioma import clearly_spoken, gone_over_to
from tests.support.frases import phrases


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *[(text, "en") for text in ("hello", "Good morning!", "Hi, I need help with my bill", "My internet is down")],
        *[(text, "es") for text in ("hola", "buenos días", "necesito ayuda con mi factura", "¿hay alguien?")],
        *[
            (text, "pt")
            for text in ("oi, bom dia", "quero falar com alguém", "Olá, tudo bem?", "Hello! quero falar com alguém")
        ],
        *[(text, None) for text in ("ok", "thanks", "help", "", "👍", "12345", "Hello! tudo bem?")],
    ],
)
def test_only_a_clear_sentence_says_it(text: str, code: str | None) -> None:
    assert clearly_spoken(text) == code


def test_no_brazilian_customer_is_taken_for_a_foreigner() -> None:
    """What the tables hold of English and Spanish is beside what they hold of Portuguese: few, and told by hand."""
    foreign = [one.texto for one in phrases() if one.lugar == "cliente" and clearly_spoken(one.texto) in ("en", "es")]
    accented = [text for text in foreign if any(letter in text.lower() for letter in "ãõç")]
    assert accented == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("I bought a plan from you guys last week and nobody showed up", "en"),
        ("sorry, I don't speak portuguese, is there anyone here?", "en"),
        ("disculpe, necesito ayuda con mi factura de este mes", "es"),
        *[(text, "es") for text in ("¿hasta qué hora atienden?", "¿cuánto sale el plan de 500 megas?", "¡qué bueno!")],
        *[(text, "en") for text in ("how much is the 500 mega plan?", "what are your opening hours?")],
        ("oi, agora quero falar com alguém da equipe", "pt"),
        *[(text, None) for text in ("hello", "good morning", "hola", "oi", "thank you so much!", "", "obrigado")],
        *[(text, None) for text in ("o app diz loading please wait", "smart tv loading")],
    ],
)
def test_a_word_or_two_are_no_change_of_language(text: str, code: str | None) -> None:
    assert gone_over_to(text) == code


def test_no_brazilian_goes_over_to_another_language() -> None:
    """By accents and by the places where only Portuguese is in the tables."""
    said = [one.texto for one in phrases() if gone_over_to(one.texto) in ("en", "es")]
    assert [text for text in said if any(letter in text.lower() for letter in "ãõç")] == []
