"""CSV files: read as people save them, and written so that a spreadsheet program runs nothing in them.

Reading settles encoding, separator and header (contract §7, failures 74-76), hands out typed rows, and keeps
each refused one with its line and the reason in Portuguese. A reason names the column and never repeats the
cell, which may be a password in the wrong place.
"""

import csv
import io
import os
import re
import unicodedata
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from core.palavras import folded, trimmed
from core.planilha.celulas import booleano, email, identificador, perfil, telefone, texto
from core.telefones import same_person_forms
from core.venda.respostas import has_control
from storage.pessoa.perfil import Perfil

SEPARATORS = (";", ",", "\t")
_OURS = ("linha", "motivo")
_LONGEST_HEADER = 10_000
_BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_NOT_CSV = {b"PK\x03\x04": "uma pasta do Excel", b"\xd0\xcf\x11\xe0": "uma pasta do Excel", b"%PDF": "um PDF"}
_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")


class PlanilhaError(ValueError):
    """The file as a whole cannot be read; its message is a sentence in Portuguese for who sent it."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column a file may have.

    `parse` gets the trimmed cell, never empty, and raises ValueError with the reason in Portuguese. Two rows
    of one file with the same `key` of the value are one thing twice: the second is refused.
    """

    name: str
    parse: Callable[[str], object]
    required: bool = False
    key: Callable[[Any], Hashable] | None = None


@dataclass(frozen=True, slots=True)
class Linha:
    """An accepted row: its line in the file, from 1, and for each column its value or None."""

    numero: int
    valores: dict[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Recusada:
    """A refused row, its cells as they came."""

    numero: int
    motivo: str
    celulas: Sequence[str] = field(repr=False)


T = TypeVar("T")


@dataclass(slots=True)
class Planilha(Generic[T]):
    """What a file held: `linhas` to work on, `recusadas` to give back."""

    cabecalho: list[str]
    linhas: list[T] = field(default_factory=list)
    recusadas: list[Recusada] = field(default_factory=list)
    _celulas: dict[int, Sequence[str]] = field(default_factory=dict, repr=False)

    def refuse(self, numero: int, motivo: str) -> None:
        """Adds to the refused an accepted row that failed later, against the database for instance."""
        self.recusadas.append(Recusada(numero, motivo, self._celulas.get(numero, ())))

    def recusadas_csv(self) -> bytes:
        """The content of `ARQUIVO.recusadas.csv`: line, reason, and the cells as they came.

        Once corrected it can be sent as it is: the two first columns are passed over.
        """
        ordered = sorted(self.recusadas, key=lambda recusada: recusada.numero)
        rows = ([str(one.numero), one.motivo, *one.celulas] for one in ordered)
        return csv_bytes([*_OURS, *self.cabecalho], rows)


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV that a Brazilian Excel opens as it is: UTF-8 with BOM, `;`, every cell neutralised."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow([as_text_cell(cell) for cell in header])
    writer.writerows([as_text_cell(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig", "replace")


class CsvFile:
    """The same, written to a file row by row: what is written is not held."""

    def __init__(self, path: Path) -> None:
        """Readable by its owner only: rows may hold what is nobody else's."""
        opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        self._file = os.fdopen(opened, "w", encoding="utf-8-sig", errors="replace", newline="")
        self._writer = csv.writer(self._file, delimiter=";")

    def write(self, row: Sequence[str]) -> None:
        self._writer.writerow([as_text_cell(cell) for cell in row])

    def close(self) -> None:
        self._file.close()


def as_text_cell(cell: str) -> str:
    """The cell, with `'` before it when a spreadsheet would take it for a formula (OWASP, CSV injection)."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _as_it_was(cell: str) -> str:
    """A cell of a file we wrote, before `as_text_cell`."""
    return cell[1:] if cell[:1] == "'" and _FORMULA.match(cell) else cell


def read_rows(data: bytes, columns: Sequence[Column]) -> Planilha[Linha]:
    """The rows of a CSV file, typed and refused; 100,000 take about a second.

    Latin-1, cp1252, UTF-8 and UTF-16 with BOM; `;`, `,` or tab; header names in any order, case and accents.
    Blank lines are skipped; cells missing at the end are empty, as Excel leaves them out.
    Raises PlanilhaError when it is no CSV, a needed column is missing, or one is unknown or there twice.
    """
    lines = list(io.StringIO(_decoded(data), newline=None))
    start, separator = _sniffed(lines, columns)
    header = _split(lines[start] if start < len(lines) else "", separator)
    while header and not header[-1].strip():
        header.pop()
    reader = _Reader(columns, _plan(header, columns), len(header))
    kept = [i for i, cell in enumerate(header) if _name(cell) not in _OURS]
    came_from_us = len(kept) < len(header)
    planilha: Planilha[Linha] = Planilha([header[i].strip() for i in kept])
    for numero, cells, broken in _records(lines, start + 1, separator):
        if not any(map(str.strip, cells)):
            continue
        if came_from_us:
            cells = [_as_it_was(cell) for cell in cells]
        valores, motivos = reader.read(numero, cells) if broken is None else ({}, [broken])
        own = [cells[i] for i in kept if i < len(cells)] if came_from_us else cells
        if motivos:
            planilha.recusadas.append(Recusada(numero, "; ".join(motivos), own))
        else:
            planilha.linhas.append(Linha(numero, valores))
            planilha._celulas[numero] = own
    return planilha


def _decoded(data: bytes) -> str:
    for magic, kind in _NOT_CSV.items():
        if data.startswith(magic):
            raise PlanilhaError(f"O arquivo é {kind}, não um CSV. Salve a planilha como CSV e envie de novo.")
    encoding = next((name for bom, name in _BOMS.items() if data.startswith(bom)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as refused:
        if encoding != "utf-8":
            raise PlanilhaError("O arquivo está cortado ou corrompido. Salve-o de novo em CSV.") from refused
        text = _decoded_western(data)
    if "\x00" in text:
        raise PlanilhaError("O arquivo não é um CSV de texto. Salve a planilha como CSV UTF-8.")
    return text


def _decoded_western(data: bytes) -> str:
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _name(cell: str) -> str:
    """A header cell as a column name: `Nome Completo*` is nome_completo."""
    return re.sub(r"[\s\-]+", "_", folded(trimmed(cell).rstrip("*")))


def _sniffed(lines: Sequence[str], columns: Sequence[Column]) -> tuple[int, str]:
    """Where the header is (0-based) and the separator: the one that yields most known names."""
    start = next((i for i, line in enumerate(lines) if trimmed(line)), None)
    if start is None:
        raise PlanilhaError("O arquivo está vazio.")
    if len(lines[start]) > _LONGEST_HEADER:
        raise PlanilhaError("O arquivo não é um CSV: a primeira linha é longa demais.")
    declared = re.fullmatch(r'"?sep=(.)"?\s*', lines[start], re.IGNORECASE)
    if declared and declared[1] in SEPARATORS:
        return start + 1, declared[1]
    known = {column.name for column in columns}

    def score(separator: str) -> tuple[int, int]:
        names = _split(lines[start], separator)
        return sum(_name(name) in known for name in names), len(names)

    return start, max(SEPARATORS, key=score)


def _split(line: str, separator: str) -> list[str]:
    return next(csv.reader([line], delimiter=separator, skipinitialspace=True), [])


def _plan(header: Sequence[str], columns: Sequence[Column]) -> list[tuple[int, Column]]:
    """Which cell belongs to which column."""
    known = {column.name: column for column in columns}
    names = [_name(cell) for cell in header]
    expected = ", ".join(column.name + "*" * column.required for column in columns)
    if not known.keys() & set(names):
        raise PlanilhaError(f"A primeira linha não traz os nomes das colunas. São estas: {expected}.")
    for numero, name in enumerate(names, 1):
        if name not in known and name not in _OURS:
            raise PlanilhaError(f"Coluna {numero} desconhecida: «{name[:40]}». As colunas são: {expected}.")
        if name in names[: numero - 1]:
            raise PlanilhaError(f"A coluna {name} aparece duas vezes.")
    missing = [column.name for column in columns if column.required and column.name not in names]
    if missing:
        raise PlanilhaError(f"Falta a coluna {', '.join(missing)}. As colunas são: {expected}.")
    return [(i, known[name]) for i, name in enumerate(names) if name in known]


def _records(lines: Sequence[str], start: int, separator: str) -> Iterator[tuple[int, list[str], str | None]]:
    """Each record: its first line (from 1), its cells, and why it cannot be read, if so.

    A record with broken quotes is refused as its first line alone, and reading goes on with the next line,
    so that one lost quotation mark does not swallow the rows after it.
    """
    begin = start
    while begin < len(lines):
        position = begin
        rest = map(lines.__getitem__, range(begin, len(lines)))
        reader = csv.reader(rest, delimiter=separator, strict=True, skipinitialspace=True)
        try:
            for cells in reader:
                yield begin + 1, cells, None
                begin = position + reader.line_num
        except csv.Error:
            cells = lines[begin].rstrip("\n").split(separator)
            yield begin + 1, cells, "há aspas abertas e não fechadas, ou fora do lugar"
            begin += 1


@dataclass(slots=True)
class _Reader:
    """Turns cells into values, and remembers the keys it has seen."""

    columns: Sequence[Column]
    plan: Sequence[tuple[int, Column]]
    width: int
    seen: dict[tuple[str, Hashable], int] = field(default_factory=dict)

    def read(self, numero: int, cells: Sequence[str]) -> tuple[dict[str, Any], list[str]]:
        """The values by column name, and the reasons to refuse the row."""
        if any(map(str.strip, cells[self.width :])):
            return {}, [f"tem {len(cells)} células e o cabeçalho tem {self.width}"]
        plain = "".join(cells).isprintable()
        valores: dict[str, Any] = {column.name: None for column in self.columns}
        motivos: list[str] = []
        for i, column in self.plan:
            cell = cells[i].strip() if i < len(cells) else ""
            try:
                valores[column.name] = self._value(column, cell if plain else trimmed(cell))
            except ValueError as refused:
                motivos.append(f"{column.name}: {refused}")
        return valores, motivos or self._repeated(numero, valores)

    def _value(self, column: Column, cell: str) -> object:
        if not cell:
            if column.required:
                raise ValueError("não foi preenchido")
            return None
        if has_control(cell):
            raise ValueError("tem quebra de linha ou caractere de controle")
        return column.parse(cell if cell.isascii() else unicodedata.normalize("NFC", cell))

    def _repeated(self, numero: int, valores: Mapping[str, Any]) -> list[str]:
        keys = [
            (column.name, column.key(valores[column.name]))
            for _, column in self.plan
            if column.key is not None and valores[column.name] is not None
        ]
        repeated = [f"{key[0]}: repete o da linha {self.seen[key]}" for key in keys if key in self.seen]
        if not repeated:
            self.seen.update(dict.fromkeys(keys, numero))
        return repeated


@dataclass(frozen=True, slots=True)
class UsuarioRow:
    """A row of a usuarios file. None: the file does not say, so what is stored stays."""

    linha: int
    nome_completo: str
    telefone: str
    perfil_usuario: Perfil
    email: str | None = None
    tel_whatsapp: str | None = None
    matricula_pap: str | None = None
    senha_pap: str | None = field(default=None, repr=False)
    autorizar_venda_sem_auditoria: bool | None = None
    status_ativo: bool | None = None


USUARIOS = (
    Column("nome_completo", texto, required=True),
    Column("telefone", telefone, required=True, key=lambda digits: same_person_forms(digits)[0]),
    Column("perfil_usuario", perfil, required=True),
    Column("email", email),
    Column("tel_whatsapp", telefone),
    Column("matricula_pap", identificador),
    Column("senha_pap", texto),
    Column("autorizar_venda_sem_auditoria", booleano),
    Column("status_ativo", booleano),
)


def read_usuarios(data: bytes) -> Planilha[UsuarioRow]:
    """The rows of a usuarios file (contract §7); raises PlanilhaError as `read_rows` does."""
    read = read_rows(data, USUARIOS)
    linhas = [UsuarioRow(linha.numero, **linha.valores) for linha in read.linhas]
    return Planilha(read.cabecalho, linhas, read.recusadas, read._celulas)
