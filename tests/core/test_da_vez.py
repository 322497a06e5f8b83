"""Whose turn it is, as pure rules: a table of who stands in line, who asks, and who is chosen."""

import random
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

import pytest

from core.consultor.da_vez import Escolha, Pedido, choose
from core.consultor.idioma_reserva import languages_for
from storage.consultor.consultores import NEVER, Consultor

NOW = datetime(2024, 1, 23, 14, 30, tzinfo=UTC)
ONE_DAY = timedelta(days=1)


def consultor(consultor_id: int, idiomas: str = "pt", hours_ago: float | None = None) -> Consultor:
    """`hours_ago`: their last attendance; None for somebody who never had one."""
    return Consultor(
        id=consultor_id,
        nome=f"Consultor {consultor_id}",
        idiomas=idiomas.split(),
        status_ativo=True,
        status_ativo_sequencial=True,
        status_online=True,
        ultimo_atendimento=None if hours_ago is None else NOW - timedelta(hours=hours_ago),
        id_pipedrive=None,
        telefone=None,
        usuario_id=None,
    )


def in_line(people: Sequence[Consultor], depth: int | None = None) -> dict[str, list[Consultor]]:
    """Those people by language, in the order in which the database reads them; of each the first `depth`."""
    ordered = sorted(people, key=lambda one: (one.ultimo_atendimento or NEVER, one.id))
    idiomas = sorted({idioma for one in people for idioma in one.idiomas})
    return {idioma: [one for one in ordered if idioma in one.idiomas][:depth] for idioma in idiomas}


def ids(chosen: Sequence[Escolha | None]) -> list[int | None]:
    return [None if one is None else one.consultor.id for one in chosen]


def asks(idiomas: str) -> list[Pedido]:
    return [Pedido(idioma) for idioma in idiomas.split()]


@pytest.mark.parametrize(
    ("people", "asked", "wanted"),
    [
        pytest.param([], "pt", [None], id="nobody"),
        pytest.param([consultor(1, "en")], "pt", [None], id="nobody who speaks it"),
        pytest.param([consultor(1, hours_ago=1), consultor(2, hours_ago=2)], "pt", [2], id="longest since the last"),
        pytest.param([consultor(1, hours_ago=99), consultor(2)], "pt", [2], id="never attended is first of all"),
        pytest.param([consultor(3), consultor(1), consultor(2)], "pt pt pt", [1, 2, 3], id="equals by id"),
        pytest.param(
            [consultor(1, hours_ago=1), consultor(2, hours_ago=1)], "pt pt pt", [1, 2, 1], id="equal times by id too"
        ),
        pytest.param([consultor(1)], "pt pt", [1, 1], id="one alone is always next"),
        pytest.param(
            [consultor(1, "pt en"), consultor(2, "pt"), consultor(3, "en")],
            "en pt pt en",
            [1, 2, 1, 3],
            id="a turn in one language is a turn in all",
        ),
        pytest.param([consultor(1)], "es pt es", [None, 1, None], id="who gets nobody keeps nobody from their turn"),
    ],
)
def test_whose_turn_it_is(people: Sequence[Consultor], asked: str, wanted: list[int | None]) -> None:
    assert ids(choose(in_line(people), asks(asked), {}, NOW)) == wanted


@pytest.mark.parametrize(
    ("reserva", "asked", "wanted"),
    [
        pytest.param({}, "es", [None], id="without one the caller waits"),
        pytest.param({"es": ("en",)}, "es es", [2, 2], id="the language listed"),
        pytest.param({"es": ("fr", "en", "pt")}, "es", [2], id="the first listed that somebody speaks"),
        pytest.param({"*": ("pt",)}, "es en", [1, 2], id="any language, when nobody speaks the one asked for"),
        pytest.param({"*": ("pt",), "es": ("en",)}, "es fr", [2, 1], id="a listed one before any"),
        pytest.param({"es": ()}, "es", [None], id="listed without another"),
    ],
)
def test_when_nobody_speaks_the_language(
    reserva: Mapping[str, Sequence[str]], asked: str, wanted: list[int | None]
) -> None:
    people = [consultor(1, "pt"), consultor(2, "en")]
    assert ids(choose(in_line(people), asks(asked), reserva, NOW)) == wanted


def test_another_language_is_for_those_nobody_speaks_only() -> None:
    chosen = choose(in_line([consultor(1, "es", 1), consultor(2, "pt")]), asks("es"), {"es": ("pt",)}, NOW)
    assert ids(chosen) == [1]
    assert languages_for("es", {"es": ("pt", "es")}) == ["es", "pt"]


class TestWhoHasLetItPass:
    PASSED = Pedido("pt", {1: "passou a vez"})

    def test_is_not_asked_again_and_keeps_their_place(self) -> None:
        people = [consultor(1), consultor(2), consultor(3)]
        chosen = choose(in_line(people), [self.PASSED, Pedido("pt"), Pedido("pt")], {}, NOW)
        assert ids(chosen) == [2, 1, 3]

    def test_is_named_in_the_explanation(self) -> None:
        chosen = choose(in_line([consultor(1), consultor(2)]), [self.PASSED], {}, NOW)[0]
        assert chosen is not None
        assert chosen.motivo()["passados"] == [{"consultor_id": 1, "motivo": "passou a vez"}]

    def test_is_not_named_when_the_turn_was_not_theirs_anyway(self) -> None:
        chosen = choose(in_line([consultor(1, hours_ago=1), consultor(2)]), [self.PASSED], {}, NOW)[0]
        assert chosen is not None
        assert chosen.motivo()["passados"] == []

    def test_leaves_nobody_when_everybody_has(self) -> None:
        assert choose(in_line([consultor(1)]), [self.PASSED], {}, NOW) == [None]

    def test_then_another_language_does(self) -> None:
        people = [consultor(1, "pt"), consultor(2, "en")]
        assert ids(choose(in_line(people), [self.PASSED], {"pt": ("en",)}, NOW)) == [2]


def test_why_it_was_their_turn() -> None:
    chosen = choose(in_line([consultor(7, "en", 2)]), asks("es"), {"es": ("en",)}, NOW)[0]
    assert chosen is not None
    assert chosen.motivo() == {
        "idioma_pedido": "es",
        "idioma": "en",
        "ultimo_atendimento": "2024-01-23T12:30:00Z",
        "espera_segundos": 7200,
        "passados": [],
        "atras": None,
    }


def test_whoever_never_attended_has_waited_for_no_time_that_could_be_told() -> None:
    chosen = choose(in_line([consultor(7)]), asks("pt"), {}, NOW)[0]
    assert chosen is not None
    assert (chosen.motivo()["ultimo_atendimento"], chosen.motivo()["espera_segundos"]) == (None, None)


def test_no_two_have_their_turn_at_the_same_moment() -> None:
    chosen = choose(in_line([consultor(1), consultor(2)]), asks("pt pt pt"), {}, NOW)
    assert [one.moment - NOW for one in chosen if one is not None] == [timedelta(microseconds=n) for n in range(3)]


@pytest.mark.parametrize("seed", range(20))
def test_the_heads_of_the_line_are_enough(seed: int) -> None:
    """Chosen together from what was read once, or one by one from everything: the same consultores."""
    chance = random.Random(seed)
    idiomas = ("pt", "en", "es", "pt en", "en es", "pt en es")
    people = [
        consultor(number, chance.choice(idiomas), chance.choice([None, *range(1, 20)])) for number in range(1, 31)
    ]
    pedidos = [
        Pedido(chance.choice(("pt", "en", "es", "fr")), dict.fromkeys(chance.sample(range(1, 31), 3), "passou"))
        for _ in range(25)
    ]
    reserva = {"fr": ("es", "pt")}
    together = choose(in_line(people, depth=len(pedidos) + 3), pedidos, reserva, NOW)
    alone, moment = [], NOW
    by_id = {one.id: one for one in people}
    for pedido in pedidos:
        one = choose(in_line(list(by_id.values())), [pedido], reserva, moment)[0]
        alone.append(one)
        if one is not None:
            by_id[one.consultor.id] = one.consultor
            moment += timedelta(microseconds=1)
    assert together == alone
