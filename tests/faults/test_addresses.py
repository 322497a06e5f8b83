"""Who asks: the address of the connection; of proxies that are configured, what they wrote, and nothing before it."""

from collections.abc import AsyncIterator
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request
from multidict import CIMultiDict

from bot.doctor.engines import check_settings
from bot.settings import Settings
from storage.engines.s3 import EmbeddedS3
from storage.guesses import WRONG_A_MINUTE
from tests.support.painel import browser_of
from tests.support.service import RunningService, settings_for
from webhooks.http.addresses import PROXIES, address_of, asked_by_https, asker_of

OURS = ("127.0.0.1/32", "10.0.0.0/8", "fd00::/8")


def asked(peer: str, proxies: tuple[str, ...], *headers: tuple[str, str]) -> web.Request:
    """A request on a connection of that address."""
    app = web.Application()
    app[PROXIES] = [ip_network(network) for network in proxies]
    return make_mocked_request("GET", "/", CIMultiDict(headers), app=app).clone(remote=peer)


@pytest.mark.falha(282)
@pytest.mark.parametrize(
    ("peer", "proxies", "forwarded", "asker"),
    [
        pytest.param("203.0.113.9", (), ["198.51.100.1"], "203.0.113.9", id="no proxy is configured"),
        pytest.param(
            "192.168.0.9", (), ["198.51.100.1"], "192.168.0.9", id="a private address is none of ours by itself"
        ),
        pytest.param("127.0.0.1", (), ["198.51.100.1"], "127.0.0.1", id="nor is this machine"),
        pytest.param("203.0.113.9", OURS, ["198.51.100.1"], "203.0.113.9", id="somebody else says so"),
        pytest.param("10.1.2.3", OURS, ["203.0.113.7"], "203.0.113.7", id="our proxy says so"),
        pytest.param(
            "10.1.2.3", OURS, ["198.51.100.1, 203.0.113.7"], "203.0.113.7", id="what they wrote stands before"
        ),
        pytest.param("10.1.2.3", OURS, ["198.51.100.1", "203.0.113.7"], "203.0.113.7", id="in a header of its own"),
        pytest.param("10.1.2.3", OURS, ["203.0.113.7, 10.9.9.9,127.0.0.1"], "203.0.113.7", id="three proxies of ours"),
        pytest.param("10.1.2.3", OURS, [], "10.1.2.3", id="it says nothing"),
        pytest.param("10.1.2.3", OURS, ["10.7.7.7"], "10.7.7.7", id="from our own network"),
        pytest.param("10.1.2.3", OURS, ["203.0.113.7, rubbish"], "?", id="what is no address"),
        pytest.param("10.1.2.3", OURS, ["203.0.113.7, "], "?", id="nothing behind a comma"),
        pytest.param("10.1.2.3", OURS, ["203.0.113.7:4711"], "203.0.113.7", id="with its port"),
        pytest.param("fd00::1", OURS, ["[2001:db8::7]:4711"], "2001:db8::7", id="of IPv6"),
        pytest.param("::ffff:10.1.2.3", OURS, ["203.0.113.7"], "203.0.113.7", id="IPv4 in IPv6"),
        pytest.param("", OURS, ["203.0.113.7"], "?", id="a connection without an address"),
    ],
)
def test_only_our_own_proxies_say_who_asks(
    peer: str, proxies: tuple[str, ...], forwarded: list[str], asker: str
) -> None:
    request = asked(peer, proxies, *(("X-Forwarded-For", text) for text in forwarded))
    assert asker_of(request) == asker


def test_one_customer_of_a_provider_is_counted_as_one() -> None:
    assert address_of(asked("2001:db8:1:2:3:4:5:6", ())) == "2001:db8:1:2::"


@pytest.mark.falha(282)
def test_only_our_own_proxies_say_that_it_was_https() -> None:
    assert asked_by_https(asked("10.1.2.3", OURS, ("X-Forwarded-Proto", "https")))
    assert asked_by_https(asked("10.1.2.3", OURS, ("X-Forwarded-Proto", "http"), ("X-Forwarded-Proto", "HTTPS")))
    assert not asked_by_https(asked("10.1.2.3", OURS, ("X-Forwarded-Proto", "https, http")))
    assert not asked_by_https(asked("203.0.113.9", OURS, ("X-Forwarded-Proto", "https")))
    assert not asked_by_https(asked("10.1.2.3", (), ("X-Forwarded-Proto", "https")))
    assert not asked_by_https(asked("10.1.2.3", OURS))


class TestBehindAProxyOfOurs:
    @pytest.fixture
    async def service(
        self, sqlite_url: str, clean_redis_url: str, s3: EmbeddedS3, tmp_path: Path
    ) -> AsyncIterator[RunningService]:
        environment = settings_for(sqlite_url, clean_redis_url, s3, tmp_path) | {"TRUSTED_PROXIES": "127.0.0.1, ::1"}
        async with RunningService(environment) as running:
            yield running

    @pytest.mark.falha(134, 282)
    async def test_each_address_has_its_own_guesses(self, service: RunningService) -> None:
        for address, wanted in (("203.0.113.7", 429), ("203.0.113.8", 401)):
            for _ in range(WRONG_A_MINUTE):
                await self.guesses(service, "203.0.113.7")
            assert await self.guesses(service, address) == wanted

    async def guesses(self, service: RunningService, address: str) -> int:
        headers = {"api-key": "chute", "X-Forwarded-For": f"198.51.100.1, {address}"}
        async with service.http.get("/consultores", headers=headers) as response:
            return response.status

    @pytest.mark.falha(282)
    async def test_the_cookie_is_for_https_alone_when_the_proxy_was_asked_by_it(self, service: RunningService) -> None:
        adm = await service.administrador()
        for headers, name in (({}, "painel"), ({"X-Forwarded-Proto": "https"}, "__Host-painel")):
            async with browser_of(service) as browser:
                await browser.enters(adm, headers=headers)
                [cookie] = browser.http.cookie_jar
                assert (cookie.key, bool(cookie["secure"])) == (name, name.startswith("__Host-"))


async def test_doctor_says_when_everybody_behind_a_proxy_is_one(
    sqlite_url: str, clean_redis_url: str, s3: EmbeddedS3, tmp_path: Path
) -> None:
    environment = settings_for(sqlite_url, clean_redis_url, s3, tmp_path) | {"PUBLIC_URL": "https://balcao.example"}
    for proxies, says in (("", True), ("10.0.0.0/8", False)):
        settings = Settings(_env_file=None, **environment, TRUSTED_PROXIES=proxies)  # type: ignore[call-arg]
        assert ("TRUSTED_PROXIES" in await check_settings(settings)) is says


@pytest.mark.falha(282)
async def test_without_a_proxy_of_ours_who_writes_other_addresses_is_one(sqlite_service: RunningService) -> None:
    answers = []
    for number in range(WRONG_A_MINUTE + 1):
        headers: dict[str, Any] = {"api-key": "chute", "X-Forwarded-For": f"203.0.113.{number}"}
        async with sqlite_service.http.get("/consultores", headers=headers) as response:
            answers.append(response.status)
    assert answers == [401] * WRONG_A_MINUTE + [429]
