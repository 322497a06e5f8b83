"""The value of a typed answer inside its sentence: "meu cpf é 529.982.247-25" holds a CPF, to be read back."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from core.fala.lexico.texto import cleaned, plain
from core.fala.respostas.datas import find_dates
from core.fala.respostas.ditado import Ditado, dictated_address, dictated_digits
from core.fala.respostas.numeros import DOZENS, number_of
from core.fala.respostas.quantias import amounts_in
from core.palavras import trimmed
from core.venda.respostas import (
    TEXT_LIMIT,
    AnswerCode,
    InvalidAnswer,
    TipoResposta,
    check_cep,
    check_cnpj,
    check_cpf,
    check_date,
    check_email,
    check_number,
    check_phone,
    check_text,
)

_T = TipoResposta
_STARTS, _ENDS = r"(?<![\w./@-])", r"(?![\w/@-]|[.,][0-9])"
_CANDIDATES: dict[TipoResposta, re.Pattern[str]] = {
    _T.CPF: re.compile(rf"{_STARTS}[0-9]{{3}}[. ]?[0-9]{{3}}[. ]?[0-9]{{3}}[-. ]{{0,2}}[0-9]{{2}}{_ENDS}"),
    _T.CNPJ: re.compile(
        rf"{_STARTS}[0-9a-z]{{2}}[. ]?[0-9a-z]{{3}}[. ]?[0-9a-z]{{3}}[/ ]?[0-9a-z]{{4}}[- ]?[0-9]{{2}}{_ENDS}",
        re.IGNORECASE,
    ),
    _T.CEP: re.compile(rf"{_STARTS}[0-9]{{2}}\.?[0-9]{{3}}(?:[- ]| - )?[0-9]{{3}}{_ENDS}"),
    _T.TELEFONE: re.compile(
        rf"{_STARTS}(?:\+ ?|00 ?)?(?:55[ -]?)?\(?(?:0 ?(?:xx|XX|[1-9][0-9])? ?)?[1-9][1-9]\)?"
        rf"[ -]*9?[ .-]?[2-9][0-9]{{3}}[ .-]?[0-9]{{4}}{_ENDS}"
    ),
    _T.EMAIL: re.compile(r"[\w.%+'&=-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII),
    _T.NUMERO: re.compile(
        r"(?<![\w.,/@-])-?(?:R\$ ?)?[0-9]+(?:\.[0-9]{3})*(?:[.,][0-9]+)?(?![\w/@-]|[.,][0-9])", re.IGNORECASE
    ),
}
_CHECKS: dict[TipoResposta, Callable[[str], str]] = {
    _T.CPF: check_cpf,
    _T.CNPJ: check_cnpj,
    _T.CEP: check_cep,
    _T.TELEFONE: check_phone,
    _T.EMAIL: check_email,
    _T.NUMERO: check_number,
}
_OF_DIGITS = frozenset({_T.CPF, _T.CNPJ, _T.CEP, _T.TELEFONE})
_DOZEN = re.compile(rf"\b(?:{'|'.join(DOZENS)})\b")
# Day, month and year one after the other, as the number keys of a phone give them.
_BARE_DATE = re.compile(r"(?<![0-9])([0-9]{2}) ?([0-9]{2}) ?((?:19|20)[0-9]{2})(?![0-9])")
_WHOLE_DATE = re.compile(r"hoje|hj|ontem|amanha|[0-9]+[/.-][0-9]+[/.-][0-9]+")
_DENIED = re.compile(r"\b(?:nao|n|nunca|errado|ou|menos|exceto|antigo|antiga)\b")
_LEAD = re.compile(
    r"(?:(?:o|a|meu|minha|nosso|nossa|seu) )?(?:nome|razao social|endereco|complemento|bairro|cidade|rua"
    r"|(?:ponto de )?referencia)(?: completo| social)?(?: d[oae]s? ?[a-z]*)?(?: e|:| eh| seria| fica)+ *"
    r"|(?:eu )?me chamo |sou (?:o|a) |quem fala e (?:o|a)? ?|aqui e (?:o|a) "
)
_ASKS_A_NAME = re.compile(r"\b(?:nome|razao social|titular|name|nombre)\b(?! (?:do arquivo|da rua|do plano))")
# What is typed to get past a question.
_NO_NAME = re.compile(
    r"[^a-z]*|.|(?:(?:sem|nao tem|nao sei o|nao informado|o|meu|seu|no) )?(?:nome|name|nombre)"
    r"|null|none|nil|nan|undefined|n/?[ad]|(?:nao|n) (?:sei|tem|informado|informou|lembro)|vazio|nada"
    r"|(?P<one>.)(?P=one)+|asdf\w*|qwer\w*"
    r"|teste?s?|fulano(?: de tal)?|ciclano|beltrano|alguem|ninguem|anonim[oa]|desconhecid[oa]|pessoa|client[ea]"
    r"|bom dia|boa (?:tarde|noite)"
)
_ORNAMENT = re.compile("(?:[\\s\u2600-\u27bf\u2b50\u2b55\ufe0f\u200d\U0001f000-\U0001faff])+$")
_ARTICLES = frozenset({"um", "uma", "meia"})


@dataclass(frozen=True, slots=True)
class Valor:
    """A value in the form a robot gets it, and its place in the cleaned text (`texto.cleaned`).

    `ditado`: put together from words or loose digits, so that it is read back.
    """

    valor: str
    inicio: int
    fim: int
    ditado: bool = False


@dataclass(frozen=True, slots=True)
class Resposta:
    """The value of a typed answer; `recusa` says why there is none. `puro`: nothing else was said."""

    valor: str | None = None
    puro: bool = False
    recusa: AnswerCode | None = None


def find_values(tipo: TipoResposta, text: str, today: date) -> list[Valor]:
    """Every valid value of that tipo in a cleaned text, in order."""
    if tipo is _T.DATA:
        return [Valor(day.isoformat(), start, end) for start, end, day in find_dates(plain(text), today)]
    if tipo is _T.NUMERO and (amounts := amounts_in(text)):
        return [Valor(f"{one.valor:f}", one.inicio, one.fim, ditado=True) for one in amounts]
    found = list(_checked(tipo, text)) if tipo in _CANDIDATES else []
    return _in_words(text) if tipo is _T.NUMERO and not found else found


def dictated(tipo: TipoResposta, text: str, today: date) -> list[Valor]:
    """The values in what was dictated, where nothing stands written."""
    if tipo is _T.DATA:
        return list(_bare_dates(text, today))
    address = dictated_address(text) if tipo is _T.EMAIL else None
    digits = dictated_digits(text) if tipo in _OF_DIGITS else ()
    found: list[Valor] = []
    for one in (*digits, *([address] if address is not None else [])):
        found += _valid(tipo, one)
    return found


def _bare_dates(text: str, today: date) -> Iterator[Valor]:
    for match in _BARE_DATE.finditer(text):
        try:
            yield Valor(check_date("/".join(match.groups()), today=today).isoformat(), *match.span(), ditado=True)
        except InvalidAnswer:
            continue


def _valid(tipo: TipoResposta, one: Ditado) -> list[Valor]:
    try:
        return [Valor(_CHECKS[tipo](one.valor), one.inicio, one.fim, ditado=True)]
    except InvalidAnswer:
        return []


def _checked(tipo: TipoResposta, text: str) -> Iterator[Valor]:
    for match in _CANDIDATES[tipo].finditer(text):
        typed = match[0].rstrip(".") if tipo is _T.EMAIL else match[0]
        try:
            yield Valor(_CHECKS[tipo](typed), match.start(), match.start() + len(typed))
        except InvalidAnswer:
            continue


def _in_words(text: str) -> list[Valor]:
    """The longest runs of words that are numbers. "Um" may be an article: it counts only alone."""
    small = plain(text)
    if (dozen := _DOZEN.search(small)) is not None:
        return [Valor(str(DOZENS[dozen[0]]), *dozen.span())]
    words = [(match[0], *match.span()) for match in re.finditer(r"[a-z]+", small)]
    found: list[Valor] = []
    at = 0
    while at < len(words):
        end, number = _longest_number([word for word, _, _ in words[at:]])
        article = words[at][0] in _ARTICLES and end == 1 and len(words) > 1
        if number is not None and not article:
            found.append(Valor(str(number), words[at][1], words[at + end - 1][2]))
        at += max(end, 1)
    return found


def _longest_number(words: list[str]) -> tuple[int, int | None]:
    for end in range(min(len(words), 8), 0, -1):
        if (number := number_of(words[:end])) is not None:
            return end, number
    return 0, None


def answer(tipo: TipoResposta, text: str, today: date) -> Resposta:
    """What a sentence answers to a question of that tipo: the only value in it, unless it is denied or asked back."""
    clean = trimmed(cleaned(text))
    if not clean or len(clean) > TEXT_LIMIT:
        return Resposta(recusa=AnswerCode.TOO_LONG if clean else AnswerCode.EMPTY)
    if tipo is _T.TEXTO:
        return _free(clean)
    found = find_values(tipo, clean, today) or dictated(tipo, clean, today)
    if len({one.valor for one in found}) != 1:
        return Resposta(recusa=None if found else _why_not(tipo, clean))
    one = found[0]
    around = plain(f"{clean[: one.inicio]} {clean[one.fim :]}")
    if _DENIED.search(around):
        return Resposta()
    alone = not one.ditado and not re.search(r"\w|\?", around)
    return Resposta(one.valor, alone and _is_whole(tipo, plain(clean[one.inicio : one.fim])))


def is_no_name(pergunta: str, text: str) -> bool:
    """Whether a name is asked for and this is none: "-", "null", "xxx"."""
    asked = _ASKS_A_NAME.search(plain(cleaned(pergunta))) is not None
    return asked and _NO_NAME.fullmatch(plain(cleaned(text)).strip(" .,;:!-_*()")) is not None


def _is_whole(tipo: TipoResposta, typed: str) -> bool:
    """A day without its year, and a number in words, are read back too."""
    if tipo is _T.DATA:
        return _WHOLE_DATE.fullmatch(typed) is not None
    return tipo is not _T.NUMERO or typed[-1].isdecimal()


def _why_not(tipo: TipoResposta, text: str) -> AnswerCode | None:
    """Why what looks like the value is none; of a sentence without digits nothing can be said."""
    digits = re.search(r"[0-9](?:[0-9./\- ]*[0-9])?", text)
    if tipo is _T.DATA or (digits is None and "@" not in text):
        return None
    try:
        _CHECKS[tipo](text if tipo is _T.EMAIL or digits is None else digits[0])
    except InvalidAnswer as invalid:
        return invalid.code
    return None


def _free(clean: str) -> Resposta:
    try:
        check_text(clean)
    except InvalidAnswer as invalid:
        return Resposta(recusa=invalid.code)
    if not re.search(r"\w", clean):
        return Resposta()
    bare = _ORNAMENT.sub("", clean).strip()
    if bare != clean and bare:
        # A heart behind a name is for us, and not for the portal.
        return Resposta(bare, False)
    lead = _LEAD.match(plain(clean))
    rest = clean[lead.end() :].strip() if lead is not None else ""
    return Resposta(rest, False) if rest else Resposta(clean, True)
