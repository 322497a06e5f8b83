"""Redis, however it is run: one server, Sentinel or Cluster."""

from typing import Any, cast
from urllib.parse import urlsplit

from redis.asyncio import ConnectionPool, Redis
from redis.asyncio.cluster import ClusterNode, RedisCluster
from redis.asyncio.sentinel import Sentinel

# Nothing here waits for Redis for long: without it no login is lent, and everything else goes on.
PATIENCE_SECONDS = 1.0
# Whoever waits at the bus of live events for news (storage/live.py) gets no answer while there are none.
LISTENER_PATIENCE_SECONDS = 5.0


def connect_redis(url: str, patience: float = PATIENCE_SECONDS) -> Redis:
    """A client for `redis://`, `rediss://`, `unix://`, `redis+sentinel://H:P,H:P/SERVICE`, `redis+cluster://H:P,…`.

    Nothing is connected yet. `patience`: seconds that an answer may take.
    """
    timeouts: dict[str, Any] = {"socket_timeout": patience, "socket_connect_timeout": PATIENCE_SECONDS}
    scheme, _, rest = url.partition("://")
    if not scheme.endswith(("+sentinel", "+cluster")):
        pool = ConnectionPool.from_url(url, max_connections=100, **timeouts)
        return Redis.from_pool(pool)
    parts = urlsplit(f"//{rest}")
    credentials: dict[str, Any] = {"username": parts.username or None, "password": parts.password or None}
    hosts = [(host, int(port or 6379)) for host, _, port in (at.partition(":") for at in _hosts(parts.netloc))]
    ssl = scheme.startswith("rediss")
    if scheme.endswith("+cluster"):
        nodes = [ClusterNode(host, port) for host, port in hosts]
        return RedisCluster(startup_nodes=nodes, ssl=ssl, **credentials, **timeouts)  # type: ignore[return-value]
    service = parts.path.strip("/").split("/")[0] or "mymaster"
    sentinel = Sentinel(hosts, **timeouts)  # type: ignore[no-untyped-call]
    return cast(Redis, sentinel.master_for(service, ssl=ssl, **credentials, **timeouts))


def _hosts(netloc: str) -> list[str]:
    return netloc.rpartition("@")[2].split(",")


class EvictingRedis(Exception):
    """This Redis may throw keys away; the text says what to change."""


async def refuse_eviction(redis: Redis) -> None:
    """A Redis that may throw keys away would hand out locks it has forgotten. Raises `EvictingRedis` for one."""
    try:
        policy = (await redis.config_get("maxmemory-policy")).get("maxmemory-policy", "noeviction")
    except Exception:
        # Managed services forbid CONFIG; INFO has no policy to offer everywhere either.
        info = await redis.info("memory")
        policy = info.get("maxmemory_policy", "noeviction")
    if policy != "noeviction":
        raise EvictingRedis(f"Redis has maxmemory-policy {policy}; it must be noeviction")
