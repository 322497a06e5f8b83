"""Check digits as banks, FEBRABAN and the tax offices compute them."""


def modulo10(digits: str) -> int:
    """Weights 2, 1, 2, 1… from the right, the digits of each product added; what is missing to the next ten."""
    total = 0
    for place, char in enumerate(reversed(digits)):
        product = int(char) * (1 if place % 2 else 2)
        total += product - 9 if product > 9 else product
    return -total % 10


def weighted11(text: str) -> int:
    """The sum modulo 11 with weights 2 to 9, again and again, from the right.

    A character counts for its distance from `0` in ASCII: digits for themselves, letters for 17 to 42, as CNPJ and
    the keys of fiscal documents have it since July 2026. What the remainder means is each document's own rule.
    """
    return sum((ord(char) - 48) * (2 + place % 8) for place, char in enumerate(reversed(text))) % 11
