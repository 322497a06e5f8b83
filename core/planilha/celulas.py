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
# `1.0` is a program's, `t` a database's, and marks stand for a box that is ticked.
_YES = (
    "sim", "s", "true", "verdadeiro", "v", "t", "1", "1.0", "1,0", "1.00", "1,00", "x", "\u2713", "\u2714",
    "\u2611", "\u2705", "ativo", "ativa", "ativado", "ativada", "habilitado", "habilitada", "yes", "y", "on",
)  # fmt: skip
_NO = (
    "nao", "n", "false", "falso", "f", "0", "0.0", "0,0", "0.00", "0,00", "\u2717", "\u2718", "\u2610",
    "\u274c", "inativo", "inativa", "desativado", "desativada", "desabilitado", "desabilitada", "no", "off",
)  # fmt: skip
_BOOLEANS = dict.fromkeys(_YES, True) | dict.fromkeys(_NO, False)
_PERFIS = {perfil.value.casefold(): perfil for perfil in Perfil}
_SCIENTIFIC = re.compile(r"([0-9])(?:[.,]([0-9]+))?[eE]\+?([0-9]{1,2})|[0-9](?:[.,][0-9]+)?[eE]-[0-9]{1,3}")
# As a workbook keeps a day or an hour, and as Excel writes them into a CSV: `01/02/2026`, `01/fev`, `fev/26`, `2-Mar`.
_MONTH = "(?:jan|fe[bv]|mar|a[bp]r|ma[iy]|jun|jul|a[gu][og]|se[tp]|o[cu]t|nov|de[cz])"
_DAY = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9:.]+)?|[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}|[0-9]{1,4}:[0-9]{2}(:[0-9]{2})?( [AP]M)?"
    rf"|[0-9]{{1,2}}[/-]{_MONTH}\.?([/-][0-9]{{2,4}})?|{_MONTH}\.?[/-][0-9]{{2,4}}",
    re.IGNORECASE,
)
# Likewise where every sign counts: only as a workbook keeps a day, and Excel a long number.
_A_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9:.]+)?")
_SHORTENED = re.compile(r"[0-9],[0-9]+E\+[0-9]{2}")
_A_DAY_INSTEAD = "a planilha transformou o valor em data; formate a coluna como texto e digite de novo"
_COVERED = re.compile("[*\u2022\u25cf\u26ab]{3,}")
_FORMULA = re.compile(r"=\s*[-+(@]?\s*(?:[A-Z_.]+\(|'?[\w .]+'?!|\$?[A-Z]{1,3}\$?[0-9]+\b)", re.IGNORECASE)
# A percentage, an amount of money, what is true, a part of one: none of them is what somebody typed for an account.
_MONEY = r"(?:[A-Z]{0,3}\$|[€£])"
_MADE = re.compile(
    rf"-?[0-9][0-9.,]* ?%|\(?-? ?{_MONEY} ?-?[0-9][0-9.,]*\)?|[0-9][0-9.,]* ?{_MONEY}|[0-9.]+,[0-9]+"
    r"|[0-9,]+,[0-9]+\.[0-9]+|verdadeiro|falso|true|false",
    re.IGNORECASE,
)
_FLOAT = re.compile(r"([0-9]+)[.,]0{1,2}|([0-9]{1,3}(?:\.[0-9]{3})+),0{1,2}|([0-9]{1,3}(?:,[0-9]{3})+)\.0{1,2}")
_FORCED_TEXT = re.compile(r'="([^"]*)"|=([0-9]*)')
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
    """A password, exactly as it is written; not one that a program covered, nor what a spreadsheet made of it."""
    if _COVERED.fullmatch(cell):
        raise ValueError("a senha está coberta por sinais; escreva a senha, ou deixe a célula vazia")
    if _A_DAY.fullmatch(cell):
        raise ValueError(_A_DAY_INSTEAD)
    if _SHORTENED.fullmatch(cell):
        raise LostDigitsError
    return _that_fits(cell)


def texto(cell: str) -> str:
    """Free text; without the `'` that an export of ours, or of another program, put before what begins a formula."""
    if _FORMULA.match(cell):
        raise ValueError("a planilha mostra a fórmula em vez do valor")
    return _that_fits(as_it_was(cell))


def _that_fits(cell: str) -> str:
    """What fits a column of the database."""
    if len(cell) > LIMIT:
        raise ValueError(f"passa de {LIMIT} caracteres")
    return cell


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
        raise ValueError(_A_DAY_INSTEAD)
    typed = _as_typed(cell)
    if not typed.isdecimal() and _MADE.fullmatch(typed):
        raise ValueError(
            "a planilha transformou o valor em porcentagem, dinheiro ou outra coisa; formate a coluna como texto"
            " e digite de novo"
        )
    return texto(typed)


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
        return found[1] or found[2] or ""
    if cell.startswith("'"):
        return cell[1:]
    if found := _FLOAT.fullmatch(cell):
        return re.sub("[.,]", "", found[1] or found[2] or found[3])
    found = _SCIENTIFIC.fullmatch(cell)
    if found is None:
        return cell
    first, rest, exponent = found[1], found[2] or "", int(found[3] or -1)
    if len(rest) != exponent:
        raise LostDigitsError
    return first + rest
