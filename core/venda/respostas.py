"""What a seller types back to a robot's question (core/venda/perguntas.py), checked by its tipo.

`check_answer` turns the typed text into the one form a robot gets, or raises `InvalidAnswer` with a code; the
sentence for the person belongs to the dialog. Neither codes nor messages repeat what was typed, which may be
a CPF. The check digits of CPF and CNPJ (letters allowed since July 2026) are validate-docbr's.
"""

import re
import unicodedata
from datetime import date, timedelta
from enum import StrEnum

import phonenumbers
from validate_docbr import CNPJ, CPF

from core.palavras import chosen_place, folded, trimmed
from core.telefones import BRAZIL, digits_of, same_person_forms
from core.venda.perguntas import Opcao as Opcao
from core.venda.perguntas import Pergunta as Pergunta
from core.venda.perguntas import TipoResposta as TipoResposta

TEXT_LIMIT = 1000
"""Characters of an answer; beyond it a portal's field cuts silently."""


class AnswerCode(StrEnum):
    """Why an answer was refused; the dialog has one kind sentence for each."""

    EMPTY = "empty"
    TOO_LONG = "too_long"  # params: limit
    TEXT_CONTROL = "text_control"
    CPF_CHARS = "cpf_chars"
    CPF_LENGTH = "cpf_length"
    CPF_DIGIT = "cpf_digit"
    CNPJ_CHARS = "cnpj_chars"
    CNPJ_LENGTH = "cnpj_length"
    CNPJ_DIGIT = "cnpj_digit"
    CEP_CHARS = "cep_chars"
    CEP_LENGTH = "cep_length"
    CEP_RANGE = "cep_range"
    PHONE_AREA = "phone_area"
    PHONE_FOREIGN = "phone_foreign"
    PHONE_INVALID = "phone_invalid"
    EMAIL_FORMAT = "email_format"
    DATE_FORMAT = "date_format"
    DATE_IMPOSSIBLE = "date_impossible"
    DATE_FUTURE = "date_future"
    NUMBER_FORMAT = "number_format"
    OPTION_UNKNOWN = "option_unknown"  # params: count
    OPTION_AMBIGUOUS = "option_ambiguous"  # params: count
    YES_NO = "yes_no"


class InvalidAnswer(Exception):
    """The typed answer does not fit the question. `params` fills the dialog's sentence."""

    def __init__(self, code: AnswerCode, **params: int) -> None:
        super().__init__(code.value)
        self.code = code
        self.params = params


def check_answer(pergunta: Pergunta, typed: str, *, today: date) -> str:
    """The value to send to the robot for what the seller typed; raises InvalidAnswer.

    Digits for CPF, CEP and telefone (with 55); 14 upper-case characters for CNPJ; ISO date; plain decimal
    text with `.`; the chosen option's id, or its text; `sim` or `nao`. `today` is the seller's business day.
    """
    text = trimmed(typed)
    if not text:
        raise InvalidAnswer(AnswerCode.EMPTY)
    if len(text) > TEXT_LIMIT:
        raise InvalidAnswer(AnswerCode.TOO_LONG, limit=TEXT_LIMIT)
    if pergunta.tipo not in _IN_WORDS:
        text = with_our_signs(text)
    if pergunta.tipo is TipoResposta.OPCAO:
        return chosen_option(pergunta.opcoes, text).resposta
    if pergunta.tipo is TipoResposta.DATA:
        return check_date(text, today=today, past=is_past(pergunta)).isoformat()
    return _CHECKS[pergunta.tipo](text)


# Free words go as they were typed; of what is chosen folding forgives more.
_IN_WORDS = frozenset({TipoResposta.TEXTO, TipoResposta.OPCAO, TipoResposta.SIM_NAO})
_AS_ON_A_KEYBOARD = {ord(char): "-" for char in "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"}
_AS_ON_A_KEYBOARD |= {ord(char): "/" for char in "\u2044\u2215\uff0f"}
_UNSEEN = re.compile("[\ufe00-\ufe0f]")


def with_our_signs(text: str) -> str:
    """A number or an address that was pasted, with the dashes, slashes and spaces of a keyboard and nothing unseen.

    Contacts wrap phones in direction marks, pages and PDFs have hyphens that do not break: nobody sees the difference.
    """
    if text.isascii():
        return text
    seen = (char for char in _UNSEEN.sub("", text).translate(_AS_ON_A_KEYBOARD) if unicodedata.category(char) != "Cf")
    return "".join(" " if unicodedata.category(char) == "Zs" else char for char in seen).strip()


def has_control(text: str) -> bool:
    """Whether the text holds a control character, a line break or half a surrogate pair."""
    return not text.isprintable() and any(unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"} for char in text)


def check_text(text: str) -> str:
    """One line of free text, as typed."""
    if has_control(text):
        raise InvalidAnswer(AnswerCode.TEXT_CONTROL)
    return text


# \d and str.isdigit take ² and full-width digits; [0-9] does not.
_CPF = re.compile(r"[0-9.\-\s]+")
_CNPJ = re.compile(r"[0-9A-Za-z./\-\s]+")
_CEP = re.compile(r"[0-9.\-\s]+")
_PUNCTUATION = re.compile(r"[./\-\s]+")
_cpf = CPF()
_cnpj = CNPJ()


def check_cpf(text: str) -> str:
    """The 11 digits of a CPF whose check digits are right."""
    digits = _PUNCTUATION.sub("", text)
    if not _CPF.fullmatch(text):
        raise InvalidAnswer(AnswerCode.CPF_CHARS)
    if len(digits) != 11:
        raise InvalidAnswer(AnswerCode.CPF_LENGTH)
    if not _cpf.validate(digits):
        raise InvalidAnswer(AnswerCode.CPF_DIGIT)
    return digits


def check_cnpj(text: str) -> str:
    """The 14 characters, upper-case, of a CNPJ whose check digits are right; numeric or alphanumeric."""
    if not _CNPJ.fullmatch(text):
        raise InvalidAnswer(AnswerCode.CNPJ_CHARS)
    characters = _PUNCTUATION.sub("", text).upper()
    if len(characters) != 14:
        raise InvalidAnswer(AnswerCode.CNPJ_LENGTH)
    if not _cnpj.validate(characters):
        raise InvalidAnswer(AnswerCode.CNPJ_DIGIT)
    return characters


def check_cep(text: str) -> str:
    """The 8 digits of a CEP; the lowest that exists is 01000-000 (Correios)."""
    if not _CEP.fullmatch(text):
        raise InvalidAnswer(AnswerCode.CEP_CHARS)
    digits = _PUNCTUATION.sub("", text)
    if len(digits) != 8:
        raise InvalidAnswer(AnswerCode.CEP_LENGTH)
    if digits < "01000000":
        raise InvalidAnswer(AnswerCode.CEP_RANGE)
    return digits


def check_phone(text: str) -> str:
    """The digits, with 55, of a Brazilian phone in service.

    A mobile copied from WhatsApp without the ninth digit gets it back: since 2016 all have it (Anatel).
    """
    try:
        digits = same_person_forms(digits_of(text))[0]
    except ValueError:
        local = re.fullmatch(r"9?[2-9][0-9]{7}", re.sub(r"[\s.\-]", "", text))
        raise InvalidAnswer(AnswerCode.PHONE_AREA if local else AnswerCode.PHONE_INVALID) from None
    if not digits.startswith(BRAZIL):
        meant = text.startswith(("+", "00"))
        raise InvalidAnswer(AnswerCode.PHONE_FOREIGN if meant else AnswerCode.PHONE_INVALID)
    if not phonenumbers.is_valid_number(phonenumbers.parse(f"+{digits}")):
        raise InvalidAnswer(AnswerCode.PHONE_INVALID)
    return digits


# What providers deliver to, narrower than RFC 5322: no quotes, no comments, no address literals.
_EMAIL = re.compile(
    r"(?=.{6,254}\Z)(?=[^@]{1,64}@)[a-z0-9_%+'&=-]+(?:\.[a-z0-9_%+'&=-]+)*"
    r"@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])"
)


def check_email(text: str) -> str:
    """A deliverable-looking e-mail address, in lower case."""
    address = text.lower()
    if not text.isascii() or not _EMAIL.fullmatch(address):
        raise InvalidAnswer(AnswerCode.EMAIL_FORMAT)
    return address


_DAYS = {"ontem": -1, "hoje": 0, "amanha": 1}
_DAY_FIRST = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
_YEAR_FIRST = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_SPACED = re.compile(r"\s*([/.-])\s*")
_YEARS = range(1900, 2101)
_YEARS_AHEAD = 20


def check_date(text: str, *, today: date, past: bool = False) -> date:
    """A day typed the Brazilian way (31/12/2026, 31-12-26), as ISO, or as hoje, amanhã, ontem.

    A year of two digits is the one at most 20 years ahead of `today`, else of the century before. `past`: the day is
    one that has been, as a birth is; then the year is never one that would still have to come.
    """
    day = _day_in(text, today, past=past)
    if past and day > today:
        raise InvalidAnswer(AnswerCode.DATE_FUTURE)
    return day


def _day_in(text: str, today: date, *, past: bool) -> date:
    if (offset := _DAYS.get(folded(text))) is not None:
        return today + timedelta(days=offset)
    text = _SPACED.sub(r"\1", text)
    if found := _DAY_FIRST.fullmatch(text):
        day, _, month, year = found.groups()
    elif found := _YEAR_FIRST.fullmatch(text):
        year, month, day = found.groups()
    else:
        raise InvalidAnswer(AnswerCode.DATE_FORMAT)
    if len(year) == 4:
        return _real_day(int(year), int(month), int(day))
    full_year = _of_two_digits(int(year), today)
    if past and (full_year, int(month), int(day)) > (today.year, today.month, today.day):
        full_year -= 100
    return _real_day(full_year, int(month), int(day))


def _real_day(year: int, month: int, day: int) -> date:
    if year not in _YEARS:
        raise InvalidAnswer(AnswerCode.DATE_IMPOSSIBLE)
    try:
        return date(year, month, day)
    except ValueError:
        raise InvalidAnswer(AnswerCode.DATE_IMPOSSIBLE) from None


def _of_two_digits(year: int, today: date) -> int:
    century = today.year - today.year % 100
    return century + year if century + year <= today.year + _YEARS_AHEAD else century - 100 + year


# What the question for such a day speaks of: a birth, the issue of a document, a foundation; in three languages.
_HAS_BEEN = re.compile(
    r"\b(?:nasc|nacim|naci|aniversari|birth|born|emissao|emitid|emision|expedi|issued|fundacao|fundad)"
)


def is_past(pergunta: Pergunta) -> bool:
    """Whether the question is for a day that has been, whatever it is called: nobody is born tomorrow."""
    return pergunta.tipo is TipoResposta.DATA and _HAS_BEEN.search(folded(pergunta.texto)) is not None


_GROUPED = re.compile(r"(-?)([1-9][0-9]{0,2}(?:\.[0-9]{3}){1,6})(?:,([0-9]{1,10}))?")
_PLAIN = re.compile(r"(-?)([0-9]{1,20})(?:[.,]([0-9]{1,10}))?")
_CURRENCY = re.compile(r"\A(-?)\s*R\$\s*", re.IGNORECASE)


def check_number(text: str) -> str:
    """A number as plain decimal text: `R$ 1.234,56` is `1234.56`.

    A point before groups of exactly three digits marks thousands, as Brazilians write it (`1.234` is 1234);
    any other single point is a decimal one (`10.5`).
    """
    bare = _CURRENCY.sub(r"\1", text)
    found = _GROUPED.fullmatch(bare) or _PLAIN.fullmatch(bare)
    if found is None:
        raise InvalidAnswer(AnswerCode.NUMBER_FORMAT)
    sign, whole, fraction = found.groups()
    value = whole.replace(".", "").lstrip("0") or "0"
    value = f"{value}.{fraction}" if fraction else value
    return value if not value.strip("0.") else sign + value


def chosen_option(opcoes: tuple[Opcao, ...], text: str) -> Opcao:
    """The option that a person typed: its label, its number on the screen (from 1), its id, or how it begins.

    In that order: of options called 1, 5, 10, typing 5 takes the one called 5. A beginning has at least three
    characters and fits only one. A tapped button needs none of this: take `opcoes[i]`.
    """
    place = chosen_place([opcao.texto for opcao in opcoes], text)
    if place is not None:
        return opcoes[place]
    typed = folded(text)
    labels = [folded(opcao.texto) for opcao in opcoes]
    for opcao in opcoes:
        if opcao.id == text:
            return opcao
    begun = [opcao for opcao, label in zip(opcoes, labels, strict=True) if label.startswith(typed)]
    if len(typed) < 3 or not begun:
        raise InvalidAnswer(AnswerCode.OPTION_UNKNOWN, count=len(opcoes))
    if len(begun) > 1:
        raise InvalidAnswer(AnswerCode.OPTION_AMBIGUOUS, count=len(opcoes))
    return begun[0]


_YES = frozenset({"sim", "s", "yes", "y", "si", "1"})
_NO = frozenset({"nao", "n", "no", "2"})


def check_yes_no(text: str) -> str:
    """`sim` or `nao`, from the word in the three languages, its initial, or the button's number."""
    typed = folded(text).rstrip(".!")
    if typed in _YES:
        return "sim"
    if typed in _NO:
        return "nao"
    raise InvalidAnswer(AnswerCode.YES_NO)


_CHECKS = {
    TipoResposta.TEXTO: check_text,
    TipoResposta.CPF: check_cpf,
    TipoResposta.CNPJ: check_cnpj,
    TipoResposta.CEP: check_cep,
    TipoResposta.TELEFONE: check_phone,
    TipoResposta.EMAIL: check_email,
    TipoResposta.NUMERO: check_number,
    TipoResposta.SIM_NAO: check_yes_no,
}
