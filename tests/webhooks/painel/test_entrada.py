"""Into the panel and out of it: links that are used once, sessions that end with their right, forms that are ours."""

import asyncio
import hashlib
import hmac
import json
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import pytest
from sqlalchemy import insert
from yarl import URL

from core.prazos import ABERTURA_DO_MINI_APP, LINK_DO_PAINEL, SESSAO_DO_PAINEL
from storage.pessoa.perfil import EQUIPE, Perfil
from storage.pessoa.usuarios import change_usuario
from storage.tables import links_painel, sessoes_painel
from storage.transaction import Transaction
from tests.core.left_before import LINK, LINK_TOKEN, SESSAO, SESSAO_COOKIE, SESSAO_FORM
from tests.support.painel import Browser, browser_of, csrf_in, link_for
from tests.support.service import RunningService
from webhooks.painel.entrada import PORTAS
from webhooks.routes import PAGES

ADM = ("Adm Silva", "5531999990000")

NOBODY = "00000000-0000-0000-0000-000000000000"


@pytest.fixture
async def browser(sqlite_service: RunningService) -> AsyncIterator[Browser]:
    async with browser_of(sqlite_service) as opened:
        yield opened


@pytest.fixture
async def adm(sqlite_service: RunningService) -> UUID:
    return await sqlite_service.administrador(*ADM)


class TestTheLink:
    @pytest.mark.parametrize("channel", ["telegram", "whatsapp"])
    async def test_painel_in_chat_gives_a_link_that_lets_in(self, service: RunningService, channel: str) -> None:
        await service.administrador(*ADM)
        phone = await service.phone(channel, *ADM)
        await phone.says("PAINEL")
        said = await phone.sees("O seu painel, por 60 segundos e uma vez só")
        link = re.search(r"https?://\S+", str(said.text))
        assert link is not None
        async with browser_of(service) as browser:
            path = link[0].removeprefix(service.url)
            assert "Entrar no painel" in await browser.sees(path)
            assert (await browser.posts("/painel/entrar", token=path.partition("token=")[2])) == (303, "/painel")
            assert "Olá, Adm" in await browser.sees("/painel")

    async def test_only_the_staff_get_one(self, sqlite_service: RunningService) -> None:
        await sqlite_service.login_bo("Ana Souza", "5531988804000")
        ana = await sqlite_service.phone("whatsapp", "Ana Souza", "5531988804000")
        await ana.says("PAINEL")
        await ana.quiet()
        assert await sqlite_service.rows("SELECT * FROM links_painel") == []

    @pytest.mark.falha(150)
    async def test_whoever_only_looks_at_a_link_does_not_use_it_up(self, browser: Browser, adm: UUID) -> None:
        token = await link_for(browser.service, adm)
        for _ in range(3):
            assert "Entrar no painel" in await browser.sees(f"/painel/entrar?token={token}")
        assert (await browser.posts("/painel/entrar", token=token))[0] == 303

    @pytest.mark.falha(150)
    @pytest.mark.each_database
    async def test_a_link_lets_one_browser_in_however_many_come_at_once(self, service: RunningService) -> None:
        token = await link_for(service, await service.administrador(*ADM))
        async with browser_of(service) as one, browser_of(service) as two, browser_of(service) as three:
            answers = await asyncio.gather(*(each.posts("/painel/entrar", token=token) for each in (one, two, three)))
        assert sorted(status for status, _ in answers) == [303, 403, 403]
        assert len(await service.rows("SELECT id FROM sessoes_painel")) == 1

    @pytest.mark.falha(150)
    async def test_after_a_minute_a_link_lets_nobody_in(self, browser: Browser, adm: UUID) -> None:
        token = await link_for(browser.service, adm)
        browser.service.clock.move(seconds=LINK_DO_PAINEL.total_seconds() + 1)
        status, text = await browser.posts("/painel/entrar", token=token)
        assert (status, "já foi usado ou passou do tempo" in text) == (403, True)

    async def test_an_impatient_second_click_is_let_in_too(self, browser: Browser, adm: UUID) -> None:
        token = await link_for(browser.service, adm)
        assert (await browser.posts("/painel/entrar", token=token))[0] == 303
        assert await browser.posts("/painel/entrar", token=token) == (303, "/painel")

    async def test_nothing_that_lets_in_is_kept_as_it_is(self, browser: Browser, adm: UUID) -> None:
        token = await link_for(browser.service, adm)
        await browser.posts("/painel/entrar", token=token)
        (cookie,) = [morsel.value for morsel in browser.http.cookie_jar]
        kept = await browser.service.rows(
            "SELECT token_hash FROM links_painel UNION SELECT token_hash FROM sessoes_painel"
        )
        assert {row["token_hash"] for row in kept} == {
            hashlib.sha256(each.encode()).hexdigest() for each in (token, cookie)
        }

    async def test_guessing_is_slowed_down_and_a_right_link_goes_on(self, browser: Browser, adm: UUID) -> None:
        answers = [(await browser.posts("/painel/entrar", token=f"errado-{n}"))[0] for n in range(7)]
        assert answers == [403] * 5 + [429] * 2
        assert (await browser.posts("/painel/entrar", token=await link_for(browser.service, adm)))[0] == 303


class TestTheSession:
    async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(self, browser: Browser, adm: UUID) -> None:
        headers = {"Origin": browser.service.url}
        data = {"token": await link_for(browser.service, adm)}
        async with browser.http.post("/painel/entrar", data=data, headers=headers, allow_redirects=False) as response:
            cookie = response.headers["Set-Cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert "Path=/" in cookie

    @pytest.mark.parametrize(
        "lost", [{"status_ativo": False}, {"perfil_usuario": Perfil.OPERADOR}], ids=lambda lost: next(iter(lost))
    )
    @pytest.mark.falha(151)
    async def test_a_right_withdrawn_ends_it_at_once_and_for_good(
        self, browser: Browser, adm: UUID, lost: dict[str, Any]
    ) -> None:
        await browser.enters(adm)
        await browser.sees("/painel")
        turns = browser.service.wiring.turns
        await turns.run(lambda tx: change_usuario(tx, adm, **lost))
        await browser.sees("/painel", 303)
        again = {"status_ativo": True, "perfil_usuario": Perfil.ADMINISTRADOR}
        await turns.run(lambda tx: change_usuario(tx, adm, **again))
        await browser.sees("/painel", 303)

    @pytest.mark.falha(394)
    async def test_one_that_the_release_before_began_goes_on(self, browser: Browser, adm: UUID) -> None:
        service, now = browser.service, browser.service.clock()
        moments = {"criada_em": now, "vista_em": now, "expira_em": now + timedelta(hours=1)}
        row = SESSAO | moments | {"id": UUID(SESSAO["id"]), "usuario_id": adm}
        link = LINK | {"usuario_id": adm, "criado_em": now, "expira_em": now + timedelta(seconds=50)}

        async def left(tx: Transaction) -> None:
            await tx.execute(insert(sessoes_painel).values(row))
            await tx.execute(insert(links_painel).values(link))

        await service.wiring.turns.run(left)
        browser.http.cookie_jar.update_cookies({"painel": SESSAO_COOKIE}, URL(service.url))
        page = await browser.sees("/painel/sessoes")
        assert csrf_in(page) == SESSAO_FORM, "a form of a page that is open is taken"
        assert (await browser.posts("/painel/sair", csrf=SESSAO_FORM, sessao=SESSAO["id"]))[0] == 303
        await browser.sees("/painel", 303)
        assert await browser.posts("/painel/entrar", token=LINK_TOKEN) == (303, "/painel/processos")

    async def test_it_ends_by_itself(self, browser: Browser, adm: UUID) -> None:
        await browser.enters(adm)
        browser.service.clock.move(hours=SESSAO_DO_PAINEL.total_seconds() / 3600, seconds=1)
        await browser.sees("/painel", 303)

    async def test_one_sees_ones_sessions_and_ends_one_or_all(self, sqlite_service: RunningService, adm: UUID) -> None:
        async with browser_of(sqlite_service) as here, browser_of(sqlite_service) as there:
            await here.enters(adm)
            await there.enters(adm)
            page = await here.sees("/painel/sessoes")
            (other,) = re.findall(r'name="sessao" value="([0-9a-f-]{36})"', page)
            assert (await here.does("/painel/sessoes", "/painel/sair", sessao=other))[0] == 303
            await there.sees("/painel", 303)
            await there.enters(adm)
            assert (await there.does("/painel/sessoes", "/painel/sair", sessao="todas"))[0] == 303
            await here.sees("/painel", 303)
            await there.sees("/painel", 303)

    async def test_nobody_ends_anothers(self, sqlite_service: RunningService, adm: UUID) -> None:
        hugo = await sqlite_service.usuario("Hugo Prado", "5531988804009", Perfil.OPERADOR)
        async with browser_of(sqlite_service) as one, browser_of(sqlite_service) as two:
            await one.enters(adm)
            await two.enters(hugo)
            (row,) = await sqlite_service.rows("SELECT id FROM sessoes_painel WHERE perfil_usuario = 'ADMINISTRADOR'")
            await two.does("/painel/sessoes", "/painel/sair", sessao=str(row["id"]))
            await one.sees("/painel")


class TestEveryPage:
    async def test_without_a_session_every_page_leads_to_the_door(self, sqlite_service: RunningService) -> None:
        async with browser_of(sqlite_service) as browser:
            for page in PAGES:
                if page.path.startswith("/painel/static") or any(page.path == door.path for door in PORTAS):
                    continue
                path = re.sub(r"{\w+}", NOBODY, page.path)
                async with browser.http.request(page.method, path, allow_redirects=False) as response:
                    assert (response.status, response.headers["Location"].partition("?")[0]) == (
                        303,
                        "/painel/entrar",
                    ), (page.method, path)

    @pytest.mark.falha(152)
    async def test_what_changes_something_is_taken_from_our_own_forms_only(self, browser: Browser, adm: UUID) -> None:
        await browser.enters(adm)
        csrf = csrf_in(await browser.sees("/painel/sessoes"))
        for headers, token in (
            ({"Origin": "https://mal.example", "Sec-Fetch-Site": "cross-site"}, csrf),
            ({"Origin": "https://mal.example"}, csrf),
            ({"Origin": "null"}, csrf),
            ({"Sec-Fetch-Site": "same-site"}, csrf),
            ({}, "errado"),
            ({}, ""),
        ):
            for page in PAGES:
                if page.method == "GET" or any(page.path == door.path for door in PORTAS):
                    continue
                path = re.sub(r"{\w+}", NOBODY, page.path)
                status, _ = await browser.posts(path, csrf=token, headers=headers)
                assert status == 403, (path, headers, token)
        await browser.sees("/painel")

    @pytest.mark.falha(314)
    async def test_what_was_typed_on_a_page_of_the_session_before_is_sent_again_by_a_tap(
        self, browser: Browser, adm: UUID
    ) -> None:
        await browser.enters(adm)
        csrf = csrf_in(await browser.sees("/painel/usuarios/novo"))
        await browser.enters(adm)
        typed = {"nome_completo": "Zé <Novo>", "telefone": "5531977700011", "perfil_usuario": "VENDEDOR"}
        status, said = await browser.posts("/painel/usuarios", csrf=csrf, **typed)
        assert (status, "Nada foi guardado ainda" in said, "Zé &lt;Novo&gt;" in said) == (403, True, True)
        assert re.findall(r"<dt>(.*?)</dt>", said) == ["Nome completo", "Telefone", "Perfil"], (
            "in the words of the form"
        )
        status, where = await browser.posts("/painel/usuarios", csrf=csrf_in(said), **typed)
        assert (status, where.partition("?")[0].count("/")) == (303, 3), "kept, as if it had been sent at once"

        status, said = await browser.posts("/painel/usuarios", csrf=csrf, senha_pap="s3gredo", **typed)
        assert (status, "s3gredo" in said, "preencha outra vez" in said) == (403, False, True)
        browser.http.cookie_jar.clear()
        status, door = await browser.posts("/painel/usuarios", csrf=csrf, senha_pap="s3gredo", **typed)
        assert (status, "o que você enviou não foi guardado" in await browser.sees(door)) == (303, True)

    @pytest.mark.falha(353)
    async def test_what_was_typed_when_the_session_had_ended_is_there_after_signing_in(
        self, browser: Browser, adm: UUID
    ) -> None:
        await browser.enters(adm)
        csrf = csrf_in(await browser.sees("/painel/usuarios/novo"))
        typed = {"nome_completo": "Zé <Novo>", "telefone": "5531977700011", "perfil_usuario": "VENDEDOR"}
        browser.http.cookie_jar.clear()
        status, said = await browser.posts("/painel/usuarios", csrf=csrf, **typed)
        assert (status, "A sua sessão já tinha acabado" in said, "Zé &lt;Novo&gt;" in said) == (401, True, True)
        assert (await browser.posts("/painel/usuarios", csrf="", **typed))[0] == 401, "sent again too soon"

        await browser.enters(adm)
        status, said = await browser.posts("/painel/usuarios", csrf="", **typed)
        assert (status, "Nada foi guardado ainda" in said) == (403, True)
        status, _where = await browser.posts("/painel/usuarios", csrf=csrf_in(said), **typed)
        assert status == 303, "kept"

        browser.http.cookie_jar.clear()
        elsewhere = {"Origin": "https://outro.example", "Sec-Fetch-Site": "cross-site"}
        assert (await browser.posts("/painel/usuarios", csrf=csrf, headers=elsewhere, **typed))[0] == 303

    @pytest.mark.falha(152)
    async def test_a_page_of_another_site_can_follow_a_link_and_nothing_else(self, browser: Browser, adm: UUID) -> None:
        await browser.enters(adm)
        follows = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
        await browser.sees("/painel", headers=follows)
        for fetch in ({"Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}, {"Sec-Fetch-Mode": "cors"}):
            await browser.sees("/painel", 403, headers=follows | fetch)

    async def test_nothing_inline_is_run_and_nobody_frames_or_keeps_it(self, browser: Browser, adm: UUID) -> None:
        await browser.enters(adm)
        for path, ancestors in (
            ("/painel", "'none'"),
            ("/painel/nada", "'none'"),
            ("/painel/telegram", "https://web.telegram.org"),
        ):
            async with browser.http.get(path) as response:
                policy = dict(
                    part.strip().split(" ", 1) for part in response.headers["Content-Security-Policy"].split(";")
                )
                text = await response.text()
            assert policy["default-src"] == policy["base-uri"] == "'none'"
            assert {policy["script-src"], policy["style-src"], policy["form-action"]} == {"'self'"}
            assert policy["frame-ancestors"] == ancestors
            assert response.headers["Cache-Control"] == "no-store"
            assert response.headers["X-Content-Type-Options"] == "nosniff"
            assert not re.search(r"<script(?![^>]+src=)|<style|\son\w+=|\sstyle=|javascript:", text)

    async def test_who_may_not_is_told_so_and_what_is_not_there_too(self, browser: Browser, adm: UUID) -> None:
        await browser.enters(adm)
        assert "Não encontramos" in await browser.sees("/painel/nada", 404)

    async def test_browsers_are_led_there_from_the_root_and_programs_are_not(
        self, sqlite_service: RunningService
    ) -> None:
        accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
        for headers, wanted in (
            ({"Accept": accept}, 303),
            ({"Accept": "*/*"}, 404),
            ({"Accept": "application/json"}, 404),
        ):
            async with sqlite_service.http.get("/", headers=headers, allow_redirects=False) as response:
                assert response.status == wanted
                if wanted == 404:
                    assert await response.json() == {"detail": "Not Found"}

    async def test_files_are_kept_by_their_content(self, browser: Browser) -> None:
        text = await browser.sees("/painel/entrar")
        for path in set(re.findall(r'(?:href|src)="(/painel/static/[^"#]+)', text)):
            async with browser.http.get(path) as response:
                assert response.status == 200
                assert "immutable" in response.headers["Cache-Control"]
        for path in ("/painel/static/..%2fapp.py", "/painel/static/htmx.LICENSE.txt", "/painel/static/"):
            await browser.sees(path, 404)


class TestTheMiniApp:
    def signed(self, service: RunningService, user_id: int, token: str = "", age: float = 0) -> str:
        """As Telegram signs it (core.telegram.org/bots/webapps)."""
        user = json.dumps({"id": user_id, "first_name": "Adm"})
        said = {"auth_date": str(int(service.clock().timestamp() - age)), "query_id": "AA", "user": user}
        text = "\n".join(f"{name}={said[name]}" for name in sorted(said))
        token = token or service.settings.telegram_bot_token.get_secret_value()
        secret = hmac.digest(b"WebAppData", token.encode(), "sha256")
        return urlencode(said | {"hash": hmac.digest(secret, text.encode(), "sha256").hex()})

    @pytest.fixture
    async def telegram_id(self, sqlite_service: RunningService, adm: UUID) -> int:
        await sqlite_service.phone("telegram", *ADM)
        (row,) = await sqlite_service.rows("SELECT external_id FROM contatos WHERE channel = 'telegram'")
        return int(row["external_id"])

    async def test_whom_telegram_vouches_for_is_in(self, browser: Browser, telegram_id: int) -> None:
        said = self.signed(browser.service, telegram_id)
        page = f"/painel/processos/{NOBODY}"
        assert await browser.posts("/painel/telegram", dados=said, volta=page) == (303, page)
        assert await browser.posts("/painel/telegram", dados=said, volta="//example.org/painel") == (303, "/painel")
        async with browser.http.get("/painel") as response:
            assert "frame-ancestors https://web.telegram.org" in response.headers["Content-Security-Policy"]

    @pytest.mark.falha(153)
    async def test_forged_old_or_of_another_bot_lets_nobody_in(self, browser: Browser, telegram_id: int) -> None:
        service, day = browser.service, ABERTURA_DO_MINI_APP.total_seconds()
        right = self.signed(service, telegram_id)
        for wrong in (
            right.replace(str(telegram_id), str(telegram_id + 1)),
            self.signed(service, telegram_id, age=day + 60),
            self.signed(service, telegram_id, age=-3600),
            self.signed(service, telegram_id, token="1234:token-de-outro-bot"),
        ):
            assert (await browser.posts("/painel/telegram", dados=wrong))[0] == 403, wrong
        await browser.sees("/painel", 303)

    @pytest.mark.falha(153)
    async def test_whom_we_do_not_know_is_not_let_in(self, browser: Browser, telegram_id: int) -> None:
        for strange in (self.signed(browser.service, telegram_id + 77), "", "lixo", "hash=1&user={}"):
            assert (await browser.posts("/painel/telegram", dados=strange))[0] in (403, 429)


def test_the_staff_are_those_who_have_the_word() -> None:
    from core.palavras import Palavra, words_for

    assert {perfil for perfil in Perfil if Palavra.PAINEL in words_for(perfil)} == set(EQUIPE)
