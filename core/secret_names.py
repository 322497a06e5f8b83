"""Names under which only a mask may be shown, whatever stands there: in logs, and where logs are fed."""

import re
from functools import lru_cache

MASK = "***"
SECRETS = "token|senha|secret|passw(?:or)?d|passphrase|api[-_ .]?key|access[-_]?key|authorization|cookie"
PEOPLE = "cpf|telefone|tel_whatsapp|phone|celular|wa_id"
# A CPF, a CNPJ, a phone, a card: a date has eight digits.
_LONG_NUMBER = re.compile(r"\d(?:[ .\-/()]{0,2}\d){8,}")
_SECRET_NAME = re.compile(f"{SECRETS}|{PEOPLE}|signature", re.IGNORECASE)


@lru_cache(maxsize=1024)
def is_secret_name(name: str) -> bool:
    """Whether what is kept under this name is masked whole, whatever it looks like."""
    return _SECRET_NAME.search(name) is not None


def without_numbers(text: str) -> str:
    """A text that somebody typed, or that quotes one, without numbers of nine digits and more."""
    return _LONG_NUMBER.sub(MASK, text)
