"""Asks robots how their jobs are; one that does not answer holds nobody else up, and changes nothing."""

import asyncio
from collections.abc import Awaitable, Iterable
from typing import Any

import structlog

from bot.robots.api import RobotsApi
from core.delivery_errors import DeliveryError
from core.venda.robo import RobotEvent

log = structlog.get_logger()

# Taken over from one answer; what is left comes with the next one.
_MOST_LINES = 500


async def answer_of(api: RobotsApi, job_id: str) -> dict[str, Any] | None:
    """What the robots say of this job; None when they do not answer."""
    try:
        return await api.job(job_id)
    except DeliveryError as error:
        log.info("poll_failed", job_id=job_id, code=error.code)
        return None


async def side_by_side(asked: Iterable[Awaitable[None]]) -> None:
    """All of them at once; a fault in one is logged."""
    for result in await asyncio.gather(*asked, return_exceptions=True):
        if isinstance(result, Exception):
            log.error("ask_failed", error=repr(result)[:300])


async def lines_of(api: RobotsApi, job_id: str, after: int) -> list[RobotEvent]:
    """The lines that its log has after that number, as the events that nobody brought; none when nobody answers."""
    try:
        lines = await api.logs(job_id, after)
    except DeliveryError as error:
        log.info("logs_not_read", job_id=job_id, code=error.code)
        return []
    numbered = [(line.get("seq"), line) for line in lines[:_MOST_LINES]]
    return [RobotEvent("job.log", job_id, line, seq) for seq, line in numbered if type(seq) is int and seq > after]
