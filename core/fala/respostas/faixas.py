"""A range of money in a sentence: "acima de 500", "entre 100 e 300 reais", "até mil"."""

import re

from core.fala.respostas.numeros import SPOKEN, number_of

_SPOKEN = "|".join(sorted({*SPOKEN, "mil"}, key=len, reverse=True))
_DIGITS = r"(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,9})(?:,[0-9]{1,2})?"


def _amount(name: str) -> str:
    return (
        rf"(?:r\$ ?)?(?:(?P<{name}>{_DIGITS})(?P<{name}_mil> ?mil\b| ?k\b)?|(?P<{name}_said>(?:{_SPOKEN})\b"
        rf"(?: (?:e )?(?:{_SPOKEN})\b)*))(?:(?: ?reais| ?real| ?contos?| ?pilas?| ?pau)\b)?(?![0-9.,]*[0-9])"
        r"(?! ?(?:%|dias?|horas?|h[rs]*\b|min|mes|meses|semanas?|faturas?|contas?|vezes|pessoas?|clientes?|mega|/|:))"
    )


_OVER = (
    r"(?:acima|maior(?:es)?|superior(?:es)?|mais|mais caras?|mais altas?|passa\w*|passou|ultrapass\w+|a partir"
    r"|over|above|more|pelo menos|no minimo|minimo)(?: d[eo]s?| que| than| a)?"
)
_UNDER = (
    r"(?:abaixo|menor(?:es)?|inferior(?:es)?|menos|mais baratas?|ate|no maximo|maximo|under|below|less)"
    r"(?: d[eo]s?| que| than| a)?"
)
_BETWEEN = re.compile(
    rf"\b(?:entre {_amount('low')} (?:e|a|ate)|(?:de|between|from) {_amount('least')} (?:a|ate|and|to))"
    rf" {_amount('high')}"
)
_ABOVE = re.compile(rf"\b{_OVER} {_amount('low')}")
_BELOW = re.compile(rf"\b{_UNDER} {_amount('high')}")


# "1627,82", "a fatura de 89,90": that value, and no other.
_EXACT = re.compile(
    r"(?:(?:a|o|as|os|e|cade|qual|quais|tem|fatura|faturas|conta|contas|boleto|boletos|de|no|com|valor|ver|mostra|abre|r\$)"
    r"\W+)*(?:r\$ ?)?(?P<exact>[0-9]{1,3}(?:\.[0-9]{3})*,[0-9]{2}|[0-9]{1,7},[0-9]{2})(?: reais)?\W*"
)


def faixa_in(said: str) -> tuple[int | None, int | None, str] | None:
    """The least and the most, in cents, of a text made small and bare, and what it says besides; None without one."""
    if (found := _EXACT.fullmatch(said)) is not None:
        value = int(re.sub(r"\D", "", found["exact"]))
        return value, value, ""
    if (found := _BETWEEN.search(said)) is not None:
        low, high = _cents(found, "low" if found["low"] or found["low_said"] else "least"), _cents(found, "high")
        rest = f"{said[: found.start()]} {said[found.end() :]}"
        return None if low is None or high is None else (min(low, high), max(low, high), rest)
    above, below = _ABOVE.search(said), _BELOW.search(said)
    low = _cents(above, "low") if above is not None else None
    high = _cents(below, "high") if below is not None else None
    if low is None and high is None:
        return None
    spans = [found.span() for found in (above, below) if found is not None]
    for start, end in sorted(spans, reverse=True):
        said = f"{said[:start]} {said[end:]}"
    return low, high, said


def _cents(found: re.Match[str], name: str) -> int | None:
    if said := found[f"{name}_said"]:
        number = number_of(said.split())
        return None if number is None else number * 100
    whole, _, cents = found[name].replace(".", "").partition(",")
    thousand = 1000 if found[f"{name}_mil"] else 1
    return int(whole) * 100 * thousand + int(cents.ljust(2, "0") or 0) * thousand
