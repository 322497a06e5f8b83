"""For whoever runs the service: is it alive, are its engines there, and what is it doing."""

from datetime import datetime, timedelta

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy.ext.asyncio import AsyncConnection

from core import metrics
from core.agendamento.vencidos import late_agendamentos
from core.processo.robo import CODES
from core.venda import pool
from storage.failed_events import dead_letter_count
from storage.outbox.claims import depth
from storage.processo.figures import downloads_running, failures_since, waiting_for_approval
from storage.venda.vendas import open_by_status
from webhooks.given import CLOCK, DATABASE, ZONE
from webhooks.http.answers import written
from webhooks.http.endpoints import endpoint
from webhooks.http.operations import TEXT, Answer, ok
from webhooks.operations.readiness import READINESS
from webhooks.operations.schemas import NOT_READY, READY, Alive, Ready

_TAG = "operação"
_FAILURES_OF = timedelta(hours=24)


@endpoint(_TAG, "The process lives", ok(Alive, {"status": "ok"}))
async def healthz(request: web.Request) -> Alive:
    """The process is alive and its loop turns."""
    return Alive(status="ok")


@endpoint(
    _TAG,
    "Every engine answers",
    {200: Answer(Ready, example=READY), 503: Answer(Ready, "one does not", example=NOT_READY)},
)
async def readyz(request: web.Request) -> Ready | web.Response:
    """200 when every engine answers, else 503 and which one does not."""
    engines = await request.app[READINESS].engines()
    ready = all(answer == "ok" for answer in engines.values())
    if ready:
        return Ready(status="ok", engines=engines)
    return written(Ready(status="unavailable", engines=engines).model_dump_json().encode(), 503)


@endpoint(_TAG, "Prometheus' text format", {200: Answer(TEXT, content_type="text/plain")})
async def show_metrics(request: web.Request) -> web.Response:
    """Prometheus' text format; what lives in the database is counted now."""
    now = request.app[CLOCK]()
    async with request.app[DATABASE].read() as connection:
        waiting = await depth(connection)
        metrics.OUTBOX_CALLS.set(waiting.calls)
        metrics.OUTBOX_LANES.set(waiting.lanes)
        metrics.OUTBOX_AGE.set((now - waiting.oldest).total_seconds() if waiting.oldest else 0)
        metrics.DEAD_LETTERS.set(await dead_letter_count(connection))
        status = await pool.pool_status(connection, now)
        jobs = await open_by_status(connection)
        metrics.SCHEDULES_LATE.set(len(await late_agendamentos(connection, now, request.app[ZONE])))
        await _count_invoices(connection, now)
    for state, count in (("free", status.livres), ("held", len(status.em_uso)), ("set_aside", status.afastados)):
        metrics.LOGINS.labels(state).set(count)
    metrics.QUEUE.set(status.na_fila)
    metrics.JOBS.clear()
    for name, count in jobs.items():
        metrics.JOBS.labels(name).set(count)
    return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})


async def _count_invoices(connection: AsyncConnection, now: datetime) -> None:
    """Robots may call their failures as they like: what the contract does not name is counted together."""
    metrics.DOWNLOADS.set(await downloads_running(connection))
    waiting = await waiting_for_approval(connection)
    metrics.APPROVALS.set(waiting.quantas)
    metrics.APPROVALS_AGE.set((now - waiting.desde).total_seconds() if waiting.desde else 0)
    metrics.FAILURES.clear()
    for (kind, code), count in (await failures_since(connection, now - _FAILURES_OF)).items():
        metrics.FAILURES.labels(kind, code if code in CODES else "OUTRO").inc(count)
