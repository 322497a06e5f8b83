"""Names under which only a mask may be shown, whatever stands there: in logs, and where logs are fed."""

import re
from functools import lru_cache

MASK = "***"
SECRETS = "token|senha|secret|passw(?:or)?d|passphrase|api[-_ .]?key|access[-_]?key|authorization|cookie"
PEOPLE = "cpf|telefone|tel_whatsapp|phone|celular|wa_id"
# A CPF, a CNPJ, a phone, a card: a date has eight digits.
_LONG_NUMBER = re.compile(r"\d(?:[ .\-/()]{0,2}\d){8,}")
# name=value, "name": "value", Header: value.
_NAMED = re.compile(
    rf"""
    ((?:{SECRETS})\w{{0,20}} [\\"']{{0,4}} [ ]{{0,3}} [=:] [ ]{{0,3}} (?:(?:Bearer|Basic)[ ]+)?)
    (?: (["']).*?\2 | [^\s&,;"'}})\]]+ )
    """,
    re.IGNORECASE | re.VERBOSE | re.ASCII,
)
_SECRET_NAME = re.compile(f"{SECRETS}|{PEOPLE}|signature", re.IGNORECASE)


@lru_cache(maxsize=1024)
def is_secret_name(name: str) -> bool:
    """Whether what is kept under this name is masked whole, whatever it looks like."""
    return _SECRET_NAME.search(name) is not None


def without_secrets(text: str) -> str:
    """A text of ours, or of a robot, without what stands in it under the name of a secret."""
    return _NAMED.sub(rf"\1{MASK}", text)


def without_numbers(text: str) -> str:
    """A text that somebody typed, or that quotes one, without numbers of nine digits and more."""
    return _LONG_NUMBER.sub(MASK, text)


def of_nobody(text: str) -> str:
    """A fault's text that is kept and shown: without secrets, and without anybody's numbers."""
    return without_numbers(without_secrets(text))
