"""Where a request comes from, as far as whoever sent it cannot choose it.

What `X-Forwarded-For` and `X-Forwarded-Proto` say is believed of the proxies of `TRUSTED_PROXIES` alone. Each of them
writes who asked it at the end: from there back, the first one that is no proxy of ours is who asks. What stands before
was sent by them, and says nothing.
"""

from collections.abc import Sequence
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from aiohttp import web

Network = IPv4Network | IPv6Network
# Of our own proxies; nobody's where none are configured.
PROXIES: web.AppKey[Sequence[Network]] = web.AppKey("proxies", Sequence)
# One customer of a provider has a whole /64 of IPv6.
_ONE_CUSTOMER = 64
_UNKNOWN = "?"


def address_of(request: web.Request) -> str:
    """The address that asks, as it is counted: an IPv6 one as its /64."""
    return grouped(asker_of(request))


def asker_of(request: web.Request) -> str:
    """The address that asks, as it is written down; `?` where it is none."""
    hops = [hop.strip() for header in request.headers.getall("X-Forwarded-For", ()) for hop in header.split(",")]
    asker = _read(request.remote or "")
    while hops and _is_ours(request, asker):
        asker = _read(hops.pop())
    return _UNKNOWN if asker is None else str(asker)


def asked_by_https(request: web.Request) -> bool:
    """Whether a proxy of ours says that it was asked by https: the last word, where several proxies said one."""
    said = request.headers.getall("X-Forwarded-Proto", ("",))[-1].rpartition(",")[2].strip().casefold()
    return said == "https" and _is_ours(request, _read(request.remote or ""))


@lru_cache(4096)
def grouped(text: str) -> str:
    """An address as it is counted; what is none is `?`."""
    address = _read(text)
    if isinstance(address, IPv6Address):
        return str(ip_network((address, _ONE_CUSTOMER), strict=False).network_address)
    return _UNKNOWN if address is None else str(address)


@lru_cache(4096)
def _read(text: str) -> IPv4Address | IPv6Address | None:
    """An address as a peer or a proxy writes it: brackets, an IPv4 one in IPv6, with or without its port."""
    bare = text.rpartition(":")[0] if text.count(":") == 1 or "]:" in text else text
    try:
        address = ip_address(bare.strip("[]"))
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def _is_ours(request: web.Request, address: IPv4Address | IPv6Address | None) -> bool:
    return address is not None and any(address in network for network in request.app[PROXIES])
