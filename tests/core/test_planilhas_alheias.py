"""Workbooks as other programs write them: Excel opens them, whatever is wrong with their looks, and so do we."""

import io
import re
import zipfile
from collections.abc import Callable

import openpyxl
import pytest

from core.cliente.planilha import CLIENTES
from core.planilha.abertura import open_file
from core.planilha.planilhas import PlanilhaError

HEADER = ["razao_social", "cnpj", "operadora", "conta"]
_STYLES, _SHEET, _BOOK = "xl/styles.xml", "xl/worksheets/sheet1.xml", "xl/workbook.xml"


def written(change: Callable[[str, bytes], bytes], name: Callable[[str], str] = str) -> bytes:
    """A workbook of one row, its account filled up with zeros by a format; each part changed, and named so."""
    book, plain, out = openpyxl.Workbook(), io.BytesIO(), io.BytesIO()
    book.worksheets[0].append(HEADER)
    book.worksheets[0].append(["Padaria", "11.222.333/0001-81", "VIVO", 123])
    book.worksheets[0]["D2"].number_format = "00000000"
    book.save(plain)
    with zipfile.ZipFile(plain) as packed, zipfile.ZipFile(out, "w") as target:
        for part in packed.namelist():
            target.writestr(name(part), change(part, packed.read(part)))
    return out.getvalue()


def at(part: str, pattern: bytes, new: bytes) -> Callable[[str, bytes], bytes]:
    """The change of one part."""
    return lambda name, text: re.sub(pattern, new, text, flags=re.DOTALL) if name == part else text


@pytest.mark.falha(589)
@pytest.mark.parametrize(
    "data",
    [
        written(at("docProps/core.xml", rb"2\d{3}-\d\d-\d\dT[\d:]+Z", b"ontem")),
        written(at(_STYLES, rb"<fills.*?</fills>", b'<fills><fill><patternFill patternType="nada"/></fill></fills>')),
        written(at(_STYLES, rb"<fonts.*?</fonts>", b'<fonts count="1"><font><color rgb="FFF"/></font></fonts>')),
        written(at(_STYLES, rb"<fonts.*?</fonts>", b'<fonts count="1"><font><family val="99"/></font></fonts>')),
        written(at(_STYLES, rb"<cellStyleXfs.*?</cellStyleXfs>", b"")),
        written(
            at(
                _SHEET,
                rb"</sheetData>",
                b'</sheetData><dataValidations><dataValidation type="nada" sqref="A1"/></dataValidations>',
            )
        ),
        written(at(_SHEET, rb"</sheetData>", b'</sheetData><conditionalFormatting sqref="?"/>')),
        written(lambda name, text: text, lambda name: name.replace("/", "\\")),
    ],
)  # fmt: skip
def test_what_a_sheet_looks_like_keeps_no_row_from_being_read(data: bytes) -> None:
    [planilha] = open_file(io.BytesIO(data), CLIENTES).chunks(10)
    assert [linha.valores["filtro"] for linha in planilha.linhas] == ["00000123"], "in the format of its cell"


@pytest.mark.falha(589)
def test_a_strict_workbook_is_called_what_it_is() -> None:
    main, strict = b"http://schemas.openxmlformats.org/spreadsheetml/2006", b"http://purl.oclc.org/ooxml/spreadsheetml"
    with pytest.raises(PlanilhaError, match="Strict Open XML"):
        open_file(io.BytesIO(written(lambda name, text: text.replace(main, strict))), CLIENTES)


@pytest.mark.falha(589)
def test_a_sheet_of_charts_is_passed_by() -> None:
    book, content = openpyxl.Workbook(), io.BytesIO()
    book.worksheets[0].append(HEADER)
    book.worksheets[0].append(["Padaria", "11.222.333/0001-81", "VIVO", "1"])
    book.create_chartsheet("Gráfico", 0)
    book.save(content)
    content.seek(0)
    [planilha] = open_file(content, CLIENTES).chunks(10)
    assert len(planilha.linhas) == 1


@pytest.mark.falha(595)
@pytest.mark.parametrize("value", [b"NaN", b"12,5", b"1E999", b"1.2.3", b"-"])
def test_a_cell_that_nobody_can_read_is_an_error_of_its_row_alone(value: bytes) -> None:
    cell = b'<c r="D2"><v>' + value + b"</v></c>"
    other = b'<row r="3">' + b"".join(
        b'<c r="%s3" t="str"><v>%s</v></c>' % one
        for one in ((b"A", b"Oficina"), (b"B", b"11.444.777/0001-61"), (b"C", b"VIVO"), (b"D", b"77"))
    )
    changed = at(_SHEET, rb'<c r="D2".*?</c></row>', cell + b"</row>" + other + b"</row>")
    [planilha] = open_file(io.BytesIO(written(changed)), CLIENTES).chunks(10)
    assert [linha.valores["filtro"] for linha in planilha.linhas] == ["77"]
    assert [(one.numero, one.motivo) for one in planilha.recusadas] == [
        (2, "filtro: a planilha mostra um erro em vez do valor")
    ]
