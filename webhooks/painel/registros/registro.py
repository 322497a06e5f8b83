"""What the pages of every register do alike: find the row of the address, change it, say so, and offer the way back."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncConnection

from core.auditoria.visto import MudouDepois, Visto, visto_of
from storage.pessoa.perfil import Perfil
from storage.transaction import Transaction
from webhooks.http.answers import ApiError
from webhooks.painel.desfazer import MUDOU, Ida, Volta, remember
from webhooks.painel.moldura import go
from webhooks.painel.painel import PAINEL

Row = TypeVar("Row")
ATIVO = "status_ativo"


@dataclass(frozen=True, slots=True)
class Registro(Generic[Row]):
    """A register. `nome`, `fim`: as `cliente_mudado` and `operadora_mudada` are put together (templates/avisos.html).

    `chave`: reads an id; raises ValueError. `alterar`: core's own, by whoever the request is of; None for a row that
    is not there. `recusas`: what it raises where the operation itself says no;
    `aviso`: the notice where it does so to a row that is put away, or brought back.
    """

    nome: str
    fim: str
    perfis: frozenset[Perfil]
    chave: Callable[[str], Any]
    ler: Callable[[AsyncConnection, Any], Awaitable[Row | None]]
    alterar: Callable[[web.Request, Transaction, Any, Mapping[str, Any], Visto | None], Awaitable[Row | None]]
    recusas: tuple[type[Exception], ...] = ()
    aviso: str = ""

    async def stored(self, request: web.Request) -> Row:
        """The row that the address names. 404 when there is none."""
        key = self._named(request)
        async with request.app[PAINEL].database.read() as connection:
            row = await self.ler(connection, key)
        if row is None:
            raise self._gone()
        return row

    async def change(
        self, request: web.Request, key: Any, values: Mapping[str, Any], visto: Visto | None = None
    ) -> str:
        """Change what is named; the name of the way back. 404 for what is not there; raises as core does."""

        async def work(tx: Transaction) -> tuple[Row | None, Row | None]:
            before = await self.ler(tx.connection, key)
            return before, await self.alterar(request, tx, key, values, visto)

        before, after = await request.app[PAINEL].run(work)
        if before is None or after is None:
            raise self._gone()
        former = {name: getattr(before, name) for name in values if hasattr(before, name)}
        changed = {name: old for name, old in former.items() if old != getattr(after, name)}
        return await self._remember(request, key, changed, after) if changed else ""

    async def made(self, request: web.Request, key: Any, row: Row) -> str:
        """The way back of something new: it is put away."""
        return await self._remember(request, key, {ATIVO: False}, row)

    async def set_active(self, request: web.Request, path: str, *, active: bool) -> web.Response:
        """Put it away, or bring it back; on to its page at `path`."""
        try:
            desfaz = await self.change(request, self._named(request), {ATIVO: active})
        except self.recusas:
            return go(path, self.aviso)
        return go(path, self.said("reativad" if active else "desativad"), desfaz=desfaz)

    def said(self, participio: str) -> str:
        """What the notice says of it, by its name."""
        return f"{self.nome}_{participio}{self.fim}"

    @property
    def volta(self) -> Volta:
        """The way back of a change: the values there were, unless somebody has changed them since."""
        return Volta(self.perfis, self._undo)

    async def _remember(self, request: web.Request, key: Any, former: Mapping[str, Any], now: Any) -> str:
        seen = visto_of(now, tuple(former)).soma
        return await remember(request, self.nome, id=str(key), antes=dict(former), visto=seen)

    async def _undo(self, request: web.Request, fatos: Mapping[str, Any]) -> Ida:
        former: dict[str, Any] = fatos["antes"]
        try:
            again = await self.change(
                request, self.chave(fatos["id"]), former, Visto(tuple(former), str(fatos["visto"]))
            )
        except MudouDepois:
            return Ida(MUDOU)
        except self.recusas:
            return Ida(MUDOU)
        if set(former) == {ATIVO}:
            return Ida(self.said("reativad" if former[ATIVO] else "desativad"), again)
        return Ida(desfaz=again)

    def _named(self, request: web.Request) -> Any:
        try:
            return self.chave(request.match_info["id"])
        except ValueError:
            raise self._gone() from None

    def _gone(self) -> ApiError:
        return ApiError(404, f"there is no such {self.nome}")
