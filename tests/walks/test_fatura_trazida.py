"""A PDF that somebody of the back office sends to the bot: whose it is, asked where it is not plain, and its way."""

import io
from dataclasses import replace
from typing import Any

import pikepdf
import pytest

from core.processo.processos import criar
from core.processo.quem import O_RELOGIO
from core.testemunha.leitura import Leitura, LeituraAdiada, Recusado
from core.testemunha.meses import Mes
from sandbox import Phone
from sandbox.faturas.estragos import Estrago, encrypted, pdf_of
from sandbox.faturas.fatura import Fatura
from storage.objects import ObjectStoreError
from storage.pessoa.perfil import Perfil
from storage.pessoa.usuarios import change_usuario, usuario_by_phone
from storage.processo.processos import Processo
from storage.transaction import Transaction
from tests.support.faturas import MES, cliente_da_conta, conta
from tests.support.sellers import eventually, ocorrencias
from tests.support.service import RunningService

HUGO = ("Hugo Melo", "5531988806001")
BOTH = pytest.mark.parametrize("channel", ["whatsapp", "telegram"])


async def operator(
    service: RunningService, channel: str = "telegram", perfil: Perfil = Perfil.OPERADOR, quem: tuple[str, str] = HUGO
) -> Phone:
    await service.usuario(*quem, perfil)
    phone = await service.phone(channel, *quem)
    if channel == "whatsapp":
        await phone.says("MENU")
        await phone.sees("O que você quer fazer")
    return phone


async def waits(service: RunningService, bill: Fatura, mes: Mes = MES) -> Processo:
    """The processo of that bill's cliente, which waits for its file."""

    async def work(tx: Transaction) -> Processo:
        cliente = await cliente_da_conta(tx, bill)
        made = await criar(tx, cliente.id, str(mes), O_RELOGIO)
        assert made.processo is not None
        return made.processo

    processo: Processo = await service.wiring.turns.run(work)
    return processo


async def status(service: RunningService, processo: Processo) -> str:
    rows = await service.rows("SELECT id, status_processo FROM processos")
    return next(row["status_processo"] for row in rows if str(row["id"]).replace("-", "") == processo.id.hex)


@BOTH
async def test_the_bill_says_whose_it_is_and_a_tap_confirms(service: RunningService, channel: str) -> None:
    hugo = await operator(service, channel)
    await waits(service, conta(numero=2))
    processo = await waits(service, conta())
    await hugo.sends_document("fatura nov.pdf", pdf_of(conta()))
    asked = await hugo.sees("fatura nov.pdf: parece ser de Padaria Número 1 Ltda · VIVO · 11/2026")
    assert "pela conta" in asked.text
    assert await status(service, processo) == "AGUARDANDO_DOWNLOAD", "nothing is done before the tap"
    await hugo.taps("Sim, é dele")
    await hugo.sees("📥 Recebi a fatura de Padaria Número 1 Ltda")
    assert await status(service, processo) == "AGUARDANDO_APROVACAO"
    (row,) = await service.rows("SELECT veredito FROM exames")
    assert row["veredito"] == "confere"
    (step,) = await service.rows("SELECT canal FROM historico WHERE acao = 'RECEBER'")
    assert step["canal"] == channel


@BOTH
async def test_nobody_takes_what_was_answered_with_no(sqlite_service: RunningService, channel: str) -> None:
    hugo = await operator(sqlite_service, channel)
    processo = await waits(sqlite_service, conta())
    await hugo.sends_document("fatura.pdf", pdf_of(conta()))
    await hugo.sees("parece ser de")
    await hugo.taps("Nenhum")
    await hugo.sees("Mande de novo com a conta")
    assert await status(sqlite_service, processo) == "AGUARDANDO_DOWNLOAD"


@pytest.mark.parametrize("typed", ["cancelar", "não"])
async def test_whose_it_is_can_be_given_up_in_words(sqlite_service: RunningService, typed: str) -> None:
    hugo = await operator(sqlite_service)
    processo = await waits(sqlite_service, conta())
    await hugo.sends_document("fatura.pdf", pdf_of(conta()))
    await hugo.sees("parece ser de")
    await hugo.says(typed)
    await hugo.sees("Mande de novo com a conta")
    assert await status(sqlite_service, processo) == "AGUARDANDO_DOWNLOAD"


@pytest.mark.parametrize("caption", ["segue a da Padaria Número, 11/2026", "conta 899.123.001 de 11/2026", "{id}"])
async def test_the_caption_decides(sqlite_service: RunningService, caption: str) -> None:
    hugo = await operator(sqlite_service)
    processo = await waits(sqlite_service, conta())
    legenda = caption.format(id=processo.id)
    # A bill without a word of its account.
    await hugo.sends_document("scan.pdf", pdf_of(replace(conta(), conta="", servico="")), caption=legenda)
    await hugo.sees("📥 Recebi a fatura de Padaria Número 1 Ltda")
    assert await status(sqlite_service, processo) == "AGUARDANDO_APROVACAO"


async def test_a_caption_that_the_bill_contradicts_is_asked_about(sqlite_service: RunningService) -> None:
    hugo = await operator(sqlite_service)
    wrong = await waits(sqlite_service, conta())
    await waits(sqlite_service, conta(numero=2))
    await hugo.sends_document("fatura.pdf", pdf_of(conta(numero=2)), caption=str(wrong.id))
    asked = await hugo.sees("de quem é?")
    assert "Padaria Número 2 Ltda" in asked.text
    assert await status(sqlite_service, wrong) == "AGUARDANDO_DOWNLOAD"


@BOTH
async def test_the_one_on_the_screen_gets_it(sqlite_service: RunningService, channel: str) -> None:
    hugo = await operator(sqlite_service, channel)
    processo = await waits(sqlite_service, conta())
    await hugo.says(f"PROCESSO {processo.id}")
    await hugo.sees("Padaria Número 1 Ltda")
    await hugo.sends_document("scan.pdf", pdf_of(replace(conta(), conta="", servico="")))
    await hugo.sees("📥 Recebi a fatura de Padaria Número 1 Ltda")


async def test_a_screen_of_hours_ago_is_none(sqlite_service: RunningService) -> None:
    hugo = await operator(sqlite_service)
    processo = await waits(sqlite_service, conta())
    await hugo.says(f"PROCESSO {processo.id}")
    await hugo.sees("Padaria Número 1 Ltda")
    sqlite_service.clock.move(minutes=61)
    await hugo.sends_document("scan.pdf", pdf_of(conta()))
    await hugo.sees("parece ser de Padaria Número 1 Ltda")


async def test_by_cnpj_of_several_the_person_chooses(sqlite_service: RunningService) -> None:
    hugo = await operator(sqlite_service)
    first = await waits(sqlite_service, conta())
    second = await waits(sqlite_service, replace(conta(), conta="777888999"))
    await hugo.sends_document("fatura.pdf", pdf_of(replace(conta(), conta="", servico="")))
    asked = await hugo.sees("fatura.pdf: de quem é?")
    assert "pelo CNPJ" in asked.text
    await hugo.taps("2. Padaria Número 1 Ltda")
    await hugo.sees("📥 Recebi a fatura")
    found = [await status(sqlite_service, one) for one in (first, second)]
    assert sorted(found) == ["AGUARDANDO_APROVACAO", "AGUARDANDO_DOWNLOAD"]


async def test_by_the_name_when_nothing_else_is_there(sqlite_service: RunningService) -> None:
    hugo = await operator(sqlite_service)
    await waits(sqlite_service, replace(conta(), cnpj=conta(numero=5).cnpj))
    await hugo.sends_document("fatura.pdf", pdf_of(replace(conta(), conta="", servico="")))
    asked = await hugo.sees("parece ser de Padaria Número 1 Ltda")
    assert "pelo nome" in asked.text


async def test_nobody_that_we_know(sqlite_service: RunningService) -> None:
    hugo = await operator(sqlite_service)
    await hugo.sends_document("fatura.pdf", pdf_of(conta()))
    await hugo.sees("fatura.pdf: não achei o processo desta fatura")


async def test_several_bills_in_one_file_are_said(sqlite_service: RunningService) -> None:
    hugo = await operator(sqlite_service)
    for numero in (1, 2):
        await waits(sqlite_service, conta(numero=numero))
    await hugo.sends_document("todas.pdf", two_bills())
    said = await hugo.sees("são várias faturas em um PDF")
    assert "Padaria Número 1 Ltda" in said.text
    assert "Padaria Número 2 Ltda" in said.text


def two_bills() -> bytes:
    """The pages of two bills in one file."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf_of(conta()))) as pdf, pikepdf.open(io.BytesIO(pdf_of(conta(numero=2)))) as other:
        pdf.pages.extend(other.pages)
        pdf.save(out)
    return out.getvalue()


@BOTH
async def test_a_second_file_is_put_beside_or_in_its_place(sqlite_service: RunningService, channel: str) -> None:
    hugo = await operator(sqlite_service, channel)
    processo = await waits(sqlite_service, conta())
    await hugo.sends_document("fatura.pdf", pdf_of(conta()), caption=str(processo.id))
    await hugo.sees("📥 Recebi a fatura")
    await hugo.sends_document("nota.pdf", pdf_of(replace(conta(), boleto=False)), caption=str(processo.id))
    await hugo.sees("já tem fatura")
    await hugo.taps("Guardar junto")
    await hugo.sees("📎 Guardei o arquivo junto de Padaria Número 1 Ltda")
    files = await sqlite_service.rows("SELECT tipo FROM documentos_fatura ORDER BY id")
    assert [row["tipo"] for row in files] == ["FATURA", "NF"]
    await hugo.sends_document("melhor.pdf", pdf_of(replace(conta(), numero=99)), caption=str(processo.id))
    await hugo.sees("já tem fatura")
    await hugo.taps("Trocar a fatura")
    await hugo.sees("📥 Recebi a fatura")
    (row,) = await sqlite_service.rows("SELECT versao, fatura_filename FROM processos")
    assert (row["versao"], row["fatura_filename"]) == (3, "melhor.pdf")


async def test_the_same_file_again_is_said(sqlite_service: RunningService) -> None:
    hugo = await operator(sqlite_service)
    processo = await waits(sqlite_service, conta())
    await hugo.sends_document("fatura.pdf", pdf_of(conta()))
    asked = await hugo.sees("parece ser de")
    await hugo.taps("Sim, é dele", bubble=asked)
    await hugo.sees("📥 Recebi a fatura")
    await hugo.sends_document("fatura.pdf", pdf_of(conta()), caption=str(processo.id))
    await hugo.sees("já tem fatura")
    await hugo.taps("Trocar a fatura")
    await hugo.sees("Esse arquivo já está em Padaria Número 1 Ltda")


async def test_an_approver_may_bring_one_and_is_never_its_only_approver(sqlite_service: RunningService) -> None:
    gil = await operator(sqlite_service, perfil=Perfil.APROVADOR)
    processo = await waits(sqlite_service, conta())
    await gil.sends_document("fatura.pdf", pdf_of(conta()), caption=str(processo.id))
    card = await gil.sees("🟢 As testemunhas conferem.")
    await gil.taps("Aprovar", bubble=card)
    await gil.sees("Falta mais 1 pessoa aprovar.")


async def test_a_right_that_was_taken_away_meanwhile_counts_no_more(sqlite_service: RunningService) -> None:
    hugo = await operator(sqlite_service)
    processo = await waits(sqlite_service, conta())
    await hugo.sends_document("fatura.pdf", pdf_of(conta()))
    await hugo.sees("parece ser de")

    async def demote(tx: Transaction) -> None:
        usuario_id = await usuario_by_phone(tx, [HUGO[1]])
        assert usuario_id is not None
        await change_usuario(tx, usuario_id, perfil_usuario=Perfil.VENDEDOR)

    await sqlite_service.wiring.turns.run(demote)
    await hugo.taps("Sim, é dele")
    await hugo.sees("Você não pode enviar faturas.")
    assert await status(sqlite_service, processo) == "AGUARDANDO_DOWNLOAD"
    assert "toque_recusado" in await ocorrencias(sqlite_service)


async def test_the_question_has_an_end(sqlite_service: RunningService) -> None:
    hugo = await operator(sqlite_service)
    processo = await waits(sqlite_service, conta())
    await hugo.sends_document("fatura.pdf", pdf_of(conta()))
    asked = await hugo.sees("parece ser de")
    sqlite_service.clock.move(hours=13)
    await hugo.taps("Sim, é dele", bubble=asked)
    await hugo.sees("já não vale: nada foi feito")
    assert await status(sqlite_service, processo) == "AGUARDANDO_DOWNLOAD"


async def test_a_seller_s_pdf_is_kept_as_ever(sqlite_service: RunningService) -> None:
    ana = await operator(sqlite_service, perfil=Perfil.VENDEDOR)
    await waits(sqlite_service, conta())
    await ana.sends_document("fatura.pdf", pdf_of(conta()))
    await ana.sees("Recebi o arquivo fatura.pdf e guardei")


async def test_a_photo_or_a_zip_of_a_bill_is_kept_and_the_pdf_asked_for(sqlite_service: RunningService) -> None:
    hugo = await operator(sqlite_service)
    await hugo.sends_photo(b"\xff\xd8\xff", "conta da padaria")
    await hugo.sees("📷 Guardei a foto. Para entrar como fatura preciso do PDF")
    await hugo.sends_document("faturas.zip", b"PK\x03\x04", "application/zip")
    await hugo.sees("📎 Guardei faturas.zip. Para entrar como fatura preciso do PDF, ou do XML da NFCom")


@pytest.mark.falha(72)
async def test_what_is_not_taken_is_said_with_what_to_do(sqlite_service: RunningService) -> None:
    hugo = await operator(sqlite_service)
    for estrago, said in (
        (Estrago.SCRIPT, "traz um programa dentro"),
        (Estrago.CRIPTOGRAFADA, "tem senha, e não consegui abrir"),
        (Estrago.CORTADA, "veio cortado"),
        (Estrago.PAGINA_HTML, "é uma página de internet"),
    ):
        await hugo.sends_document("fatura.pdf", pdf_of(conta(), estrago))
        await hugo.sees(said)


async def test_a_password_of_the_named_cliente_opens_it(sqlite_service: RunningService) -> None:
    hugo = await operator(sqlite_service)
    processo = await waits(sqlite_service, conta())
    await hugo.sends_document("fatura.pdf", encrypted(conta(), conta().cnpj[:5]), caption=str(processo.id))
    await hugo.sees("📥 Recebi a fatura")


@pytest.mark.falha(68)
async def test_with_the_object_store_away_it_comes_by_itself(
    sqlite_service: RunningService, monkeypatch: pytest.MonkeyPatch
) -> None:
    get, away = sqlite_service.wiring.objects.get, iter((True, True))

    async def sometimes(key: str) -> bytes:
        if next(away, False):
            raise ObjectStoreError("away")
        return await get(key)

    monkeypatch.setattr(sqlite_service.wiring.objects, "get", sometimes)
    monkeypatch.setattr("core.delivery_errors.STORE_AWAY_SECONDS", 0.05)
    hugo = await operator(sqlite_service)
    processo = await waits(sqlite_service, conta())
    await hugo.sends_document("fatura.pdf", pdf_of(conta()), caption=str(processo.id))
    await hugo.sees("📥 Recebi a fatura")


async def test_a_reader_that_was_killed_loses_nothing(
    sqlite_service: RunningService, monkeypatch: pytest.MonkeyPatch
) -> None:
    leitor, killed = sqlite_service.wiring.leitor, iter(("SIGKILL", "timeout"))
    read = leitor.read

    async def sometimes(content: bytes, senhas: Any = ()) -> Leitura | Recusado:
        if (reason := next(killed, None)) is not None:
            raise LeituraAdiada(reason)
        return await read(content, senhas)

    monkeypatch.setattr(leitor, "read", sometimes)
    monkeypatch.setattr("bot.senders.faturas.reading.READ_AGAIN_SECONDS", 0.05)
    hugo = await operator(sqlite_service)
    await waits(sqlite_service, conta())
    await hugo.sends_document("fatura.pdf", pdf_of(conta()))
    await hugo.sees("parece ser de")
    await eventually(sqlite_service, "SELECT 1 FROM arquivos WHERE sugestoes IS NOT NULL")


@pytest.mark.falha(490)
@BOTH
async def test_of_two_files_sent_one_behind_the_other_neither_is_forgotten(
    sqlite_service: RunningService, channel: str
) -> None:
    hugo = await operator(sqlite_service, channel)
    first, second = await waits(sqlite_service, conta(numero=2)), await waits(sqlite_service, conta())
    await hugo.sends_document("um.pdf", pdf_of(conta(numero=2)))
    asked = await hugo.sees("um.pdf: parece ser de")
    await hugo.sends_document("dois.pdf", pdf_of(conta()))
    assert "⚠️ um.pdf também espera resposta" in (await hugo.sees("dois.pdf: parece ser de")).text
    await hugo.says("SIM")
    await hugo.sees("📥 Recebi a fatura de Padaria Número 1 Ltda")
    assert await status(sqlite_service, first) == "AGUARDANDO_DOWNLOAD"
    await hugo.taps("Sim, é dele", bubble=asked)
    await hugo.sees("📥 Recebi a fatura de Padaria Número 2 Ltda")
    assert await status(sqlite_service, second) == "AGUARDANDO_APROVACAO"
