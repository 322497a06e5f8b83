"""The text of a PDF's pages by pypdfium2, and the bars and QR codes drawn on them by zxing-cpp."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

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
_A_MARGIN = 30.0
"""Points by which a page may be cropped for its looks."""
_MOST_IMAGES = 200
_SPOKEN_OF = re.compile(
    r"(?i)pix|c[oó]digo de barras|linha digit|autentica[cç][aã]o mec|[0-9]{11}-[0-9] [0-9]{11}-[0-9]"
)


@dataclass(frozen=True)
class Paginas:
    """What pages show."""

    textos: tuple[str, ...]
    barras: tuple[str, ...]
    qrs: tuple[str, ...]
    # Something of them is outside of what a person sees.
    escondido: bool = False


def read_pages(content: bytes) -> Paginas:
    """Texts of all pages, codes of those where codes are looked for. Raises RefusedFileError when it is no PDF."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise RefusedFileError(Recusa.ILEGIVEL) from error
    with document:
        folhas = tuple(_folhas(document))
        pictures = [number for number, folha in enumerate(folhas) if folha.imagem]
        drawn = [
            code
            for number in _worth_rendering([folha.texto for folha in folhas], pictures)
            for code in _codes(document, number, folhas[number].imagem)
        ]
    bars, qrs = (_of(drawn, kind) for kind in (zxingcpp.BarcodeFormat.ITF, zxingcpp.BarcodeFormat.QRCode))
    return Paginas(tuple(one.texto for one in folhas), bars, qrs, any(one.escondida for one in folhas))


@dataclass(frozen=True)
class _Folha:
    """One page. `imagem`: it is a picture, as a scanner makes it, with a text laid under it or none."""

    texto: str
    imagem: bool
    escondida: bool


def _folhas(document: pypdfium2.PdfDocument) -> Iterator[_Folha]:
    left = _LONGEST
    for number in range(len(document)):
        seen = _uncropped(document, number)
        page = document[number]
        text = _text_of(page)[: min(_LONGEST_PAGE, left)].replace("\x00", "")
        left -= len(text)
        imagem = len(text.strip()) < _A_PICTURE or _is_scan(page)
        page.close()
        yield _Folha(text, imagem, seen is not None and len(text.strip()) >= len(seen.strip()) + _A_PICTURE)


def _uncropped(document: pypdfium2.PdfDocument, number: int) -> str | None:
    """Take the page's crop box away where it shows less than there is; then the text that a person sees of it.

    One that shows nothing of the page at all is none, as readers have it.
    """
    page = document[number]
    try:
        whole, box = page.get_mediabox(), page.get_cropbox()
        if all(abs(one - other) < _A_MARGIN for one, other in zip(whole, box, strict=True)):
            return None
        width, height = (min(whole[side + 2], box[side + 2]) - max(whole[side], box[side]) for side in (0, 1))
        seen = _text_of(page) if min(width, height) > 0 else None
        page.set_cropbox(*whole)
        return seen
    finally:
        page.close()


def _text_of(page: pypdfium2.PdfPage) -> str:
    textpage = page.get_textpage()
    try:
        return str(textpage.get_text_bounded())
    finally:
        textpage.close()


def _is_scan(page: pypdfium2.PdfPage) -> bool:
    """Whether one picture fills most of it."""
    width, height = page.get_size()
    for image in islice(page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=2), _MOST_IMAGES):
        left, bottom, right, top = image.get_bounds()
        if (right - left) * (top - bottom) > width * height / 2:
            return True
    return False


def _worth_rendering(textos: Sequence[str], pictures: Sequence[int]) -> list[int]:
    count = len(textos)
    spoken = [number for number, text in enumerate(textos) if _SPOKEN_OF.search(text)]
    usual = [*range(min(_FIRST, count)), *range(max(0, count - _LAST), count)]
    wanted = [*spoken, 0, *pictures] if spoken else [*usual, *pictures]
    return list(dict.fromkeys(wanted))[:_MOST_RENDERED]


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
