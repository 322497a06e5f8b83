"""What is asked about a colleague: what they did, and who decides in their place."""

from datetime import date

import pytest

from core.delegacao.perguntas import asks_who_covers
from core.pessoa.perguntas import DeQuem, asks_what_somebody_decided, asks_what_somebody_did

TODAY = date(2026, 11, 10)
_HOJE, _ONTEM = (TODAY, TODAY), (date(2026, 11, 9), date(2026, 11, 9))


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("o Hugo mexeu em algo hoje?", DeQuem("hugo", _HOJE)),
        ("o que a Ana fez ontem?", DeQuem("ana", _ONTEM)),
        ("me mostra o que o gil aprovou", DeQuem("gil", None)),
        ("o gil fez oq ontem?", DeQuem("gil", _ONTEM)),
        ("Hugo Prado alterou alguma coisa hj no sistema?", DeQuem("hugo prado", _HOJE)),
        ("o que ele fez?", None),
        ("o que o robô fez hoje?", None),
        ("o bruno vendeu quantas hoje?", None),
        ("quem mexeu na fatura da oficina?", None),
        ("o cliente fez alguma reclamação", None),
    ],
)
def test_whose_acts_are_asked_for(said: str, found: DeQuem | None) -> None:
    assert asks_what_somebody_did(said, TODAY) == found


@pytest.mark.parametrize(
    ("said", "whose"),
    [
        ("quem cobre o gil", "gil"),
        ("quem decide enquanto eu viajo?", ""),
        ("quem aprova por mim?", ""),
        ("quem é o substituto do Hugo?", "hugo"),
        ("quem tá no lugar da Flávia?", "flavia"),
        ("o gil sai de férias, quem aprova?", "gil"),
        ("quem aprovou a da oficina?", None),
        ("quem aprova a da Ana?", None),
        ("quem está online?", None),
        ("quem decide isso?", None),
    ],
)
def test_in_whose_place_somebody_decides(said: str, whose: str | None) -> None:
    assert asks_who_covers(said) == whose


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("a Flávia aprovou o que ontem?", (DeQuem("flavia", _ONTEM), False)),
        ("o que o hugo aprovou hoje", (DeQuem("hugo", _HOJE), False)),
        ("a flavia ja aprovou hj?", (DeQuem("flavia", _HOJE), False)),
        ("o gil rejeitou alguma?", (DeQuem("gil", None), True)),
        ("o que o hugo fez hoje", None),
        ("quem aprovou?", None),
        ("ele já aprovou?", None),
    ],
)
def test_whose_decisions_are_asked_for(said: str, found: tuple[DeQuem, bool] | None) -> None:
    assert asks_what_somebody_decided(said, TODAY) == found
