"""Whose rights change: what they were given before lets nobody in, from the moment of the change."""

import hmac
import json
import secrets
from typing import Any
from urllib.parse import urlencode

import pytest

from core.auditoria.auditoria import LINHA_DE_COMANDO
from core.pessoa.convites import convidar
from storage.pessoa.perfil import Perfil
from tests.support.painel import browser_of, link_for
from tests.support.sellers import change
from tests.support.service import RunningService

ADM = ("Adm Silva", "5531999990000")


def mini_app_data(service: RunningService, user_id: int) -> str:
    """As Telegram signs it (core.telegram.org/bots/webapps)."""
    said = {"auth_date": str(int(service.clock().timestamp())), "user": json.dumps({"id": user_id, "first_name": "A"})}
    text = "\n".join(f"{name}={said[name]}" for name in sorted(said))
    token = service.settings.telegram_bot_token.get_secret_value()
    secret = hmac.digest(b"WebAppData", token.encode(), "sha256")
    return urlencode(said | {"hash": hmac.digest(secret, text.encode(), "sha256").hex()})


@pytest.mark.falha(70, 151)
@pytest.mark.parametrize(
    ("lost", "mini_app"), [({"status_ativo": False}, 403), ({"perfil_usuario": Perfil.OPERADOR}, 303)]
)
async def test_links_and_invitations_made_before_let_nobody_in(
    sqlite_service: RunningService, lost: dict[str, Any], mini_app: int
) -> None:
    service = sqlite_service
    adm = await service.administrador(*ADM)
    phone = await service.phone("telegram", *ADM)
    token, page = secrets.token_urlsafe(32), "/painel/auditoria"
    await service.wiring.turns.run(lambda tx: convidar(tx, adm, token, LINHA_DE_COMANDO))
    links = [await link_for(service, adm), await link_for(service, adm, destino=page)]
    said = mini_app_data(service, phone.user_id)
    await change(service, adm, **lost)

    async with browser_of(service) as browser:
        for link in links:
            assert (await browser.posts("/painel/entrar", token=link))[0] == 403
        assert (await browser.posts("/painel/telegram", dados=said))[0] == mini_app
        await browser.sees(page, 403 if mini_app == 303 else 303)
    stranger = service.sandbox.telegram.phone("Zé", "5531977776666")
    await stranger.says(f"/start {token}")
    await stranger.sees("Este convite não vale mais")
    await change(service, adm, status_ativo=True, perfil_usuario=Perfil.ADMINISTRADOR)
    await stranger.says(f"/start {token}")
    await stranger.sees("Este convite não vale mais")
    assert not await service.rows("SELECT 1 FROM contatos WHERE nome LIKE 'Zé%' AND usuario_id IS NOT NULL")
