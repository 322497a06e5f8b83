"""Every route and page, asked as every perfil: who has the right is let in, and nobody else."""

from uuid import uuid4

import pytest

from storage.pessoa.perfil import EQUIPE, Perfil
from tests.support.direitos import PERFIS, perfis_of
from tests.support.painel import browser_of
from tests.support.service import RunningService
from webhooks.app import PAGES, ROUTES, Route

# They stay open: asked without what makes them begin, they refuse whoever may and whoever may not by other words.
STAYING = {"/ws/v1/events", "/api/v1/events"}
ASKED = [route for route in ROUTES if perfis_of(route.auth) is not None and route.path not in STAYING]


def path_of(route: Route) -> str:
    """The address of something that is not there."""
    head, brace, rest = route.path.partition("{")
    return f"{head}{uuid4()}{rest.partition('}')[2]}" if brace else route.path


@pytest.mark.falha(166)
@pytest.mark.parametrize("perfil", PERFIS)
async def test_a_perfil_without_the_right_is_refused_and_one_with_it_never_is(
    sqlite_service: RunningService, perfil: Perfil
) -> None:
    headers = sqlite_service.token(await sqlite_service.usuario("Pessoa Um", "5531988804010", perfil))
    for route in ASKED:
        async with sqlite_service.http.request(route.method, path_of(route), data=b"{}", headers=headers) as response:
            allowed = perfil in (perfis_of(route.auth) or ())
            assert (response.status != 403) == allowed, f"{route.method} {route.path} {response.status}"
            if allowed and "{" in route.path:
                assert response.status in (404, 422), f"{route.method} {route.path}: of something that is not there"
            assert response.status < 500


@pytest.mark.falha(166)
@pytest.mark.parametrize("perfil", sorted(EQUIPE))
async def test_so_is_it_with_pages(sqlite_service: RunningService, perfil: Perfil) -> None:
    async with browser_of(sqlite_service) as browser:
        await browser.enters(await sqlite_service.usuario("Pessoa Um", "5531988804010", perfil))
        for page in PAGES:
            if page.method != "GET" or not page.auth.perfis:
                continue
            async with browser.http.get(path_of(page), allow_redirects=False) as response:
                assert (response.status != 403) == (perfil in page.auth.perfis), f"{page.path} {response.status}"


async def test_whoever_is_disabled_has_none(sqlite_service: RunningService) -> None:
    adm = await sqlite_service.usuario("Pessoa Um", "5531988804010", Perfil.ADMINISTRADOR, status_ativo=False)
    headers = sqlite_service.token(adm)
    for route in ASKED:
        async with sqlite_service.http.request(route.method, path_of(route), data=b"{}", headers=headers) as response:
            assert response.status == 401, route.path
