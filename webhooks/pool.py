"""The pool of BackOffice logins over HTTP, for administrators (contract, section 8)."""

from aiohttp import web
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from core.telefones import digits_of
from core.venda import pool
from core.venda.venda import end_freed
from storage.ocorrencias import record
from storage.transaction import Transaction
from storage.venda.status import StatusVenda
from webhooks.auth import SERVICE, USUARIO
from webhooks.http.answers import ApiError, as_json
from webhooks.http.bodies import parse_object


class Liberar(BaseModel):
    """Exactly one of the three."""

    model_config = ConfigDict(strict=True, extra="forbid")

    todos: bool = False
    expirados: bool = False
    telefone: str | None = None

    @model_validator(mode="after")
    def exactly_one(self) -> "Liberar":
        if [self.todos, self.expirados, self.telefone is not None].count(True) != 1:
            raise ValueError("give exactly one of todos, expirados, telefone")
        return self


async def show(request: web.Request) -> web.Response:
    """`livres`, `na_fila`, and who has which login until when."""
    service = request.app[SERVICE]
    async with service.database.read() as connection:
        status = await pool.pool_status(connection, service.clock())
    em_uso = [
        {
            "bo_usuario_id": str(uso.bo_usuario_id),
            "telefone": uso.telefone,
            "desde": uso.desde.isoformat(),
            "expira_em": uso.expira_em.isoformat(),
        }
        for uso in status.em_uso
    ]
    return as_json({"livres": status.livres, "na_fila": status.na_fila, "em_uso": em_uso})


async def free(request: web.Request) -> web.Response:
    """Take logins back. Their sales end, their robots are stopped, their sellers are told."""
    try:
        wanted = Liberar.model_validate(parse_object(await request.read(), strict=True))
        telefone = digits_of(wanted.telefone) if wanted.telefone is not None else None
    except ValidationError as error:
        first = error.errors()[0]
        raise ApiError(422, f"{'.'.join(map(str, first['loc'])) or 'body'}: {first['msg']}") from None
    except ValueError:
        raise ApiError(422, "telefone: not a phone number") from None
    by = request[USUARIO].id

    async def work(tx: Transaction) -> int:
        if telefone is not None:
            freed = await pool.free_of_phone(tx, telefone)
        else:
            freed = await (pool.free_all if wanted.todos else pool.free_expired)(tx)
        await end_freed(tx, freed, StatusVenda.TIMEOUT if wanted.expirados else StatusVenda.CANCELADO)
        await record(tx, "pool_liberado", str(by), liberados=len(freed))
        return len(freed)

    return as_json({"liberados": await request.app[SERVICE].run(work)})
