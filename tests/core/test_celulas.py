"""One cell of a file, as its writer meant it, whatever a spreadsheet did to it."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from validate_docbr import CNPJ, CPF

from core.planilha.celulas import booleano, cnpj, cpf, perfil, telefone
from storage.pessoa.perfil import Perfil


@pytest.mark.falha(75)
@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("11.222.333/0001-81", "11222333000181"),
        ("12.abc.345/01de-35", "12ABC34501DE35"),
        ("191", "00000000000191"),
        ("00.000.000/0001-91", "00000000000191"),
        ("6990590000123", "06990590000123"),
        ("1,1222333000181E+13", "11222333000181"),
        ("1.1222333000181e13", "11222333000181"),
        ("6,990590000123E+12", "06990590000123"),
        ("11222333000181,00", "11222333000181"),
        ('="06990590000123"', "06990590000123"),
    ],
)
def test_a_cnpj_that_a_spreadsheet_changed_is_restored_when_provable(cell: str, value: str) -> None:
    assert cnpj(cell) == value


@pytest.mark.falha(75)
@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("1,12E+13", "perdeu dígitos"),
        ("1,12223E+13", "perdeu dígitos"),
        ("1,122233300018E+13", "perdeu dígitos"),
        ("1,12223330001811E+13", "perdeu dígitos"),
        ("1E+13", "perdeu dígitos"),
        ("6990590000124", "dígitos verificadores"),
        ("0", "dígitos verificadores"),
        ("1122233300018A", "dígitos verificadores"),
        ("112223330001811", "CNPJ tem 14"),
        ("1122233300018²", "letras e números"),
        ("isento", "CNPJ tem 14"),
    ],
)
def test_a_cnpj_that_cannot_be_proved_is_refused_never_guessed(cell: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        cnpj(cell)


@pytest.mark.falha(75)
def test_eleven_digits_that_are_a_cpf_too_are_not_taken_for_a_cnpj() -> None:
    both = next(number for number in _padded_cnpjs() if CPF().validate(number[3:]))
    with pytest.raises(ValueError, match="parece um CPF"):
        cnpj(both[3:])
    assert cnpj(both) == both


def _padded_cnpjs() -> list[str]:
    rule = CNPJ()
    bases = (f"000{n:05d}0001" for n in range(1, 20_000))
    return [
        base + first + rule._generate_second_digit(base + first)
        for base in bases
        for first in [rule._generate_first_digit(base)]
    ]


@pytest.mark.parametrize(
    ("parse", "cell", "value"),
    [
        (cpf, "529.982.247-25", "52998224725"),
        (cpf, "191", "00000000191"),
        (cpf, "5,2998224725E+10", "52998224725"),
        (telefone, "5,511987654321E+12", "5511987654321"),
        (telefone, "11987654321.0", "5511987654321"),
        (telefone, '="11987654321"', "5511987654321"),
        (booleano, "Verdadeiro", True),
        (booleano, "NÃO", False),
        (booleano, "1", True),
        (booleano, "0", False),
        (perfil, "backoffice", Perfil.BACKOFFICE),
    ],
)
def test_a_cell_is_read_as_its_writer_meant_it(parse: Callable[[str], object], cell: str, value: object) -> None:
    assert parse(cell) == value


@pytest.mark.parametrize(
    ("parse", "cell", "says"),
    [
        (cpf, "52998224724", "dígitos verificadores"),
        (cpf, "5,3E+10", "perdeu dígitos"),
        (cpf, "5299822472A", "só tem números"),
        (cpf, "529982247255", "11 números"),
        (telefone, "5,51199E+12", "perdeu dígitos"),
        (telefone, "ramal", "telefone inválido"),
        (booleano, "2", "sim ou nao"),
    ],
)
def test_a_cell_that_means_nothing_is_refused(parse: Callable[[str], object], cell: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        parse(cell)


@given(st.integers(1, 99_999_999), st.integers(1, 9_999))
@settings(database=None, deadline=None)
def test_leading_zeros_of_any_cnpj_come_back_unless_it_may_be_a_cpf(base: int, branch: int) -> None:
    rule = CNPJ()
    number = f"{base:08d}{branch:04d}"
    number += rule._generate_first_digit(number)
    number += rule._generate_second_digit(number)
    eaten = str(int(number))
    try:
        assert cnpj(eaten) == number
    except ValueError:
        assert len(eaten) == 11
        assert CPF().validate(eaten)
