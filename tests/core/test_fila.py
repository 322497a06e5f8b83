"""Whom the next customer is offered to: the rules, without a database."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from core.atendimento.distribuicao import AtendimentoLimits, estimate, is_lost, pair
from core.presenca.presenca import PresenceLimits
from storage.atendimento.atendimentos import Atendimento
from storage.atendimento.ofertas import Deixados
from storage.consultor.consultores import Consultor
from storage.presenca.presenca import Presenca
from storage.presenca.sinais import Signs

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
LIMITS = AtendimentoLimits(timedelta(seconds=60), timedelta(minutes=5), 3, {"es": ["pt"]})
PRESENCE = PresenceLimits(timedelta(minutes=2), timedelta(hours=2), timedelta(minutes=10))


def customer(number: int, idioma: str = "pt", *, destinado_a: int | None = None, waited: float = 0) -> Atendimento:
    since = NOW - timedelta(seconds=waited)
    return Atendimento(
        number, number, number, idioma, "NA_FILA", None, destinado_a, 1, since, 0, None, since,
        None, None, None, None, None, None,
    )  # fmt: skip


def consultor(number: int) -> Consultor:
    return Consultor(number, f"C{number}", ["pt"], True, True, True, None, None, None, None)


C1, C2, C3 = consultor(1), consultor(2), consultor(3)
EVERYBODY = {1: 101, 2: 102, 3: 103}


def offered(
    customers: list[Atendimento],
    turns: dict[str, list[Consultor]],
    chats: dict[int, int] = EVERYBODY,
    passed: frozenset[tuple[int, int]] = frozenset(),
    ignored: frozenset[tuple[int, int]] = frozenset(),
) -> list[tuple[int, int]]:
    known = {one.id: one for turn in turns.values() for one in turn}
    filled = {"pt": [], "en": [], "es": []} | turns
    deixados = Deixados(passed, ignored)
    return [
        (par.atendimento.id, par.consultor.id) for par in pair(customers, filled, known, chats, deixados, LIMITS, NOW)
    ]


def test_the_oldest_customer_gets_whose_turn_it_is_and_nobody_gets_two() -> None:
    assert offered([customer(1), customer(2)], {"pt": [C1, C2]}) == [(1, 1), (2, 2)]
    assert offered([customer(1), customer(2)], {"pt": [C1]}) == [(1, 1)]


def test_whoever_may_not_be_asked_is_stepped_over() -> None:
    assert offered([customer(1)], {"pt": [C1, C2]}, chats={2: 102}) == [(1, 2)]
    assert offered([customer(1)], {"pt": [C1, C2]}, chats={}) == []


def test_whoever_let_this_customer_pass_is_asked_about_the_next_one() -> None:
    assert offered([customer(1), customer(2)], {"pt": [C1, C2]}, passed=frozenset({(1, 1)})) == [(1, 2), (2, 1)]


@pytest.mark.falha(552)
def test_whoever_left_the_card_lying_and_is_there_again_is_asked_if_nobody_else_is() -> None:
    ignored = frozenset({(1, 1)})
    assert offered([customer(1)], {"pt": [C1]}, ignored=ignored) == [(1, 1)]
    assert offered([customer(1)], {"pt": [C1, C2]}, ignored=ignored) == [(1, 2)], "somebody else comes first"
    assert offered([customer(1)], {"pt": [C1]}, passed=ignored) == [], "a no is a no"


def test_a_language_nobody_speaks_waits_or_goes_to_its_second_one() -> None:
    assert offered([customer(1, "en")], {"pt": [C1]}) == [], "no second language is listed for English"
    assert offered([customer(1, "es")], {"pt": [C1]}) == [(1, 1)]
    assert offered([customer(1, "es")], {"pt": [C1], "es": [C2]}) == [(1, 2)], "the language itself first"


def test_who_was_named_is_waited_for_while_two_cards_last() -> None:
    assert offered([customer(1, destinado_a=2)], {"pt": [C1, C2]}) == [(1, 2)]
    assert offered([customer(1, destinado_a=2, waited=120)], {"pt": [C1, C2]}, chats={1: 101}) == []
    assert offered([customer(1, destinado_a=2, waited=121)], {"pt": [C1, C2]}, chats={1: 101}) == [(1, 1)]


@pytest.mark.parametrize(
    ("position", "accepted", "minutes"),
    [
        (1, [2, 4, 6], 2),
        (3, [2, 4, 6], 6),
        (1, [10, 14, 16], 16 / 3),
        (1, [2, 4], None),
        (1, [121, 122, 123], None),
        (1, [], None),
    ],
    ids=["one every two minutes", "third", "it grows while nothing moves", "too few", "too long ago", "none"],
)
def test_the_estimate_is_as_fast_as_the_queue_moved_lately(
    position: int, accepted: list[int], minutes: float | None
) -> None:
    moments = [NOW - timedelta(minutes=ago) for ago in accepted]
    wait = estimate(position, moments, NOW)
    assert (None if wait is None else wait / timedelta(minutes=1)) == pytest.approx(minutes)


def presenca(status: str, via: str = "chat", asked: datetime | None = None) -> Presenca:
    return Presenca(UUID(int=1), status, None, via, None, asked, None, status, NOW - timedelta(hours=1))


@pytest.mark.parametrize(
    ("chosen", "lost"),
    [
        (None, True),
        (presenca("online"), False),
        (presenca("busy"), False),
        (presenca("away"), False),
        (presenca("offline"), True),
        (presenca("online", asked=NOW - timedelta(minutes=11)), True),
        (presenca("online", via="api"), True),
    ],
    ids=["never chose", "online", "busy", "away by choice", "offline", "did not answer", "app without heartbeats"],
)
def test_who_is_lost(chosen: Presenca | None, lost: bool) -> None:
    assert is_lost(chosen, Signs(chat=NOW - timedelta(hours=1)), NOW, PRESENCE) is lost
