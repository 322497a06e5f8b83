"""Numbers in words, up to 59."""

_UNITS = (
    "zero", "um", "dois", "tres", "quatro", "cinco", "seis", "sete", "oito", "nove", "dez", "onze", "doze", "treze",
    "quatorze", "quinze", "dezesseis", "dezessete", "dezoito", "dezenove",
)  # fmt: skip
_TENS = {"vinte": 20, "trinta": 30, "quarenta": 40, "cinquenta": 50}
_OTHERS = {"uma": 1, "duas": 2, "catorze": 14}

WORDS: dict[str, int] = {word: number for number, word in enumerate(_UNITS)} | _OTHERS | _TENS
WORDS |= {f"{ten} e {_UNITS[unit]}": number + unit for ten, number in _TENS.items() for unit in range(1, 10)}
WORDS |= {f"{ten} e {word}": number + unit for ten, number in _TENS.items() for word, unit in (("uma", 1), ("duas", 2))}

NUMBER = r"\d{1,4}|" + "|".join(sorted(WORDS, key=len, reverse=True))
"""A number, as a pattern."""


def number_of(text: str) -> int:
    """What the pattern found."""
    return int(text) if text.isdecimal() else WORDS[text]
