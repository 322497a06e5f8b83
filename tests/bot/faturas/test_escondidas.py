"""Bills that are in the file and not on the page that is seen: cropped away, or under a picture of another one."""

import io
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from unittest.mock import ANY

import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from core.testemunha.exame import Exame, examine
from core.testemunha.lido import Lido
from core.testemunha.parecer import Campo, Motivo, Veredito
from tests.support.testemunhas import Caso, caso, file_of, look

TRINTA = Decimal(30)


def judged(one: Caso, content: bytes) -> tuple[Lido, Exame]:
    """What the reader makes of a file of this case, and the verdict."""
    lido = look(content)
    assert isinstance(lido, Lido)
    return lido, examine(lido, one.known, one.dito)


def cropped(content: bytes, box: Sequence[int]) -> bytes:
    """The bill whose pages are cropped to this box."""
    pdf, out = Pdf.open(io.BytesIO(content)), io.BytesIO()
    for page in pdf.pages:
        page.obj[Name.CropBox] = Array(box)
    pdf.save(out)
    return out.getvalue()


def scanned(content: bytes, lines: Sequence[str]) -> bytes:
    """The first page as a scanner makes it at 200 dpi, with these lines laid under it where nobody sees them."""
    picture = io.BytesIO()
    pypdfium2.PdfDocument(content)[0].render(scale=200 / 72).to_pil().convert("L").save(picture, "PDF", resolution=200)
    pdf, out = Pdf.open(picture), io.BytesIO()
    page = pdf.pages[0]
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page.obj.Resources[Name.Font] = Dictionary(F1=font)
    shown = b"".join(b"<" + line.encode("latin-1").hex().encode() + b"> Tj T* " for line in lines)
    page.contents_add(pdf.make_stream(b"BT /F1 8 Tf 3 Tr 50 800 Td 10 TL " + shown + b"ET"))
    pdf.save(out)
    return out.getvalue()


@pytest.fixture
def sound() -> tuple[Caso, bytes]:
    """A bill that may be approved together with others."""
    for number in range(20):
        content, _ = file_of(caso(number), None)
        if judged(caso(number), content)[1].verde(TRINTA):
            return caso(number), content
    raise AssertionError("none is sound")


@pytest.mark.falha(582)
@pytest.mark.parametrize("box", [(0, 700, 595, 842), (0, 0, 1, 1)])
def test_a_bill_that_is_cropped_away_is_read_and_looked_at(sound: tuple[Caso, bytes], box: Sequence[int]) -> None:
    one, content = sound
    whole, _ = judged(one, content)
    lido, exame = judged(one, cropped(content, box))
    assert (lido.paginas, lido.barras, lido.escondido) == (whole.paginas, whole.barras, True)
    assert exame[Campo.VALOR].veredito == Veredito.SEM_TESTEMUNHA
    assert Motivo.PARTE_ESCONDIDA in exame[Campo.VALOR].motivos
    assert not exame.verde(TRINTA)


@pytest.mark.falha(582)
@pytest.mark.parametrize("box", [(1000, 1000, 1500, 1500), (595, 842, 0, 0), (0, 0, 0, 0), (10, 10, 585, 832)])
def test_a_crop_that_shows_nothing_or_all_is_none(sound: tuple[Caso, bytes], box: Sequence[int]) -> None:
    one, content = sound
    lido, exame = judged(one, cropped(content, box))
    assert not lido.escondido
    assert exame.verde(TRINTA)


@pytest.mark.falha(582)
@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_page_that_is_turned_is_read_all_the_same(sound: tuple[Caso, bytes], turned: int) -> None:
    one, content = sound
    pdf, out = Pdf.open(io.BytesIO(content)), io.BytesIO()
    for page in pdf.pages:
        page.rotate(turned, relative=False)
    pdf.save(out)
    assert judged(one, out.getvalue())[1].verde(TRINTA)


@pytest.mark.falha(583)
def test_the_bars_of_a_scan_are_read_whatever_text_lies_under_it() -> None:
    content, other = file_of(caso(1), None)[0], look(file_of(caso(2), None)[0])
    whole = look(content)
    assert isinstance(whole, Lido)
    assert isinstance(other, Lido)
    assert look(scanned(content, [])) == replace(whole, sha256=ANY, paginas=ANY), "a bare picture"
    lido, exame = judged(caso(1), scanned(content, other.texto.splitlines()))
    assert len(lido.texto) > 200, "it is no bare picture"
    assert lido.barras == whole.barras
    assert not exame.verde(TRINTA)
