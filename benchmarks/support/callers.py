"""Callers of an HTTP API, each with one connection that stays, and one request at a time on it."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmarks.support.connection import Connection, connect

_PATIENCE = 30.0


@dataclass(slots=True)
class Calls:
    """Seconds of every call that was answered 200, and how many were not."""

    seconds: list[float] = field(default_factory=list)
    failed: int = 0


async def call(port: int, paths: Sequence[str], api_key: str, callers: int, seconds: float) -> tuple[Calls, float]:
    """As `ask`: one GET after the other, with the key."""
    return await ask(port, [_request(path, api_key, port) for path in paths], callers, seconds)


async def ask(
    port: int, requests: Sequence[bytes], callers: int, seconds: float, times: int | None = None
) -> tuple[Calls, float]:
    """So many callers for so long, each going on as soon as it is answered; (what came of it, seconds).

    `times`: how often each of them asks at most.
    """
    calls = Calls()
    connections = [await connect(port) for _ in range(callers)]
    started = time.perf_counter()
    until = started + seconds
    await asyncio.gather(
        *(_go_on(one, requests, number, calls, until, times) for number, one in enumerate(connections))
    )
    took = time.perf_counter() - started
    for connection in connections:
        connection.close()
    return calls, took


async def _go_on(
    connection: Connection, requests: Sequence[bytes], number: int, calls: Calls, until: float, times: int | None
) -> None:
    last = None if times is None else number + times
    while number != last and (started := time.perf_counter()) < until:
        number += 1
        async with asyncio.timeout(_PATIENCE):
            status = await connection.ask(requests[number % len(requests)])
        if status == 200:
            calls.seconds.append(time.perf_counter() - started)
        else:
            calls.failed += 1


def _request(path: str, api_key: str, port: int) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\napi-key: {api_key}\r\n\r\n".encode()
