"""The closing of a month as a document to print, sign and keep; its last page says what its history amounted to."""

from collections.abc import Sequence
from typing import Any, Literal
from zoneinfo import ZoneInfo

from fpdf import FPDF
from fpdf.enums import TableCellFillMode
from fpdf.fonts import FontFace

from bot.senders.pdf_fonts import FAMILY, add_fonts, readable
from bot.senders.relatorio.picture import COLOURS
from core.relatorio.fechamento import Fechamento
from core.relatorio.mes import Totais
from dialogs.processo.cartao import reais
from dialogs.relatorio.documento import Palavras, documento_of
from dialogs.relatorio.mes import variacao_text

_MARGIN = 16.0
_GREY, _BLACK, _LINE, _PAPER = (110, 110, 110), (20, 20, 20), (205, 210, 216), (243, 245, 248)


def draw_closing(fechamento: Fechamento, idioma: str, zone: ZoneInfo) -> bytes:
    """The document, in the language that is in use. `idioma`: the same, for whoever reads it aloud.

    Takes a second of CPU and more for large months: not to be called in the event loop.
    """
    words = documento_of(fechamento, zone)
    paper = _Paper(words, idioma)
    paper.heading()
    paper.bar(fechamento.figuras.tudo)
    paper.facts(words.fatos)
    paper.section(words.por_operadora)
    paper.rows(words.colunas, [_row(codigo, totais) for codigo, totais in _operadoras(fechamento, words)], "LRRRRR")
    if words.decisoes:
        paper.section(words.decididas)
        paper.rows(words.colunas_decisoes, words.decisoes, "LRR")
    if words.faltam:
        paper.section(words.ainda_faltam)
        paper.rows(words.colunas_faltam, words.faltam, "LLLLL", (22, 62, 34, 44, 16))
    paper.section(words.historico)
    paper.note(words.prova)
    return bytes(paper.output())


def _operadoras(fechamento: Fechamento, words: Palavras) -> Sequence[tuple[str, Totais]]:
    return [*fechamento.figuras.por_operadora.items(), (words.tudo, fechamento.figuras.tudo)]


def _row(codigo: str, totais: Totais) -> tuple[str, ...]:
    change = variacao_text(totais) or "–"
    return codigo, str(totais.total), str(totais.no_sat), reais(totais.valor), change, str(totais.atrasadas)


class _Paper(FPDF):
    """A4, black on white, page numbers at the foot."""

    def __init__(self, words: Palavras, idioma: str) -> None:
        super().__init__(format="A4")
        self._words = words
        self._idioma = idioma
        self.set_margins(_MARGIN, _MARGIN)
        self.set_auto_page_break(True, margin=_MARGIN)
        self._known = add_fonts(self)
        self.set_title(words.titulo)
        self.set_lang(idioma.replace("_", "-"))
        self.set_creator("Balcão")
        self.set_creation_date(words.feito_em)
        self.add_page()

    def footer(self) -> None:
        self.set_y(-_MARGIN + 4)
        self._use(8, colour=_GREY)
        self.cell(0, 4, f"{self._words.titulo} · {self.page_no()}/{{nb}}", align="R")

    def heading(self) -> None:
        self._use(19, "B")
        self.cell(0, 10, self._words.titulo, new_x="LMARGIN", new_y="NEXT")
        self._use(9, colour=_GREY)
        self.cell(0, 5, self._words.estado, new_x="LMARGIN", new_y="NEXT")
        self.ln(4)

    def bar(self, totais: Totais) -> None:
        """The way to SAT of all of them, as one bar with its legend."""
        left, top, width = self.l_margin, self.get_y(), self.epw
        for status, colour in COLOURS.items():
            part = width * totais.por_status[status] / max(totais.total, 1)
            self.set_fill_color(colour)
            self.rect(left, top, part, 7, style="F")
            left += part
        self.set_y(top + 10)
        self._use(8)
        for status, colour in COLOURS.items():
            self.set_fill_color(colour)
            self.rect(self.get_x(), self.get_y() + 1, 3, 3, style="F")
            self.set_x(self.get_x() + 4.5)
            text = f"{self._words.estados[status]}: {totais.por_status[status]}"
            self.cell(self.get_string_width(text) + 4, 5, text)
        self.ln(9)

    def facts(self, fatos: Sequence[tuple[str, str]]) -> None:
        for name, value in fatos:
            self._use(9, colour=_GREY)
            self.cell(48, 5.5, name)
            self._use(10)
            self.multi_cell(0, 5.5, self._readable(value), new_x="LMARGIN", new_y="NEXT", align="L")

    def section(self, text: str) -> None:
        if self.will_page_break(28):
            self.add_page()
        self.ln(5)
        self._use(12, "B")
        self.cell(0, 7, text, new_x="LMARGIN", new_y="NEXT")
        self.ln(1)

    def rows(
        self, head: Sequence[str], rows: Sequence[Sequence[str]], align: str, widths: Sequence[int] | None = None
    ) -> None:
        """Lines under each row; the head again on every page."""
        self._use(9)
        self.set_draw_color(*_LINE)
        self.set_fill_color(255, 255, 255)
        style: Any = FontFace(emphasis="BOLD", fill_color=_PAPER)
        with self.table(
            text_align=tuple(_ALIGN[letter] for letter in align),
            headings_style=style,
            borders_layout="HORIZONTAL_LINES",
            line_height=5.5,
            padding=1,
            col_widths=tuple(widths) if widths else None,
            cell_fill_mode=TableCellFillMode.NONE,
        ) as drawn:
            drawn.row([self._readable(cell) for cell in head])
            for row in rows:
                drawn.row([self._readable(cell) for cell in row])

    def note(self, text: str) -> None:
        self._use(8.5)
        self.multi_cell(0, 4.8, text, new_x="LMARGIN", new_y="NEXT", align="L")

    def _readable(self, text: str) -> str:
        return readable(text, self._idioma, self._known)

    def _use(self, size: float, style: Literal["", "B"] = "", colour: tuple[int, int, int] = _BLACK) -> None:
        self.set_font(FAMILY, style, size)
        self.set_text_color(*colour)


_ALIGN = {"L": "LEFT", "R": "RIGHT"}
