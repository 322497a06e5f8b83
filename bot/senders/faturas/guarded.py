"""Downloads what a robot's result names, and never from inside our own network.

A robot's answer is data of a portal: `resultado.url` may be made to point at our own machines. Every hop of it goes to
a public address over https, or to a host that RPA_ARQUIVOS_HOSTS names; what was checked is what is connected to.
"""

import ipaddress
import socket
from collections.abc import Collection
from typing import Any
from urllib.parse import urljoin, urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.channels.downloads import MAX_BYTES
from bot.robots.api import classify
from core.delivery_errors import Again, Refused

REDIRECTS = 3
TIMEOUT = aiohttp.ClientTimeout(total=60, connect=5, sock_read=20)
BLOCKED = "blocked"
_PORTS = {"https": 443, "http": 80}


class BlockedAddress(OSError):
    """A name that leads to no public address."""


class PublicResolver(AbstractResolver):
    """Names as the system resolves them, without what is not a public address."""

    def __init__(self) -> None:
        self._system = aiohttp.ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Every public address of the name; `BlockedAddress` when one of them is not."""
        found = await self._system.resolve(host, port, family)
        if any(not is_public(entry["host"]) for entry in found):
            raise BlockedAddress(host)
        return found

    async def close(self) -> None:
        await self._system.close()


def is_public(address: str) -> bool:
    """Whether the address is one of the Internet's own: not loopback, private, link-local, reserved or multicast."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if inner is not None:
            return is_public(str(inner))
        if ip in _NAT64:
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
        # `is_global` says so of site-local ones and of IPv4 in `::/96`, too.
        return ip.is_global and ip in _UNICAST
    return ip.is_global and not ip.is_multicast


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
# All that is given out (RFC 4291, 2.5.4; iana.org, IPv6 Global Unicast Address Assignments).
_UNICAST = ipaddress.IPv6Network("2000::/3")


class GuardedDownloads:
    """`hosts`: (host, port or None for any) that may be asked although not public or not https."""

    def __init__(self, hosts: Collection[tuple[str, int | None]], resolver: AbstractResolver | None = None) -> None:
        self._hosts = frozenset(hosts)
        self._resolver = resolver
        self._sessions: dict[bool, aiohttp.ClientSession] = {}

    async def get(self, url: str) -> bytes:
        """The file. `Refused` with `blocked` for an address that is not allowed; `Again` when it may work later."""
        for _ in range(REDIRECTS + 1):
            known = self._check(url)
            try:
                async with self._session(known).get(url, allow_redirects=False, timeout=TIMEOUT) as response:
                    if response.status not in (301, 302, 303, 307, 308):
                        return await _content(response)
                    url = urljoin(url, response.headers.get("Location", ""))
            except aiohttp.ClientConnectorError as error:
                if isinstance(error.os_error, BlockedAddress):
                    raise Refused("the name leads to no public address", BLOCKED) from None
                raise Again(type(error).__name__, "network") from None
            except (aiohttp.ClientError, TimeoutError) as error:
                raise Again(type(error).__name__, "network") from None
        raise Refused("too many redirects", BLOCKED)

    async def close(self) -> None:
        """Let go of the connections."""
        for session in self._sessions.values():
            await session.close()
        self._sessions.clear()

    def _check(self, url: str) -> bool:
        """Whether the host is one that we know; `Refused` when it may not be asked at all."""
        try:
            parts = urlsplit(url)
            host, port = (parts.hostname or "").rstrip("."), parts.port or _PORTS.get(parts.scheme, 0)
        except ValueError:
            raise Refused("not an address", BLOCKED) from None
        if parts.scheme not in _PORTS or not host or parts.username is not None:
            raise Refused("not an http(s) address", BLOCKED)
        if (host, port) in self._hosts or (host, None) in self._hosts:
            return True
        if parts.scheme != "https":
            raise Refused("not https", BLOCKED)
        if _is_literal(host) and not is_public(host):
            raise Refused("not a public address", BLOCKED)
        return False

    def _session(self, known: bool) -> aiohttp.ClientSession:
        if known not in self._sessions:
            resolver: Any = None if known else self._resolver or PublicResolver()
            # No cache of names: what is checked is what is connected to.
            connector = aiohttp.TCPConnector(limit=10, resolver=resolver, use_dns_cache=False)
            self._sessions[known] = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())
        return self._sessions[known]


async def _content(response: aiohttp.ClientResponse) -> bytes:
    if response.status >= 300:
        raise classify(response.status)
    parts: list[bytes] = []
    size = 0
    async for part in response.content.iter_chunked(65_536):
        size += len(part)
        if size > MAX_BYTES:
            raise Refused("larger than 20 MB", "too_large")
        parts.append(part)
    return b"".join(parts)


def _is_literal(host: str) -> bool:
    """Whether no name has to be resolved: an address, in any of the spellings that systems take for one."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        try:
            socket.inet_aton(host)
        except OSError:
            return False
    return True
