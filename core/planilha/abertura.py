"""A file as people save it, opened: encoding, separator, header and records of a CSV; the same of a workbook.

Failures 74 and 75: latin-1, cp1252, UTF-8 and UTF-16 with BOM; `;`, `,`, tab or `|`, whichever yields most known names.
"""

import codecs
import csv
import io
import re
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import chain, islice
from typing import BinaryIO

from core.palavras import trimmed
from core.planilha.cabecalho import ACIMA, is_header, known_in, name_of
from core.planilha.leitura import Fonte, Leitura, Registro
from core.planilha.pasta import Pasta
from core.planilha.planilhas import Column, PlanilhaError

SEPARATORS = (";", ",", "\t", "|")
_LONGEST_HEADER = 10_000
# A name may be broken over lines within its quotes.
_HEADER_LINES = 6
_PIECE = 1 << 20
_LONGEST_MARGIN = 256
_BOMS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe\x00\x00": "utf-32",
    b"\x00\x00\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
# Without one: which of the first four bytes are nothing where letters are written in two.
_HALVES = {"x0x0": "utf-16-le", "0x0x": "utf-16-be"}
_ASCII = bytes(range(128))
_WRITTEN = frozenset("áàâãäçéèêëíìïñóòôõöúùüÁÀÂÃÄÇÉÈÊËÍÌÏÑÓÒÔÕÖÚÙÜªº°§’‘“”–—•…")
_WORKBOOK = b"PK\x03\x04"
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
_NOT_CSV = {_OLD_WORKBOOK: "uma pasta do Excel", b"%PDF": "um PDF"}
# What a workbook with a password has within that format; nothing else of it can be read.
_LOCKED = "EncryptedPackage".encode("utf-16-le")
# What portals give out as `.xls`: a table of a page, or Excel's XML of 2003.
_PAGE = re.compile(rb"(\xef\xbb\xbf)?\s*<[a-z!?]", re.IGNORECASE)


def open_file(file: BinaryIO, columns: Sequence[Column]) -> Leitura:
    """The rows of a CSV or of a workbook's first sheet that has them. The file stays open while they are read.

    Raises PlanilhaError when it is neither, a needed column is missing, or one is unknown or there twice.
    """
    fonte: Fonte = Pasta(file, columns) if _begins(file) == _WORKBOOK else _Csv(file, columns)
    return Leitura(fonte, columns)


def header_of(file: BinaryIO, columns: Sequence[Column]) -> list[str]:
    """The names in its header, as columns are called; `columns`: any that it may have. Raises PlanilhaError."""
    fonte: Fonte = Pasta(file, columns) if _begins(file) == _WORKBOOK else _Csv(file, columns)
    return [name_of(cell) for cell in fonte.cabecalho]


def _begins(file: BinaryIO) -> bytes:
    begins = file.read(4)
    file.seek(0)
    return begins


class _Csv:
    """A CSV: its header, then its records."""

    def __init__(self, file: BinaryIO, columns: Sequence[Column]) -> None:
        encoding, self.total = _looked_through(file)
        self.ocultas = frozenset[int]()
        file.seek(0)
        lines = _text(file, encoding)
        head = list(islice(lines, ACIMA + _HEADER_LINES))
        self.cabecalho, self._separator, self._within, self._numero = _sniffed(head, columns)
        self._lines = chain(head[self._numero :], lines)

    def registros(self) -> Iterator[Registro]:
        """Each record: its first line (from 1), its cells, and why it cannot be read, if so.

        A record with broken quotes is refused as its first line alone, and reading goes on with the next line,
        so that one lost quotation mark does not swallow the rows after it.
        """
        begin, again, used = self._numero + 1, deque[str](), list[str]()

        def lines() -> Iterator[str]:
            while (line := again.popleft() if again else next(self._lines, None)) is not None:
                used.append(line)
                yield line

        while True:
            reader = csv.reader(lines(), delimiter=self._separator, strict=True, skipinitialspace=True)
            try:
                for cells in reader:
                    yield begin, self._unwrapped(cells), None
                    begin += len(used)
                    used.clear()
            except csv.Error:
                first, *rest = used
                again.extendleft(reversed(rest))
                used.clear()
                cells = first.rstrip("\n").split(self._separator)
                yield begin, cells, "há aspas abertas e não fechadas, ou fora do lugar"
                begin += 1
            else:
                return

    def _unwrapped(self, cells: list[str]) -> list[str]:
        """Of a line that is one cell, in quotes as a whole, the cells within it."""
        is_one = bool(cells) and self._within in cells[0] and not any(cells[1:]) and len(self.cabecalho) > 1
        return _split(cells[0], self._within) if is_one else cells


def _sniffed(head: Sequence[str], columns: Sequence[Column]) -> tuple[list[str], str, str, int]:
    """The header's cells, the separator, the one within lines that are in quotes, and the lines up to its end.

    The separator is the one that `sep=;` in the first line says, else whichever yields most known names.
    """
    declared = re.fullmatch(r'"?sep=(.)"?\s*', head[0], re.IGNORECASE) if head else None
    known = declared is not None and declared[1] in SEPARATORS
    separators = (declared[1],) if declared is not None and known else SEPARATORS
    written = [place for place in range(int(known), len(head)) if trimmed(head[place])][:ACIMA]
    if not written:
        raise PlanilhaError("O arquivo está vazio.")
    for place in written:
        line, end = _whole(head, place)
        cells, separator, within = _cells(line, separators, columns)
        if is_header(cells, columns, first=place == written[0]):
            return cells, separator, within, end
    line, end = _whole(head, written[0])
    return *_cells(line, separators, columns), end


def _whole(head: Sequence[str], place: int) -> tuple[str, int]:
    """The line there, with those that a name broken over several lines goes on in; and where the next one begins."""
    for end in range(place + 1, min(place + _HEADER_LINES, len(head)) + 1):
        line = "".join(head[place:end])
        if line.count('"') % 2 == 0:
            return line, end
    return head[place], place + 1


def _cells(line: str, separators: Sequence[str], columns: Sequence[Column]) -> tuple[list[str], str, str]:
    """The cells of a header, by the separator that yields most known names, then most of any; that, and the one within.

    Within a line that is one cell, as of a CSV that was opened in one column and saved anew, there is another one.
    """
    if len(line) > _LONGEST_HEADER:
        raise PlanilhaError("O arquivo não é um CSV: a primeira linha é longa demais.")

    def score(found: tuple[list[str], str, str]) -> tuple[int, int]:
        return known_in(found[0], columns), len(found[0])

    ways = [(_split(line, separator), separator, separator) for separator in separators]
    ways += [
        (_split(_alone(line, separator), within), separator, within)
        for separator in separators
        for within in SEPARATORS
        if line.startswith('"')
    ]
    return max(ways, key=score)


def _alone(line: str, separator: str) -> str:
    """Its one cell that has something, where that is the first; else nothing."""
    with suppress(csv.Error):
        for cells in csv.reader([line], delimiter=separator, strict=True):
            return "" if any(cells[1:]) else cells[0]
    return ""


def _text(file: BinaryIO, encoding: str) -> Iterator[str]:
    """Its lines. The file is left open: it is whoever's who opened it."""
    text = io.TextIOWrapper(file, encoding=encoding, newline=None)
    try:
        # Not `yield from`: that closes the text, and with it the file, when nobody reads on.
        while line := text.readline():
            # An old system ends a file with ^Z.
            yield line.rstrip("\x1a")
    finally:
        # Nothing is left to let go of where the file was closed first.
        with suppress(ValueError):
            text.detach()


def _split(line: str, separator: str) -> list[str]:
    return next(csv.reader(io.StringIO(line), delimiter=separator, skipinitialspace=True), [])


def _looked_through(file: BinaryIO) -> tuple[str, int]:
    """The file's encoding, and how many lines it has; read once from end to end, a piece at a time."""
    begins = _begins(file)
    if begins == _OLD_WORKBOOK and _holds(file, _LOCKED):
        raise PlanilhaError("A pasta do Excel tem senha. Tire a senha, ou salve a planilha como CSV, e envie de novo.")
    if _PAGE.match(file.read(_LONGEST_MARGIN)):
        raise PlanilhaError("O arquivo é uma página, não um CSV. Abra no Excel, salve como .xlsx e envie de novo.")
    file.seek(0)
    for magic, kind in _NOT_CSV.items():
        if begins.startswith(magic):
            raise PlanilhaError(f"O arquivo é {kind}, não um CSV. Salve a planilha como CSV e envie de novo.")
    named = next((name for bom, name in _BOMS.items() if begins.startswith(bom)), None)
    named = named or _HALVES.get("".join("0" if byte == 0 else "x" for byte in begins))
    for encoding in (named,) if named else ("utf-8", "cp1252", "latin-1"):
        try:
            lines = _lines_in(file, encoding)
            return (encoding if encoding in ("utf-8", named) else _of_one_byte(file, encoding)), lines
        except UnicodeDecodeError:
            file.seek(0)
    raise PlanilhaError("O arquivo está cortado ou corrompido. Salve-o de novo em CSV.")


def _holds(file: BinaryIO, wanted: bytes) -> bool:
    """Whether these bytes stand in it anywhere. It is left where it begins."""
    file.seek(0)
    left, found = b"", False
    while not found and (piece := file.read(_PIECE)):
        found = wanted in left + piece
        left = piece[-len(wanted) :]
    file.seek(0)
    return found


def _of_one_byte(file: BinaryIO, windows: str) -> str:
    """The one of Windows, or of Excel on a Mac: in whichever more of the signs beyond ASCII are what people write."""
    file.seek(0)
    counts: Counter[int] = Counter()
    while piece := file.read(_PIECE):
        counts.update(piece.translate(None, _ASCII))
    mac, ours = (
        sum(count for byte, count in counts.items() if bytes((byte,)).decode(encoding, "replace") in _WRITTEN)
        for encoding in ("mac_roman", windows)
    )
    return "mac_roman" if mac > ours else windows


def _lines_in(file: BinaryIO, encoding: str) -> int:
    decoder, count = codecs.getincrementaldecoder(encoding)(), 0
    while True:
        piece = file.read(_PIECE)
        text = decoder.decode(piece, final=not piece)
        if "\x00" in text:
            raise PlanilhaError("O arquivo não é um CSV de texto. Salve a planilha como CSV UTF-8.")
        count += text.count("\n") or text.count("\r")
        if not piece:
            return count
