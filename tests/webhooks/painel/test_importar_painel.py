"""A file of rows in the panel: looked at, its refused rows taken back, done exactly as it was looked at."""

import io
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import aiohttp
import pytest
from openpyxl import Workbook
from sqlalchemy import update

from core.planilha.olhada import MAIS_LINHAS
from storage.pessoa.perfil import Perfil
from storage.pessoa.usuarios import change_usuario
from storage.tables import operadoras
from tests.support.faturas import nova_operadora
from tests.support.painel import Browser, browser_of, csrf_in
from tests.support.service import RunningService

PATH = "/painel/importar"
FILE = "nome;codigo;possui_rpa\nVivo;VIVO;sim\nClaro;CLARO;não\nTim;SAT;sim\n".encode()


@pytest.fixture
async def rita_id(sqlite_service: RunningService) -> UUID:
    await sqlite_service.wiring.turns.run(lambda tx: nova_operadora(tx, "VIVO"))
    return await sqlite_service.usuario("Rita Prado", "5531988807001", Perfil.ADMINISTRADOR)


@pytest.fixture
async def rita(sqlite_service: RunningService, rita_id: UUID) -> AsyncIterator[Browser]:
    """An administrator in the panel, where Vivo is known."""
    async with browser_of(sqlite_service) as browser:
        await browser.enters(rita_id)
        yield browser


async def brings(browser: Browser, content: bytes, o_que: str = "operadoras") -> tuple[int, str]:
    """Send a file by the form of the page."""
    form = aiohttp.FormData(quote_fields=False)
    form.add_field("csrf", csrf_in(await browser.sees(PATH)))
    form.add_field("o_que", o_que)
    form.add_field("arquivo", io.BytesIO(content), filename="operadoras.csv", content_type="text/csv")
    headers = {"Origin": browser.service.url, "Sec-Fetch-Site": "same-origin"}
    async with browser.http.post(PATH, data=form, headers=headers, allow_redirects=False) as response:
        return response.status, response.headers.get("Location") or await response.text()


async def looked_at(browser: Browser, content: bytes = FILE) -> str:
    status, where = await brings(browser, content)
    assert status == 303, where
    return where


def soma_in(text: str) -> str:
    return text.partition('name="soma" value="')[2].partition('"')[0]


async def codes(service: RunningService) -> list[Any]:
    return [row["codigo"] for row in await service.rows("SELECT codigo FROM operadoras ORDER BY codigo")]


@pytest.mark.falha(246)
async def test_nothing_is_written_before_the_yes_and_then_what_was_shown(
    sqlite_service: RunningService, rita: Browser
) -> None:
    where = await looked_at(rita)
    text = await rita.sees(where)
    assert "codigo: é o nome de outro robô" in text
    assert await codes(sqlite_service) == ["VIVO"]
    header, refused = (await rita.sees(f"{where}/recusadas.csv")).splitlines()
    assert header == "\ufefflinha;motivo;nome;codigo;possui_rpa"
    assert refused == "4;codigo: é o nome de outro robô;Tim;SAT;sim"
    status, to = await rita.does(where, f"{where}/confirmar", soma=soma_in(text))
    assert (status, to) == (303, "/painel/operadoras?feito=importado&n=1&alterados=0&recusadas=1")
    assert "Importado: 1 novos, 0 mudados, 1 recusados." in await rita.sees(to)
    assert await codes(sqlite_service) == ["CLARO", "VIVO"]
    (act,) = await sqlite_service.rows("SELECT canal FROM auditoria WHERE acao = 'IMPORTAR'")
    assert act == {"canal": "painel"}
    await rita.sees(where, 404)


@pytest.mark.falha(246)
async def test_what_is_deactivated_and_stays_so_is_said(sqlite_service: RunningService, rita: Browser) -> None:
    await sqlite_service.wiring.turns.run(lambda tx: tx.execute(update(operadoras).values(status_ativo=False)))
    assert "1 está desativado e continua assim" in await rita.sees(await looked_at(rita))
    said = b"nome;codigo;status_ativo\nVivo;VIVO;sim\n"
    assert "continua assim" not in await rita.sees(await looked_at(rita, said))


@pytest.mark.falha(513)
async def test_rows_that_a_filter_hides_are_told(rita: Browser) -> None:
    book = Workbook()
    for row in (["nome", "codigo"], ["Claro", "CLARO"], ["Oi", "OI"]):
        book.active.append(row)
    book.active.row_dimensions[3].hidden = True
    content = io.BytesIO()
    book.save(content)
    assert "1 linha está oculta na planilha" in await rita.sees(await looked_at(rita, content.getvalue()))


@pytest.mark.falha(594)
async def test_a_yes_that_is_sent_twice_is_not_told_that_nothing_was_written(
    sqlite_service: RunningService, rita: Browser
) -> None:
    where, again = await looked_at(rita), await looked_at(rita)
    text = await rita.sees(where)
    sent = {"csrf": csrf_in(text), "soma": soma_in(text)}
    done = "/painel/operadoras?feito=importado&n=1&alterados=0&recusadas=1"
    assert await rita.posts(f"{where}/confirmar", **sent) == (303, done)
    assert await rita.posts(f"{where}/confirmar", **sent) == (303, f"{PATH}?feito=importacao_acabou")
    assert "já foi importado, ou não está mais aqui" in await rita.sees(f"{PATH}?feito=importacao_acabou")
    assert await rita.posts(f"{again}/confirmar", **sent) == (303, "/painel/operadoras?feito=importado_antes")
    assert "já está gravado: nada mudou agora" in await rita.sees("/painel/operadoras?feito=importado_antes")
    assert await codes(sqlite_service) == ["CLARO", "VIVO"]


async def test_what_would_do_something_else_by_now_is_shown_again_and_not_done(
    sqlite_service: RunningService, rita: Browser
) -> None:
    where = await looked_at(rita)
    soma = soma_in(await rita.sees(where))
    await sqlite_service.wiring.turns.run(lambda tx: nova_operadora(tx, "CLARO", possui_rpa=True))
    status, text = await rita.does(where, f"{where}/confirmar", soma=soma)
    assert status == 409
    assert "Os cadastros mudaram depois que você olhou" in text
    assert await sqlite_service.rows("SELECT possui_rpa FROM operadoras WHERE codigo = 'CLARO'") == [{"possui_rpa": 1}]
    assert (await rita.does(where, f"{where}/confirmar", soma=soma_in(text)))[0] == 303
    assert await sqlite_service.rows("SELECT possui_rpa FROM operadoras WHERE codigo = 'CLARO'") == [{"possui_rpa": 0}]


@pytest.mark.falha(247)
async def test_it_is_of_one_session_of_a_short_life_and_of_who_may_still(
    sqlite_service: RunningService, rita: Browser, rita_id: UUID
) -> None:
    where = await looked_at(rita)
    soma = soma_in(await rita.sees(where))
    async with browser_of(sqlite_service) as other:
        await other.enters(await sqlite_service.administrador())
        await other.sees(where, 404)
    keys = [key async for key in sqlite_service.wiring.redis.scan_iter("painel:importacao:*")]
    assert [await sqlite_service.wiring.redis.ttl(key) > 0 for key in keys] == [True]
    assert b"CLARO" not in await sqlite_service.wiring.redis.get(keys[0]), "it may hold passwords: it is sealed"
    csrf = csrf_in(await rita.sees("/painel/sessoes"))
    await sqlite_service.wiring.turns.run(lambda tx: change_usuario(tx, rita_id, perfil_usuario=Perfil.OPERADOR))
    status, _page = await rita.posts(f"{where}/confirmar", csrf=csrf, soma=soma)
    assert status == 401
    assert await codes(sqlite_service) == ["VIVO"]


@pytest.mark.falha(248)
async def test_what_is_no_file_of_rows_is_said_in_a_sentence(rita: Browser) -> None:
    long = b"nome;codigo\n" + b"".join(b"N%d;C%d\n" % (n, n) for n in range(MAIS_LINHAS + 1))
    for said, content in {
        "O arquivo está vazio": b"",
        "O arquivo é um PDF": b"%PDF-1.7",
        "codigo": b"nome;xpto\nVivo;1\n",
        "você ainda não tem conversa com o bot": long,
    }.items():
        status, text = await brings(rita, content)
        assert status == 422
        assert said in text
    assert (await brings(rita, FILE, "reis"))[0] == 422
    assert (await brings(rita, b"x" * 3_100_000))[0] == 422


async def test_a_long_file_goes_on_in_the_conversation_of_who_brought_it(
    sqlite_service: RunningService, rita: Browser
) -> None:
    phone = await sqlite_service.phone("telegram", "Rita Prado", "5531988807001")
    long = b"nome;codigo\n" + b"".join(b"N%d;C%d\n" % (n, n) for n in range(MAIS_LINHAS + 1))
    assert await brings(rita, long) == (303, f"{PATH}?feito=importacao_na_conversa")
    assert "o bot mostra na sua conversa" in await rita.sees(f"{PATH}?feito=importacao_na_conversa")
    await phone.sees("operadoras.csv: 2.001 linhas de operadoras.\n2.001 novos", timeout=30)
    await phone.says("não importa não")
    await phone.sees("Tudo bem, não importei nada.")
    assert await codes(sqlite_service) == ["VIVO"]


async def test_a_workbook_is_as_good_and_what_is_not_wanted_goes(rita: Browser) -> None:
    book, content = Workbook(), io.BytesIO()
    for row in (["nome", "codigo"], ["Oi", "OI"]):
        book.active.append(row)
    book.save(content)
    where = await looked_at(rita, content.getvalue())
    assert "Oi" in await rita.sees(where)
    assert await rita.does(where, f"{where}/largar") == (303, f"{PATH}?feito=importacao_largada")
    await rita.sees(where, 404)


async def test_a_file_of_its_header_alone_is_said_to_be_that(rita: Browser) -> None:
    text = await rita.sees(await looked_at(rita, b"nome;codigo;possui_rpa\n;;\n"))
    assert "nenhuma linha abaixo dele" in text
    assert "Nada mudaria" not in text
