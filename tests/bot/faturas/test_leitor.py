"""Bills are read in a process of their own; what hangs, explodes or is none becomes a result with its reason."""

import asyncio
import io
import os
import re
import zipfile
import zlib
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from bot.faturas.leitor import Leitor
from core.testemunha.leitura import MAIOR_ARQUIVO, Leitura, LeituraAdiada, Recusa, Recusado, password_candidates
from core.testemunha.lido import codes_of
from sandbox.faturas.codigos import cnpj
from sandbox.faturas.estragos import Estrago, encrypted, pdf_of
from sandbox.faturas.fatura import CASAS, Fatura


def bill(operadora: str = "VIVO") -> Fatura:
    return Fatura(
        operadora, "Padaria Três Irmãos Ltda", cnpj(33000118), "11/2026", Decimal("1234.56"), date(2026, 12, 10),
        date(2026, 11, 20), "899.123.456", "(11) 4002-8922", 77,
    )  # fmt: skip


async def read(content: bytes, *senhas: str) -> Leitura | Recusado:
    reader = Leitor()
    try:
        return await reader.read(content, senhas)
    finally:
        await reader.close()


async def refused(content: bytes, *senhas: str) -> Recusa:
    found = await read(content, *senhas)
    assert isinstance(found, Recusado), found
    return found.motivo


def changed(change: str, content: bytes | None = None) -> bytes:
    """A sound bill to which one thing was added that has no place in a bill."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content or pdf_of(bill()))) as pdf:
        CHANGES[change](pdf)
        pdf.save(out)
    return out.getvalue()


def later_version(content: bytes) -> bytes:
    """With one more object behind its end, as whoever signs or annotates a PDF leaves it (ISO 32000-1, 7.5.6)."""
    (root,), (size,) = re.findall(rb"/Root (\d+ \d+ R)", content)[-1:], re.findall(rb"/Size (\d+)", content)[-1:]
    before = int(content[content.rindex(b"startxref") + 9 :].split()[0])
    added = b"\n%d 0 obj\n<< >>\nendobj\n" % int(size)
    table = len(content) + len(added)
    trailer = b"trailer\n<< /Size %d /Root %b /Prev %d >>\n" % (int(size) + 1, root, before)
    entry = b"xref\n%d 1\n%010d 00000 n \n" % (int(size), len(content) + 1)
    return content + added + entry + trailer + b"startxref\n%d\n%%%%EOF\n" % table


def _action(kind: str, **fields: object) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name(f"/{kind}"), **fields)


def _note(pdf: pikepdf.Pdf, **fields: object) -> None:
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Rect=[0, 0, 9, 9], **fields)
    pdf.pages[1].obj.Annots = pikepdf.Array([pdf.make_indirect(note)])


def _field_with_script(pdf: pikepdf.Pdf) -> None:
    deep = pdf.make_indirect(pikepdf.Dictionary(AA=pikepdf.Dictionary(K=_action("JavaScript", JS="1"))))
    top = pdf.make_indirect(pikepdf.Dictionary(Kids=pikepdf.Array([deep])))
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([top]))


def _attach(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["nota.exe"] = b"MZ"


CHANGES = {
    "script at opening": lambda pdf: setattr(pdf.Root, "OpenAction", _action("JavaScript", JS="1")),
    "script by name": lambda pdf: setattr(
        pdf.Root, "Names", pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=[]))
    ),
    "script of a page": lambda pdf: setattr(
        pdf.pages[1].obj, "AA", pikepdf.Dictionary(O=_action("JavaScript", JS="1"))
    ),
    "script of a field": _field_with_script,
    "script behind a link": lambda pdf: _note(
        pdf, Subtype=pikepdf.Name.Link, A=_action("URI", URI="https://a", Next=_action("JavaScript", JS="1"))
    ),
    "launch": lambda pdf: _note(pdf, Subtype=pikepdf.Name.Link, A=_action("Launch", F="cmd.exe")),
    "form that is sent": lambda pdf: _note(pdf, Subtype=pikepdf.Name.Link, A=_action("SubmitForm", F="https://a")),
    "attachment": _attach,
    "attachment as a note": lambda pdf: _note(pdf, Subtype=pikepdf.Name.FileAttachment),
    "link": lambda pdf: _note(pdf, Subtype=pikepdf.Name.Link, A=_action("URI", URI="https://operadora.example")),
}


def a_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("fatura.pdf", pdf_of(bill()))
    return out.getvalue()


class TestSound:
    @pytest.mark.parametrize("operadora", list(CASAS))
    async def test_every_layouts_codes_are_read(self, operadora: str) -> None:
        fatura = bill(operadora)
        found = await read(pdf_of(fatura))
        assert isinstance(found, Leitura)
        codes = codes_of(found.lido)
        assert {code.barras for code in codes.linhas} == {code.barras for code in codes.barras} == {fatura.barras}
        assert {pix.texto for pix in codes.pix} == ({fatura.pix} if fatura.pix else set())
        assert {key.texto for key in codes.chaves} == ({fatura.chave} if fatura.chave else set())
        assert found.paginas == 2

    async def test_a_link_is_no_harm(self) -> None:
        assert isinstance(await read(changed("link")), Leitura)

    async def test_several_files_at_once(self) -> None:
        reader = Leitor(processos=2)
        found = await asyncio.gather(*(reader.read(pdf_of(bill(operadora))) for operadora in CASAS))
        await reader.close()
        assert all(isinstance(one, Leitura) for one in found)


@pytest.mark.usefixtures("typed_readers")
class TestStandingBy:
    async def test_the_second_file_is_read_by_another_process_of_the_same_mould(self) -> None:
        reader = Leitor()
        try:
            first = await reader.read(pdf_of(bill()))
            (standing,) = reader._ready
            assert await reader.read(pdf_of(bill())) == first
            assert list(reader._ready) == [standing]
            assert standing.returncode is None
        finally:
            await reader.close()
        assert not reader._ready

    @pytest.mark.falha(216)
    async def test_one_that_died_while_it_waited_is_no_loss(self) -> None:
        reader = Leitor()
        try:
            first = await reader.read(pdf_of(bill()))
            reader._ready[0].kill()
            await reader._ready[0].wait()
            assert await reader.read(pdf_of(bill())) == first
        finally:
            await reader.close()


@pytest.mark.falha(71)
class TestNoPdf:
    @pytest.mark.parametrize(
        ("content", "motivo"),
        [
            (lambda: b"", Recusa.VAZIO),
            (a_zip, Recusa.ARQUIVO_ZIP),
            (lambda: pdf_of(bill(), Estrago.PAGINA_HTML), Recusa.PAGINA_HTML),
            (lambda: b"\n <html><body>%PDF</body></html>", Recusa.PAGINA_HTML),
            (lambda: b'<?xml version="1.0"?>\n<!-- sessao expirada --><!DOCTYPE html><html>', Recusa.PAGINA_HTML),
            (lambda: b"GIF89a", Recusa.NAO_E_PDF),
            (lambda: pdf_of(bill(), Estrago.CORTADA), Recusa.CORTADO),
            (lambda: pdf_of(bill())[:-9], Recusa.CORTADO),
            (lambda: b"%PDF-1.7\nstartxref\n0\n%%EOF", Recusa.ILEGIVEL),
            (lambda: b"%PDF-1.7" + b"0" * MAIOR_ARQUIVO, Recusa.GRANDE),
            (lambda: pdf_of(bill(), Estrago.ENORME), Recusa.MUITAS_PAGINAS),
        ],
    )
    async def test_it_is_refused_with_the_reason(self, content: Callable[[], bytes], motivo: Recusa) -> None:
        assert await refused(content()) == motivo


@pytest.mark.falha(453)
@pytest.mark.parametrize("padding", [b"\x1a", b"\r\n\x1a\x1a\x00\x00", b"\n\n  \n"], ids=repr)
async def test_what_pads_a_file_out_is_none_of_it(padding: bytes) -> None:
    assert isinstance(await read(pdf_of(bill()) + padding), Leitura)


@pytest.mark.falha(484)
@pytest.mark.parametrize("between", [b"", b"\r\n\x00\x00", b"\n--fim\nContent-Type: application/pdf\n\n"], ids=repr)
async def test_of_two_pdfs_in_one_file_neither_is_taken(between: bytes) -> None:
    """Readers show the last one: the first would be gone without a word."""
    assert await refused(pdf_of(bill()) + between + pdf_of(bill())) == Recusa.DOIS_PDFS


@pytest.mark.falha(484)
async def test_a_later_version_of_the_same_document_is_no_second_one() -> None:
    assert isinstance(await read(later_version(pdf_of(bill()))), Leitura)


@pytest.mark.falha(72)
class TestWhatActs:
    @pytest.mark.parametrize("change", [name for name in CHANGES if name.startswith("script")])
    async def test_a_script_is_refused(self, change: str) -> None:
        assert await refused(changed(change)) == Recusa.COM_SCRIPT

    @pytest.mark.parametrize("change", ["launch", "form that is sent"])
    async def test_an_action_is_refused(self, change: str) -> None:
        assert await refused(changed(change)) == Recusa.COM_ACAO

    @pytest.mark.parametrize("change", ["attachment", "attachment as a note"])
    async def test_an_attachment_is_refused(self, change: str) -> None:
        assert await refused(changed(change)) == Recusa.COM_ANEXO

    async def test_a_zip_behind_the_end_is_refused(self) -> None:
        assert await refused(pdf_of(bill()) + a_zip()) == Recusa.COM_DADOS_NO_FIM


@pytest.mark.falha(72)
class TestPasswords:
    async def test_an_empty_one_is_normal(self) -> None:
        found = await read(encrypted(bill(), ""))
        assert isinstance(found, Leitura)
        assert (found.senha, found.aberto) == ("", None)

    async def test_one_made_of_the_clients_numbers_opens_it_and_an_open_copy_comes_too(self) -> None:
        fatura = bill()
        content = encrypted(fatura, fatura.cnpj[:5])
        found = await read(content, *password_candidates(fatura.cnpj, "", "899123456"))
        assert isinstance(found, Leitura)
        assert found.senha == fatura.cnpj[:5]
        assert found.aberto is not None
        again = await read(found.aberto)
        assert isinstance(again, Leitura)
        assert again.lido.paginas == found.lido.paginas

    async def test_otherwise_a_person_is_asked(self) -> None:
        assert await refused(pdf_of(bill(), Estrago.CRIPTOGRAFADA), "1", "2") == Recusa.COM_SENHA

    async def test_a_script_is_found_behind_the_password_too(self) -> None:
        out = io.BytesIO()
        with pikepdf.open(io.BytesIO(pdf_of(bill(), Estrago.SCRIPT))) as pdf:
            pdf.save(out, encryption=pikepdf.Encryption(owner="dono", user="33000"))
        assert await refused(out.getvalue(), "33000") == Recusa.COM_SCRIPT

    def test_at_most_eight_are_tried_and_the_known_one_first(self) -> None:
        candidates = password_candidates("33000118000179", "12345678909", "899123456", guardada="abc")
        assert (len(candidates), candidates[:3]) == (8, ("abc", "33000118000179", "12345678909"))


@pytest.mark.falha(72)
class TestParsersThatFail:
    """What is done with the file is another thing here, for a parser that hangs is not to be had on demand."""

    @pytest.mark.parametrize(
        ("program", "motivo"),
        [
            ("os.kill(os.getpid(), signal.SIGXCPU)", Recusa.DEMOROU),
            ("os.abort()", Recusa.MEMORIA),
            ("os.kill(os.getpid(), signal.SIGSEGV)", Recusa.ILEGIVEL),
            ("raise SystemExit(3)", Recusa.ILEGIVEL),
        ],
    )
    async def test_it_is_killed_and_said(self, program: str, motivo: Recusa) -> None:
        reader = Leitor(program=does(program))
        assert await reader.read(b"%PDF-1.7") == Recusado(motivo)
        assert await reader.read(b"%PDF-1.7") == Recusado(motivo), "the next file has a process of its own"
        await reader.close()

    @pytest.mark.parametrize(
        "program",
        [
            "signal.pause()",
            "os.kill(os.getpid(), signal.SIGKILL)",
            "os.kill(os.getpid(), signal.SIGTERM)",
            "os.kill(os.getppid(), signal.SIGKILL)",
        ],
    )
    async def test_what_somebody_ended_or_hangs_says_nothing_of_the_file(self, program: str) -> None:
        reader = Leitor(segundos=3, program=does(program))
        with pytest.raises(LeituraAdiada):
            await reader.read(b"%PDF-1.7")
        await reader.close()

    @pytest.mark.falha(216)
    async def test_a_reader_that_hangs_ends_with_the_process_that_forked_it(self, tmp_path: Path) -> None:
        held = tmp_path / "held"
        os.mkfifo(held)
        end = os.open(held, os.O_RDONLY | os.O_NONBLOCK)
        reader = Leitor(segundos=5, program=does(f"os.write(os.open('{held}', os.O_WRONLY), b'x'); signal.pause()"))
        with pytest.raises(LeituraAdiada):
            await reader.read(b"%PDF-1.7")
        assert os.read(end, 10) == b"x"
        os.set_blocking(end, True)
        left = await asyncio.wait_for(asyncio.to_thread(os.read, end, 10), 10)
        assert left == b"", "nobody holds it open any more"
        os.close(end)

    @pytest.mark.usefixtures("typed_readers")
    async def test_without_a_process_the_file_is_put_off(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("sys.executable", "/nowhere/python")
        with pytest.raises(LeituraAdiada):
            await Leitor().read(b"%PDF-1.7")

    async def test_it_gets_none_of_our_settings(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SECRET_KEYS", "planted")
        work = """return b'{"recusa": "vazio"}' if 'SECRET_KEYS' in os.environ else b'{"recusa": "grande"}'"""
        reader = Leitor(program=does(work))
        assert await reader.read(b"") == Recusado(Recusa.GRANDE)
        await reader.close()

    async def test_a_stream_that_grows_without_end_stays_within_its_limits(self) -> None:
        """A page of two gigabytes of blanks."""
        found = await read(bomb())
        assert isinstance(found, Recusado) or not found.lido.barras


def does(work: str) -> tuple[str, str]:
    """A program whose forked process does this with each file."""
    begin = "import os, signal\nfrom bot.faturas.molde import serve\n"
    return "-c", f"{begin}def work(asked, content):\n    {work}\nserve(work)"


def bomb() -> bytes:
    packer = zlib.compressobj(1)
    begin = packer.compress(b" ") + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(b" " * 10_000_000) + packer.flush(zlib.Z_FULL_FLUSH)
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        stream = pikepdf.Stream(pdf, b"")
        stream.write(begin + block * 200, filter=pikepdf.Name.FlateDecode)
        pdf.pages[0].Contents = stream
        pdf.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return out.getvalue()


@pytest.mark.falha(529)
@pytest.mark.parametrize("dpi", [150, 180, 200, 250, 300])
async def test_the_bars_of_a_scanned_bill_are_read_whatever_the_scanner_was_set_to(dpi: int) -> None:
    found = await read(scanned(pdf_of(bill()), dpi))
    assert isinstance(found, Leitura)
    assert found.lido.texto.strip() == "", "nothing but pictures"
    assert {code.valor for code in codes_of(found.lido).barras} == {bill().valor}


def scanned(content: bytes, dpi: int) -> bytes:
    """Each page as a picture, as a scanner makes it."""
    with pypdfium2.PdfDocument(content) as document:
        first, *others = [page.render(scale=dpi / 72, grayscale=True).to_pil() for page in document]
    out = io.BytesIO()
    first.save(out, "PDF", save_all=True, append_images=others, resolution=dpi, quality=60)
    return out.getvalue()
