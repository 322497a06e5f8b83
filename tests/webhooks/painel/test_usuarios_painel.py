"""Usuarios in the panel: found, registered, changed; who loses a right loses it at once; invitations are shown once."""

import re
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import pytest
import zxingcpp
from PIL import Image, ImageDraw

from storage.pessoa.perfil import Perfil
from tests.support.painel import Browser, browser_of
from tests.support.service import RunningService

PATH = "/painel/usuarios"
GIL = {"nome_completo": "Gil Torres", "telefone": "(31) 98880-6002", "perfil_usuario": "APROVADOR", "senha_pap": ""}


@pytest.fixture
async def rita_id(sqlite_service: RunningService) -> UUID:
    return await sqlite_service.usuario("Rita Prado", "5531988807001", Perfil.ADMINISTRADOR)


@pytest.fixture
async def rita(sqlite_service: RunningService, rita_id: UUID) -> AsyncIterator[Browser]:
    """An administrator in the panel."""
    async with browser_of(sqlite_service) as browser:
        await browser.enters(rita_id)
        yield browser


async def registered(rita: Browser, **typed: Any) -> str:
    """The page of somebody whom Rita registers."""
    status, where = await rita.does(f"{PATH}/novo", PATH, **GIL | typed)
    assert status == 303, where
    return where.partition("?")[0]


async def test_somebody_is_registered_and_found_however_they_are_written(rita: Browser) -> None:
    await registered(rita, nome_completo="João Araújo")
    for said in ("joao", "ARAUJO", "98880-6002", "(31) 8880-6002", "031988806002", "%2B55 31 8880-6002"):
        text = await rita.sees(f"{PATH}?busca={said}")
        assert "João Araújo" in text
        assert "Rita" not in text.partition("<main")[2]
    assert "João Araújo" in await rita.sees(f"{PATH}?perfil=APROVADOR&situacao=ativos")
    assert "Ninguém com esses filtros." in await rita.sees(f"{PATH}?perfil=VENDEDOR")
    await rita.sees(f"{PATH}?perfil=REI", 422)


@pytest.mark.falha(241)
async def test_what_is_wrong_stands_at_its_field_and_a_password_is_not_shown_again(rita: Browser) -> None:
    for said, typed in {
        "Não é um telefone": {"telefone": "12"},
        "Não é um e-mail.": {"email": "gil"},
        "Escolha um da lista.": {"perfil_usuario": "REI"},
        "Já é de outro cadastro.": {"telefone": "5531988807001"},
    }.items():
        status, text = await rita.does(f"{PATH}/novo", PATH, **GIL | {"senha_pap": "segredo-7"} | typed)
        assert status in (409, 422)
        assert said in text
        assert 'value="Gil Torres"' in text
        assert "segredo-7" not in text
    page = await registered(rita)
    status, text = await rita.does(page, page, **GIL | {"telefone": "5531977776666"})
    assert status == 409
    assert "Outro telefone é outra pessoa" in text


@pytest.mark.falha(244)
async def test_whoever_is_deactivated_is_out_of_the_panel_at_once(
    sqlite_service: RunningService, rita: Browser
) -> None:
    page = await registered(rita)
    async with browser_of(sqlite_service) as gil:
        await gil.enters(UUID(page.rpartition("/")[2]))
        await gil.sees("/painel")
        assert (await rita.does(page, f"{page}/desativar"))[1] == f"{page}?feito=usuario_desativado"
        await gil.sees("/painel", 303)
    assert "Está sem acesso" in await rita.sees(page)
    assert (await rita.does(page, f"{page}/convite"))[1] == f"{page}?feito=nao_ativo"


@pytest.mark.falha(244)
async def test_the_last_administrator_stays(sqlite_service: RunningService, rita: Browser, rita_id: UUID) -> None:
    page = f"{PATH}/{rita_id}"
    assert (await rita.does(page, f"{page}/desativar"))[1] == f"{page}?feito=nao_sem_administrador"
    typed = GIL | {"nome_completo": "Rita Prado", "telefone": "5531988807001", "perfil_usuario": "OPERADOR"}
    status, text = await rita.does(page, page, **typed)
    assert status == 409
    assert "Não sobraria ninguém na administração." in text
    assert "Não sobraria ninguém" in await rita.sees(f"{page}?feito=nao_sem_administrador")


@pytest.mark.falha(245)
async def test_an_invitation_is_shown_once_as_a_link_and_as_its_qr(
    sqlite_service: RunningService, rita: Browser
) -> None:
    page = await registered(rita)
    status, text = await rita.does(page, f"{page}/convite")
    assert status == 200
    (link,) = re.findall(r"<code>(https://t\.me/[^<]+)</code>", text)
    assert read_from(text) == link
    assert link not in await rita.sees(page)
    rows = await sqlite_service.rows("SELECT token_hash FROM convites")
    assert link.partition("=")[2] not in str(rows), "only its sum is kept"
    assert await sqlite_service.rows("SELECT canal, detalhe FROM auditoria WHERE acao = 'CONVIDAR'") == [
        {"canal": "painel", "detalhe": None}
    ]
    phone = sqlite_service.sandbox.telegram.phone("Gil Torres", "5531988806002")
    await phone.says(f"/start {link.partition('=')[2]}")
    await phone.sees("Gil")
    assert "Telegram" in (await rita.sees(page)).partition("Canais")[2]
    assert (await rita.does(page, f"{page}/idioma", idioma="es"))[0] == 303
    assert await sqlite_service.rows("SELECT idioma FROM contatos") == [{"idioma": "es"}]


def read_from(text: str) -> str:
    """What a phone's camera reads from the QR of a page."""
    side = int(re.findall(r'viewBox="0 0 (\d+) \d+" role="img"', text)[0])
    image = Image.new("L", (side, side), 255)
    for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", text):
        ImageDraw.Draw(image).point((int(x), int(y)), 0)
    (code,) = zxingcpp.read_barcodes(image.resize((side * 8, side * 8), Image.Resampling.NEAREST))
    return str(code.text)
