"""The robots' API: start, ask, answer, cancel, poll (contract, section 5)."""

from typing import Any
from urllib.parse import quote

import aiohttp
import structlog

from bot.answers import id_in, id_needed, list_in, object_in, read_answer
from core.delivery_errors import Again, DeliveryError, Refused

log = structlog.get_logger()

TIMEOUT = aiohttp.ClientTimeout(total=15, connect=5)


class RobotsApi:
    """The RPA API over HTTP: one call in, the answer or a `DeliveryError` out."""

    def __init__(self, http: aiohttp.ClientSession, base_url: str, token: str) -> None:
        self._http = http
        self._base = base_url.rstrip("/")
        self._headers = {"Authorization": f"Bearer {token}"}

    async def start_pap(self, venda_id: str, body: dict[str, Any]) -> str:
        """Start a sale's job; its `job_id`. The same venda never gets a second job: its id is the key."""
        return await self.start("pap", venda_id, body)

    async def start(self, robot: str, key: str, body: dict[str, Any]) -> str:
        """Start a job of that robot (`pap`, `sat`, an operadora's code in lower case); its id. One job for one key."""
        answer = object_in(await self._request("POST", f"/executar/{_in_path(robot)}", body, key=key))
        return id_needed(answer.get("job_id"))

    async def known(self, key: str) -> str | None:
        """The job of an earlier start with this key, which may have been accepted unheard; None: no robot knows it."""
        try:
            job = await self.job(key)
        except Refused:
            return None
        return id_in(job.get("job_id"))

    async def job(self, job_id: str) -> dict[str, Any]:
        return object_in(await self._request("GET", f"/jobs/{_in_path(job_id)}"))

    async def logs(self, job_id: str, since: int) -> list[dict[str, Any]]:
        lines = list_in(await self._request("GET", f"/jobs/{_in_path(job_id)}/logs?desde={since}"))
        return [line for line in lines if isinstance(line, dict)]

    async def answer(self, job_id: str, pergunta_id: str, resposta: str, key: str) -> None:
        await self._request(
            "POST",
            f"/jobs/{_in_path(job_id)}/responder",
            {"pergunta_id": pergunta_id, "resposta": resposta},
            key,
            parse=False,
        )

    async def cancel(self, job_id: str, key: str) -> None:
        await self._request("POST", f"/jobs/{_in_path(job_id)}/cancelar", {}, key, parse=False)

    async def stop(self, job_id: str, key: str) -> None:
        """Cancel a job. One that is unknown or over already is what was wanted."""
        try:
            await self.cancel(job_id, key)
        except Refused as refused:
            log.info("cancel_refused", code=refused.code)

    async def health(self) -> None:
        await self._request("GET", "/health", parse=False)

    async def _request(
        self, verb: str, path: str, body: dict[str, Any] | None = None, key: str | None = None, parse: bool = True
    ) -> Any:
        headers = {**self._headers, "Idempotency-Key": key} if key else self._headers
        try:
            async with self._http.request(
                verb, self._base + path, json=body, headers=headers, timeout=TIMEOUT
            ) as response:
                if response.status >= 300:
                    raise classify(response.status)
                return await read_answer(response) if parse else None
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            raise Again(type(error).__name__, "network") from None


def _in_path(job_id: str) -> str:
    """The robots name their jobs, and no name of theirs leads anywhere else."""
    return quote(job_id, safe="")


def classify(status: int) -> DeliveryError:
    """What an HTTP status that is no success means for the call."""
    # 401 and 403 are a token being changed: worth another try. 408, 425, 429 and 5xx by their meaning.
    if status in (401, 403, 408, 425, 429) or status >= 500:
        return Again(f"HTTP {status}", str(status))
    return Refused(f"HTTP {status}", str(status))


def is_refusal(code: str) -> bool:
    """Whether a call that was given up with this code was refused for what it asks, and not for want of a robot."""
    return code.isdecimal() and isinstance(classify(int(code)), Refused)
