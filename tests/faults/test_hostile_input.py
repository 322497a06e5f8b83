"""Anything at all, at doors, in uploads and imports: nothing fails, and the next ordinary message is answered (170).

Hypothesis takes what providers send, every payload of tests/payloads and every member of every Union of the Bot API,
and drops, changes, doubles and moves its parts. The suite tries few; by hand, for hours if you like:
`BALCAO_EXAMPLES=5000 python -m pytest tests/faults/test_hostile_input.py`.
"""

from typing import Any

import pytest
from hypothesis import given

from sandbox import Job
from tests.support.hostile import mutated
from tests.support.hostile_doors import AT_WORK, Counter, hostile, notifications, renamed, updates

# Of what is huge.
pytestmark = [
    pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisWarning"),
    pytest.mark.filterwarnings("ignore:Sending a large body:ResourceWarning"),
]


def callbacks() -> list[Any]:
    """What robots send."""
    datas: dict[str, dict[str, Any]] = {
        "job.started": {},
        "job.progress": {"percentual": 40, "etapa": "Cadastro"},
        "job.heartbeat": {},
        "job.question": {"pergunta_id": "p1", "texto": "Qual?", "tipo": "opcao", "opcoes": ["Um", {"id": "2"}]},
        "job.completed": {"resultado": {"numero_pedido": "NIO-1", "url": "https://exemplo.com.br/f.pdf"}},
        "job.failed": {"codigo": "PORTAL_FORA", "mensagem": "Portal fora do ar", "definitivo": False},
        "job.cancelled": {},
    }
    return [{"event": event, "job_id": "ours", "seq": 1, "data": data} for event, data in datas.items()]


@pytest.mark.falha(170)
def test_whatever_comes_from_telegram_is_taken(counter: Counter) -> None:
    @hostile(100)
    @given(mutated(updates()))
    def whatever_it_is(update: Any) -> None:
        counter.telegram(update)

    whatever_it_is()
    counter.nothing_failed()


@pytest.mark.falha(170)
def test_whatever_comes_from_whatsapp_is_taken(counter: Counter) -> None:
    @hostile(80)
    @given(mutated(notifications(counter.bia.id)))
    def whatever_it_is(notification: Any) -> None:
        counter.whatsapp(renamed(notification, next(counter.numbers)))

    whatever_it_is()
    counter.nothing_failed()


@pytest.mark.falha(170)
def test_whatever_comes_from_robots_is_taken_or_refused(counter: Counter) -> None:
    service = counter.service
    jobs: list[Job] = []

    @hostile(80)
    @given(mutated(callbacks()))
    def whatever_it_is(callback: Any) -> None:
        if not jobs or not counter.run(service.rows(AT_WORK)):
            jobs.append(counter.run(counter.sale()))
        if callback.get("job_id") == "ours":
            callback["job_id"] = jobs[-1].id
        if callback.get("seq") == 1:
            callback["seq"] = next(counter.numbers)
        counter.robot(callback, jobs[-1].body["callback_url"])

    whatever_it_is()
    counter.nothing_failed()
