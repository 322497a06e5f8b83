"""The text of a PDF's pages by pypdfium2, and the bars and QR codes drawn on them by zxing-cpp."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2
import zxingcpp

from bot.faturas.estrutura import RefusedFileError
from core.testemunha.leitura import Recusa

# Of a page's text, and of all: more than any bill seen, and little enough for regular expressions.
_LONGEST_PAGE, _LONGEST = 20_000, 400_000
_SCALE = 3.0
"""At which zxing-cpp reads all 44 digits of the bars."""
_SCALE_OF_SCANS = 2.5
"""At which it reads what was scanned at 200 dpi: nearly as many dots as those, drawn anew, blur the bars."""
_MOST_PIXELS = 12_000_000
_FORMATS = zxingcpp.BarcodeFormats((zxingcpp.BarcodeFormat.ITF, zxingcpp.BarcodeFormat.QRCode))
# The slip is where it is spoken of, on the first page, or on one that is a picture; when nothing speaks of one, on one
# of the first pages or on the last.
_FIRST, _LAST, _MOST_RENDERED = 3, 1, 8
_A_PICTURE = 200
"""Characters: a page with less text than that shows something else."""
_SPOKEN_OF = re.compile(
    r"(?i)pix|c[oó]digo de barras|linha digit|autentica[cç][aã]o mec|[0-9]{11}-[0-9] [0-9]{11}-[0-9]"
)


@dataclass(frozen=True)
class Paginas:
    """What pages show."""

    textos: tuple[str, ...]
    barras: tuple[str, ...]
    qrs: tuple[str, ...]


def read_pages(content: bytes) -> Paginas:
    """Texts of all pages, codes of those where codes are looked for. Raises RefusedFileError when it is no PDF."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise RefusedFileError(Recusa.ILEGIVEL) from error
    with document:
        textos = tuple(_texts(document))
        drawn = [
            code
            for number in _worth_rendering(textos)
            for code in _codes(document, number, _is_picture(textos[number]))
        ]
    return Paginas(textos, _of(drawn, zxingcpp.BarcodeFormat.ITF), _of(drawn, zxingcpp.BarcodeFormat.QRCode))


def _texts(document: pypdfium2.PdfDocument) -> Iterator[str]:
    left = _LONGEST
    for page in document:
        textpage = page.get_textpage()
        text = textpage.get_text_bounded()[: min(_LONGEST_PAGE, left)].replace("\x00", "")
        left -= len(text)
        textpage.close()
        page.close()
        yield text


def _worth_rendering(textos: Sequence[str]) -> list[int]:
    count = len(textos)
    spoken = [number for number, text in enumerate(textos) if _SPOKEN_OF.search(text)]
    pictures = [number for number, text in enumerate(textos) if _is_picture(text)]
    usual = [*range(min(_FIRST, count)), *range(max(0, count - _LAST), count)]
    wanted = [*spoken, 0, *pictures] if spoken else [*usual, *pictures]
    return list(dict.fromkeys(wanted))[:_MOST_RENDERED]


def _is_picture(text: str) -> bool:
    return len(text.strip()) < _A_PICTURE


def _codes(document: pypdfium2.PdfDocument, number: int, is_picture: bool) -> list[zxingcpp.Barcode]:
    page = document[number]
    found = _drawn_on(page, _SCALE)
    if is_picture and not _of(found, zxingcpp.BarcodeFormat.ITF):
        found += _drawn_on(page, _SCALE_OF_SCANS)
    page.close()
    return found


def _drawn_on(page: pypdfium2.PdfPage, wanted: float) -> list[zxingcpp.Barcode]:
    width, height = page.get_size()
    scale = min(wanted, (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
    image = page.render(scale=scale, grayscale=True, may_draw_forms=False).to_pil()
    return zxingcpp.read_barcodes(image, formats=_FORMATS)


def _of(codes: list[zxingcpp.Barcode], kind: zxingcpp.BarcodeFormat) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code.text for code in codes if code.format == kind))
