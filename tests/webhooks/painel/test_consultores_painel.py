"""Consultores in the panel: made, changed, said to be there, in the order of their turn."""

import re
from collections.abc import AsyncIterator

import pytest

from storage.pessoa.perfil import Perfil
from tests.support.consultores import DAVI, consultor
from tests.support.painel import Browser, browser_of
from tests.support.service import RunningService

PATH = "/painel/consultores"
ANA = {"nome": "Ana Lima", "idiomas": "pt, en", "telefone": "", "id_pipedrive": "", "status_ativo_sequencial": "1"}


@pytest.fixture
async def rita(sqlite_service: RunningService) -> AsyncIterator[Browser]:
    """An administrator in the panel."""
    async with browser_of(sqlite_service) as browser:
        await browser.enters(await sqlite_service.usuario("Rita Prado", "5531988807001", Perfil.ADMINISTRADOR))
        yield browser


async def made(rita: Browser, **typed: str) -> str:
    status, where = await rita.does(f"{PATH}/novo", PATH, **ANA | typed)
    assert status == 303, where
    return where.partition("?")[0]


async def test_the_list_shows_who_is_here_and_whose_turn_comes_when(rita: Browser) -> None:
    ana, bia = await made(rita), await made(rita, nome="Bia Reis", idiomas="pt")
    for page in (ana, bia):
        assert (await rita.does(page, f"{page}/online"))[1] == f"{page}?feito=consultor_online"
    text = await rita.sees(f"{PATH}?situacao=online")
    assert "1º em en" in text
    assert text.index("1º em pt") < text.index("2º em pt")
    await rita.does(bia, bia, **ANA | {"nome": "Bia Reis", "idiomas": "pt", "status_ativo_sequencial": ""})
    assert "fora do rodízio" in await rita.sees(f"{PATH}?busca=bia")
    await rita.does(ana, f"{ana}/desativar")
    assert "Ana Lima" not in await rita.sees(f"{PATH}?situacao=online")
    assert "Ana Lima" in await rita.sees(f"{PATH}?situacao=inativos")


@pytest.mark.falha(241)
async def test_what_is_wrong_stands_at_its_field(sqlite_service: RunningService, rita: Browser) -> None:
    await sqlite_service.vendedor("Davi Melo", "5531988804009")
    for said, typed in {
        "Escreva os códigos dos idiomas": {"idiomas": "português"},
        "Só um número inteiro.": {"id_pipedrive": "12a"},
        "Não é um telefone": {"telefone": "31"},
        "de alguém que não atende": {"telefone": "5531988804009"},
    }.items():
        status, text = await rita.does(f"{PATH}/novo", PATH, **ANA | typed)
        assert status in (409, 422)
        assert said in text
        assert 'value="Ana Lima"' in text
    assert await sqlite_service.rows("SELECT id FROM consultores") == []


async def test_with_a_phone_they_are_that_person_and_no_second_one(
    sqlite_service: RunningService, rita: Browser
) -> None:
    page = await made(rita, telefone="(31) 98880-4010")
    assert "ver cadastro" in await rita.sees(page)
    people = await sqlite_service.rows("SELECT perfil_usuario FROM usuarios WHERE telefone = '5531988804010'")
    assert people == [{"perfil_usuario": "CONSULTOR"}]
    status, text = await rita.does(f"{PATH}/novo", PATH, **ANA | {"telefone": "5531988804010"})
    assert status == 409
    assert "Já é de outro cadastro." in text


@pytest.mark.falha(487)
async def test_who_is_busy_or_away_is_not_called_offline(sqlite_service: RunningService, rita: Browser) -> None:
    """Hoje and Atendimento say so, too."""
    davi = await consultor(sqlite_service, DAVI, "whatsapp")
    for said, shown in (("OCUPADO em reunião", "ocupado"), ("AUSENTE", "ausente"), ("OFFLINE", "offline")):
        await davi.says(said)
        await davi.quiet()
        listed = await rita.sees(PATH)
        (one,) = re.findall(rf'href="({PATH}/\d+)"', listed)
        assert f"{shown}</span>" in listed
        assert f"{shown}</span>" in await rita.sees(one)
