"""The pages of a register's rows: listed by pages, made, shown, changed, put away and brought back."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from aiohttp import web

from core.auditoria.visto import MudouDepois
from storage.pessoa.perfil import Perfil
from storage.transaction import Transaction
from webhooks.painel.formatos import com
from webhooks.painel.moldura import go
from webhooks.painel.painel import PAINEL, Tela
from webhooks.painel.registros.formulario import Formulario
from webhooks.painel.registros.registro import Registro

# Rows of one page of a list; it is asked for one more, which says whether there is another page.
PAGE = 50


class _Row(Protocol):
    @property
    def id(self) -> Any: ...


R = TypeVar("R", bound=_Row)


def one_page(found: Sequence[R], path: str, chosen: Mapping[str, object]) -> tuple[Sequence[R], str]:
    """What is shown of `PAGE + 1` rows, and the address of what comes behind them, if anything does."""
    shown = found[:PAGE]
    return shown, com(path, dict(chosen), depois=shown[-1].id) if len(found) > PAGE else ""


@dataclass(frozen=True, slots=True)
class Cadastro(Generic[R]):
    """`registro` with its `formulario`, at `path`. `criar`: core's own, by whoever the request is of. `onde`: at which
    fields it stands that the operation refused, by the exception. `mostrar`: the page of one row, or of a new one.
    """

    registro: Registro[R]
    formulario: Formulario[Any]
    path: str
    criar: Callable[[web.Request, Transaction, Mapping[str, Any]], Awaitable[R]]
    onde: Callable[[Exception, Mapping[str, Any]], dict[str, str]]
    mostrar: Callable[..., Awaitable[web.Response]]

    async def show_new(self, request: web.Request) -> web.StreamResponse:
        """An empty form."""
        return await self.mostrar(request, None)

    async def create(self, request: web.Request) -> web.StreamResponse:
        """Keep what the form says; or the form again, with what is wrong."""
        lido = self.formulario.read(request)
        if lido.dado is None:
            return await self.mostrar(request, None, lido, 422)
        values = self.formulario.values(lido.dado)
        try:
            made: R = await request.app[PAINEL].run(lambda tx: self.criar(request, tx, values))
        except self.registro.recusas as refused:
            return await self.mostrar(request, None, lido.wrong(**self.onde(refused, values)), 409)
        desfaz = await self.registro.made(request, made.id, made)
        return go(f"{self.path}/{made.id}", self.registro.said("criad"), desfaz=desfaz)

    async def show(self, request: web.Request) -> web.StreamResponse:
        """The form, with what is kept."""
        return await self.mostrar(request, await self.registro.stored(request))

    async def change(self, request: web.Request) -> web.StreamResponse:
        """Keep what the form says, unless somebody else changed the row since it was shown."""
        row, lido = await self.registro.stored(request), self.formulario.read(request)
        if lido.dado is None:
            return await self.mostrar(request, row, lido, 422)
        values = self.formulario.values(lido.dado)
        try:
            desfaz = await self.registro.change(request, row.id, values, lido.visto)
        except MudouDepois:
            return await self.mostrar(request, await self.registro.stored(request), lido, 409, mudou=True)
        except self.registro.recusas as refused:
            return await self.mostrar(request, row, lido.wrong(**self.onde(refused, values)), 409)
        # A password that was overwritten is kept nowhere.
        desfaz = "" if self.formulario.segredos & set(values) else desfaz
        return go(f"{self.path}/{row.id}", self.registro.said("mudad"), desfaz=desfaz)

    async def deactivate(self, request: web.Request) -> web.StreamResponse:
        """Put it away."""
        return await self.registro.set_active(request, self._page_of(request), active=False)

    async def activate(self, request: web.Request) -> web.StreamResponse:
        """Bring it back."""
        return await self.registro.set_active(request, self._page_of(request), active=True)

    def telas(self, novo: str, quem_ve: Collection[Perfil]) -> tuple[Tela, ...]:
        """Its pages and acts; `novo`: the last part of the address of an empty form."""
        perfis, one = self.registro.perfis, f"{self.path}/{{id}}"
        return (
            Tela("GET", f"{self.path}/{novo}", self.show_new, perfis),
            Tela("POST", self.path, self.create, perfis),
            Tela("GET", one, self.show, frozenset(quem_ve)),
            Tela("POST", one, self.change, perfis),
            Tela("POST", f"{one}/desativar", self.deactivate, perfis),
            Tela("POST", f"{one}/reativar", self.activate, perfis),
        )

    def _page_of(self, request: web.Request) -> str:
        return f"{self.path}/{request.match_info['id']}"
