"""What the value of a setting must look like: pydantic types whose checks raise ValueError.

The sentence for people ("aceita …") is the field's description in `bot/settings.py`.
"""

import base64
import re
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, IPvAnyNetwork, SecretStr
from pydantic_settings import NoDecode

from bot.postgres_url import asyncpg_url
from bot.runtime.redis_client import read_redis_url
from core.consultor.idioma_reserva import ANY_LANGUAGE, language_code
from core.conversa.janela import Modelo
from core.processo.valores import cents_of
from core.telefones import digits_of
from storage.backup.keys import read_recipient


def strip(value: Any) -> Any:
    """Secrets come from files, which end in a line break."""
    return value.strip() if isinstance(value, str) else value


def split(value: Any) -> Any:
    """`a, b,,c` as a tuple of its parts; anything but text is left alone."""
    if not isinstance(value, str):
        return value
    return tuple(part.strip() for part in value.split(",") if part.strip())


def matching(pattern: str) -> AfterValidator:
    """The whole text (a secret's too) matches `pattern`, or is empty."""
    compiled = re.compile(pattern)

    def check(value: Any) -> Any:
        text = value.get_secret_value() if isinstance(value, SecretStr) else value
        if text and not compiled.fullmatch(text):
            raise ValueError("form")
        return value

    return AfterValidator(check)


def at_least(length: int) -> AfterValidator:
    """A secret of `length` characters or more, or empty. `whsec_` and base64 counts by the bytes it stands for."""

    def check(value: SecretStr) -> SecretStr:
        text = value.get_secret_value()
        if text and len(callback_key(text)) < length:
            raise ValueError("weak")
        return value

    return AfterValidator(check)


def http_url(text: str) -> str:
    """An address to which paths can be appended: no query, no user, no slash at the end."""
    parts = urlsplit(text)
    port_is_valid = parts.port is None or parts.port > 0
    plain = not (parts.query or parts.fragment or parts.username or re.search(r"\s", text))
    if text and not (parts.scheme in ("http", "https") and parts.hostname and port_is_valid and plain):
        raise ValueError("URL")
    return text.rstrip("/")


def async_database_url(text: str) -> str:
    """The same database with the asynchronous driver we ship, whichever driver was named."""
    match = re.fullmatch(r"(sqlite|postgres|postgresql)(?:\+\w+)?://(.+)", text)
    if match is None:
        raise ValueError("URL")
    backend, rest = match.groups()
    if backend == "sqlite":
        return f"sqlite+aiosqlite://{_sqlite_file(rest)}"
    return f"postgresql+asyncpg://{asyncpg_url(rest)}"


def _sqlite_file(rest: str) -> str:
    """`/FILE?options`. In memory, every connection would see a database of its own."""
    file, _, options = rest.partition("?")
    if not re.fullmatch(r"/.+", file) or file == "/:memory:" or "mode=memory" in options:
        raise ValueError("file")
    return rest


def redis_address(text: str) -> str:
    """An address of Redis that we can read."""
    if text:
        read_redis_url(text)
    return text


def phone_digits(value: Any) -> Any:
    """Phones with country code as digits; `+`, spaces and punctuation are forgiven."""
    if not isinstance(value, str):
        return value
    return tuple(digits_of(part) for part in re.split(r"[,;\n]", value) if part.strip())


def second_languages(value: Any) -> Any:
    """`es:pt,es:en,*:pt`: by language, those that do when nobody speaks it, in this order; `*` is any other."""
    if not isinstance(value, str):
        return value
    found: dict[str, tuple[str, ...]] = {}
    for part in split(value):
        idioma, colon, second = part.partition(":")
        if not colon:
            raise ValueError("form")
        name = ANY_LANGUAGE if idioma.strip() == ANY_LANGUAGE else language_code(idioma)
        found[name] = (*found.get(name, ()), language_code(second))
    return found


def retention(value: Any) -> Any:
    """`outbox:60,logs_venda:30`: days by table; only of tables that forget, and no fewer than a rule's floor."""
    if not isinstance(value, str) or not value.strip():
        return value or {}
    # SQLAlchemy comes with it, which a command that reads no such setting does without.
    from storage.cleanup import REGRAS

    floors: dict[str, int] = {}
    for regra in REGRAS:
        floors[regra.nome] = max(regra.piso, floors.get(regra.nome, 0))
    found: dict[str, int] = {}
    for part in split(value):
        tabela, _colon, dias = (one.strip() for one in part.partition(":"))
        if not dias.isdecimal() or not floors.get(tabela, 10**4) <= int(dias) <= 36_500:
            raise ValueError("form")
        found[tabela] = int(dias)
    return found


def cents(value: Any) -> Any:
    """`5000` or `5000.50` as cents."""
    return cents_of(value) if isinstance(value, str) else value


def yes_or_no(value: Any) -> Any:
    """`sim` and `nao` beside what pydantic takes."""
    return (
        {"sim": True, "nao": False, "não": False}.get(value.strip().lower(), value) if isinstance(value, str) else value
    )


def known_timezone(text: str) -> str:
    """A name the time zone database knows."""
    try:
        ZoneInfo(text)
    except (KeyError, OSError, ValueError) as error:
        raise ValueError("zone") from error
    return text


def callback_secret(value: SecretStr) -> SecretStr:
    """A text that `callback_key` can turn into bytes."""
    callback_key(value.get_secret_value())
    return value


def callback_key(text: str) -> bytes:
    """Bytes that sign callbacks: `whsec_` and base64 (Standard Webhooks), or any other text as it is."""
    if not text.startswith("whsec_"):
        return text.encode()
    body = text.removeprefix("whsec_")
    key = base64.b64decode(body + "=" * (-len(body) % 4), validate=True)
    if not key:
        raise ValueError("empty")
    return key


def templates(value: Any) -> Any:
    """`retomar:pt_BR, resume:en` as templates, in that order."""
    if not isinstance(value, str):
        return value
    found = [re.fullmatch(r"([a-z0-9_]{1,512}):([a-z]{2,3}(?:_[A-Z]{2})?)", part) for part in split(value)]
    if not all(found):
        raise ValueError("template")
    return tuple(Modelo(one[1], one[2]) for one in found if one is not None)


def age_recipient(text: str) -> str:
    """A recipient that backups can be sealed for."""
    read_recipient(text)
    return text


Recipients = Annotated[tuple[Annotated[str, AfterValidator(age_recipient)], ...], NoDecode, BeforeValidator(split)]
Secret = Annotated[SecretStr, BeforeValidator(strip)]
# Whoever has one thing it signed can try secrets at home: 256 bits for HS256 (RFC 7518, 3.2), else what is common.
SIGNS_TOKENS, SIGNS = 32, 16
# Can only be tried at our doors, which let few be tried a minute (NIST SP 800-63B, 5.1.1: 8 characters there).
OPENS_A_DOOR = 8
Keys = Annotated[tuple[Annotated[SecretStr, at_least(OPENS_A_DOOR)], ...], NoDecode, BeforeValidator(split)]
HttpUrl = Annotated[str, AfterValidator(http_url)]
Hosts = Annotated[
    tuple[Annotated[str, matching(r"[^\s:/@]+(:[0-9]{1,5})?|\[[0-9A-Fa-f:]+\](:[0-9]{1,5})?")], ...],
    NoDecode,
    BeforeValidator(split),
]
Networks = Annotated[tuple[IPvAnyNetwork, ...], NoDecode, BeforeValidator(split)]
Port = Annotated[int, Field(ge=1, le=65535)]
Count = Annotated[int, Field(ge=1)]
WholeHours = Annotated[int, Field(ge=0, le=24 * 30)]
Seconds = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Retention = Annotated[dict[str, int], NoDecode, BeforeValidator(retention)]
Cents = Annotated[int | None, BeforeValidator(cents)]
YesNo = Annotated[bool, BeforeValidator(yes_or_no)]
Level = Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]
SecondLanguages = Annotated[dict[str, tuple[str, ...]], NoDecode, BeforeValidator(second_languages)]
Templates = Annotated[tuple[Modelo, ...], NoDecode, BeforeValidator(templates)]
FERNET_KEY = matching(r"[A-Za-z0-9_-]{43}=")
