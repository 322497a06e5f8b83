"""Sheets as people keep them: a title above the header, notes on another sheet, names with remarks, cells in error."""

import io
from datetime import date, time
from typing import Any

import openpyxl
import pytest

from core.cliente.planilha import CLIENTES
from core.pessoa.planilha import USUARIOS
from core.planilha.abertura import open_file
from core.planilha.planilhas import Column, Linha, PlanilhaError, csv_bytes

HEADER = ["razao_social", "cnpj", "operadora"]
PADARIA = ["Padaria", "11222333000181", "VIVO"]
OFICINA = ["Oficina", "11444777000161", "VIVO"]


def workbook(*sheets: list[list[Any]]) -> bytes:
    """An .xlsx of these sheets, each its rows."""
    book = openpyxl.Workbook()
    for number, rows in enumerate(sheets):
        sheet = book.worksheets[0] if number == 0 else book.create_sheet()
        for row in rows:
            sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def text(*rows: list[str]) -> bytes:
    """The same rows as a CSV."""
    return "\n".join(";".join(row) for row in rows).encode()


def read(data: bytes, columns: tuple[Column, ...] = CLIENTES) -> tuple[list[Linha], list[str]]:
    """The rows of the file, and why others were refused."""
    [planilha] = open_file(io.BytesIO(data), columns).chunks(100)
    return list(planilha.linhas), [f"{one.numero} {one.motivo}" for one in planilha.recusadas]


@pytest.mark.falha(345)
@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (workbook([["Clientes de 2026"], [], HEADER, PADARIA, OFICINA]), [4, 5]),
        (text(["Clientes de 2026", "", ""], ["", "", ""], HEADER, PADARIA, OFICINA), [4, 5]),
        (text(["Emitido em 30/11; nome Ana"], HEADER, PADARIA, OFICINA), [3, 4]),
        (b"sep=,\nLista\n" + text(HEADER, PADARIA, OFICINA).replace(b";", b","), [4, 5]),
        (workbook([["Preencha a outra aba"]], [HEADER, PADARIA, OFICINA]), [2, 3]),
        (workbook([], [[], HEADER, PADARIA, OFICINA]), [3, 4]),
    ],
)
def test_the_header_is_found_where_the_sheet_has_it(data: bytes, lines: list[int]) -> None:
    linhas, refused = read(data)
    assert [linha.numero for linha in linhas] == lines, "counted as the file counts them"
    assert [linha.valores["razao_social"] for linha in linhas] == ["Padaria", "Oficina"]
    assert refused == []


@pytest.mark.falha(345)
def test_without_any_header_it_is_the_first_line_that_is_complained_about() -> None:
    for data in (text(PADARIA, OFICINA), workbook([PADARIA, OFICINA])):
        with pytest.raises(PlanilhaError, match="primeira linha não traz"):
            open_file(io.BytesIO(data), CLIENTES)


@pytest.mark.falha(345)
@pytest.mark.parametrize(
    "header",
    [
        ["Razão Social *", "CNPJ (obrigatório)", "Operadora:"],
        ["RAZÃO\nSOCIAL", "CNPJ\n(só números)", " operadora "],
    ],
)
def test_remarks_in_the_header_are_no_part_of_a_name(header: list[str]) -> None:
    quoted = [f'"{cell}"' for cell in header]
    for data in (workbook([header, PADARIA]), text(quoted, PADARIA)):
        [linha], refused = read(data)
        assert (linha.valores["cnpj"], refused) == (PADARIA[1], [])


@pytest.mark.falha(346)
@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#NOME?", "#DIV/0!"])
def test_an_error_of_the_spreadsheet_is_no_value(error: str) -> None:
    linhas, refused = read(workbook([HEADER, [error, *PADARIA[1:]], OFICINA]))
    assert len(linhas) == 1
    assert refused == ["2 razao_social: a planilha mostra um erro em vez do valor"]


@pytest.mark.falha(346)
def test_people_write_of_people_in_their_own_words() -> None:
    header = ["Nome", "Celular", "Perfil", "Situação"]
    rows = [
        ["Ana", "31988804001", "Vendedora", "Ativo"],
        ["Bia", "'31988804002", "aprovador(a)", "Inativa"],
        ["Eva", "(31) 98880-4003", "Administradora", "x"],
    ]
    linhas, refused = read(text(header, *rows), USUARIOS)
    said = [(linha.valores["perfil_usuario"], linha.valores["status_ativo"]) for linha in linhas]
    assert said == [("VENDEDOR", True), ("APROVADOR", False), ("ADMINISTRADOR", True)]
    assert refused == []


@pytest.mark.falha(404)
def test_an_account_of_which_a_spreadsheet_made_a_date_is_refused_and_a_name_is_kept_as_a_day() -> None:
    header = [*HEADER, "filtro", "unidade"]
    fevereiro = date(2026, 2, 1)
    dated: list[list[Any]] = [header, [*PADARIA, fevereiro, fevereiro], [*OFICINA, "01-02", "MATRIZ"]]
    linhas, refused = read(workbook(dated))
    assert [linha.valores["filtro"] for linha in linhas] == ["01-02"]
    assert refused == ["2 filtro: a planilha transformou o valor em data; formate a coluna como texto e digite de novo"]
    named: list[list[Any]] = [header, [*PADARIA, "7", fevereiro]]
    assert read(workbook(named))[0][0].valores["unidade"] == "2026-02-01"


def test_an_email_is_called_as_people_write_it() -> None:
    header = ["nome_completo", "telefone", "perfil_usuario", "E-mail"]
    linhas, refused = read(workbook([header, ["Ana", "5531988804000", "VENDEDOR", "ana@example.com"]]), USUARIOS)
    assert ([linha.valores["email"] for linha in linhas], refused) == (["ana@example.com"], [])


@pytest.mark.falha(406)
def test_direction_marks_that_come_with_what_is_copied_from_contacts_are_not_kept() -> None:
    header = ["nome_completo", "telefone", "perfil_usuario"]
    rows = [
        header,
        ["Ana\u202e Luz", "\u202a+55 31 98880-4000\u202c", "VENDEDOR"],
        ["\u200b", "5531988804001", "VENDEDOR"],
    ]
    linhas, refused = read(workbook(rows), USUARIOS)
    assert [(one.valores["nome_completo"], one.valores["telefone"]) for one in linhas] == [("Ana Luz", "5531988804000")]
    assert refused == ["3 nome_completo: não foi preenchido"]


def merged(rows: list[list[Any]], *ranges: str) -> bytes:
    """A workbook of one sheet in which these cells are merged."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    for one in ranges:
        sheet.merge_cells(one)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.falha(520)
def test_a_cell_that_is_merged_over_rows_counts_for_each_of_them() -> None:
    """As sheets are kept: the operadora and the login once, beside all the accounts that share them."""
    header = [*HEADER, "login", "senha"]
    rows = [
        [*PADARIA, "padaria@vivo", "s3nha"],
        ["Oficina", OFICINA[1], None, None, None],
        ["Mercado", "33000167000101", "CLARO", None, None],
        [],
    ]
    linhas, refused = read(merged([header, *rows], "C2:C3", "D2:D4", "E2:E3", "C5:C9"))
    found = [[one.valores[name] for name in ("operadora", "login_portal", "senha_portal")] for one in linhas]
    assert found == [
        ["VIVO", "padaria@vivo", "s3nha"],
        ["VIVO", "padaria@vivo", "s3nha"],
        ["CLARO", "padaria@vivo", None],
    ]
    assert refused == [], "a row of which nothing else is filled in is none"


@pytest.mark.falha(520)
def test_a_header_of_two_rows_is_read_as_one() -> None:
    rows = [[*HEADER, "Acesso", None], [None, None, None, "Login", "Senha"], [*PADARIA, "padaria@vivo", "s3nha"]]
    [linha], refused = read(merged(rows, "A1:A2", "B1:B2", "C1:C2", "D1:E1"))
    assert (linha.numero, linha.valores["login_portal"], linha.valores["senha_portal"]) == (3, "padaria@vivo", "s3nha")
    assert refused == []


@pytest.mark.falha(521)
def test_a_sheet_that_is_hidden_is_not_read() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook([HEADER, OFICINA], [HEADER, PADARIA])))
    book.worksheets[0].sheet_state = "hidden"
    book.active = 1
    content = io.BytesIO()
    book.save(content)
    linhas, refused = read(content.getvalue())
    assert ([one.valores["razao_social"] for one in linhas], refused) == (["Padaria"], [])


@pytest.mark.falha(527)
@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (123, "0000000000", "0000000123"),
        (12345, '0000"."0000\\-0', "000012345"),
        (123, "General", "123"),
        (123, "0.00", "123"),
        (12, "0", "12"),
    ],
)
def test_zeros_that_a_format_shows_are_digits_of_the_account(value: float, form: str, shown: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook([[*HEADER, "filtro"], [*PADARIA, value]])))
    book.worksheets[0]["D2"].number_format = form
    content = io.BytesIO()
    book.save(content)
    [linha], refused = read(content.getvalue())
    assert (linha.valores["filtro"], refused) == (shown, [])


@pytest.mark.falha(527)
@pytest.mark.parametrize("nothing", ["-", "--", "–", "N/A", "n/d", "null", "None", "nan"])
def test_what_people_and_programs_write_for_nothing_is_an_empty_cell(nothing: str) -> None:
    [linha], refused = read(text([*HEADER, "filtro", "cpf"], [*PADARIA, nothing, nothing]))
    assert (linha.valores["filtro"], linha.valores["cpf"], refused) == (None, None, [])
    linhas, refused = read(text(HEADER, [nothing, *PADARIA[1:]]))
    assert (linhas, refused) == ([], ["2 razao_social: não foi preenchido"])


@pytest.mark.falha(527)
def test_an_hour_that_a_spreadsheet_made_is_no_account() -> None:
    linhas, [why] = read(workbook([[*HEADER, "servico"], [*PADARIA, time(10, 20)]]))
    assert linhas == []
    assert "formate a coluna como texto" in why


@pytest.mark.falha(528)
@pytest.mark.parametrize("nome", ["São João Calçados", "PADARIA SÃO JOSÉ E CONFEITARIA", "Ótica Três Irmãos", "Açaí"])
def test_accents_of_a_mac_are_what_they_were(nome: str) -> None:
    rows = HEADER, [nome, *PADARIA[1:]]
    for encoding in ("mac_roman", "cp1252", "latin-1"):
        [linha], refused = read(text(*rows).decode().encode(encoding))
        assert (linha.valores["razao_social"], refused) == (nome, []), encoding


@pytest.mark.falha(528)
@pytest.mark.parametrize("nome", ["D’Ávila", "Joe’s Bar", "“Casa” – Móveis", "MÓVEIS CONDIÇÕES ÓTIMAS", "N° 1 ª º"])
def test_the_signs_of_windows_are_no_accents_of_a_mac(nome: str) -> None:
    [linha], refused = read(text(HEADER, [nome, *PADARIA[1:]]).decode().encode("cp1252"))
    assert (linha.valores["razao_social"], refused) == (nome, [])


@pytest.mark.falha(537)
@pytest.mark.parametrize(
    "cell", ["01/02/2026", "1/2/2026", "01/fev", "2-mar", "fev/26", "Feb-26", "10/out/2026", "02-Dec-2026"]
)
def test_an_account_of_which_excel_made_a_date_in_a_csv_is_refused(cell: str) -> None:
    linhas, refused = read(text([*HEADER, "filtro", "unidade"], [*PADARIA, cell, cell]))
    assert linhas == []
    assert refused == ["2 filtro: a planilha transformou o valor em data; formate a coluna como texto e digite de novo"]


@pytest.mark.falha(537)
@pytest.mark.parametrize("cell", ["01-02", "3/4", "123/2026", "1/2/26-9", "mar", "10-nova", "MAR/1"])
def test_an_account_with_dashes_or_strokes_is_no_date(cell: str) -> None:
    linhas, refused = read(text([*HEADER, "filtro"], [*PADARIA, cell]))
    assert ([linha.valores["filtro"] for linha in linhas], refused) == ([cell], [])


@pytest.mark.falha(538)
@pytest.mark.parametrize("name", ["=A1 Ltda", "+Saúde Ltda", "-10 Graus", "@Casa"])
def test_a_name_that_an_export_kept_from_being_a_formula_comes_back_as_it_was(name: str) -> None:
    linhas, refused = read(csv_bytes(HEADER, [[name, *PADARIA[1:]]]))
    assert ([linha.valores["razao_social"] for linha in linhas], refused) == ([name], [])
    by_hand = text([*HEADER, "senha"], ["'Dona Ana' Doces", *PADARIA[1:], "'=secret"])
    valores = read(by_hand)[0][0].valores
    assert valores["razao_social"] == "'Dona Ana' Doces"
    assert valores["senha_portal"] == "'=secret", "a password is what stands there"


@pytest.mark.falha(539)
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<html><table><tr><td>razao_social</td></tr></table></html>", "é uma página"),
        (b'\xef\xbb\xbf\r\n<?xml version="1.0"?><Workbook>', "é uma página"),
        (b"\xd0\xcf\x11\xe0" + bytes(2_000_000) + "EncryptedPackage".encode("utf-16-le"), "tem senha"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "é uma pasta do Excel"),
    ],
)
def test_what_only_is_named_like_a_spreadsheet_is_called_what_it_is(content: bytes, said: str) -> None:
    with pytest.raises(PlanilhaError, match=said):
        read(content)


@pytest.mark.falha(539)
@pytest.mark.parametrize("end", [b"\x1a", b"\r\n\x1a", b"\n\x1a\x1a"])
def test_what_an_old_system_ends_a_file_with_is_no_row(end: bytes) -> None:
    linhas, refused = read(text(HEADER, PADARIA) + end)
    assert (len(linhas), refused) == (1, [])
