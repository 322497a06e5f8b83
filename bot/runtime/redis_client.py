"""Redis, however it is run: one server, Sentinel or Cluster. What REDIS_URL means is known here only."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, cast
from urllib.parse import urlsplit

from redis.asyncio import ConnectionPool, Redis
from redis.asyncio.cluster import ClusterNode, RedisCluster
from redis.asyncio.connection import Connection, SSLConnection, parse_url
from redis.asyncio.sentinel import Sentinel, SentinelConnectionPool
from redis.driver_info import DriverInfo
from redis.exceptions import RedisError
from redis.exceptions import TimeoutError as RedisTimeoutError

from storage.engines.breaker import Breaker, EngineSilent

# Nothing here waits for Redis for long: without it no login is lent, and everything else goes on.
PATIENCE_SECONDS = 1.0
# Who we are, in the server's list of clients: redis-py would look its version up on the disk for each connection.
_US = DriverInfo()
# Whoever waits at the bus of live events for news (storage/live.py) gets no answer while there are none.
LISTENER_PATIENCE_SECONDS = 5.0

_SENTINEL_PORT, _REDIS_PORT = 26379, 6379
# Sentinels may have a login of their own; without these they are asked without one.
_OF_SENTINELS = {"sentinel_username": "username", "sentinel_password": "password"}


@dataclass(frozen=True, slots=True)
class RedisAddress:
    """What a REDIS_URL says, in redis-py's own words.

    `url`: what redis-py reads by itself when Redis is one server, else None. `options`: login, TLS and whatever else
    the URL asks for, for the servers that hold the data; `of_sentinels` is the same for the sentinels.
    """

    kind: str
    url: str | None = field(repr=False)
    hosts: tuple[tuple[str, int], ...] = ()
    service: str = ""
    options: dict[str, Any] = field(default_factory=dict, repr=False)
    of_sentinels: dict[str, Any] = field(default_factory=dict, repr=False)

    @property
    def nodes(self) -> list[ClusterNode]:
        """The nodes of a cluster that are asked for the others."""
        return [ClusterNode(host, port) for host, port in self.hosts]

    @property
    def passwords(self) -> tuple[str, ...]:
        """What no log may show."""
        found = (options.get("password") for options in (self.options, self.of_sentinels))
        return tuple(password for password in found if password)


def read_redis_url(url: str) -> RedisAddress:
    """`redis://`, `rediss://`, `unix://`, `redis+sentinel://H:P,H:P/SERVICE/DB`, `redis+cluster://H:P,H:P`.

    With `rediss+…` everything is TLS, the sentinels too. Login and query are as redis-py reads them, for one server
    and for many; `?sentinel_username=…&sentinel_password=…` are for the sentinels. ValueError for anything else.
    """
    scheme, _, rest = url.partition("://")
    plain, _, kind = scheme.partition("+")
    if not kind:
        return RedisAddress("server", url, options=_options_of(url))
    # Not `urlsplit`: to newer Pythons several hosts with an IPv6 address among them are no address at all.
    before, _, query = rest.partition("?")
    authority, _, path = before.partition("/")
    login, at, hosts = authority.rpartition("@")
    service, _, db = path.strip("/").partition("/")
    options = _options_of(f"{plain}://{login}{at}host/{db if kind == 'sentinel' else ''}?{query}")
    of_sentinels = {own: options.pop(name) for name, own in _OF_SENTINELS.items() if name in options}
    of_sentinels |= {name: value for name, value in options.items() if name.startswith("ssl")}
    default = _SENTINEL_PORT if kind == "sentinel" else _REDIS_PORT
    found = tuple(_host_and_port(host, default) for host in hosts.split(","))
    return RedisAddress(kind, None, found, service or "mymaster", options, of_sentinels)


def _options_of(url: str) -> dict[str, Any]:
    options = dict(parse_url(url))
    kind: Any = options.pop("connection_class", Connection)
    try:
        # Nothing is connected. An option that redis-py does not know would end the first call.
        kind(**{name: value for name, value in options.items() if name not in _OF_SENTINELS})
    except (TypeError, RedisError):
        raise ValueError("an option that Redis clients do not know") from None
    if kind is SSLConnection:
        options["ssl"] = True
    return {name: value for name, value in options.items() if name not in ("host", "port", "path")}


def _host_and_port(text: str, default: int) -> tuple[str, int]:
    parts = urlsplit(f"//{text}")
    if not parts.hostname:
        raise ValueError("a host without a name")
    return parts.hostname, parts.port or default


def guarded(redis: Redis) -> Redis:
    """The same client, which for a moment refuses at once what a silent Redis would not answer either."""
    breaker, make_pipeline = Breaker(), redis.pipeline

    def pipeline(*args: Any, **options: Any) -> Any:
        pipe = make_pipeline(*args, **options)
        pipe.execute = _behind(breaker, pipe.execute)  # type: ignore[method-assign, assignment]
        return pipe

    redis.execute_command = _behind(breaker, redis.execute_command)  # type: ignore[method-assign, assignment]
    redis.pipeline = pipeline  # type: ignore[method-assign]
    return redis


def _behind(breaker: Breaker, ask: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    async def guarded_ask(*args: Any, **options: Any) -> Any:
        try:
            with breaker.asking((RedisTimeoutError,)):
                return await ask(*args, **options)
        except EngineSilent as silent:
            raise RedisTimeoutError(str(silent)) from None

    return guarded_ask


def connect_redis(url: str, patience: float | None = None) -> Redis:
    """A client for this REDIS_URL. Nothing is connected yet. `patience`: seconds that an answer may take."""
    timeouts: dict[str, Any] = {
        "socket_timeout": PATIENCE_SECONDS if patience is None else patience,
        "socket_connect_timeout": PATIENCE_SECONDS,
    }
    address = read_redis_url(url)
    if address.url is not None:
        return Redis.from_pool(ConnectionPool.from_url(address.url, max_connections=100, driver_info=_US, **timeouts))
    if address.kind == "cluster":
        cluster = RedisCluster(startup_nodes=address.nodes, **address.options | timeouts)
        return cast(Redis, cluster)
    sentinel = Sentinel(address.hosts, sentinel_kwargs=address.of_sentinels | timeouts)  # type: ignore[no-untyped-call]
    master = sentinel.master_for(
        address.service, connection_pool_class=_PoolWithSentinels, **address.options | timeouts
    )
    return cast(Redis, master)


async def close_sentinels(manager: Sentinel) -> None:
    """Close the connections to the sentinels, which redis-py leaves open for as long as the process lives."""
    for sentinel in manager.sentinels:
        await sentinel.aclose()


class _PoolWithSentinels(SentinelConnectionPool):
    """Its sentinels are closed with it."""

    async def aclose(self) -> None:
        await super().aclose()
        await close_sentinels(self.sentinel_manager)


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
        raise EvictingRedis(f"o Redis tem maxmemory-policy {policy}; tem que ser noeviction")
