"""Questions, schedules, dead letters and wake-ups that a release before left are read as they were meant."""

import inspect
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.runtime.background import Background, make_broker
from core.agendamento.parametros import FORMAS, check_parametros
from core.heard import KINDS, Heard
from core.prazos import PERGUNTAS
from core.venda.robo import RobotEvent
from dialogs.frame.kept import let_go_of_older
from storage.contatos.contatos import Contato
from tests.core.left_before import BESIDE, CARTAS, ESTADOS, PARAMETROS, RETORNOS, TAREFAS

WHEN = datetime(2026, 11, 30, tzinfo=UTC)


@pytest.mark.falha(63)
@pytest.mark.parametrize(("state", "data"), ESTADOS, ids=[state for state, _ in ESTADOS])
def test_a_question_of_before_waits_on_with_all_that_it_knew(state: str, data: dict[str, Any]) -> None:
    contato = Contato(4, "whatsapp", "5531988804000", state=state, state_data=data | BESIDE)
    assert let_go_of_older(contato) is None
    assert (contato.state, contato.state_data, contato.changed) == (state, data | BESIDE, False)


def test_every_question_has_a_row_of_before() -> None:
    """Whoever adds a question adds its row, and never changes it."""
    assert {state for state, _ in ESTADOS} == set(PERGUNTAS)


@pytest.mark.parametrize(("tipo", "parametros"), PARAMETROS, ids=[tipo for tipo, _ in PARAMETROS])
def test_a_schedule_of_before_does_what_it_did(tipo: str, parametros: dict[str, Any]) -> None:
    assert check_parametros(tipo, parametros) == parametros


def test_every_type_of_schedule_has_a_row_of_before() -> None:
    assert {tipo for tipo, _ in PARAMETROS} == set(FORMAS)


@pytest.mark.parametrize(("canal", "payload"), CARTAS)
def test_a_dead_letter_of_before_can_be_heard_again(canal: str, payload: dict[str, Any]) -> None:
    heard = Heard.of_payload(canal, "77", payload, WHEN)
    assert heard.kind in KINDS
    assert heard.external_id == payload["external_id"]
    assert heard.at.isoformat() == payload.get("at", WHEN.isoformat())
    assert payload.keys() <= heard.as_payload().keys(), "a release before reads ours"


@pytest.mark.parametrize("payload", RETORNOS)
def test_a_callback_of_before_can_be_heard_again(payload: dict[str, Any]) -> None:
    event = RobotEvent.of_payload(payload)
    assert (event.event, event.job_id, event.data, event.seq) == tuple(
        payload[name] for name in ("event", "job_id", "data", "seq")
    )


def test_a_wake_up_that_lies_on_redis_is_taken_up() -> None:
    """Two releases share the stream while one takes over."""
    broker = make_broker("redis://nowhere:6379/0")
    Background(broker, None, None)  # type: ignore[arg-type]
    for name, args in TAREFAS:
        task = broker.find_task(name)
        assert task is not None
        inspect.signature(task.original_func).bind(*args)
