"""The pool of BackOffice logins over HTTP, for administrators (contract, section 8)."""

from aiohttp import web

from core.auditoria.auditoria import registrar
from core.venda import pool
from core.venda.venda import end_freed
from storage.auditoria.tipos import Ato
from storage.transaction import Transaction
from storage.venda.status import StatusVenda
from webhooks.auth import autor_of
from webhooks.given import CLOCK, DATABASE, RUN
from webhooks.http.endpoints import endpoint
from webhooks.http.operations import ok
from webhooks.pool.schemas import POOL, Liberados, Liberar, PoolShown

_TAG = "pool"


@endpoint(_TAG, "Who has which BackOffice login", ok(PoolShown, POOL))
async def show(request: web.Request) -> PoolShown:
    """`livres`, `na_fila`, and who has which login until when."""
    async with request.app[DATABASE].read() as connection:
        return PoolShown.of(await pool.pool_status(connection, request.app[CLOCK]()))


@endpoint(
    _TAG,
    "Take logins back",
    ok(Liberados, {"liberados": 1}),
    "Exactly one of the three. Their sales end, their robots are stopped, their sellers are told.",
    takes=Liberar,
    example={"expirados": True},
)
async def free(request: web.Request, wanted: Liberar) -> Liberados:
    """Take logins back. Their sales end, their robots are stopped, their sellers are told."""
    por, telefone = autor_of(request), wanted.telefone

    async def work(tx: Transaction) -> int:
        if telefone is not None:
            freed = await pool.free_of_phone(tx, telefone)
        else:
            freed = await (pool.free_all if wanted.todos else pool.free_expired)(tx)
        status = StatusVenda.TIMEOUT if wanted.expirados else StatusVenda.CANCELADO
        await end_freed(tx, freed, status, por)
        registrar(tx, Ato.LIBERAR, por, quais=_which(wanted), liberados=len(freed))
        return len(freed)

    return Liberados(liberados=await request.app[RUN](work))


def _which(wanted: Liberar) -> str:
    if wanted.telefone is not None:
        return "um"
    return "todos" if wanted.todos else "expirados"
