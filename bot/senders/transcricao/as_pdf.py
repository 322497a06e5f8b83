"""A transcript as a document to read, print and keep ([decision 010](../docs/decisions/010-transcripts.md))."""

from io import BytesIO
from typing import Literal

from fpdf import FPDF
from PIL import Image

from bot.senders.pdf_fonts import FAMILY, add_fonts, readable
from dialogs.conversa.documento import Documento, LinhaLida
from storage.conversa.tipos import Autor

# More than that nobody reads, and a thread works on it for seconds; the CSV has everything.
LINES = 2000
# A picture is shown this large at most (millimetres), from so many pixels.
_SHOWN, _PIXELS = 70.0, 640
# A picture that claims more is not unpacked: 50 megapixels are 150 MB.
_LARGEST = 50_000_000
# What the channels carry as a picture; none of Pillow's forty other readers is given what a stranger sent.
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
_MARGIN, _LABEL = 18.0, 36.0
_GREY, _BLACK = (110, 110, 110), (20, 20, 20)
_COLOURS = {
    Autor.CLIENTE: (23, 92, 166),
    Autor.CONSULTOR: (30, 110, 60),
    Autor.BOT: _GREY,
    Autor.APLICATIVO: (30, 110, 60),
    Autor.NOTA: (150, 90, 0),
}
_NOTE_PAPER = (255, 245, 214)


def draw_pdf(documento: Documento, idioma: str) -> bytes:
    """The document. `idioma` is the language of its words.

    Takes about a second of CPU and more for long ones: not to be called in the event loop.
    """
    pdf = _Paper(documento, idioma)
    pdf.heading()
    for linha in documento.linhas[:LINES]:
        pdf.message(linha)
    if len(documento.linhas) > LINES:
        pdf.small("…")
    return bytes(pdf.output())


def thumbnail(content: bytes) -> bytes | None:
    """The picture as a small JPEG; None for what is no picture that can be shown."""
    try:
        with Image.open(BytesIO(content), formats=_FORMATS) as picture:
            if picture.width * picture.height > _LARGEST:
                return None
            # A JPEG is unpacked no larger than it will be shown.
            picture.draft("RGB", (_PIXELS, _PIXELS))
            picture.thumbnail((_PIXELS, _PIXELS))
            small = BytesIO()
            picture.convert("RGB").save(small, format="JPEG", quality=75)
            return small.getvalue()
    except Exception:
        # Whatever people send: each of Pillow's readers raises its own (SyntaxError, RuntimeError, struct.error, …).
        return None


class _Paper(FPDF):
    """A4, black on white, page numbers at the foot."""

    def __init__(self, documento: Documento, idioma: str) -> None:
        super().__init__(format="A4")
        self._documento = documento
        self._idioma = idioma
        self._dia = ""
        self.set_margins(_MARGIN, _MARGIN)
        self.set_auto_page_break(True, margin=_MARGIN)
        self._known = add_fonts(self)
        self.set_title(documento.titulo)
        self.set_lang(idioma.replace("_", "-"))
        self.set_creator("Balcão")
        self.add_page()

    def footer(self) -> None:
        self.set_y(-_MARGIN + 4)
        self._use(8, colour=_GREY)
        self.cell(0, 4, f"{self._documento.titulo} · {self.page_no()}/{{nb}}", align="R")

    def heading(self) -> None:
        self._use(17, "B")
        self._write(self._documento.titulo, 9)
        self._use(8, colour=_GREY)
        self._write(self._documento.rodape, 5)
        self.ln(3)
        for name, value in self._documento.fatos:
            self._use(9, colour=_GREY)
            self.cell(_LABEL, 5.5, self._readable(name))
            self._use(10)
            self.multi_cell(0, 5.5, self._readable(value), new_x="LMARGIN", new_y="NEXT", align="L")
        self.ln(2)

    def message(self, linha: LinhaLida) -> None:
        """One message; a new day is announced before it."""
        if linha.dia != self._dia:
            self._dia = linha.dia
            self.ln(3)
            self._use(9, "B", _GREY)
            self.multi_cell(0, 6, linha.dia, border="T", new_x="LMARGIN", new_y="NEXT")
        self.ln(1.5)
        # The name is not left alone at the foot of a page.
        if self.will_page_break(14):
            self.add_page()
        paper = linha.autor == Autor.NOTA
        self._use(9, "B", _COLOURS[linha.autor])
        self._write(f"{linha.hora}  {linha.quem}", 5, fill=paper)
        if linha.texto:
            self._use(10)
            self._write(linha.texto, 5, fill=paper)
        for beside in linha.beside:
            self.small(beside, fill=paper)
        if linha.imagem is not None:
            self._picture(linha.imagem)

    def small(self, text: str, *, fill: bool = False) -> None:
        self._use(8, colour=_GREY)
        self._write(text, 4.5, fill=fill)

    def _picture(self, jpeg: bytes) -> None:
        with Image.open(BytesIO(jpeg)) as picture:
            width, height = picture.size
        scale = _SHOWN / max(width, height)
        if self.will_page_break(height * scale + 2):
            self.add_page()
        self.image(BytesIO(jpeg), w=width * scale, h=height * scale)
        self.ln(1)

    def _use(self, size: float, style: Literal["", "B"] = "", colour: tuple[int, int, int] = _BLACK) -> None:
        self.set_font(FAMILY, style, size)
        self.set_text_color(*colour)

    def _write(self, text: str, height: float, *, fill: bool = False) -> None:
        self.set_fill_color(*_NOTE_PAPER)
        self.multi_cell(0, height, self._readable(text), fill=fill, new_x="LMARGIN", new_y="NEXT", align="L")

    def _readable(self, text: str) -> str:
        return readable(text, self._idioma, self._known)
