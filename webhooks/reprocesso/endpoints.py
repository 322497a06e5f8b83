"""What failed for good, over HTTP, for administrators: what `balcao reprocessar` and the panel's Saúde show too."""

from aiohttp import web

from core.reprocesso.reprocesso import Refeitas, pagina_de, refazer
from storage.transaction import Transaction
from webhooks.auth import autor_of
from webhooks.given import DATABASE, RUN
from webhooks.http.endpoints import Page, endpoint
from webhooks.http.operations import TOTAL, ok
from webhooks.http.queries import Paged
from webhooks.reprocesso.schemas import FALHA, FalhaShown, Reprocessadas, Reprocessar

_TAG = "reprocessar"


@endpoint(
    _TAG,
    "What failed for good, events first, the newest of each kind first",
    ok([FalhaShown], [FALHA], X_Total_Count=TOTAL),
    asks=Paged,
)
async def listed(request: web.Request, asked: Paged) -> Page:
    """`GET /reprocessar`."""
    async with request.app[DATABASE].read() as connection:
        found, total = await pagina_de(connection, asked.skip, asked.limit)
    return Page([FalhaShown.model_validate(one) for one in found], total)


@endpoint(
    _TAG,
    "Do it again",
    ok(Reprocessadas, {"feitas": ["4512"], "recusadas": []}),
    "One by one, or all that can be. The workers do it; what fails again is listed again.",
    takes=Reprocessar,
    example={"ids": ["4512"]},
)
async def do_again(request: web.Request, wanted: Reprocessar) -> Reprocessadas:
    """`POST /reprocessar`."""
    autor = autor_of(request)

    async def work(tx: Transaction) -> Refeitas:
        return await refazer(tx, wanted.ids, autor)

    done = await request.app[RUN](work)
    return Reprocessadas(feitas=done.feitas, recusadas=done.recusadas)
