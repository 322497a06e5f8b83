"""REDIS_URL: read in one place, so that the client and the background engine reach the same Redis in the same way."""

import asyncio
from pathlib import Path
from typing import Any, cast

import pytest

from bot.runtime.background import Background, make_broker
from bot.runtime.redis_client import connect_redis, read_redis_url
from bot.turn import Turns
from tests.support.redis_servers import HOST, redis_with_password, sentinel_of, tls_before

# As a URL says it, and as it is.
WRITTEN, PASSWORD = "s%40nha%2Ftr%C3%AAs", "s@nha/três"
OF_SENTINEL = "outra-senha"


class TestReading:
    def test_one_server_is_read_by_the_library(self) -> None:
        for url in ("redis://h:1/2", "rediss://:x@h", "unix:///tmp/a%20b.sock"):
            assert read_redis_url(url).url == url

    def test_sentinels_with_the_login_of_the_data(self) -> None:
        address = read_redis_url(f"redis+sentinel://ana:{WRITTEN}@a:1,b,[::1]:3/balcao/4")
        assert (address.kind, address.service) == ("sentinel", "balcao")
        assert address.hosts == (("a", 1), ("b", 26379), ("::1", 3))
        assert address.options == {"username": "ana", "password": PASSWORD, "db": 4}
        assert address.of_sentinels == {}, "a login is not shown to who did not ask for it"

    def test_sentinels_may_have_a_login_of_their_own(self) -> None:
        url = f"redis+sentinel://:um@a/balcao?sentinel_username=s&sentinel_password={WRITTEN}"
        address = read_redis_url(url)
        assert address.options == {"password": "um"}
        assert address.of_sentinels == {"username": "s", "password": PASSWORD}
        assert set(address.passwords) == {"um", PASSWORD}

    def test_with_tls_everything_is_tls(self) -> None:
        address = read_redis_url("rediss+sentinel://:um@a/balcao?ssl_ca_certs=/ca.pem")
        tls = {"ssl": True, "ssl_ca_certs": "/ca.pem"}
        assert address.options == {"password": "um"} | tls
        assert address.of_sentinels == tls

    def test_every_node_of_a_cluster_may_be_asked(self) -> None:
        address = read_redis_url("rediss+cluster://:um@a:7000,b")
        assert [(node.host, node.port) for node in address.nodes] == [("a", 7000), ("b", 6379)]
        assert address.options == {"password": "um", "ssl": True}

    @pytest.mark.parametrize(
        "url", ["http://h", "redis+sentinel://a:port/x", "redis+sentinel:///x", "redis+cluster://a,,b", "h:6379"]
    )
    def test_what_is_no_address_of_a_redis_is_refused(self, url: str) -> None:
        with pytest.raises(ValueError, match=r"\w"):
            read_redis_url(url)

    def test_no_password_is_shown(self) -> None:
        for kind in ("redis", "redis+sentinel", "redis+cluster"):
            assert "segredo" not in repr(read_redis_url(f"{kind}://:segredo@h/x?sentinel_password=segredo"))


class _Finding(Background):
    """Finds these lanes due."""

    def __init__(self, url: str, courier: Any, *lanes: str) -> None:
        super().__init__(make_broker(url), cast(Turns, None), courier)
        self._lanes = lanes

    async def _due_lanes(self) -> list[str]:
        return list(self._lanes)


class _Courier:
    """Notes which lanes it was woken for."""

    def __init__(self) -> None:
        self.woken: asyncio.Queue[str] = asyncio.Queue()

    async def deliver(self, lane: str) -> None:
        self.woken.put_nowait(lane)


async def wakes_workers(url: str) -> None:
    """A worker on this Redis hears of a lane that another process found due; the client gets in by the same URL."""
    redis = connect_redis(url)
    assert await redis.set("chave", "1", ex=10)
    await redis.aclose()
    courier = _Courier()
    worker = _Finding(url, courier)
    clock = _Finding(url, courier, "contato:1")
    await worker.start_worker()
    try:
        async with asyncio.timeout(10):
            # What is said before the worker listens is said to nobody: the clock says it every second.
            while courier.woken.empty():
                await clock.wake()
                await asyncio.sleep(0.05)
        assert courier.woken.get_nowait() == "contato:1"
    finally:
        await worker.stop_worker()
        await clock.stop_worker()


async def test_the_engine_gets_into_a_redis_with_a_password(tmp_path: Path) -> None:
    async with redis_with_password(tmp_path / "redis", PASSWORD) as port:
        await wakes_workers(f"redis://:{WRITTEN}@{HOST}:{port}")


async def test_the_engine_finds_it_through_sentinels_that_have_a_password_too(tmp_path: Path) -> None:
    async with (
        redis_with_password(tmp_path / "redis", PASSWORD) as port,
        sentinel_of(tmp_path / "sentinel", "balcao", port, PASSWORD, OF_SENTINEL) as sentinel,
    ):
        at = f"{HOST}:{sentinel}/balcao"
        await wakes_workers(f"redis+sentinel://:{WRITTEN}@{at}?sentinel_password={OF_SENTINEL}")


async def test_the_engine_speaks_tls_where_the_address_says_so(tmp_path: Path) -> None:
    async with (
        redis_with_password(tmp_path / "redis", PASSWORD) as port,
        tls_before(tmp_path, port) as (tls_port, certificate),
    ):
        await wakes_workers(f"rediss://:{WRITTEN}@{HOST}:{tls_port}?ssl_ca_certs={certificate}")
