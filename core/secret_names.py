"""Names under which only a mask may be shown, whatever stands there: in logs, and where logs are fed."""

import html
import json
import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote, quote_plus

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


# Below it a text is no password, but a piece of any sentence.
_SHORTEST = 4


class Valores:
    """Passwords known at this moment, to be found by what they are: no name need stand before them."""

    def __init__(self, senhas: Iterable[str]) -> None:
        forms = {form for senha in senhas for form in _forms_of(senha)}
        # The longest first: one may be the beginning of another.
        known = sorted((form for form in forms if len(form) >= _SHORTEST), key=len, reverse=True)
        within = [_is_mixed(form) and len(form) > 5 for form in known]
        pairs = list(zip(known, within, strict=True))
        self._in_words = _either(
            [re.escape(form) if one else rf"(?<!\w){re.escape(form)}(?!\w)" for form, one in pairs]
        )
        sure = [form for form in known if _is_mixed(form) and (len(form) > 9 or not form.isalnum()) and len(form) > 7]
        self._sure = _either([re.escape(form) for form in sure])

    def __bool__(self) -> bool:
        return self._in_words is not None

    def hidden_in(self, text: str, *, read_by_us: bool = False) -> str:
        """`text` without them. `read_by_us`: an address, a number, a date, where a poor password stands by chance."""
        found = self._sure if read_by_us else self._in_words
        return text if found is None else found.sub(MASK, text)


def _either(patterns: list[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(patterns), re.IGNORECASE) if patterns else None


def _is_mixed(form: str) -> bool:
    """Letters and something else: nobody's word or number."""
    return any(map(str.isalpha, form)) and not form.isalpha()


def _forms_of(senha: str) -> set[str]:
    """As it is typed, and as addresses, JSON, HTML and Python's own texts show it."""
    stripped = senha.strip()
    written = {json.dumps(stripped)[1:-1], json.dumps(stripped, ensure_ascii=False)[1:-1], repr(stripped)[1:-1]}
    return {stripped, quote(stripped, safe=""), quote_plus(stripped), html.escape(stripped), *written}
