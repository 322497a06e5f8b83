"""The robots' API: start, ask, answer, cancel, poll (contract, section 5)."""

import json
from typing import Any

import aiohttp

from core.delivery_errors import Again, DeliveryError, Refused

TIMEOUT = aiohttp.ClientTimeout(total=15, connect=5)


class RobotsApi:
    """The RPA API over HTTP: one call in, the answer or a `DeliveryError` out."""

    def __init__(self, http: aiohttp.ClientSession, base_url: str, token: str) -> None:
        self._http = http
        self._base = base_url.rstrip("/")
        self._headers = {"Authorization": f"Bearer {token}"}

    async def start_pap(self, venda_id: str, body: dict[str, Any]) -> str:
        """Start a sale's job; its `job_id`. The same venda never gets a second job: its id is the key."""
        answer = await self._request("POST", "/executar/pap", body, key=venda_id)
        return str(answer["job_id"])

    async def job(self, job_id: str) -> dict[str, Any]:
        return await self._request("GET", f"/jobs/{job_id}")

    async def logs(self, job_id: str, since: int) -> list[dict[str, Any]]:
        answer: Any = await self._request("GET", f"/jobs/{job_id}/logs?desde={since}")
        return list(answer)

    async def answer(self, job_id: str, pergunta_id: str, resposta: str, key: str) -> None:
        await self._request(
            "POST", f"/jobs/{job_id}/responder", {"pergunta_id": pergunta_id, "resposta": resposta}, key=key
        )

    async def cancel(self, job_id: str, key: str) -> None:
        await self._request("POST", f"/jobs/{job_id}/cancelar", {}, key=key)

    async def health(self) -> None:
        await self._request("GET", "/health", parse=False)

    async def _request(
        self, verb: str, path: str, body: dict[str, Any] | None = None, key: str | None = None, parse: bool = True
    ) -> dict[str, Any]:
        headers = {**self._headers, "Idempotency-Key": key} if key else self._headers
        try:
            async with self._http.request(
                verb, self._base + path, json=body, headers=headers, timeout=TIMEOUT
            ) as response:
                content = await response.read()
        except (aiohttp.ClientError, TimeoutError) as error:
            raise Again(type(error).__name__, "network") from None
        if response.status >= 300:
            raise classify(response.status)
        try:
            return json.loads(content) if parse and content else {}
        except ValueError:
            raise Again("an answer that is not JSON", "not_json") from None


def classify(status: int) -> DeliveryError:
    """What an HTTP status that is no success means for the call."""
    # 401 and 403 are a token being changed: worth another try. 408, 425, 429 and 5xx by their meaning.
    if status in (401, 403, 408, 425, 429) or status >= 500:
        return Again(f"HTTP {status}", str(status))
    return Refused(f"HTTP {status}", str(status))
