"""Every route and page, asked as every perfil: who has the right is let in, and nobody else."""

import itertools
import json
from collections import Counter
from uuid import uuid4

import pytest

from core.direitos.direitos import QUEM
from storage.pessoa.perfil import EQUIPE, Perfil
from tests.dialogs.test_buttons import SENT
from tests.support.direitos import DOCUMENT, PERFIS, perfis_of, rights_of_buttons, written
from tests.support.inbound import telegram_tap
from tests.support.painel import browser_of, csrf_in
from tests.support.service import RunningService
from webhooks.routes import PAGES, ROUTES, Route

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
        csrf = csrf_in(await browser.sees("/painel/sessoes"))
        for page in PAGES:
            if not page.auth.perfis or page.path == "/painel/sair":
                continue
            if page.method == "GET":
                async with browser.http.get(path_of(page), allow_redirects=False) as response:
                    status, _ = response.status, await response.read()
            else:
                status, _ = await browser.posts(path_of(page), csrf=csrf)
            assert (status != 403) == (perfil in page.auth.perfis), f"{page.method} {page.path} {status}"
            assert status < 500, f"{page.method} {page.path}"


@pytest.mark.falha(250)
async def test_a_button_is_refused_to_whoever_has_not_the_right_behind_it(sqlite_service: RunningService) -> None:
    one_of_each = {type(button): text for text, button in SENT.items()}
    refused: Counter[str] = Counter()
    numbers = itertools.count(1)
    headers = {"X-Telegram-Bot-Api-Secret-Token": "segredo-do-webhook"}
    for place, perfil in enumerate(PERFIS):
        telefone = f"553198880401{place}"
        await sqlite_service.usuario(f"Pessoa {place}", telefone, perfil)
        phone = await sqlite_service.phone("telegram", f"Pessoa {place}", telefone)
        for kind, direito in rights_of_buttons().items():
            if perfil in QUEM[direito]:
                continue
            update = telegram_tap(phone, one_of_each[kind], 10**6 + next(numbers))
            async with sqlite_service.http.post("/webhooks/telegram", json=update, headers=headers) as response:
                assert response.status == 200
            refused[one_of_each[kind]] += 1
    recorded = await sqlite_service.rows("SELECT detalhe FROM ocorrencias WHERE tipo = 'toque_recusado'")
    assert Counter(json.loads(row["detalhe"])["data"] for row in recorded) == refused


def test_the_document_says_what_the_code_does() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == written(), "python -m tests.support.direitos --write"


async def test_whoever_is_disabled_has_none(sqlite_service: RunningService) -> None:
    adm = await sqlite_service.usuario("Pessoa Um", "5531988804010", Perfil.ADMINISTRADOR, status_ativo=False)
    headers = sqlite_service.token(adm)
    for route in ASKED:
        async with sqlite_service.http.request(route.method, path_of(route), data=b"{}", headers=headers) as response:
            assert response.status == 401, route.path
