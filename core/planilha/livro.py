"""A workbook opened for its rows alone. Imported when one is read, because openpyxl costs start-up time.

Programs that write workbooks write what a sheet looks like, who made it and when as they like, and Excel opens it.
openpyxl refuses the whole for one colour of three digits; here nothing of that is read.
"""

import zipfile
from typing import Any, BinaryIO

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import Stylesheet
from openpyxl.xml.constants import ARC_STYLE, ARC_WORKBOOK, SHEET_MAIN_NS
from openpyxl.xml.functions import fromstring

from core.planilha.planilhas import PlanilhaError

# What "Strict Open XML" calls everything otherwise; openpyxl finds nothing in it.
_STRICT = b"http://purl.oclc.org/ooxml/"
# Of the styles what says how numbers are shown: a day, or filled up with zeros.
_SHOWN = {f"{{{SHEET_MAIN_NS}}}{name}" for name in ("numFmts", "cellXfs")}


class _Livro(ExcelReader):  # type: ignore[misc]  # openpyxl has no types
    """Names of sheets, words, and the formats of numbers."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__(file, read_only=True, data_only=True, keep_links=False)
        self.valid_files = _with_strokes(self.archive)

    def read(self) -> None:
        self.read_manifest()
        self.read_strings()
        if _STRICT in self.archive.read(ARC_WORKBOOK):
            raise PlanilhaError("A pasta foi salva como «Strict Open XML». Salve como .xlsx comum e envie de novo.")
        self.read_workbook()
        _read_formats(self.archive, self.wb)
        self.read_worksheets()

    def read_chartsheet(self, sheet: Any, rel: Any) -> None:
        """It has no rows."""


def open_book(file: BinaryIO) -> Any:
    """The workbook. Raises whatever its XML and zip readers do; PlanilhaError for a kind that is not read."""
    livro = _Livro(file)
    livro.read()
    return livro.wb


def _with_strokes(archive: zipfile.ZipFile) -> list[str]:
    """The names of its parts: some programs part their folders by `\\`, as Windows does."""
    for part in archive.filelist:
        part.filename = part.filename.replace("\\", "/")
        archive.NameToInfo[part.filename] = part
    return [part.filename for part in archive.filelist]


def _read_formats(archive: zipfile.ZipFile, book: Any) -> None:
    try:
        root = fromstring(archive.read(ARC_STYLE))
    except KeyError:
        return
    for part in list(root):
        if part.tag not in _SHOWN:
            root.remove(part)
    for style in root.iter(f"{{{SHEET_MAIN_NS}}}xf"):
        number = style.get("numFmtId", "0")
        for name in list(style.keys()):
            del style.attrib[name]
        for part in list(style):
            style.remove(part)
        style.set("numFmtId", number)
    shown = Stylesheet.from_tree(root)
    if shown.cell_styles:
        book._number_formats, book._cell_styles = shown.number_formats, shown.cell_styles
        book._date_formats, book._timedelta_formats = shown.date_formats, shown.timedelta_formats
