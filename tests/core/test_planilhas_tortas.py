"""Sheets that went through other hands: other programs' columns, quotes and signs, and what becomes of a cell."""

import io
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest

from core.cliente.planilha import CLIENTES
from core.pessoa.planilha import USUARIOS
from core.planilha.abertura import open_file
from core.planilha.planilhas import Column, Linha, PlanilhaError

HEADER = ["razao_social", "cnpj", "operadora", "conta", "senha"]
PADARIA = ["Padaria", "11.222.333/0001-81", "VIVO", "0012", "x"]
OFICINA = ["Oficina", "11.444.777/0001-61", "VIVO", "77", "y"]


def workbook(*sheets: list[list[Any]]) -> bytes:
    """An .xlsx of these sheets, each its rows."""
    book = openpyxl.Workbook()
    for number, rows in enumerate(sheets):
        sheet = book.worksheets[0] if number == 0 else book.create_sheet(f"Aba {number + 1}")
        for row in rows:
            sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def text(*rows: list[str], separator: str = ";") -> bytes:
    """The same rows as a CSV."""
    return "".join(separator.join(row) + "\n" for row in rows).encode()


def read(data: bytes, columns: tuple[Column, ...] = CLIENTES) -> tuple[list[Linha], list[str]]:
    """The rows of the file, and why others were refused."""
    [planilha] = open_file(io.BytesIO(data), columns).chunks(100)
    return list(planilha.linhas), [f"{one.numero} {one.motivo}" for one in planilha.recusadas]


def names(data: bytes) -> list[str]:
    """Of every row, of which none is refused."""
    linhas, refused = read(data)
    assert refused == []
    return [str(linha.valores["razao_social"]) for linha in linhas]


@pytest.mark.falha(576)
@pytest.mark.parametrize(
    "cell",
    [
        "12%", "12,5 %", "R$ 12,00", "US$ 5.00", "12 €", "(R$ 12,00)", "VERDADEIRO", "False", "0,12", "1.234,56",
        "1e-07", "01:30", "12:00 AM",
    ],
)  # fmt: skip
def test_what_a_spreadsheet_made_of_an_account_is_refused(cell: str) -> None:
    linhas, [refused] = read(text(HEADER, [*PADARIA[:3], cell, "x"]))
    assert linhas == []
    assert refused.startswith("2 filtro: a planilha ")


@pytest.mark.falha(576)
@pytest.mark.parametrize("cell", [True, 0.12, 1.5, timedelta(hours=30), 1e-7])
def test_so_it_is_out_of_a_workbook(cell: object) -> None:
    linhas, [refused] = read(workbook([HEADER, [*PADARIA[:3], cell, "x"]]))
    assert linhas == []
    assert refused.startswith("2 filtro: a planilha ")


@pytest.mark.falha(576)
@pytest.mark.parametrize(
    ("cell", "read_as"),
    [("1.234.567,00", "1234567"), ("1,234,567.00", "1234567"), ("1.234.567", "1.234.567"), ("12,00", "12")],
)
def test_an_account_that_shows_every_digit_is_that_account(cell: str, read_as: str) -> None:
    [linha], refused = read(text(HEADER, [*PADARIA[:3], cell, "x"]))
    assert (linha.valores["filtro"], refused) == (read_as, [])


@pytest.mark.falha(577)
@pytest.mark.parametrize("inner", [";", ","])
@pytest.mark.parametrize("behind", ["", ";;;", ",,"])
def test_a_csv_whose_lines_are_in_quotes_as_a_whole_is_read(inner: str, behind: str) -> None:
    rows = [HEADER, ['""Padaria, do Zé""', *PADARIA[1:]], OFICINA]
    wrapped = "".join(f'"{inner.join(row)}"{behind}\n' for row in rows).encode()
    assert names(wrapped) == ["Padaria, do Zé", "Oficina"]


@pytest.mark.falha(577)
def test_its_header_may_be_without_them() -> None:
    assert names(b"razao_social;cnpj;operadora\n" + b'"Padaria;11.222.333/0001-81;VIVO"\n') == ["Padaria"]


@pytest.mark.falha(578)
@pytest.mark.parametrize(
    "cell", ["########", "#SPILL!", "#DESPEJAR!", "#CALC!", "#ERROR!", "#ERRO!", "Err:502", "Loading..."]
)
def test_what_any_spreadsheet_shows_for_an_error_is_no_account(cell: str) -> None:
    assert read(text(HEADER, [*PADARIA[:3], cell, ""]))[1] == [
        "2 filtro: a planilha mostra um erro em vez do valor"
    ]  # fmt: skip


@pytest.mark.falha(578)
@pytest.mark.parametrize("cell", ["=A1", "=PROCV(A2;Plan2!A:B;2;0)", "=Plan2!B7", "=+B2*2"])
@pytest.mark.parametrize("column", [0, 3])
def test_a_formula_that_was_saved_as_text_is_no_value(cell: str, column: int) -> None:
    row = [f'"{cell}"' if place == column else one for place, one in enumerate(PADARIA)]
    [refused] = read(text(HEADER, row))[1]
    assert refused.endswith("a planilha mostra a fórmula em vez do valor")


@pytest.mark.falha(578)
@pytest.mark.parametrize("cell", ["\\N", "(null)", "[NULL]", "<null>", "undefined", "NaT", "<NA>"])
def test_what_databases_write_for_nothing_is_an_empty_cell(cell: str) -> None:
    [linha], refused = read(text(HEADER, [*PADARIA[:3], cell, cell]))
    assert (linha.valores["filtro"], linha.valores["senha_portal"], refused) == (None, None, [])


@pytest.mark.falha(579)
@pytest.mark.parametrize(
    "data",
    [
        text(["", *HEADER], ["", *PADARIA], ["", *OFICINA]),
        text([*HEADER[:2], "", *HEADER[2:]], [*PADARIA[:2], "", *PADARIA[2:]], [*OFICINA[:2], " ", *OFICINA[2:]]),
        text(["", *HEADER], ["0", *PADARIA], ["1", *OFICINA], separator=","),
        text(["Unnamed: 0", *HEADER], ["0", *PADARIA], ["1", *OFICINA], separator=","),
        workbook([[None, *HEADER], [None, *PADARIA], [None, *OFICINA]]),
        workbook([[*HEADER, "Coluna1"], PADARIA, OFICINA]),
        text(HEADER, PADARIA, HEADER, OFICINA),
        text(HEADER, PADARIA) + b"\xef\xbb\xbf" + text(HEADER, OFICINA),
        text(["Razão Social", "C.N.P.J.", "Operadora."], PADARIA[:3], OFICINA[:3]),
        text(HEADER, PADARIA, OFICINA).decode().encode("utf-16-le"),
        text(HEADER, PADARIA, OFICINA).decode().encode("utf-16-be"),
        text(HEADER, PADARIA, OFICINA).decode().encode("utf-32"),
    ],
)
def test_margins_counts_and_glued_headers_of_other_programs_are_read(data: bytes) -> None:
    assert names(data) == ["Padaria", "Oficina"]


@pytest.mark.falha(579)
def test_what_stands_in_a_column_without_a_name_is_not_lost() -> None:
    data = text([*HEADER, "", "unidade"], [*PADARIA, "ligar antes", "Loja 1"], [*OFICINA, "", "Loja 2"])
    linhas, refused = read(data)
    assert [linha.valores["unidade"] for linha in linhas] == ["Loja 2"]
    assert refused == ["2 a coluna 6 não tem nome e traz um valor"]


@pytest.mark.falha(579)
def test_signs_that_a_workbook_has_no_room_for_are_what_they_were() -> None:
    assert names(workbook([HEADER, ["Padaria_x000D_", *PADARIA[1:]], ["A_x005F_x0041_B", *OFICINA[1:]]])) == [
        "Padaria",
        "A_x0041_B",
    ]


@pytest.mark.falha(579)
@pytest.mark.parametrize(
    ("cell", "value"),
    [("1.0", True), ("0,0", False), ("V", True), ("f", False), ("\u2713", True), ("desabilitada", False)],
)
def test_yes_and_no_of_other_programs_are_understood(cell: str, value: bool) -> None:
    data = text(["nome", "telefone", "perfil", "ativo"], ["Ana", "31988001001", "vendedor", cell])
    [linha], refused = read(data, USUARIOS)
    assert (linha.valores["status_ativo"], refused) == (value, [])


@pytest.mark.falha(580)
def test_rows_on_a_second_sheet_are_not_left_out_in_silence() -> None:
    with pytest.raises(PlanilhaError, match="mais de uma aba: «Sheet», «Aba 2»"):
        read(workbook([HEADER, PADARIA], [HEADER, OFICINA]))


@pytest.mark.falha(580)
@pytest.mark.parametrize(
    "other", [[HEADER], [["Instruções"], ["razao_social", "o nome"]], [["nome", "codigo"], ["VIVO", "VIVO"]]]
)
def test_a_sheet_without_rows_of_this_kind_is_none_of_them(other: list[list[Any]]) -> None:
    assert names(workbook([HEADER, PADARIA], other)) == ["Padaria"]


@pytest.mark.falha(581)
@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("********", "coberta por sinais"),
        ("\u2022" * 5, "coberta por sinais"),
        (date(1990, 5, 3), "em data"),
        ("1,23457E+11", "perdeu dígitos"),
    ],
)
def test_a_password_that_is_not_what_somebody_typed_is_not_kept(cell: object, says: str) -> None:
    linhas, [refused] = read(workbook([HEADER, [*PADARIA[:4], cell]]))
    assert linhas == []
    assert refused.startswith("2 senha_portal: ")
    assert says in refused


@pytest.mark.falha(581)
@pytest.mark.parametrize("cell", ["03/05/1990", "=abc(1", "1E5", "a**", "12%", "VERDADEIRO", "0012", "R$ 12,00"])
def test_a_password_stays_as_it_is_written(cell: str) -> None:
    [linha], refused = read(text(HEADER, [*PADARIA[:4], cell]))
    assert (linha.valores["senha_portal"], refused) == (cell, [])
