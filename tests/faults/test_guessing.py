"""Guesses: a few wrong ones are answered plainly, the next ones wait; right ones are nobody's guess."""

import itertools

import pytest
from redis.asyncio import Redis

from storage.guesses import WRONG_A_MINUTE, count_wrong, seconds_to_wait
from tests.support.service import RunningService

WRONG_TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbmEifQ.AAAA"


async def status(service: RunningService, path: str, headers: dict[str, str], method: str = "GET") -> tuple[int, int]:
    async with service.http.request(method, path, headers=headers) as response:
        return response.status, int(response.headers.get("Retry-After", 0))


class TestOverHttp:
    @pytest.mark.falha(133)
    @pytest.mark.parametrize(
        ("method", "path", "header", "wrong", "plain"),
        [
            ("GET", "/consultores", "api-key", "chave-{}", 401),
            ("GET", "/pool-bo", "Authorization", f"Bearer {WRONG_TOKEN}{{}}", 401),
            ("GET", "/ws/v1/events?token=chute{}", "X-Nothing", "{}", 401),
            ("POST", "/webhooks/telegram", "X-Telegram-Bot-Api-Secret-Token", "segredo-{}", 401),
            ("GET", "/webhooks/whatsapp?hub.mode=subscribe&hub.verify_token=chute{}", "X-Nothing", "{}", 403),
        ],
    )
    async def test_five_wrong_a_minute_then_429(
        self, sqlite_service: RunningService, method: str, path: str, header: str, wrong: str, plain: int
    ) -> None:
        answers = [
            await status(sqlite_service, path.format(number), {header: wrong.format(number)}, method)
            for number in range(20)
        ]
        assert [answer for answer, _ in answers] == [plain] * WRONG_A_MINUTE + [429] * (20 - WRONG_A_MINUTE)
        assert all(1 <= wait <= 60 for answer, wait in answers if answer == 429)

    @pytest.mark.falha(134)
    async def test_right_credentials_go_on_beside_guesses(self, sqlite_service: RunningService) -> None:
        admin = sqlite_service.token(await sqlite_service.administrador())
        for number in range(10):
            await status(sqlite_service, "/consultores", {"api-key": f"chave-{number}"})
            await status(sqlite_service, "/pool-bo", {"Authorization": f"Bearer {number}"})
        assert (await status(sqlite_service, "/consultores", {"api-key": "chave-da-api"}))[0] == 200
        assert (await status(sqlite_service, "/pool-bo", admin))[0] == 200

    @pytest.mark.falha(133)
    async def test_a_token_of_one_person_is_guessed_from_many_addresses(
        self, sqlite_service: RunningService, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        addresses = (f"203.0.113.{number}" for number in itertools.count())
        monkeypatch.setattr("webhooks.guessing.address_of", lambda request: next(addresses))
        answers = [
            await status(sqlite_service, "/pool-bo", {"Authorization": f"Bearer {WRONG_TOKEN}"}) for _ in range(10)
        ]
        assert [answer for answer, _ in answers] == [401] * WRONG_A_MINUTE + [429] * 5

    @pytest.mark.falha(134)
    async def test_no_credentials_and_an_expired_token_are_no_guess(self, sqlite_service: RunningService) -> None:
        expired = sqlite_service.token(await sqlite_service.administrador(), hours=-1)
        for headers in ({}, expired):
            answers = [await status(sqlite_service, "/pool-bo", headers) for _ in range(10)]
            assert {answer for answer, _ in answers} == {401}


class TestInChat:
    @pytest.mark.falha(133)
    async def test_invitations_are_not_guessed(self, sqlite_service: RunningService) -> None:
        phone = sqlite_service.sandbox.telegram.phone("Zé", "5531977776666")
        for number in range(WRONG_A_MINUTE):
            await phone.says(f"/start chute{number}")
            await phone.sees("Este convite não vale mais")
        await phone.says("/start mais-um")
        await phone.sees("Espere um minuto")


@pytest.mark.falha(133)
async def test_all_processes_count_together(clean_redis_url: str) -> None:
    async with Redis.from_url(clean_redis_url) as one, Redis.from_url(clean_redis_url) as other:
        for redis in (one, other, one, other, one):
            assert await seconds_to_wait(redis, "porta", "ana") == 0
            assert await count_wrong(redis, "porta", "ana") == 0
        assert await seconds_to_wait(other, "porta", "ana") > 0
        assert await count_wrong(other, "porta", "ana") > 0
        assert await count_wrong(other, "porta", "rui") == 0
