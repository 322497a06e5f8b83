"""Every route and page with an id, as every perfil: of somebody else's object nothing is there, one's own works."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from uuid import UUID

import pytest

from core.direitos.direitos import QUEM, Direito
from storage.pessoa.perfil import EQUIPE, Perfil
from tests.support.consultores import DAVI, ELISA
from tests.support.direitos import PERFIS, perfis_of
from tests.support.owned import Mundo, Objeto, keeps_a_file, mundo_of
from tests.support.painel import Browser, browser_of, csrf_in
from tests.support.sellers import ANA, BIA, change
from tests.support.service import RunningService
from webhooks.auth import OPEN
from webhooks.routes import PAGES, ROUTES, Route

# What stands behind `{…}`, by what stands before it. A new route with an id is missed here.
KINDS = {
    "/consultor/": ["consultor"],
    "/protocolo/": ["protocolo"],
    "/api/v2/logs-tempo-real/stream/": ["job", "job_de_execucao"],
    "/usuarios/": ["usuario"],
    "/operadoras/": ["operadora"],
    "/clientes/": ["cliente"],
    "/processos/": ["processo"],
    "/execucoes/": ["execucao"],
    "/agendamentos/": ["agendamento"],
    "/painel/execucoes/": ["execucao"],
    "/painel/vendas/": ["venda"],
    "/painel/atendimento/": ["atendimento"],
    "/painel/arquivos/": ["arquivo"],
    "/painel/processos/": ["processo"],
    "/painel/documentos/": ["documento"],
    "/painel/clientes/": ["cliente"],
    "/painel/consultores/": ["consultor"],
    "/painel/importar/": ["importacao"],
    "/painel/operadoras/": ["operadora"],
    "/painel/usuarios/": ["usuario"],
    "/painel/agendamentos/": ["agendamento"],
}
# Reading first; what takes something away comes last.
_ORDER = ("GET", "POST", "PUT", "DELETE")
# Whose own the people of this test have; everybody else has none.
_HERSELF = {Perfil.VENDEDOR: BIA[1], Perfil.CONSULTOR: ELISA[1]}
_OTHERS = {Perfil.VENDEDOR: ANA[1], Perfil.CONSULTOR: DAVI[1]}
# Whoever may see is asked whether they may decide, or somebody has delegated it to them.
_DECISIONS = ("aprovar", "rejeitar", "desfazer")
# What only its owner, or an administrator, changes.
_OWNED = ("vendas", "atendimentos", "ofertas", "pap_bo_em_uso")
_ENDED = {"Last-Event-ID": "fim"}


def routes_with_ids(routes: tuple[Route, ...]) -> Iterator[tuple[Route, str]]:
    """Each with the kinds of object that its id names."""
    with_ids = [route for route in routes if "{" in route.path and route.auth is not OPEN]
    for route in sorted(with_ids, key=lambda one: _ORDER.index(one.method)):
        for kind in KINDS[max((head for head in KINDS if route.path.startswith(head)), key=len)]:
            yield route, kind


def path_of(route: Route, objeto: Objeto) -> str:
    head, _, rest = route.path.partition("{")
    return f"{head}{objeto.id}{rest.partition('}')[2]}{objeto.query}"


def wanted(route: Route, objeto: Objeto, perfil: Perfil) -> str:
    """As the table of rights says it, and as whose it is."""
    perfis = perfis_of(route.auth)
    if perfis is None:
        return "nobody"
    decides = any(f"/{act}" in route.path for act in _DECISIONS)
    if perfil not in perfis or (decides and perfil not in QUEM[Direito.DECIDIR]):
        return "forbidden"
    is_own = objeto.of is not None and objeto.of == _HERSELF.get(perfil)
    return "there" if is_own or perfil in objeto.seen_by else "not there"


def said(status: int, where: str = "") -> str:
    """What an answer says of the object. Whoever is not in is led to the panel's door."""
    if status == 401 or where.startswith("/painel/entrar"):
        return "nobody"
    assert status < 500
    if "importacao_acabou" in where:
        # A file that is gone and one that is somebody else's are told with the same words.
        return "not there"
    return {403: "forbidden", 404: "not there"}.get(status, "there")


class Asked:
    """What each route answered, where it is not what is wanted."""

    def __init__(self, service: RunningService) -> None:
        self.service = service
        self.wrong: list[str] = []
        self.asked = 0

    def saw(self, route: Route, objeto: Objeto, seen: str, right: str) -> None:
        self.asked += 1
        if seen != right:
            self.wrong.append(f"{route.method} {route.path} of {objeto.of or 'all'}: said {seen!r}, is {right!r}")

    async def api(self, route: Route, objeto: Objeto, headers: dict[str, str], right: str) -> None:
        path = path_of(route, objeto)
        body = {"motivo": "valor errado"} if "/rejeitar/" in path else {}
        async with self.service.http.request(route.method, path, json=body, headers=headers | _ENDED) as response:
            await response.read()
            self.saw(route, objeto, said(response.status), right)

    async def page(self, route: Route, objeto: Objeto, browser: Browser, csrf: str, right: str) -> None:
        path = path_of(route, objeto)
        if route.method == "GET":
            async with browser.http.get(path, headers=_ENDED, allow_redirects=False) as response:
                await response.read()
                status, where = response.status, response.headers.get("Location", "")
        else:
            reason = {"motivo": "valor errado"} if path.endswith("/rejeitar") else {}
            status, where = await browser.posts(path, csrf=csrf, **reason)
        self.saw(route, objeto, said(status, where if status == 303 else ""), right)

    async def all_of(self, person: UUID, perfil: Perfil, mundo: Mundo, telefone: str | None) -> None:
        """Every route and page, of the objects of whoever has that phone; what takes away for good comes last."""
        objetos = {kind: mundo.one(kind, telefone) for kind in mundo.objetos}
        api = [(route, objetos[kind]) for route, kind in routes_with_ids(ROUTES)]
        for route, objeto in api:
            if route.method != "DELETE":
                await self.api(route, objeto, self.service.token(person), wanted(route, objeto, perfil))
        if perfil in EQUIPE:
            async with in_the_panel(self.service, person) as (browser, csrf):
                for page, kind in routes_with_ids(PAGES):
                    await self.page(page, objetos[kind], browser, csrf, wanted(page, objetos[kind], perfil))
        for route, objeto in api:
            if route.method == "DELETE":
                await self.api(route, objeto, self.service.token(person), wanted(route, objeto, perfil))


@asynccontextmanager
async def in_the_panel(service: RunningService, usuario_id: UUID) -> AsyncIterator[tuple[Browser, str]]:
    async with browser_of(service) as browser:
        await browser.enters(usuario_id)
        yield browser, csrf_in(await browser.sees("/painel/sessoes"))


async def person_of(service: RunningService, perfil: Perfil) -> UUID:
    """Who asks: the second seller, the second consultor, somebody of each other perfil."""
    if perfil not in _HERSELF:
        return await service.usuario(f"Pessoa {perfil}", f"55319888010{PERFIS.index(perfil):02}", perfil)
    sql = "SELECT id FROM usuarios WHERE telefone = :telefone"
    (row,) = await service.rows(sql, telefone=_HERSELF[perfil])
    return UUID(str(row["id"]))


async def owned_rows(service: RunningService) -> str:
    """What is somebody's own, as it stands."""
    return repr([await service.rows(f"SELECT * FROM {table} ORDER BY 1") for table in _OWNED])  # noqa: S608 - ours


@pytest.fixture
async def mundo(sqlite_service: RunningService) -> AsyncIterator[Mundo]:
    """Everything that has an id; a file to import is of another administrator's session."""
    made = await mundo_of(sqlite_service)
    another = await sqlite_service.usuario("Otto Reis", "5531988807002", Perfil.ADMINISTRADOR)
    async with in_the_panel(sqlite_service, another) as (browser, _):
        made.objetos["importacao"] = [Objeto(await keeps_a_file(browser), frozenset())]
        yield made


@pytest.mark.falha(278)
async def test_what_is_somebody_elses_is_not_there_whoever_asks_and_ones_own_works(
    sqlite_service: RunningService, mundo: Mundo
) -> None:
    asked, before = Asked(sqlite_service), await owned_rows(sqlite_service)
    people = {perfil: await person_of(sqlite_service, perfil) for perfil in PERFIS}
    for perfil in PERFIS[:-1]:
        await asked.all_of(people[perfil], perfil, mundo, _OTHERS.get(perfil))
    assert asked.wrong == []
    assert await owned_rows(sqlite_service) == before, "nothing of another's was changed"
    for perfil, telefone in _HERSELF.items():
        await asked.all_of(people[perfil], perfil, mundo, telefone)
    await asked.all_of(people[Perfil.ADMINISTRADOR], Perfil.ADMINISTRADOR, mundo, None)
    assert asked.wrong == []
    assert await owned_rows(sqlite_service) != before, "their own was"
    assert asked.asked > 500


@pytest.mark.falha(278)
async def test_nobody_a_program_and_whoever_was_put_out_find_nothing(
    sqlite_service: RunningService, mundo: Mundo
) -> None:
    service, asked = sqlite_service, Asked(sqlite_service)
    adm = await service.usuario("Lia Prado", "5531988807003", Perfil.ADMINISTRADOR)
    objetos = {kind: mundo.one(kind) for kind in mundo.objetos}
    async with browser_of(service) as nobody, in_the_panel(service, adm) as (browser, csrf):
        await change(service, adm, perfil_usuario=Perfil.VENDEDOR)
        for page, kind in routes_with_ids(PAGES):
            await asked.page(page, objetos[kind], nobody, "", "nobody")
            await asked.page(page, objetos[kind], browser, csrf, "nobody")
    for route, kind in routes_with_ids(ROUTES):
        if (perfis := perfis_of(route.auth)) is None:
            continue
        right = wanted(route, objetos[kind], Perfil.VENDEDOR)
        await asked.api(route, objetos[kind], {"api-key": "chave-da-api"}, "nobody")
        await asked.api(route, objetos[kind], {}, "nobody")
        await asked.api(route, objetos[kind], service.token(adm), right)
        assert perfis
    await change(service, adm, status_ativo=False)
    for route, kind in routes_with_ids(ROUTES):
        await asked.api(route, objetos[kind], service.token(adm), "nobody")
    assert asked.wrong == []
