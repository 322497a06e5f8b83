"""`GET /consultor/da-vez`: whose turn it is, and that nobody is passed over however many ask at once."""

import asyncio
from collections import Counter
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlalchemy.exc import OperationalError

from storage.engines.s3 import EmbeddedS3
from storage.transaction import Transaction
from tests.support.consultores_api import KEY, Api
from tests.support.service import RunningService, settings_for
from tests.support.turn_order import out_of_turn
from webhooks.app import PLACES, Room

pytestmark = pytest.mark.each_database


class TestDaVez:
    async def test_without_or_with_a_wrong_language_422(self, sqlite_api: Api) -> None:
        assert await sqlite_api.refused("GET", "/consultor/da-vez", 422) == "idioma: Field required"
        assert await sqlite_api.refused("GET", "/consultor/da-vez?idioma=português", 422) == (
            "idioma: not a language code such as pt"
        )

    async def test_nobody_is_404_and_uses_up_no_number(self, api: Api) -> None:
        joao = await api.new()
        await api.da_vez(404)
        await api.online(joao["id"])
        for slash in ("", "/"):
            asked = f"/consultor/da-vez{slash}?idioma=fr"
            assert await api.refused("GET", asked, 404) == "Consultor não encontrado"
        await api.call("PUT", f"/consultor/{joao['id']}", json={"status_ativo_sequencial": False})
        await api.da_vez(404)
        await api.call("PUT", f"/consultor/{joao['id']}", json={"status_ativo_sequencial": True})
        assert (await api.da_vez())["protocolo"] == "#00001"
        await api.online(joao["id"], online=False)
        await api.da_vez(404)

    async def test_the_one_who_waited_longest_is_next(self, api: Api) -> None:
        made = [(await api.new(nome=name))["id"] for name in ("Ana", "Bia", "Caio")]
        for one in reversed(made):
            await api.online(one)
        turns = []
        for _ in range(5):
            turns.append((await api.da_vez())["consultor_id"])
            api.service.clock.move(seconds=10)
        assert turns == [*made, *made[:2]]

    async def test_says_why_when_asked(self, api: Api) -> None:
        joao, ana = await api.new(), await api.new(nome="Ana")
        for one in (joao, ana):
            await api.online(one["id"])
        await api.da_vez()
        api.service.clock.move(minutes=2)
        await api.da_vez()
        answer = await api.da_vez(explicar="true")
        assert (answer["consultor_id"], answer["motivo"]) == (
            joao["id"],
            {
                "idioma_pedido": "pt",
                "idioma": "pt",
                "ultimo_atendimento": "2024-01-23T14:30:00Z",
                "espera_segundos": 120,
                "passados": [],
                "atras": 1,
            },
        )


class TestAThousandAtOnce:
    async def test_are_served_in_turn_without_gap_or_repeat(self, api: Api) -> None:
        made = [(await api.new(nome=f"Consultor {number}"))["id"] for number in range(7)]
        for one in made:
            await api.online(one)
        answers = await asked_at_once(api.service.url, ["/consultor/da-vez?idioma=pt"] * 1_000)
        assert Counter(status for status, _ in answers) == {200: 1_000}
        given = [(int(body["protocolo"][1:]), body["consultor_id"]) for _, body in answers]
        assert sorted(number for number, _ in given) == list(range(1, 1_001))
        assert out_of_turn(given, made) == 0
        assert sorted(Counter(one for _, one in given).values()) == [142] * 1 + [143] * 6
        await api.call("GET", "/protocolos", params={"limit": 1})
        assert api.headers["X-Total-Count"] == "1000"

    async def test_of_every_kind_share_the_numbers(self, api: Api) -> None:
        joao = (await api.new())["id"]
        await api.online(joao)
        kinds = ["/consultor/da-vez?idioma=pt", "/gerar-protocolo", "/consultor/da-vez?idioma=es"]
        answers = await asked_at_once(api.service.url, kinds * 70)
        assert Counter(status for status, _ in answers) == {200: 140, 404: 70}
        numbers = [body.get("protocolo") or body["numero"] for status, body in answers if status == 200]
        assert sorted(numbers) == [f"#{number:05d}" for number in range(1, 141)]


async def test_another_language_does_when_nobody_speaks_the_one_asked_for(
    sqlite_url: str, clean_redis_url: str, s3: EmbeddedS3, tmp_path: Path
) -> None:
    environment = settings_for(sqlite_url, clean_redis_url, s3, tmp_path) | {"IDIOMA_RESERVA": "es:pt, fr:en"}
    async with RunningService(environment) as service:
        api = Api(service)
        joao = await api.new(idiomas=["pt"])
        await api.online(joao["id"])
        answer = await api.da_vez(idioma="es", explicar="1")
        assert (answer["consultor_id"], answer["motivo"]["idioma"]) == (joao["id"], "pt")
        await api.da_vez(404, idioma="fr")


async def test_the_limit_of_requests_counts_every_one_of_many_at_once(
    sqlite_url: str, clean_redis_url: str, s3: EmbeddedS3, tmp_path: Path
) -> None:
    environment = settings_for(sqlite_url, clean_redis_url, s3, tmp_path) | {"API_RATE_LIMIT": "60"}
    async with RunningService(environment) as service:
        answers = await asked_at_once(service.url, ["/gerar-protocolo"] * 300)
    counts = Counter(status for status, _ in answers)
    # A minute's worth at once, and one more for every second that the test takes.
    assert counts.keys() == {200, 429}
    assert 60 <= counts[200] <= 75


async def test_more_than_fit_are_told_to_come_back(sqlite_api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PLACES, Room.TOGETHER, 0)
    await sqlite_api.da_vez(503)
    assert 0 < int(sqlite_api.headers["Retry-After"]) <= 30


@pytest.mark.falha(61)
async def test_a_database_that_is_locked_too_long_is_503_and_nothing_has_happened(
    sqlite_api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    joao = await sqlite_api.new()
    await sqlite_api.online(joao["id"])

    async def waits_in_vain(tx: Transaction, *numbers: object) -> None:
        raise OperationalError("UPDATE", {}, Exception("database is locked"))

    with monkeypatch.context() as patched:
        patched.setattr("core.consultor.da_vez.issue_protocolos", waits_in_vain)
        await sqlite_api.da_vez(503)
        assert 0 < int(sqlite_api.headers["Retry-After"]) <= 30
    assert (await sqlite_api.call("GET", f"/consultor/{joao['id']}"))["ultimo_atendimento"] is None
    assert (await sqlite_api.da_vez())["protocolo"] == "#00001"


async def asked_at_once(url: str, paths: list[str]) -> list[tuple[int, Any]]:
    """Each with a connection of its own; (status, body) of each."""
    async with aiohttp.ClientSession(url, headers=KEY, connector=aiohttp.TCPConnector(limit=0)) as http:

        async def ask(path: str) -> tuple[int, Any]:
            async with http.get(path) as response:
                return response.status, await response.json()

        return await asyncio.gather(*map(ask, paths))
