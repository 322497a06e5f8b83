"""Workbooks made to be read for ever, or to fill the memory: each is refused with a sentence, soon (297)."""

import io
import time
import zipfile
from collections.abc import Iterator

import pytest

from core.operadora.importacao import OPERADORAS
from core.planilha.abertura import open_file
from core.planilha.planilhas import PlanilhaError

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_PARTS = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}sheet.main+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_RELATIONSHIPS}"><Relationship Id="r1" Type="{_DOCUMENT}/officeDocument"'
        ' Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_DOCUMENT}"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets>'
        "</workbook>"
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_RELATIONSHIPS}"><Relationship Id="r1" Type="{_DOCUMENT}/worksheet"'
        ' Target="worksheets/sheet1.xml"/></Relationships>'
    ),
}
_LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
HOSTILE = {
    "a row numbered beyond all sheets": ('<row r="999999999999"><c r="A1"><v>1</v></c></row>', ""),
    "rows as wide as a sheet can be": ("".join(f'<row r="{n}"><c r="XFD{n}"/></row>' for n in range(2, 3_000)), ""),
    "rows wider than that": ('<row r="2"><c r="ZZZZ2"><v>1</v></c></row>', ""),
    "a row of no number": ('<row r="dois"><c r="A2"><v>1</v></c></row>', ""),
    "entities that grow": (
        '<row r="2"><c r="A2"><v>&a9;</v></c></row>', f'<!DOCTYPE w [<!ENTITY a0 "ha">{_LAUGHS}]>',
    ),
    "an entity from a file": (
        '<row r="2"><c r="A2"><v>&x;</v></c></row>', '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    ),
    "one cell a hundred thousand times": ('<row r="2">' + '<c r="A2"><v>1</v></c>' * 600_000 + "</row>", ""),
}  # fmt: skip


def workbook(rows: str, doctype: str = "", dimension: str = "") -> bytes:
    """A sheet with the header of operadoras, then these rows as they are."""
    names = zip("ABC", ("nome", "codigo", "possui_rpa"), strict=True)
    header = "".join(f'<c r="{column}1" t="inlineStr"><is><t>{name}</t></is></c>' for column, name in names)
    sheet = f'<worksheet xmlns="{_MAIN}">{dimension}<sheetData><row r="1">{header}</row>{rows}</sheetData></worksheet>'
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in (_PARTS | {"xl/worksheets/sheet1.xml": doctype + sheet}).items():
            packed.writestr(name, part)
    return content.getvalue()


def row(numero: int, *cells: str) -> str:
    written = (
        f'<c r="{column}{numero}" t="inlineStr"><is><t>{cell}</t></is></c>'
        for column, cell in zip("ABC", cells, strict=False)
    )
    return f'<row r="{numero}">{"".join(written)}</row>'


def nomes(content: bytes) -> Iterator[str]:
    for piece in open_file(io.BytesIO(content), OPERADORAS).chunks(500):
        yield from (linha.valores["nome"] for linha in piece.linhas)


@pytest.mark.falha(297)
@pytest.mark.parametrize("kind", HOSTILE)
def test_it_is_refused_with_a_sentence_and_soon(kind: str) -> None:
    rows, doctype = HOSTILE[kind]
    content, began = workbook(rows, doctype), time.process_time()
    with pytest.raises(PlanilhaError):
        list(nomes(content))
    assert time.process_time() - began < 5


@pytest.mark.falha(297)
def test_rows_beyond_what_the_sheet_says_of_its_size_are_read_too() -> None:
    """Programs that write sheets say `A1`, or what it was before rows were added."""
    content = workbook(row(2, "Vivo", "VIVO", "sim") + row(3, "Oi", "OI", "nao"), dimension='<dimension ref="A1"/>')
    assert list(nomes(content)) == ["Vivo", "Oi"]


@pytest.mark.parametrize("result", ["", "<v/>", "<v></v>"])
def test_a_formula_that_nobody_has_calculated_refuses_its_row_and_is_no_empty_cell(result: str) -> None:
    """What programs write has no results before a spreadsheet saves it; an empty cell would leave what is stored."""
    formula = f'<c r="C2"><f>IF(1,"sim")</f>{result}</c>'
    content = workbook(row(2, "Vivo", "VIVO").replace("</row>", formula + "</row>") + row(3, "Oi", "OI", "nao"))
    (piece,) = open_file(io.BytesIO(content), OPERADORAS).chunks(500)
    assert [linha.valores["nome"] for linha in piece.linhas] == ["Oi"]
    (refused,) = piece.recusadas
    assert refused.motivo.startswith("possui_rpa: a fórmula está sem resultado")


def test_a_formula_with_an_empty_text_as_its_result_is_an_empty_cell() -> None:
    formula = '<c r="C2" t="str"><f>IF(1,"")</f><v></v></c>'
    content = workbook(row(2, "Vivo", "VIVO").replace("</row>", formula + "</row>"))
    assert list(nomes(content)) == ["Vivo"]


def test_rows_that_are_left_out_are_empty_ones() -> None:
    assert list(nomes(workbook(row(900, "Vivo", "VIVO", "sim")))) == ["Vivo"]
