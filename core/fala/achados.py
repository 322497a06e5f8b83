"""Answers given before the question: what a seller pastes at any moment of a sale, found and kept with its tipo.

`CEP 30140-071, CPF 529.982.247-25, plano 700, manhã` holds a CEP, a CPF, a number said of a plan, and a word that may
answer a question with options. `answer_from` finds the one that answers a question; whoever calls drops it from the
list, so that nothing is used twice.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from core.fala.intencoes import Certeza
from core.fala.leitura.leitura import read
from core.fala.lexico.texto import cleaned, plain
from core.fala.respostas.emendas import only_takes_back, said_instead
from core.fala.respostas.numeros import number_of
from core.fala.respostas.opcoes import choose
from core.fala.respostas.valores import Valor, dictated, find_values
from core.palavras import folded
from core.venda.respostas import Pergunta, TipoResposta

_T = TipoResposta
LIMIT = 2000
"""Characters that are searched; a longer paste is somebody else's document."""
LONGEST_PIECE = 60

# The surest first: digits that one takes, the next does not see.
_ORDER = (_T.EMAIL, _T.CNPJ, _T.CPF, _T.CEP, _T.TELEFONE, _T.DATA)
_KEYS = {"cpf": _T.CPF, "cnpj": _T.CNPJ, "cep": _T.CEP} | dict.fromkeys(("email", "mail"), _T.EMAIL)
_KEYS |= dict.fromkeys(
    ["tel", "telefone", "fone", "cel", "celular", "contato", "whats", "whatsapp", "zap"], _T.TELEFONE
)
_KEYS |= dict.fromkeys(("nascimento", "nasc", "data"), _T.DATA)
_OWN_MARKS = {_T.CPF: r"[.\-]", _T.CNPJ: r"[/.]", _T.CEP: "-", _T.TELEFONE: r"[()+ \-]", _T.DATA: ".", _T.EMAIL: "@"}
_KEY_BEFORE = re.compile(
    r"([a-z][a-z\-]*)(?:\s+(?:d[aeo]s?|do cliente|da cliente|dela|dele|e|eh|o|a|no|n))*\s*[:=\-–]?\s*\Z"
)
_LABEL = re.compile(r"\s*(?P<key>[a-z][a-z ]{1,24}?)\s*(?::|=|\be\b|\beh\b)\s*(?=\S)")
_PIECE = re.compile(r"[^,;\n|•·/]+")
_FIRST_PIECE = re.compile(r"[^,;\n]*")
_NUMBER_OF = re.compile(
    r"\b(?P<key>plano|velocidade|internet|vencimento|venc|dia|valor|pontos?|numero|num|nr|apto|apartamento|casa|lote|quadra"
    r"|taxa|mensalidade)(?: de| do| da|:| e| eh)* +(?:r\$ ?)?(?P<number>[0-9]+(?:[.,][0-9]+)*)"
)
_ONE_NUMBER = re.compile(
    r"(?:(?:o|a|e|eh|de|do|da|plano|so|quer|vai ser)\b ?)*[0-9][0-9.,]*(?: ?(?:megas?|mb|mbps|gigas?|gb|reais))?"
    r"(?: mesmo)?[ .!]*"
)
_ASKED = re.compile(r"[^,;.!?\n]*\?")
_IT_WAS = re.compile(r"(?:(?:nao|n|opa|ops|pera|perai|errei|na verdade|o certo|certo|digo|era|e|eh|foi)\b[ ,:.]*)+")
_BARE_VALUE = re.compile(r"[0-9][0-9 ./()-]{5,24}[.!]*")
# "01121990": somebody's birthday, without its marks.
_A_DAY = re.compile(r"(?:0[1-9]|[12][0-9]|3[01])(?:0[1-9]|1[0-2])(?:19|20)[0-9]{2}")
TURNO = "turno"
_WHO_WANTS = (
    r"(?:(?:ela|ele|client[ea]|vai|quer|quero|queria|querem|prefere|preferiu|escolheu|pode ser|melhor|seria|entao|e|eh"
    r"|so|pr?a|para)\b ?)*"
)
_THEN = r"(?: (?:mesmo|msm|pf|por favor|pr?a el[ea]))*"
_TURN = re.compile(
    rf"{_WHO_WANTS}(?:(?:de|da|a|na|no|pela|o|periodo da|turno da|com)\b ?)*"
    rf"(?P<turno>manha|manhazinha|tarde|tardinha|noite){_THEN}"
)
_PLAN = re.compile(
    rf"{_WHO_WANTS}(?P<of>(?:o|a|aquele|plano|o plano) de )?(?P<number>[0-9]{{3}}|[a-z]+(?: e [a-z]+)*?)"
    rf"(?P<size> ?(?:megas?|mb|mbps))?{_THEN}"
)
_LEAST_PLAN = 50
# A day of one of these is no other day.
_DAY_OF = re.compile(r"venc|nasc|inst|agend|emis|visit|pag")


@dataclass(frozen=True, slots=True)
class Achado:
    """A value found: `valor` in the form a robot gets, `texto` as typed, and its place in the cleaned text.

    `chave` is what was said before it ("plano", "nome", "vencimento"), small and without accents, or "".
    Tipo `TEXTO` is a piece that is nothing else: a name, a street, the word of an option.
    """

    tipo: TipoResposta
    valor: str
    texto: str
    inicio: int
    fim: int
    chave: str = ""


def extract_answers(text: str, today: date) -> tuple[Achado, ...]:
    """Everything in a text that may answer a question, in the order it was typed; nothing overlaps.

    Eleven bare digits may be a CPF or a phone, eight a CEP or a day: without a key or punctuation of its own such a
    value is left out, unless it can be only one. Of a CEP that is so where nothing stands beside it.
    """
    clean = cleaned(text)[:LIMIT]
    small = plain(clean)
    found: list[Achado] = []
    for tipo in _ORDER:
        for valor in find_values(tipo, clean, today) or _in_digits(tipo, clean, today):
            achado = _achado(tipo, valor, clean, small)
            if _is_sure(achado, clean, today) and _is_free(achado, found):
                found.append(achado)
    for more in (_numbers(clean, small), _pieces(clean, small)):
        found += [one for one in more if _is_free(one, found)]
    return tuple(sorted(found, key=lambda one: one.inicio))


def _in_digits(tipo: TipoResposta, clean: str, today: date) -> list[Valor]:
    """A document, digit by digit, as a phone's dictation writes it."""
    return dictated(tipo, clean, today) if tipo in (_T.CPF, _T.CNPJ) else []


def plan_or_turn(text: str) -> Achado | None:
    """ "O de trezentos", "500 mega", "de tarde", and nothing else: what of a plan or of the day it can only be."""
    clean = cleaned(text).strip(" .!")
    said = plain(clean)
    if (turn := _TURN.fullmatch(said)) is not None:
        return Achado(_T.TEXTO, turn["turno"], clean, 0, len(clean), TURNO)
    plan = _PLAN.fullmatch(said)
    if plan is None or not (plan["of"] or plan["size"]):
        return None
    size = int(plan["number"]) if plan["number"].isdecimal() else number_of(plan["number"].split()) or 0
    return Achado(_T.NUMERO, str(size), str(size), 0, len(clean), "plano") if size >= _LEAST_PLAN else None


def _achado(tipo: TipoResposta, valor: Valor, clean: str, small: str) -> Achado:
    before = _KEY_BEFORE.search(small[max(0, valor.inicio - 40) : valor.inicio])
    key = before[1].replace("e-mail", "email") if before is not None else ""
    texto = valor.valor if valor.ditado else clean[valor.inicio : valor.fim]
    return Achado(tipo, valor.valor, texto, valor.inicio, valor.fim, key)


def _is_sure(achado: Achado, clean: str, today: date) -> bool:
    """By its key, its own punctuation, or because it can be nothing else; a day that is asked about is no answer."""
    if achado.tipo is _T.DATA and _ASKED.match(clean, achado.fim):
        return False
    keyed = _KEYS.get(achado.chave)
    if keyed is not None:
        return keyed is achado.tipo
    if re.search(_OWN_MARKS[achado.tipo], achado.texto):
        return True
    others = (tipo for tipo in _ORDER if tipo is not achado.tipo)
    ambiguous = any(one.inicio == achado.inicio for tipo in others for one in find_values(tipo, clean, today))
    # Eight digits among words are any code; with nothing beside them they are a CEP.
    return not ambiguous and (
        achado.tipo is not _T.CEP or (achado.texto == clean.strip(" .!") and not _A_DAY.fullmatch(achado.valor))
    )


def _is_free(achado: Achado, found: Sequence[Achado]) -> bool:
    return not any(achado.inicio < one.fim and one.inicio < achado.fim for one in found)


def _numbers(clean: str, small: str) -> Iterator[Achado]:
    """Numbers that say what they are of."""
    for match in _NUMBER_OF.finditer(small):
        start, end = match.span("number")
        for valor in find_values(_T.NUMERO, match["number"], date.min):
            yield Achado(_T.NUMERO, valor.valor, clean[start:end], start, end, match["key"])


def _pieces(clean: str, small: str) -> Iterator[Achado]:
    """What stands between commas: a name after its label, the word of an option."""
    for match in _PIECE.finditer(clean):
        start, end = match.span()
        label = _LABEL.match(small[start:end])
        if label is not None:
            start += label.end()
        value = clean[start:end].strip(" .!")
        start += clean[start:end].find(value)
        says_something = any(char.isalnum() for char in value) and not only_takes_back(value)
        if says_something and len(value) <= LONGEST_PIECE:
            key = label["key"].strip() if label is not None else ""
            yield Achado(_T.TEXTO, value, value, start, start + len(value), key)


def with_later(kept: Sequence[Achado], found: Sequence[Achado]) -> list[Achado]:
    """What was given, and what is given now: of the same thing (a second "CEP", a second "plano") the later one."""
    again = {(one.tipo, one.chave) for one in found if one.tipo is not _T.TEXTO or one.chave}
    return [*(one for one in kept if (one.tipo, one.chave) not in again), *found]


def amendment(text: str, kept: Sequence[Achado], today: date) -> Achado | None:
    """ "Na verdade o de 700": a number said in the place of the only one that was given; it is of the same thing."""
    if (other := _same_again(text, kept, today)) is not None:
        return other
    numbers = [one for one in kept if one.tipo is _T.NUMERO]
    tail = said_instead(text)
    if tail is None or len(numbers) != 1 or _ONE_NUMBER.fullmatch(plain(tail)) is None:
        return None
    found = list(find_values(_T.NUMERO, tail, today))
    if len(found) != 1:
        return None
    return replace(numbers[0], valor=found[0].valor, texto=found[0].valor)


def _same_again(text: str, kept: Sequence[Achado], today: date) -> Achado | None:
    """ "Era 30140072", of the one document that it can be; None where it is none, or of several."""
    clean = cleaned(text).strip()
    lead = _IT_WAS.match(plain(clean))
    rest = clean[lead.end() :] if lead is not None else ""
    if _BARE_VALUE.fullmatch(rest) is None:
        return None
    values = [(one, valor) for one in kept if one.tipo in _OWN_MARKS for valor in find_values(one.tipo, rest, today)]
    if len(values) != 1:
        return None
    one, valor = values[0]
    return replace(one, valor=valor.valor, texto=rest.strip(" .!"))


def without_answers(text: str, achados: Sequence[Achado]) -> str:
    """What is left of a text when the values in it are taken out: "vender, cpf 529…, manhã" is "vender"."""
    clean = cleaned(text)
    first = _FIRST_PIECE.match(clean)
    assert first is not None
    for one in reversed(achados):
        start = one.inicio
        if one.tipo is not _T.TEXTO:
            before = _KEY_BEFORE.search(plain(clean[max(0, start - 40) : start]))
            if before is not None and (one.chave in _KEYS or one.tipo is _T.NUMERO):
                start = max(0, start - 40) + before.start()
        elif start < first.end():
            continue
        clean = clean[:start] + clean[one.fim :]
    return clean.strip(" ,;\n")


def answer_from(achados: Sequence[Achado], pergunta: Pergunta, today: date) -> tuple[Achado, str] | None:
    """The one found value that answers a question, and the answer; None when there is none, or two that differ.

    A question in free words is answered only by a piece whose label the question names ("nome: Ana", "Qual o
    nome?"); a yes or no by nothing that was said before it.
    """
    if pergunta.tipo is _T.OPCAO:
        fitting = [(one, resposta) for one in achados if (resposta := _option(one, pergunta, today)) is not None]
    elif pergunta.tipo is _T.TEXTO:
        fitting = [(one, one.valor) for one in achados if one.tipo is _T.TEXTO and _names(one, pergunta)]
    else:
        fitting = [(one, one.valor) for one in achados if one.tipo is pergunta.tipo and _is_about(one, pergunta)]
    return fitting[0] if len({resposta for _, resposta in fitting}) == 1 else None


def _names(achado: Achado, pergunta: Pergunta) -> bool:
    return bool(achado.chave) and re.search(rf"\b{re.escape(achado.chave)}\b", folded(pergunta.texto)) is not None


def _is_about(achado: Achado, pergunta: Pergunta) -> bool:
    """A number answers only the question that names what it is of; a day, none that names another day than its own."""
    asked = folded(pergunta.texto)
    if achado.tipo is _T.NUMERO:
        return achado.chave.rstrip("s") in asked
    return achado.tipo is not _T.DATA or not _DAY_OF.match(achado.chave) or achado.chave[:4] in asked


def _option(achado: Achado, pergunta: Pergunta, today: date) -> str | None:
    """By what only one option has; a bare place in the list means nothing before the list was seen."""
    if achado.tipo not in (_T.TEXTO, _T.NUMERO, _T.DATA):
        return None
    if achado.tipo is _T.NUMERO and float(achado.valor) <= len(pergunta.opcoes):
        return None
    typed = f"dia {achado.texto}" if achado.chave in ("dia", "vencimento", "venc") else achado.texto
    chosen = choose(read(typed, today), typed, pergunta.opcoes)
    sure = chosen is not None and chosen.certeza is Certeza.CERTA
    return pergunta.opcoes[chosen.indice].resposta if chosen is not None and sure else None
