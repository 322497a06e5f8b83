"""What is compared: a month with another, or the operadoras of one. Nothing here does anything: it is shown."""

import re
from dataclasses import dataclass
from datetime import date

from core.fala.leitura.tempo import find_month
from core.fala.lexico.texto import LIMIT, cleaned, plain
from core.testemunha.meses import Mes

_COMPARES = re.compile(
    r"\b(?:compar\w+|diferenca|versus|vs|x|contra|do que|que (?:em )?|ou|aument\w+|subi\w+|cai\w+|caro|barato|mais"
    r"|menos|maior|menor"
    r"|gast\w+|e (?:o |a |em |de )?)\b"
)
_MONEY = re.compile(
    r"\b(?:compar\w+|quanto|deu|foi|foram|deram|car[ao]s?|barat[ao]s?|gast\w+|cust\w+|valor|total|pag\w+|mais|menos|maior|menor|diferenca"
    r"|aument\w+|subi\w+|cai\w+"
    r"|faturas?|contas?|x|vs|versus)\b"
)
_OTHER = re.compile(
    r"\b(?:vendas?|vend\w+|atendimentos?|logins?|presenca|relatorios?|backups?|aprov\w+|rejeit\w+"
    r"|venc\w+|baix\w+)\b"
)
_BY_OPERADORA = re.compile(
    r".*\b(?:(?:qual|que|quais|cada) (?:\w+ ){0,2}?operadoras?|(?:por|entre (?:as )?|ranking d[aeo]s? )operadoras?"
    r"|operadoras? (?:mais|menos|que mais|que menos|por valor))\b.*"
)
_HOW_MUCH = re.compile(
    r"\b(?:mais|menos|car[ao]s?|barat[ao]s?|pes\w+|gast\w+|cust\w+|valor|total|quanto|soma\w*|maior|menor|gast[ao]"
    r"|por|ranking|pag\w+)\b"
)


@dataclass(frozen=True, slots=True)
class Comparacao:
    """Two months, the older one first; or one, by operadora."""

    meses: tuple[Mes, ...]


def read_comparacao(text: str, today: date) -> Comparacao | None:
    """What is compared; None for any other text."""
    said = plain(cleaned(text)).strip() if len(text) <= LIMIT else ""
    if not said or _OTHER.search(said):
        return None
    meses = _months(said, today)
    if len(meses) == 2 and _COMPARES.search(said) and _MONEY.search(said):
        return Comparacao(tuple(sorted(meses, key=lambda one: one.competencia)))
    if len(meses) < 2 and _BY_OPERADORA.fullmatch(said) and _HOW_MUCH.search(said):
        return Comparacao((meses[0] if meses else Mes.of_date(today),))
    return None


def _months(said: str, today: date) -> list[Mes]:
    """Those that are named, each once."""
    found: list[Mes] = []
    while (month := find_month(said, today)) is not None and len(found) < 3:
        mes = Mes.of(month.mes)
        found += [] if mes in found else [mes]
        said = f"{said[: month.start]} ; {said[month.end :]}"
    return found
