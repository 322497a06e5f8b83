"""One cell of a CSV file as a value, undoing what spreadsheet programs do to numbers when nothing is lost.

Each function gets a trimmed cell that is not empty and raises ValueError with the reason, in Portuguese and
without repeating the cell.
"""

import re
from functools import lru_cache

from core.palavras import folded
from core.planilha.planilhas import as_it_was
from core.telefones import digits_of
from core.venda.respostas import AnswerCode, InvalidAnswer, check_cnpj, check_cpf, check_email
from storage.pessoa.perfil import Perfil

LIMIT = 255
_BOOLEANS = {
    **dict.fromkeys(("sim", "s", "true", "verdadeiro", "1", "x", "ativo", "ativa", "yes", "y"), True),
    **dict.fromkeys(("nao", "n", "false", "falso", "0", "inativo", "inativa", "no"), False),
}
_PERFIS = {perfil.value.casefold(): perfil for perfil in Perfil}
_SCIENTIFIC = re.compile(r"([0-9])(?:[.,]([0-9]+))?[eE]\+?([0-9]{1,2})")
# As a workbook keeps a day or an hour, and as Excel writes them into a CSV: `01/02/2026`, `01/fev`, `fev/26`, `2-Mar`.
_MONTH = "(?:jan|fe[bv]|mar|a[bp]r|ma[iy]|jun|jul|a[gu][og]|se[tp]|o[cu]t|nov|de[cz])"
_DAY = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.]+)?|[0-9]{2}:[0-9]{2}:[0-9]{2}|[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}"
    rf"|[0-9]{{1,2}}[/-]{_MONTH}\.?([/-][0-9]{{2,4}})?|{_MONTH}\.?[/-][0-9]{{2,4}}",
    re.IGNORECASE,
)
_FLOAT = re.compile(r"([0-9]+)[.,]0{1,2}")
_FORCED_TEXT = re.compile(r'="?([^"]*)"?')
_PUNCTUATION = re.compile(r"[.\-/\s]+")
_DOCUMENT_REASONS = {
    AnswerCode.CPF_CHARS: "CPF só tem números",
    AnswerCode.CPF_LENGTH: "CPF tem 11 números",
    AnswerCode.CPF_DIGIT: "CPF inválido, os dígitos verificadores não conferem",
    AnswerCode.CNPJ_CHARS: "CNPJ só tem letras e números",
    AnswerCode.CNPJ_LENGTH: "CNPJ tem 14 letras e números",
    AnswerCode.CNPJ_DIGIT: "CNPJ inválido, os dígitos verificadores não conferem",
}


def senha(cell: str) -> str:
    """What fits a column of the database, exactly as it is written."""
    if len(cell) > LIMIT:
        raise ValueError(f"passa de {LIMIT} caracteres")
    return cell


def texto(cell: str) -> str:
    """Free text; without the `'` that an export of ours, or of another program, put before what begins a formula."""
    return senha(as_it_was(cell))


@lru_cache(maxsize=64)
def booleano(cell: str) -> bool:
    """sim/nao/true/false/1/0, VERDADEIRO/FALSO as a Brazilian Excel rewrites them, ativo/inativo, a cross."""
    value = _BOOLEANS.get(folded(cell))
    if value is None:
        raise ValueError("responda sim ou nao")
    return value


@lru_cache(maxsize=64)
def perfil(cell: str) -> Perfil:
    """A Perfil by its name, in any case; `Back Office` is BACKOFFICE, `Vendedora` and `vendedor(a)` VENDEDOR."""
    value = _PERFIS.get(re.sub(r"[\s_\-]|\(a\)$|(?<=or)a$", "", folded(cell)))
    if value is None:
        raise ValueError(f"perfil desconhecido, use {', '.join(Perfil)}")
    return value


def email(cell: str) -> str:
    """An e-mail address in lower case."""
    try:
        return check_email(cell)
    except InvalidAnswer:
        raise ValueError("e-mail inválido") from None


def telefone(cell: str) -> str:
    """Phone digits with country code."""
    try:
        return digits_of(_as_typed(cell))
    except ValueError as refused:
        if isinstance(refused, LostDigitsError):
            raise
        raise ValueError("telefone inválido, escreva com DDD") from None


def identificador(cell: str) -> str:
    """What names somebody elsewhere, such as a matrícula: a number that a spreadsheet made of it is undone.

    What it was before a workbook made a day or an hour of it (`01-02`, `3/4`, `10:20`) nobody knows.
    """
    if _DAY.fullmatch(cell):
        raise ValueError("a planilha transformou o valor em data; formate a coluna como texto e digite de novo")
    return texto(_as_typed(cell))


def inteiro(cell: str) -> int:
    """A whole number from 1."""
    digits = _as_typed(cell)
    if not re.fullmatch("[0-9]{1,18}", digits) or int(digits) == 0:
        raise ValueError("número inválido")
    return int(digits)


def cpf(cell: str) -> str:
    """The 11 digits of a CPF; eaten leading zeros come back if the check digits prove them."""
    digits = _as_typed(cell)
    try:
        return check_cpf(digits.zfill(11) if re.fullmatch("[0-9]+", digits) else digits)
    except InvalidAnswer as refused:
        raise ValueError(_DOCUMENT_REASONS[refused.code]) from None


def cnpj(cell: str) -> str:
    """The 14 characters of a CNPJ; eaten leading zeros come back if the check digits prove them.

    Eleven digits that are a right CPF too prove nothing, and are refused.
    """
    whole = re.fullmatch("[0-9A-Za-z]{14}", _PUNCTUATION.sub("", cell))
    digits = cell if whole else _as_typed(cell)
    try:
        if not re.fullmatch("[0-9]{1,13}", digits):
            return check_cnpj(digits)
        restored = check_cnpj(digits.zfill(14))
    except InvalidAnswer as refused:
        raise ValueError(_DOCUMENT_REASONS[refused.code]) from None
    if len(digits) == 11 and _is_cpf(digits):
        raise ValueError("parece um CPF; escreva o CNPJ com os 14 números")
    return restored


def _is_cpf(digits: str) -> bool:
    try:
        check_cpf(digits)
    except InvalidAnswer:
        return False
    return True


class LostDigitsError(ValueError):
    """A spreadsheet program rounded the number, and the digits that are gone cannot be known."""

    def __init__(self) -> None:
        super().__init__(
            "a planilha abreviou o número (como em 1,12E+13) e perdeu dígitos; formate a coluna como texto"
        )


def _as_typed(cell: str) -> str:
    """The digits that were typed into a cell that a spreadsheet turned into a number.

    `="0011"` and `'0011` are 0011, `123,00` is 123. Scientific notation is undone only when it shows every digit of the
    number; `1,12E+13` shows three of fourteen and raises LostDigitsError.
    """
    if found := _FORCED_TEXT.fullmatch(cell):
        return found[1]
    if cell.startswith("'"):
        return cell[1:]
    if found := _FLOAT.fullmatch(cell):
        return found[1]
    found = _SCIENTIFIC.fullmatch(cell)
    if found is None:
        return cell
    first, rest, exponent = found[1], found[2] or "", int(found[3])
    if len(rest) != exponent:
        raise LostDigitsError
    return first + rest
