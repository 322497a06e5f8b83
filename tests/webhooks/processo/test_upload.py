"""A file that a person brings over HTTP: checked and examined as a robot's is, and never approved by them alone."""

from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from aiohttp import FormData

from core.processo.processos import criar
from core.processo.quem import O_RELOGIO
from core.testemunha.leitura import MAIOR_ARQUIVO, Leitura, LeituraAdiada, Recusado
from sandbox.faturas.estragos import Estrago, encrypted, pdf_of
from storage.objects import ObjectStoreError
from storage.pessoa.perfil import Perfil
from storage.processo.processos import Processo
from storage.transaction import Transaction
from tests.support.faturas import MES, cliente_da_conta, conta
from tests.support.sellers import eventually
from tests.support.service import RunningService
from tests.webhooks.processo.test_processos import Api, person

PATH = "/processos/upload-manual-fatura"
FORM_TYPE = "multipart/form-data; boundary=b"
NFCOM = (
    b'<NFCom xmlns="http://www.portalfiscal.inf.br/nfcom"><infNFCom><gFat><CompetFat>202611</CompetFat></gFat>'
    b"</infNFCom></NFCom>"
)


async def waits(service: RunningService) -> Processo:
    """A processo that waits for its file."""

    async def work(tx: Transaction) -> Processo:
        cliente = await cliente_da_conta(tx, conta())
        made = await criar(tx, cliente.id, str(MES), O_RELOGIO)
        assert made.processo is not None
        return made.processo

    processo: Processo = await service.wiring.turns.run(work)
    return processo


def form(processo_id: object, content: bytes, nome: str = "fatura.pdf", **fields: str) -> FormData:
    data = FormData({"processo_id": str(processo_id), **fields}, quote_fields=False)
    data.add_field("fatura_pdf", BytesIO(content), filename=nome, content_type="application/pdf")
    return data


async def test_a_file_goes_to_the_approvers_with_its_witnesses(sqlite_service: RunningService) -> None:
    processo, hugo = await waits(sqlite_service), await person(sqlite_service, Perfil.OPERADOR)
    documento = await hugo("POST", PATH, 201, data=form(processo.id, pdf_of(conta()), "../Nota \u202efdp.pdf"))
    assert (documento["tipo"], documento["nome_arquivo"], documento["paginas"]) == ("FATURA", "Nota fdp.pdf", 2)
    shown = await hugo("GET", f"/processos/{processo.id}")
    assert (shown["status_processo"], shown["upload_manual"]) == ("AGUARDANDO_APROVACAO", True)
    assert (shown["valor_fatura"], shown["fatura_s3_key"]) == ("111.00", f"{documento['id']}.pdf")
    said = await hugo("GET", f"/processos/{processo.id}/testemunhas")
    assert said["veredito"] == "confere"
    assert {one["fonte"] for one in said["campos"][0]["testemunhas"]} == {"linha", "barras", "pix", "texto"}
    (execucao,) = await hugo("GET", f"/execucoes?processo_id={processo.id}")
    assert (execucao["tipo_execucao"], execucao["status_execucao"]) == ("UPLOAD_MANUAL", "CONCLUIDO")


async def test_several_files_of_one_processo(sqlite_service: RunningService) -> None:
    processo, hugo = await waits(sqlite_service), await person(sqlite_service, Perfil.OPERADOR)
    await hugo("POST", PATH, 201, data=form(processo.id, pdf_of(conta())))
    await hugo("POST", PATH, 201, data=form(processo.id, pdf_of(conta(), Estrago.DIGITO), tipo="NF"))
    await hugo("POST", PATH, 201, data=form(processo.id, NFCOM, "nota.xml", tipo="XML"))
    files = await hugo("GET", f"/processos/{processo.id}/documentos")
    assert [(one["tipo"], one["content_type"]) for one in files] == [
        ("FATURA", "application/pdf"),
        ("NF", "application/pdf"),
        ("XML", "application/xml"),
    ]
    again = await hugo("POST", PATH, 409, data=form(processo.id, NFCOM, "nota.xml", tipo="XML"))
    assert "JA_EXISTE" in again["detail"]
    assert (await hugo("GET", f"/processos/{processo.id}"))["fatura_s3_key"] == f"{files[0]['id']}.pdf"


async def test_whoever_brought_it_is_never_its_only_approver(sqlite_service: RunningService) -> None:
    processo, ada = await waits(sqlite_service), await person(sqlite_service, Perfil.ADMINISTRADOR)
    await ada("POST", PATH, 201, data=form(processo.id, pdf_of(conta())))
    assert (await ada("POST", f"/processos/aprovar/{processo.id}"))["faltam"] == 1
    gil = await person(sqlite_service, Perfil.APROVADOR, "5531988801001")
    assert (await gil("POST", f"/processos/aprovar/{processo.id}"))["faltam"] == 0


async def test_a_file_with_a_password_of_the_clientes_numbers_is_opened(sqlite_service: RunningService) -> None:
    processo, hugo = await waits(sqlite_service), await person(sqlite_service, Perfil.OPERADOR)
    closed = encrypted(conta(), conta().cnpj[:5])
    await hugo("POST", PATH, 201, data=form(processo.id, closed))
    files = await hugo("GET", f"/processos/{processo.id}/documentos")
    assert len(files) == 2
    again = await hugo("POST", PATH, 409, data=form(processo.id, closed))
    assert "JA_EXISTE" in again["detail"]


@pytest.mark.falha(71)
@pytest.mark.falha(72)
async def test_what_is_no_invoice_is_refused_with_the_reason(sqlite_service: RunningService) -> None:
    processo, hugo = await waits(sqlite_service), await person(sqlite_service, Perfil.OPERADOR)
    for content, reason in (
        (b"", "vazio"),
        (b"PK\x03\x04", "arquivo_zip"),
        (b"<!DOCTYPE html><html>", "pagina_html"),
        (pdf_of(conta(), Estrago.CORTADA), "cortado"),
        (pdf_of(conta(), Estrago.SCRIPT), "com_script"),
        (pdf_of(conta(), Estrago.CRIPTOGRAFADA), "com_senha"),
    ):
        refused = await hugo("POST", PATH, 422, data=form(processo.id, content))
        assert refused["detail"] == f"fatura_pdf: {reason}"
        assert await hugo("GET", f"/processos/{processo.id}/documentos") == []


async def test_a_reader_that_is_not_there_is_503_and_the_caller_comes_back(
    sqlite_service: RunningService, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(asked: dict[str, Any], content: bytes) -> Leitura | Recusado:
        raise LeituraAdiada("SIGKILL")

    processo, hugo = await waits(sqlite_service), await person(sqlite_service, Perfil.OPERADOR)
    monkeypatch.setattr(sqlite_service.wiring.leitor, "_ask", away)
    await hugo("POST", PATH, 503, data=form(processo.id, pdf_of(conta())))
    assert (await hugo("GET", f"/processos/{processo.id}"))["status_processo"] == "AGUARDANDO_DOWNLOAD"


@pytest.mark.falha(68)
async def test_with_the_object_store_down_it_is_kept(
    sqlite_service: RunningService, monkeypatch: pytest.MonkeyPatch
) -> None:
    put, down = sqlite_service.wiring.objects.put, True

    async def sometimes(key: str, data: bytes, content_type: str) -> None:
        if down:
            raise ObjectStoreError("away")
        await put(key, data, content_type)

    monkeypatch.setattr(sqlite_service.wiring.objects, "put", sometimes)
    monkeypatch.setattr("core.delivery_errors.STORE_AWAY_SECONDS", 0.02)
    processo, hugo = await waits(sqlite_service), await person(sqlite_service, Perfil.OPERADOR)
    documento = await hugo("POST", PATH, 201, data=form(processo.id, pdf_of(conta())))
    assert documento["guardado_em"] is None
    down = False
    await eventually(sqlite_service, "SELECT 1 FROM documentos_fatura WHERE guardado_em IS NOT NULL")


@pytest.mark.falha(73)
@pytest.mark.parametrize("nome", ["../../x", "ç" * 300 + ".pdf", "a\u202efdp.exe", ""])
async def test_a_name_is_no_part_of_our_key(sqlite_service: RunningService, nome: str) -> None:
    processo, hugo = await waits(sqlite_service), await person(sqlite_service, Perfil.OPERADOR)
    documento = await hugo("POST", PATH, 201, data=form(processo.id, pdf_of(conta()), nome))
    assert documento["object_key"] == f"faturas/2026/11/{documento['id']}.pdf"
    assert len(documento["nome_arquivo"]) <= 200


async def test_what_is_no_form(sqlite_service: RunningService) -> None:
    hugo = await sqlite_service.usuario("Hugo", "5531988801000", Perfil.OPERADOR)
    for how, wanted, said in (
        ({"json": {}}, 400, "no multipart/form-data"),
        ({"data": {"processo_id": "x"}}, 400, "no multipart/form-data"),
        ({"data": b"--", "headers": {"Content-Type": FORM_TYPE}}, 400, "cannot be read"),
        ({"data": b"x", "headers": {"Content-Type": "multipart/form-data"}}, 400, "cannot be read"),
        ({"data": b"--b\r\n6\xf2\xbf--b--\r\n", "headers": {"Content-Type": FORM_TYPE}}, 400, "cannot be read"),
    ):
        headers = sqlite_service.token(hugo) | how.pop("headers", {})
        async with sqlite_service.http.post(PATH, headers=headers, **how) as response:
            body = await response.json()
        assert (response.status, said in body["detail"]) == (wanted, True), body


async def test_fields_that_are_wrong_are_named(sqlite_service: RunningService) -> None:
    processo, hugo = await waits(sqlite_service), await person(sqlite_service, Perfil.OPERADOR)
    for data, field in (
        (form("x", b"x"), "processo_id"),
        (form(processo.id, b"x", tipo="NOTA"), "tipo"),
        (form(processo.id, b"x", valor="1"), "valor"),
    ):
        assert (await hugo("POST", PATH, 422, data=data))["detail"].startswith(f"{field}: ")
    await hugo("POST", PATH, 404, data=form(uuid4(), b"x"))
    ana = await person(sqlite_service, Perfil.VENDEDOR, "5531988801001")
    await ana("POST", PATH, 403, data=form(processo.id, b"x"))


async def test_more_than_the_largest_file_is_413(sqlite_service: RunningService) -> None:
    hugo: Api = await person(sqlite_service, Perfil.OPERADOR)
    await hugo("POST", PATH, 413, data=form(uuid4(), bytes(MAIOR_ARQUIVO + 20_000)))


@pytest.mark.falha(170)
async def test_what_is_repeated_in_a_refusal_need_be_no_text(sqlite_service: RunningService) -> None:
    hugo = sqlite_service.token(await sqlite_service.usuario("Hugo", "5531988801000", Perfil.OPERADOR))
    part = b'--b\r\nContent-Disposition: form-data; name="campo\xff\xed\xa0\x80"\r\n\r\nx\r\n--b--\r\n'
    headers = {**hugo, "Content-Type": "multipart/form-data; boundary=b"}
    async with sqlite_service.http.post(PATH, data=part, headers=headers) as response:
        assert (response.status, response.headers["X-Request-ID"] != "") == (422, True)
        assert "campo" in (await response.json())["detail"]
