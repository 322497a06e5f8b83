"""What somebody says who is asked for the stars: how many, or that they give none."""

import pytest

from core.fala.respostas.avaliacao import declines, rating


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
