"""CSV files as people send them, and as we give them back."""

import csv
import io
import time
from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.pessoa.planilha import UsuarioRow
from core.planilha.celulas import cnpj, texto
from core.planilha.planilhas import Column, PlanilhaError, as_text_cell, csv_bytes
from core.venda.respostas import check_number
from storage.pessoa.perfil import Perfil
from tests.support.planilhas import read_rows, read_usuarios, recusadas_csv

HEADER = "nome_completo;telefone;perfil_usuario;email;autorizar_venda_sem_auditoria;status_ativo"
ROWS = [
    "José Conceição;+55 (11) 98765-4321;VENDEDOR;Jose@Exemplo.com;sim;true",
    "Ana Müller;31 3265-4321;Back Office;;NÃO;0",
]
EXPECTED = [
    UsuarioRow(
        linha=2,
        nome_completo="José Conceição",
        telefone="5511987654321",
        perfil_usuario=Perfil.VENDEDOR,
        email="jose@exemplo.com",
        autorizar_venda_sem_auditoria=True,
        status_ativo=True,
    ),
    UsuarioRow(
        linha=3,
        nome_completo="Ana Müller",
        telefone="553132654321",
        perfil_usuario=Perfil.BACKOFFICE,
        autorizar_venda_sem_auditoria=False,
        status_ativo=False,
    ),
]


def decimal(cell: str) -> Decimal:
    return Decimal(check_number(cell))


VALORES = (Column("nome", texto, required=True), Column("valor", decimal), Column("cnpj", cnpj))


def usuarios(*rows: str, header: str = HEADER) -> bytes:
    return "\n".join([header, *rows]).encode()


def refused(*rows: str, header: str = HEADER) -> list[tuple[int, str]]:
    return [(one.numero, one.motivo) for one in read_usuarios(usuarios(*rows, header=header)).recusadas]


def parsed_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


@pytest.mark.falha(74)
@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_encoding_separator_and_newline_do_not_change_the_rows(encoding: str, separator: str, newline: str) -> None:
    content = newline.join([HEADER, *ROWS, ""]).replace(";", separator)
    planilha = read_usuarios(content.encode(encoding))
    assert planilha.linhas == EXPECTED
    assert planilha.recusadas == []


@pytest.mark.falha(443)
@pytest.mark.parametrize("nome", ["José da Conceição", "Ângela Água", "Ítalo Única", "Açaí – “Órgão” R$ 5"])
def test_accents_that_a_program_read_wrongly_and_kept_so_are_what_they_were(nome: str) -> None:
    header, row = "nome;razão social;valor", f"{nome};{nome};1"
    columns = (VALORES[0], Column("razao_social", texto, required=True), VALORES[1])
    kept = "\n".join((header, row)).encode()
    try:
        mangled = kept.decode("cp1252")
    except UnicodeDecodeError:
        mangled = kept.decode("latin-1")
    (linha,) = read_rows(mangled.encode(), columns).linhas
    assert (linha.valores["nome"], linha.valores["razao_social"]) == (nome, nome)


@pytest.mark.falha(443)
def test_a_file_of_two_programs_keeps_the_accents_of_both() -> None:
    two = "nome\nJosé da Conceição\n".encode() + "Antônio Magalhães\nIRMÃ\u00a0SILVA\nSÃO JOÃO\n".encode("cp1252")
    names = [linha.valores["nome"] for linha in read_rows(two, VALORES).linhas]
    assert names == ["José da Conceição", "Antônio Magalhães", "IRMÃ\u00a0SILVA", "SÃO JOÃO"]


@pytest.mark.falha(74)
@pytest.mark.parametrize("cell", ["1.234,56", "1234,56", "1234.56", "R$ 1.234,56", '"1.234,56"', " 1.234,56\u00a0"])
@pytest.mark.parametrize("encoding", ["latin-1", "utf-8-sig"])
def test_a_decimal_with_comma_or_point_is_the_same_value(cell: str, encoding: str) -> None:
    planilha = read_rows(f"nome;valor\nJoão;{cell}".encode(encoding), VALORES)
    assert [linha.valores for linha in planilha.linhas] == [{"nome": "João", "valor": Decimal("1234.56"), "cnpj": None}]


def test_a_comma_file_with_quoted_decimals_is_sniffed_by_its_header() -> None:
    planilha = read_rows(b'valor,nome\n"1.234,56","Silva; Filhos"\n', VALORES)
    assert planilha.linhas[0].valores["nome"] == "Silva; Filhos"
    assert planilha.linhas[0].valores["valor"] == Decimal("1234.56")


@pytest.mark.parametrize(
    "header",
    [
        "Telefone;NOME COMPLETO*;Perfil Usuário",
        '"telefone"; "nome-completo"; PERFIL_USUARIO ;;',
        "sep=;\ntelefone;nome_completo;perfil_usuario",
        "\n\ntelefone;nome_completo;perfil_usuario",
    ],
)
def test_header_names_in_any_order_case_and_accents(header: str) -> None:
    planilha = read_usuarios(usuarios("11987654321;Ana;vendedor", header=header))
    assert [(row.nome_completo, row.telefone) for row in planilha.linhas] == [("Ana", "5511987654321")]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "vazio"),
        (b"\xef\xbb\xbf\r\n \r\n", "vazio"),
        (b"nome_completo;perfil_usuario\nAna;VENDEDOR", "Falta a coluna telefone"),
        (b"nome_completo;telefone;perfil_usuario;salario\n", "Coluna 4 desconhecida: «salario»"),
        (b"nome_completo;telefone;perfil_usuario;Telefone\n", "telefone aparece duas vezes"),
        (b"Ana;11987654321;VENDEDOR\n", "primeira linha"),
        (b'"' + b"x" * 200_000, "primeira linha"),
        (b"sep=;", "vazio"),
        (b"PK\x03\x04\x14\x00", "Excel"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "CSV"),
        (b"nome_completo;\x00\x00\n", "CSV"),
        (b"\xff\xfen\x00o", "cortado"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(data: bytes, says: str) -> None:
    with pytest.raises(PlanilhaError, match=says):
        read_usuarios(data)


def test_a_file_without_header_does_not_get_its_data_into_the_error() -> None:
    with pytest.raises(PlanilhaError) as error:
        read_usuarios(b"Ana;11987654321;VENDEDOR;s3nh4\n")
    assert "11987654321" not in str(error.value)
    assert "s3nh4" not in str(error.value)


def test_a_header_alone_is_a_file_with_no_rows() -> None:
    planilha = read_usuarios(usuarios())
    assert (planilha.linhas, planilha.recusadas) == ([], [])


@pytest.mark.falha(74)
@pytest.mark.parametrize(
    ("row", "motivo"),
    [
        (";11987654321;VENDEDOR", "nome_completo: não foi preenchido"),
        ("Ana;;VENDEDOR", "telefone: não foi preenchido"),
        ("Ana;98765-4321;VENDEDOR", "telefone: telefone inválido, escreva com DDD"),
        ("Ana;11987654321;GERENTE", "perfil_usuario: perfil desconhecido"),
        ("Ana;11987654321;VENDEDOR;ana@", "email: e-mail inválido"),
        ("Ana;11987654321;VENDEDOR;;talvez", "autorizar_venda_sem_auditoria: responda sim ou nao"),
        ("Ana;11987654321;VENDEDOR;;;;extra", "tem 7 células e o cabeçalho tem 6"),
        (f"{'a' * 256};11987654321;VENDEDOR", "nome_completo: passa de 255 caracteres"),
        ("A\x07na;11987654321;VENDEDOR", "nome_completo: tem quebra de linha ou caractere de controle"),
        ('"A\nna";11987654321;VENDEDOR', "nome_completo: tem quebra de linha ou caractere de controle"),
        ('"Ana "da Silva";11987654321;VENDEDOR', "há aspas abertas"),
    ],
)
def test_a_bad_row_is_refused_with_its_line_and_reason_and_the_next_one_is_kept(row: str, motivo: str) -> None:
    planilha = read_usuarios(usuarios(row, "Bia;11987651111;VENDEDOR"))
    assert [one.numero for one in planilha.recusadas] == [2]
    assert planilha.recusadas[0].motivo.startswith(motivo)
    assert [linha.nome_completo for linha in planilha.linhas] == ["Bia"]


def test_every_reason_of_a_row_is_given_at_once_and_none_repeats_a_cell() -> None:
    [(_, motivo)] = refused("Ana;senha-secreta;senha-secreta;senha-secreta;senha-secreta")
    assert motivo.count(";") == 3
    assert "senha-secreta" not in motivo


def test_a_quotation_mark_left_open_costs_its_own_line_only() -> None:
    rows = [f"Ana {i};1198765{i:04d};VENDEDOR" for i in range(5)]
    planilha = read_usuarios(usuarios(*rows[:2], '"Edu;11987659999;VENDEDOR', *rows[2:]))
    assert [linha.linha for linha in planilha.linhas] == [2, 3, 5, 6, 7]
    assert [one.numero for one in planilha.recusadas] == [4]


def test_a_cell_longer_than_any_column_costs_its_own_line_only() -> None:
    planilha = read_usuarios(usuarios(f"{'x' * 200_000};1;X", "Ana;11987654321;VENDEDOR"))
    assert [one.numero for one in planilha.recusadas] == [2]
    assert [linha.linha for linha in planilha.linhas] == [3]


def test_line_numbers_are_those_of_the_file() -> None:
    planilha = read_usuarios(usuarios("", '"A\nB\nC";1;X', ";;;;;", "Ana;11987654321;VENDEDOR", "Bia;1;VENDEDOR"))
    assert [one.numero for one in planilha.recusadas] == [3, 8]
    assert [linha.linha for linha in planilha.linhas] == [7]


@pytest.mark.parametrize(
    ("first", "second"),
    [("11987654321", "+55 (11) 98765-4321"), ("31 98880-4000", "553188804000")],
)
def test_the_second_row_of_a_telefone_is_refused_naming_the_first(first: str, second: str) -> None:
    assert refused(f"Ana;{first};VENDEDOR", f"Bia;{second};VENDEDOR") == [
        (3, "telefone: repete o da linha 2"),
    ]


def test_a_telefone_of_a_refused_row_is_still_free() -> None:
    planilha = read_usuarios(usuarios("Ana;11987654321;GERENTE", "Ana;11987654321;VENDEDOR"))
    assert [linha.linha for linha in planilha.linhas] == [3]


@pytest.mark.falha(76)
@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b"])
def test_a_cell_that_a_spreadsheet_would_run_is_written_as_text(start: str) -> None:
    cell = f"{start}cmd|' /C calc'!A0"
    assert as_text_cell(cell) == f"'{cell}"
    assert parsed_csv(csv_bytes([cell], [[cell]])) == [[f"'{cell}"], [f"'{cell}"]]


@pytest.mark.falha(76)
def test_refused_rows_come_back_neutralised_with_line_and_reason() -> None:
    planilha = read_usuarios(usuarios("=1+1;+55 11 98765-4321;GERENTE;@x;-1;\tok"))
    table = parsed_csv(recusadas_csv(planilha))
    assert table[0] == ["linha", "motivo", *HEADER.split(";")]
    assert table[1][0] == "2"
    assert table[1][2:] == ["'=1+1", "'+55 11 98765-4321", "GERENTE", "'@x", "'-1", "'\tok"]


def test_the_file_of_refused_rows_can_be_corrected_and_sent_again() -> None:
    header = "perfil_usuario;telefone;nome_completo;senha_pap"
    sent = read_usuarios(usuarios("VENDEDO;+55 11 98765-4321;Ana;'=S3nh4", header=header))
    corrected = recusadas_csv(sent).replace(b"VENDEDO;", b"VENDEDOR;")
    still_wrong = read_usuarios(recusadas_csv(sent))
    assert recusadas_csv(still_wrong) == recusadas_csv(sent)
    again = read_usuarios(corrected)
    assert again.recusadas == []
    assert [(row.telefone, row.senha_pap) for row in again.linhas] == [("5511987654321", "'=S3nh4")]


def test_a_row_refused_later_comes_back_with_its_cells_in_line_order() -> None:
    planilha = read_usuarios(usuarios("Ana;11987654321;VENDEDOR", "Bia;1;VENDEDOR"))
    planilha.refuse(planilha.linhas[0].linha, "email: já é de outra pessoa")
    assert [row[:3] for row in parsed_csv(recusadas_csv(planilha))[1:]] == [
        ["2", "email: já é de outra pessoa", "Ana"],
        ["3", "telefone: telefone inválido, escreva com DDD", "Bia"],
    ]


def test_a_password_is_not_shown_when_a_row_is_logged() -> None:
    [row] = read_usuarios(b"nome_completo;telefone;perfil_usuario;senha_pap\nA;11987654321;VENDEDOR;s3nh4").linhas
    assert row.senha_pap == "s3nh4"
    assert "s3nh4" not in repr(row)
    refused_too = read_usuarios(b"nome_completo;telefone;perfil_usuario;senha_pap\nA;1;VENDEDOR;s3nh4")
    assert "s3nh4" not in repr(refused_too)


def test_a_hundred_thousand_rows_take_seconds_not_minutes() -> None:
    rows = [f"José {i};11{900000000 + i};VENDEDOR;jose{i}@exemplo.com;sim;nao" for i in range(100_000)]
    data = usuarios(*rows)
    started = time.process_time()
    planilha = read_usuarios(data)
    assert time.process_time() - started < 10
    assert len(planilha.linhas) == 100_000


CELLS = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=20)


@given(rows=st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=8))
@settings(database=None, deadline=None)
def test_what_we_write_reads_back_with_no_cell_left_to_run(rows: Sequence[Sequence[str]]) -> None:
    table = parsed_csv(csv_bytes(["a", "b", "c"], rows))[1:]
    assert [[cell.removeprefix("'") if cell[:1] == "'" else cell for cell in row] for row in table] == [
        [cell.removeprefix("'") if as_text_cell(cell) == cell else cell for cell in row] for row in rows
    ]
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in table for cell in row)


@given(st.binary(max_size=300), st.sampled_from([b"", HEADER.encode() + b"\n", HEADER.encode("utf-16") + b"\n"]))
@settings(database=None, deadline=None)
def test_any_bytes_are_rows_or_refused_rows_or_a_clear_error(data: bytes, prefix: bytes) -> None:
    try:
        planilha = read_usuarios(prefix + data)
    except PlanilhaError:
        return
    assert all(one.motivo and one.numero > 1 for one in planilha.recusadas)
    recusadas_csv(planilha)
