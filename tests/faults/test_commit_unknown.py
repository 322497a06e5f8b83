"""COMMIT was sent and its answer is lost: nothing is made twice."""

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from tests.support.service import RunningService

pytestmark = pytest.mark.each_database

KEY = {"api-key": "chave-da-api"}


@pytest.fixture
def lost_answer(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The answer to the next COMMIT is lost as soon as this list holds something."""
    lose: list[str] = []
    commit = AsyncConnection.commit

    async def lossy(self: AsyncConnection) -> None:
        await commit(self)
        if lose:
            lose.pop()
            raise ConnectionError("the answer to COMMIT was lost")

    monkeypatch.setattr(AsyncConnection, "commit", lossy)
    return lose


@pytest.mark.falha(121)
@pytest.mark.parametrize(
    ("method", "path", "body", "made"),
    [
        ("POST", "/consultor", {"nome": "João", "idiomas": ["pt"]}, "SELECT id FROM consultores"),
        ("GET", "/gerar-protocolo", None, "SELECT id FROM protocolos"),
    ],
)
async def test_a_call_of_the_api_is_answered_503_and_was_made_once(
    service: RunningService,
    lost_answer: list[str],
    method: str,
    path: str,
    body: dict[str, object] | None,
    made: str,
) -> None:
    lost_answer.append("once")
    async with service.http.request(method, path, json=body, headers=KEY) as response:
        assert (response.status, response.headers["Retry-After"]) == (503, "5")
    assert len(await service.rows(made)) == 1


@pytest.mark.falha(122)
async def test_an_event_of_a_chat_finds_its_first_try(service: RunningService, lost_answer: list[str]) -> None:
    ana = service.sandbox.telegram.phone("Ana", "5531988880000")
    lost_answer.append("once")
    await (await ana.says("/start")).accepted()
    assert lost_answer == []
    assert len(await service.rows("SELECT id FROM contatos")) == 1
    asked = "SELECT id FROM outbox WHERE method = 'sendMessage'"
    assert len(await service.rows(asked)) == 1
    # Long before what was written down is anybody's: the process that wrote it looks itself.
    await ana.sees("", timeout=8)
