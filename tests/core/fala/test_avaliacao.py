"""What somebody says who is asked for the stars: how many, or that they give none."""

import pytest

from core.fala.respostas.avaliacao import corrects, declines, only_thanks, rating


@pytest.mark.parametrize("text", ["5", "nota 5", "⭐⭐⭐⭐⭐", "cinco estrelas", "dou 5"])
def test_stars_are_said_in_many_ways(text: str) -> None:
    assert rating(text) == 5
    assert not declines(text)


@pytest.mark.falha(495)
@pytest.mark.parametrize(("text", "nota"), [("*5*", 5), ("_4_", 4), ("★★★★☆", 4), ("⭐⭐☆☆☆ ", 2)])
def test_in_bold_or_with_empty_stars_it_is_one(text: str, nota: int) -> None:
    assert rating(text) == nota


@pytest.mark.parametrize("text", ["não quero avaliar", "não", "sei lá", "depois eu dou", "nada a declarar"])
def test_whoever_gives_none_says_so(text: str) -> None:
    assert declines(text)
    assert rating(text) is None


@pytest.mark.parametrize("text", ["obrigada!", "valeu", "tchau", "muito obrigado pela atenção 🙏", "ok, boa noite"])
def test_thanks_say_nothing_of_how_it_was(text: str) -> None:
    assert only_thanks(text)


@pytest.mark.parametrize("text", ["ótimo atendimento", "muito bom", "obrigada, foi rápido", "adorei", "demorou"])
def test_what_says_how_it_was_is_more_than_thanks(text: str) -> None:
    assert not only_thanks(text)


@pytest.mark.parametrize("text", ["na verdade 4", "opa na verdade 4"])
def test_other_stars_are_said_as_such(text: str) -> None:
    assert corrects(text)
    assert rating(text) == 4
