"""What is asked about money: what a month came to, invoices above or below a value, the largest, what one decided.

Nothing here does anything: what is asked for is shown.
"""

import re
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum, auto

from core.fala.leitura.curtas import spelt
from core.fala.leitura.tempo import days_named, days_said, find_month
from core.fala.lexico.nomes import OPERADORAS
from core.fala.lexico.rodeios import heart_of, without_are
from core.fala.lexico.texto import LIMIT, cleaned, listed, plain
from core.fala.respostas.faixas import faixa_in


class Pergunta(StrEnum):
    """What is asked."""

    TOTAL = auto()
    """What a month came to; or the list on the screen."""
    FAIXA = auto()
    """Those whose value is in a range."""
    MAIORES = auto()
    MENORES = auto()


@dataclass(frozen=True, slots=True)
class PedidoDeValores:
    """`minimo`, `maximo`: in cents, both included. `resto`: the words that say of which month, status and client."""

    pergunta: Pergunta
    minimo: int | None = None
    maximo: int | None = None
    resto: str = ""
    da_lista: bool = False
    """No month and no invoice is named: of a list on the screen, if there is one."""


@dataclass(frozen=True, slots=True)
class Decididas:
    """What somebody asks about what they decided themselves, on days from `de` to `ate`; `todos`: what anybody did."""

    rejeitadas: bool
    de: date
    ate: date
    todos: bool = False


_LARGEST = re.compile(
    r"\b(?:as? |os? )?(?:[0-9]{1,2} )?"
    r"(?:maior(?:es)?(?! que| de)|mais (?:car[ao]|alt[ao]|pesad[ao])s?|largest|(?:gasta|paga|custa|cobra|deve) mais"
    r"|top [0-9]{1,2})\b"
)
_SMALLEST = re.compile(
    r"\b(?:as? |os? )?(?:[0-9]{1,2} )?(?:menor(?:es)?(?! que| de)|mais (?:barat[ao]|baix[ao])s?|smallest)\b"
)
_INVOICES = re.compile(
    r"\b(?:faturas?|fats?|contas?|boletos?|processos?|invoices?|facturas?|pendentes?|aprovar|aprovacao|valor(?:es)?)\b"
)
_MONEY = re.compile(r"r\$|\b(?:reais|real|contos?|pilas?|valor(?:es)?)\b")
_OF_OPERADORA = re.compile(rf"\b(?:com (?:a )?|d[aeo] |n[ao] |pra )(?:{'|'.join(sorted(OPERADORAS))})\b")
_OF_ONES = re.compile(
    r"(?:(?:me|mostra|mostre|abre|abra|abrir|ve|ver|veja|lista|so|quero|quais|qual|tem|e|cade|deixa eu ver|eh)[ ,]+)*"
    r"(?:top|as|os|a|o|alguma|algum|alguem|quais|qual|quantas|quantos|tudo|tem|so|somente|apenas|acima|abaixo|entre)\b"
)
_OTHER = re.compile(
    r"\b(?:vendas?|vend\w+|planos?|mega|internet|vendedor\w*|consultor\w*|atend\w+|acessos?|logins?|backups?|relatorios?"
    r"|agend\w+|usuarios?|fila|pausa|horas?|minutos?|dias?|aprov(?:a|e|o|ei)|rejeit\w+|reprov\w+|recus\w+|baix(?:a|e|ar)"
    r"|mand(?:a|e|ar)|envi(?:a|e|ar)|sobe)\b"
)
_HOW_MUCH = re.compile(
    r"(?:(?:ver|ve|da|mostra)[ ,]+)*"
    r"(?:(?:qto|qnto|quanto) (?:(?:e )?que )?"
    r"(?:(?:a gente|nos|a empresa|eu|ja|vai|vamos|ta|tem|tivemos|temos|isso|tudo) )*"
    r"(?:foi|deu|dando|dar|gast\w+|pag\w+|cust\w+|saiu|sai|ficou|ficar|veio|vieram|dev\w+|som\w+|totaliz\w+|de conta"
    r"|de fatura|de boleto|em conta|em dinheiro|reais|dinheiro)\b"
    r"|(?:(?:isso|tudo|ja|ta) )*(?:deu|foi|ficou|custou|saiu|veio|dando) (?:em )?(?:qto|qnto|quanto)\b"
    r"|(?:(?:o|a|os|um|uns|qto ta|quanto ta|quanto e|quanto esta|qual|"
    r"qual o|qual foi o|ver o) )*(?:total|soma|somatorio|gastos?|custos?|despesas?"
    r"|valor total|numeros?|resumo|balanco)\b)"
    r"(?P<rest>.*)"
)
# "Quanto dá isso tudo somado", "soma tudo aí": of whatever is shown.
_SHOWN = r"(?:isso|isto|tudo|todas|todos|elas|essas|esses|ess?a lista|a lista|da lista|dessa lista)"
_SUM = re.compile(
    rf"(?:qto|qnto|quanto) (?:{_SHOWN} )*(?:da|dao|deu|fica|ficou|vai dar|soma|somam)"
    rf"(?: {_SHOWN}| junt[ao]s?| somad[ao]s?| no total)+\W*"
    rf"|som(?:a|e|ar)(?: {_SHOWN})+\W*"
)
# What stands beside the question and says nothing.
_QUIET = frozenset(
    listed(
        "a o as os e em de do da dos das no na nos nas que q me mostra mostre mostrar ver ve lista so qual quais quanto"
        " quantas quantos tem ha alguma algum alguem tudo todas todos total geral ai la aqui por favor pf pfv reais r$"
        " real dinheiro gente fatura faturas fats conta contas boleto boletos valor valores telefone telefonia telecom"
        " foi deu dar pagar pago pagou gasto gastamos gastou ficou saiu custou pra para com eu nos ja esta estao estava"
        " ta tao abre abra abrir quero essa esse isso hoje agora mais ser sera eh foram cade mil top vem veio nisso ao"
        " invoices invoice the of mesmo temos tivemos por operadora operadoras soma somando"
    )
)
_DECIDED = re.compile(r"\b(?:(?P<sim>aprovei|autorizei|i approved)|(?P<nao>rejeitei|recusei|reprovei|i rejected))\b")
_US = r"(?:a gente|agente|(?:a |o )?(?:equipe|time|pessoal)|todo mundo)(?: ja)?"
# "Quantas faturas a gente aprovou hoje?"; "aprovadas hoje" only with its day: without one it is where they stand.
_DECIDED_BY_US = re.compile(
    rf"\b(?:(?P<sim>aprovamos|autorizamos|aprovaram|{_US} aprovou)|(?P<nao>rejeitamos|rejeitaram|{_US} rejeitou)"
    r"|(?P<foram_sim>aprovad[ao]s)|(?P<foram_nao>rejeitad[ao]s|recusad[ao]s))\b"
)
_ASKS_WHICH = re.compile(
    r"\b(?:quais|qual|quantas?|quantos?|qts|qtas|qto|o que|oque|oq|que|lista|mostra|mostre|ver|ve|historico"
    r"|which|what|how)\b"
)
_SLIP = re.compile(r"\b(?:errad[ao]|engano|sem querer|porque|pq|se|quem|nao|n|desfaz\w*|volta\w*)\b")


def read_valores(text: str, today: date) -> PedidoDeValores | None:
    """What is asked about money; None for any other text, and for what orders something."""
    said = plain(cleaned(text)).strip() if len(text) <= LIMIT else ""
    if not said or _OTHER.search(said) is not None:
        return None
    month = find_month(said, today)
    rest = said if month is None else f"{said[: month.start]} {said[month.end :]}"
    named = month is not None or _INVOICES.search(said) is not None or _OF_OPERADORA.search(said) is not None
    for read in (_in_a_range, _by_size, _total):
        if (found := read(rest.strip(), named=named)) is not None:
            of_month = month.mes if month is not None else ""
            return replace(found, resto=f"{found.resto} {of_month}".strip())
    return None


def _in_a_range(said: str, *, named: bool) -> PedidoDeValores | None:
    if (faixa := faixa_in(said)) is None:
        return None
    low, high, rest = faixa
    meant = named or not _bare(rest) or _MONEY.search(said) or _OF_ONES.match(said)
    return PedidoDeValores(Pergunta.FAIXA, low, high, _bare(rest)) if meant else None


def _by_size(said: str, *, named: bool) -> PedidoDeValores | None:
    if "operadora" in said:
        return None
    for pergunta, pattern in ((Pergunta.MAIORES, _LARGEST), (Pergunta.MENORES, _SMALLEST)):
        if pattern.search(said) is not None and (named or _OF_ONES.match(said)):
            rest = _bare(_SMALLEST.sub(" ", _LARGEST.sub(" ", said)))
            return PedidoDeValores(pergunta, resto=rest, da_lista=not named)
    return None


def _total(said: str, *, named: bool) -> PedidoDeValores | None:
    found = _HOW_MUCH.fullmatch(heart_of(said)) if named else None
    if found is not None:
        return PedidoDeValores(Pergunta.TOTAL, resto=_bare(found["rest"]))
    sums = not named and _SUM.fullmatch(heart_of(said)) is not None
    return PedidoDeValores(Pergunta.TOTAL, da_lista=True) if sums else None


def decididas_of(text: str, today: date) -> Decididas | None:
    """What of one's own decisions is asked: "quais eu aprovei?", "o que rejeitei ontem"; this month without a day."""
    said = spelt(plain(cleaned(text))).strip() if len(text) <= LIMIT else ""
    found = _DECIDED.search(said)
    if found is None:
        return _decided_by_us(said, today)
    if _SLIP.search(said) or not (_ASKS_WHICH.search(said) or said.endswith("?")):
        return None
    if re.search(r"\b(?:[ao] )?d[ao]s? [a-z]", said[found.end() :]) and find_month(said, today) is None:
        # "Aprovei a da oficina?"
        return None
    de, ate = days_said(said, today)
    return Decididas(found["nao"] is not None, de, ate)


def _decided_by_us(said: str, today: date) -> Decididas | None:
    found, days = _DECIDED_BY_US.search(said), days_named(said, today)
    asks = _ASKS_WHICH.search(said) is not None and _SLIP.search(said) is None
    if found is None or not asks or find_month(said, today) is not None:
        return None
    if days is None and (found["foram_sim"] or found["foram_nao"]):
        return None
    return Decididas(bool(found["nao"] or found["foram_nao"]), *(days or days_said(said, today)), todos=True)


def _bare(said: str) -> str:
    return " ".join(word for word in re.findall(r"[a-z0-9&/.-]+", without_are(said)) if word not in _QUIET)
