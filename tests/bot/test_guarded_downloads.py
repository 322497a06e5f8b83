"""Which addresses a robot's result may lead to."""

import socket
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.test_utils import TestServer

from bot.senders.faturas.guarded import BlockedAddress, GuardedDownloads, PublicResolver, is_public
from core.delivery_errors import Again, Refused


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.0.1",
        "172.16.5.5",
        "169.254.169.254",
        "0.0.0.0",  # noqa: S104 - an address to be refused
        "100.64.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "fe80::1",
        "fc00::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "::127.0.0.1",
        "fec0::1",
        "64:ff9b:1::7f00:1",
        "2001:0:7f00:1::",
        "ff0e::1",
        "not an address",
    ],
)
def test_addresses_inside_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2001:4860:4860::8888", "::ffff:8.8.8.8"])
def test_those_of_the_internet_are(address: str) -> None:
    assert is_public(address)


@pytest.mark.falha(56)
@pytest.mark.parametrize(
    "url",
    [
        "http://files.example/x.pdf",
        "https://127.0.0.1/x.pdf",
        "https://10.0.0.5/x.pdf",
        "file:///etc/passwd",
        "https://[::1]/x.pdf",
        "https://2130706433/x.pdf",
        "https://0x7f.1/x.pdf",
        "https://user:pass@files.example/x.pdf",
        "ftp://files.example/x.pdf",
        "https://",
        "//x",
        "https://files.example:99999/x",
    ],
)
async def test_what_may_not_be_asked_is_refused_before_anything_is_opened(url: str) -> None:
    downloads = GuardedDownloads([], resolver=Nobody())
    with pytest.raises(Refused) as refused:
        await downloads.get(url)
    assert refused.value.code == "blocked"
    await downloads.close()


@pytest.mark.falha(56)
async def test_a_name_that_leads_inside_is_refused() -> None:
    downloads = GuardedDownloads([])
    with pytest.raises(Refused) as refused:
        await downloads.get("https://localhost/x.pdf")
    assert refused.value.code == "blocked"
    await downloads.close()


async def test_of_several_addresses_one_inside_is_enough_to_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    resolver = PublicResolver()

    async def both(host: str, port: int, family: socket.AddressFamily) -> list[ResolveResult]:
        return [_found("8.8.8.8"), _found("10.0.0.1")]

    monkeypatch.setattr(resolver._system, "resolve", both)
    with pytest.raises(BlockedAddress):
        await resolver.resolve("two.example", 443)
    await resolver.close()


class Nobody(AbstractResolver):
    """No name is asked for."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        raise AssertionError(f"{host} was looked up")

    async def close(self) -> None:
        """Nothing is open."""


class TestHostsThatWeKnow:
    @pytest.fixture
    async def server(self) -> AsyncIterator[TestServer]:
        async def redirect(request: web.Request) -> web.Response:
            raise web.HTTPFound(request.query["to"])

        async def large(request: web.Request) -> web.StreamResponse:
            response = web.StreamResponse()
            await response.prepare(request)
            for _ in range(21):
                await response.write(b"x" * 1_000_000)
            return response

        async def file(request: web.Request) -> web.Response:
            return web.Response(body=b"%PDF-1.4")

        app = web.Application()
        app.router.add_get("/r", redirect)
        app.router.add_get("/large", large)
        app.router.add_get("/x.pdf", file)
        async with TestServer(app) as running:
            yield running

    @pytest.fixture
    async def downloads(self, server: TestServer) -> AsyncIterator[GuardedDownloads]:
        guarded = GuardedDownloads([("127.0.0.1", server.port)])
        yield guarded
        await guarded.close()

    async def test_may_be_asked_over_http(self, server: TestServer, downloads: GuardedDownloads) -> None:
        assert await downloads.get(str(server.make_url("/x.pdf"))) == b"%PDF-1.4"
        assert await downloads.get(str(server.make_url("/r?to=/x.pdf"))) == b"%PDF-1.4"

    @pytest.mark.falha(56)
    async def test_do_not_lead_to_others_inside(self, server: TestServer, downloads: GuardedDownloads) -> None:
        for to in ("http://127.0.0.1:1/x", "http://169.254.169.254/latest", "file:///etc/passwd", "/r?to=/r"):
            with pytest.raises((Refused, Again)) as refused:
                await downloads.get(str(server.make_url("/r").with_query(to=to)))
            assert refused.value.code in ("blocked", "500")

    async def test_a_file_without_end_is_cut_off(self, server: TestServer, downloads: GuardedDownloads) -> None:
        with pytest.raises(Refused) as refused:
            await downloads.get(str(server.make_url("/large")))
        assert refused.value.code == "too_large"

    async def test_what_is_not_there_is_refused(self, server: TestServer, downloads: GuardedDownloads) -> None:
        with pytest.raises(Refused):
            await downloads.get(str(server.make_url("/nao-ha")))


def _found(address: str) -> ResolveResult:
    return ResolveResult(hostname="x", host=address, port=443, family=socket.AF_INET, proto=0, flags=0)
