"""The robots download real bills: what the robot says is what the file says, until it is to be otherwise."""

import io

import pypdfium2

from sandbox import damaged
from sandbox.faturas.estragos import Estrago

CLIENTE = {"razao": "Padaria Três Irmãos Ltda", "cnpj": "33000118000179", "nome_filtro": "899123456_24", "servico": ""}


async def downloaded(sandbox, service, estrago=None, mes_ano="11/2026"):
    """The result of one download and the text of the first page of what it brought, or the bytes of what is none."""
    if estrago:
        sandbox.rpa.next(damaged(estrago))
    names = ("processo_id", "operadora", "unidade", "login", "senha", "cpf")
    body = dict.fromkeys(names, "x") | CLIENTE | {"mes_ano": mes_ano, "callback_url": f"{service.url}/rpa"}
    await service.rpa("POST", "/executar/vivo", body, key=f"{estrago}{mes_ano}{len(sandbox.rpa.jobs)}")
    job = await sandbox.rpa.started()
    assert await job.ended() == "completed"
    async with service.http.get(job.resultado["url"]) as response:
        content = await response.read()
    return job.resultado, content


def text_of(content):
    with pypdfium2.PdfDocument(io.BytesIO(content)) as document:
        return document[0].get_textpage().get_text_bounded()


async def test_the_bill_is_the_clients_and_the_robot_says_what_it_shows(sandbox, service):
    said, content = await downloaded(sandbox, service)
    text = text_of(content)
    year, month, day = said["data_vencimento"].split("-")
    assert "33.000.118/0001-79" in text
    assert "899123456" in text
    assert "11/2026" in text
    assert f"{day}/{month}/{year}" in text
    assert said["valor"].replace(".", ",") in text.replace(".", "")


async def test_the_same_month_is_the_same_bill_and_the_next_one_another(sandbox, service):
    first, content = await downloaded(sandbox, service)
    again, same = await downloaded(sandbox, service)
    other, _ = await downloaded(sandbox, service, mes_ano="12/2026")
    assert content == same
    assert first["data_vencimento"] == again["data_vencimento"] != other["data_vencimento"]


async def test_a_twin_is_the_bill_of_the_month_before(sandbox, service):
    _, twin = await downloaded(sandbox, service, Estrago.GEMEA, "12/2026")
    assert twin == (await downloaded(sandbox, service))[1]


async def test_another_clients_bill_names_somebody_else(sandbox, service):
    _, content = await downloaded(sandbox, service, Estrago.OUTRO_CLIENTE)
    assert "33.000.118" not in text_of(content)


async def test_an_html_page_comes_as_a_pdf(sandbox, service):
    _, content = await downloaded(sandbox, service, Estrago.PAGINA_HTML)
    assert content.startswith(b"<!DOCTYPE html>")
