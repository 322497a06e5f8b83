"""Asks robots how their jobs are; one that does not answer holds nobody else up, and changes nothing."""

import asyncio
from collections.abc import Awaitable, Iterable
from typing import Any

import structlog

from bot.robots.api import RobotsApi
from core.delivery_errors import DeliveryError

log = structlog.get_logger()


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
