"""Commands and their rows: what an older release wrote down is still done, and names in rows never change."""

import importlib
import pkgutil
from datetime import datetime
from typing import Any

import pytest

import core.commands
from core.commands import (
    atendimento,
    conversa,
    live,
    venda,
)
from core.commands.base import COMMANDS, EVERY, Command, Unreadable, command, params_of, read_command
from tests.core.rows_of_before import OLD_ROWS, TEXT

EACH = pytest.mark.parametrize(
    ("lane", "target", "method", "params", "meant"), OLD_ROWS, ids=[f"{row[1]}-{row[2]}" for row in OLD_ROWS]
)

# Where who hears of it decides the lane, the writer names it; these come in the conversation's.
LANE_BY_WRITER = (
    live.PublishEvent,
    live.PublishEvents,
    conversa.FollowFailedDelivery,
    conversa.DropTranscript,
    atendimento.NoteInCrm,
)


@EACH
def test_a_row_of_an_older_release_is_read(
    lane: str, target: str, method: str, params: dict[str, Any], meant: Command
) -> None:
    assert read_command(type(meant), params) == meant
    assert (meant.target, meant.written_as) == (target, method)


@EACH
def test_an_older_release_reads_our_rows(
    lane: str, target: str, method: str, params: dict[str, Any], meant: Command
) -> None:
    """Two releases run side by side while one takes over: every name it looks for is there, as it was written."""
    written = params_of(meant)
    assert params.keys() <= written.keys()
    same = {name: value for name, value in written.items() if name in params and name != "quando"}
    assert same == {name: value for name, value in params.items() if name != "quando"}
    if "quando" in params:
        assert datetime.fromisoformat(written["quando"]) == datetime.fromisoformat(params["quando"])


@EACH
def test_what_is_written_is_read_again(
    lane: str, target: str, method: str, params: dict[str, Any], meant: Command
) -> None:
    assert read_command(type(meant), params_of(meant)) == meant


@EACH
def test_a_row_that_says_more_is_read_all_the_same(
    lane: str, target: str, method: str, params: dict[str, Any], meant: Command
) -> None:
    """A field of a later release, or one we no longer have; `to` is put into every call of a person who moved."""
    assert read_command(type(meant), {**params, "to": "5531988804000", "depois": [1]}) == meant


@EACH
def test_it_knows_its_lane(lane: str, target: str, method: str, params: dict[str, Any], meant: Command) -> None:
    in_a_conversation = lane.startswith("contato:") or isinstance(meant, LANE_BY_WRITER)
    assert in_a_conversation or meant.lane == lane


def test_one_customers_notes_stand_in_one_lane() -> None:
    first, second = (atendimento.NoteInCrm(number, contato_id=9) for number in (5, 6))
    assert first.lane == second.lane == "crm:9"


def test_every_command_has_a_row_of_before() -> None:
    """Whoever adds a command adds its row here, and never changes it."""
    for module in pkgutil.iter_modules(core.commands.__path__, "core.commands."):
        importlib.import_module(module.name)
    assert {type(row[-1]) for row in OLD_ROWS} == set(COMMANDS.values())


@pytest.mark.parametrize(
    ("kind", "params", "wrong"),
    [
        (venda.AnswerRobot, {"venda_id": "nobody", "pergunta_id": "q1", "resposta": "11144477735"}, "venda_id"),
        (venda.AnswerRobot, {"venda_id": TEXT, "pergunta_id": 7, "resposta": {"cpf": "11144477735"}}, "resposta"),
        (atendimento.WithdrawCard, {}, "oferta_id"),
    ],
)
def test_one_that_cannot_be_read_says_where_and_not_what(
    kind: type[Command], params: dict[str, Any], wrong: str
) -> None:
    """What it would have said may be a customer's: it comes into no log."""
    with pytest.raises(Unreadable, match=wrong) as refused:
        read_command(kind, params)
    assert "11144477735" not in str(refused.value)
    assert refused.value.__cause__ is None


def test_two_commands_never_share_their_words() -> None:
    with pytest.raises(AssertionError, match="another command already"):

        @command("turn", "servir_fila")
        class Another(Command):
            pass


def test_only_live_events_go_by_many_names() -> None:
    assert [kind for (_, method), kind in COMMANDS.items() if method == EVERY] == [live.PublishEvent]
