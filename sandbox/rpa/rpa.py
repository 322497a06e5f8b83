"""The robots' API: jobs started, polled, answered and cancelled, and signed callbacks."""

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import aiohttp
from standardwebhooks import Webhook

from sandbox.courier import Courier, Delivery, Reply, post
from sandbox.faturas.estragos import ANOTHER_BILL, pdf_of
from sandbox.faturas.fatura import Fatura
from sandbox.faturas.portal import bill_for
from sandbox.faults import Calls, Faults
from sandbox.rpa.behaviours import (
    Behaviour,
    Complete,
    Steps,
    download,
    named,
    normal,
    refuse_password,
    sale,
    upload_sat,
)
from sandbox.rpa.robot import Data, Job
from sandbox.waiting import Signal

TOKEN = "rpa-sandbox-token"  # noqa: S105 - a stand-in's token opens nothing
ATTEMPTS = 6


class Rpa:
    """The stand-in. `behaviour` is how jobs go; `next` scripts the next one alone.

    `refused_logins` are logins whose password the portal refuses; `tempo` is the seconds between two steps,
    `heartbeat` those between signs of life while a robot waits for an answer.
    """

    def __init__(self, clock: Callable[[], float], watch: Callable[[Job], None], secret: str, tempo: float) -> None:
        self.jobs: list[Job] = []
        self.behaviour: Behaviour | str = normal()
        self.refused_logins: set[str] = set()
        self.tempo = tempo
        self.heartbeat = 15.0
        self.secret = secret
        self.base = ""
        self.clock = clock
        self.calls = Calls()
        self.courier = Courier(self._post, attempts=ATTEMPTS)
        self.faults = Faults(self.courier)
        self.planned: list[Behaviour] = []
        self._watch = watch
        self._handed_out: set[str] = set()
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._changed = Signal()
        self._http: aiohttp.ClientSession | None = None

    def next(self, *behaviours: Behaviour | str) -> None:
        """Script the next jobs, one behaviour each; after them `behaviour` counts again."""
        self.planned += [named(behaviour) for behaviour in behaviours]

    async def started(self, venda_id: Any = None, *, timeout: float = 20.0, **fields: Any) -> Job:
        """Wait for a job that no earlier `started` gave out; with `venda_id` or other body fields, theirs."""
        wanted = fields | ({"venda_id": venda_id} if venda_id is not None else {})

        def complain() -> str:
            known = [(job.operadora, job.idempotency_key, job.status) for job in self.jobs]
            return f"Of the jobs {known} none was new and had {wanted}"

        return await self._changed.expect(lambda: self._hand_out(wanted), timeout, complain)

    def job(self, job_id: str) -> Job | None:
        """The job with that id."""
        return next((job for job in self.jobs if job.id == job_id), None)

    def begin(self, operadora: str, key: str, body: Data) -> Job:
        """Start a job, or find the one that this idempotency key already started."""
        for job in self.jobs:
            if job.idempotency_key == key:
                job.starts += 1
                return job
        job = Job(self, operadora, key, body, self._choose(body))
        self.jobs.append(job)
        self._tasks[job.id] = asyncio.create_task(self._work(job))
        job.touched()
        self._changed.notify()
        return job

    def cancel(self, job: Job) -> None:
        """Stop the robot where it is and report the job as cancelled, if its behaviour obeys."""
        job.cancel_requested = True
        job.touched()
        if job.behaviour.obeys:
            self._tasks[job.id].cancel()
            job.cancel()

    def take_over(self, job: Job) -> None:
        """The robot does nothing by itself any more: somebody acts in its place."""
        self._tasks[job.id].cancel()

    def job_changed(self, job: Job) -> None:
        """Pass a change on to the page."""
        self._watch(job)

    def queue(self, job: Job, payload: Data) -> Delivery:
        """Call back in the job's order, and again a few times when the answer is not 2xx."""
        return self.courier.send(Delivery(payload, job.id, "callback"))

    async def call_back(
        self,
        job: Job,
        payload: Data | bytes,
        *,
        webhook_id: str = "msg_manual",
        signed: bool = True,
        secret: str | None = None,
        age: float = 0.0,
    ) -> Reply:
        """POST one callback once: `age` seconds old, unsigned or signed with another secret when asked."""
        raw = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
        headers = {"Content-Type": "application/json"}
        if signed:
            headers |= sign(raw, webhook_id, self.clock() - age, self.secret if secret is None else secret)
        return await post(self.http, str(job.body["callback_url"]), raw, headers)

    async def settled(self, timeout: float = 20.0) -> None:
        """Wait until every callback was taken or given up."""
        await self.courier.settled(timeout)

    async def fetch(self, url: str) -> bytes:
        """Download what a job names, as a robot would."""
        async with self.http.get(url) as response:
            response.raise_for_status()
            return await response.read()

    def good_end(self, job: Job) -> Data:
        """The result of a job of that kind that goes well."""
        return next(step.resultado(job.id) for step in self._steps(job) if isinstance(step, Complete))

    def file_of(self, job_id: str) -> bytes:
        """The invoice that a download job found."""
        job = self.job(job_id)
        assert job is not None, "only jobs have files"
        estrago = job.behaviour.estrago
        # What is another bill is in the bill already.
        return pdf_of(self._bill(job), None if estrago in ANOTHER_BILL else estrago)

    def start(self, http: aiohttp.ClientSession, base: str) -> None:
        """Borrow the client that carries callbacks out."""
        self._http, self.base = http, base
        self.courier.open()

    async def stop(self) -> None:
        """Stop every robot."""
        for job in self.jobs:
            job.answer_start()
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    @property
    def http(self) -> aiohttp.ClientSession:
        """The client that carries callbacks out."""
        assert self._http is not None, "the sandbox is not started"
        return self._http

    def _choose(self, body: Data) -> Behaviour:
        if body.get("login") in self.refused_logins:
            return refuse_password()
        return self.planned.pop(0) if self.planned else named(self.behaviour)

    def _steps(self, job: Job) -> Steps:
        if job.operadora == "pap":
            return sale()
        if job.operadora == "sat":
            return upload_sat()
        return download(lambda job_id: f"{self.base}/arquivos/{job_id}.pdf", self._bill(job))

    def _bill(self, job: Job) -> Fatura:
        today = datetime.fromtimestamp(self.clock(), UTC).date()
        return bill_for(job.operadora, job.body, today, job.behaviour.estrago)

    async def _work(self, job: Job) -> None:
        try:
            await job.run(job.behaviour.change(self._steps(job)))
        except aiohttp.ClientResponseError as refused:
            # A link that is refused is a wrong one; a store that has no answer may have one for the next robot.
            codigo = "DADOS_INVALIDOS" if refused.status < 500 else "PORTAL_FORA"
            await job.fail(codigo, "O arquivo não pôde ser baixado")
        except (aiohttp.ClientError, TimeoutError):
            await job.fail("PORTAL_FORA", "O arquivo não pôde ser baixado")

    def _hand_out(self, wanted: Data) -> Job | None:
        for job in self.jobs:
            if job.id in self._handed_out:
                continue
            if all(str(job.body.get(name)) == str(value) for name, value in wanted.items()):
                self._handed_out.add(job.id)
                return job
        return None

    async def _post(self, delivery: Delivery) -> Reply:
        job = self.job(delivery.payload["job_id"])
        assert job is not None, "a callback belongs to a job"
        return await self.call_back(job, delivery.payload, webhook_id=delivery.id)


def sign(body: bytes, webhook_id: str, when: float, secret: str) -> dict[str, str]:
    """Standard Webhooks headers; a secret that is not `whsec_` and base64 is taken as it is."""
    key: str | bytes = secret if secret.startswith("whsec_") else secret.encode()
    moment = datetime.fromtimestamp(when, UTC)
    return {
        "webhook-id": webhook_id,
        "webhook-timestamp": str(int(when)),
        "webhook-signature": Webhook(key).sign(webhook_id, moment, body.decode()),
    }
