"""Where a request comes from, as far as whoever sent it cannot choose it."""

from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network

from aiohttp import web

# One customer of a provider has a whole /64 of IPv6.
_ONE_CUSTOMER = 64
_UNKNOWN = "?"


def address_of(request: web.Request) -> str:
    """The address that asks, an IPv6 one as its /64.

    Our own proxy is known by its private address; what it wrote at the end of `X-Forwarded-For` is who asked it. What
    stands before that was sent by them, and says nothing.
    """
    peer = request.remote or _UNKNOWN
    forwarded = request.headers.getall("X-Forwarded-For", [])
    if not forwarded or not _is_private(peer):
        return grouped(peer)
    return grouped(forwarded[-1].rpartition(",")[2].strip() or peer)


@lru_cache(4096)
def grouped(text: str) -> str:
    """An address as it is counted; what is none is `?`."""
    try:
        address = ip_address(text.strip("[]"))
    except ValueError:
        return _UNKNOWN
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(ip_network((address, _ONE_CUSTOMER), strict=False).network_address)
    return str(address)


@lru_cache(4096)
def _is_private(text: str) -> bool:
    try:
        return ip_address(text).is_private
    except ValueError:
        return True
