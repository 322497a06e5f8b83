"""Every setting of the service: typed, checked once at start, and never printed with its secrets.

Sources, strongest first: the environment, `.env` in the working directory, and for `balcao up` and the
commands of the same machine the secrets that `up` made once (`DATA_DIR/secrets.env`). Empty means not set.

What a process cannot start without (the rest has defaults); `up` brings its own Redis and object store:

| setting | up | web | worker | clock | only when |
|---|---|---|---|---|---|
| REDIS_URL | | x | x | x | |
| MINIO_ENDPOINT | | x | x | | |
| MINIO_ACCESS_KEY, MINIO_SECRET_KEY | x | x | x | | MINIO_ENDPOINT is set |
| SECRET_KEYS | x | x | x | x | |
| JWT_SECRET, AUTHENTICATION_API_KEY | x | x | | | |
| TELEGRAM_WEBHOOK_SECRET | x | x | | | TELEGRAM_BOT_TOKEN is set |
| WHATSAPP_ACCESS_TOKEN | x | x | x | | WHATSAPP_PHONE_NUMBER_ID is set |
| WHATSAPP_APP_SECRET, WHATSAPP_VERIFY_TOKEN | x | x | | | WHATSAPP_PHONE_NUMBER_ID is set |
| RPA_CALLBACK_SECRET | x | x | | | RPA_API_URL is set |
| RPA_API_TOKEN | x | | x | | RPA_API_URL is set |
| PIPEDRIVE_API_TOKEN | x | | x | | PIPEDRIVE_API_URL is set |
| PIPEDRIVE_API_URL | x | | x | | PIPEDRIVE_API_TOKEN is set |

`migrate`, `doctor` and the other commands (`cli`) start with what there is, and ask with `Settings.require`.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, Self
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.own_secrets import DOTENV, SECRETS_FILE, find_data_dir
from bot.own_secrets import generate_missing_secrets as generate_missing_secrets
from bot.runtime.redis_client import read_redis_url
from bot.setting_forms import (
    FERNET_KEY,
    OPENS_A_DOOR,
    SIGNS,
    SIGNS_TOKENS,
    Cents,
    Count,
    Hosts,
    HttpUrl,
    Keys,
    Level,
    Networks,
    Port,
    Recipients,
    Retention,
    SecondLanguages,
    Seconds,
    Secret,
    Templates,
    WholeHours,
    YesNo,
    async_database_url,
    at_least,
    callback_key,
    callback_secret,
    known_timezone,
    matching,
    phone_digits,
    redis_address,
    split,
)
from storage.sqlite_url import sqlite_url

Process = Literal["up", "web", "worker", "clock", "migrate", "doctor", "cli"]

_READS_MADE_SECRETS: frozenset[Process] = frozenset({"up", "migrate", "doctor", "cli"})
# Said wherever a secret of ours is missing or too short.
_MAKES_ONE = "`openssl rand -hex 32` makes one"
_REDIS_SCHEMES = "redis|rediss|unix|redis\\+sentinel|rediss\\+sentinel|redis\\+cluster|rediss\\+cluster"


class SettingsError(Exception):
    """The settings do not do for this process. `str()` is one line; `problems` has one text per setting."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = tuple(problems)
        more = f" (and {len(problems) - 1} more: {_names(problems[1:])})" if len(problems) > 1 else ""
        super().__init__(problems[0] + more)


def _names(problems: list[str]) -> str:
    return ", ".join(problem.split(" ", 1)[0] for problem in problems)


# --- the defaults that follow from other settings --------------------------------------------------------


def _default_database_url(values: dict[str, Any]) -> str:
    return sqlite_url(values["data_dir"] / "balcao.db")


def _default_public_url(values: dict[str, Any]) -> str:
    host = values["host"]
    return f"http://{f'[{host}]' if ':' in host else host}:{values['port']}"


def _default_minio_secure(values: dict[str, Any]) -> bool:
    """https, except to this machine and to a bare name such as a container's."""
    host = values["minio_endpoint"].split(":")[0]
    return "." in host and not host.startswith("127.")


class Settings(BaseSettings):
    """The contract's settings under their own names in lower case; a text that is not set is ''."""

    model_config = SettingsConfigDict(
        alias_generator=str.upper,
        case_sensitive=True,
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        str_strip_whitespace=True,
    )

    data_dir: Annotated[Path, AfterValidator(lambda path: path.expanduser().absolute())] = Field(
        Path(".balcao"), description="a directory", validate_default=True
    )
    database_url: Annotated[str, AfterValidator(async_database_url)] = Field(
        default_factory=_default_database_url,
        description="sqlite:///FILE or postgresql://USER:PASSWORD@HOST/DATABASE (HOST,HOST; ?sslmode=…)",
        repr=False,
    )
    redis_url: Annotated[str, matching(rf"(?:{_REDIS_SCHEMES})://\S+"), AfterValidator(redis_address)] = Field(
        "",
        description="redis://, rediss:// or unix:// and a server, redis+sentinel://HOST:PORT,…/SERVICE "
        "or redis+cluster://HOST:PORT,…",
        repr=False,
    )
    minio_endpoint: Annotated[str, matching(r"[^\s:/@]+(:[0-9]{1,5})?")] = Field(
        "", description="HOST or HOST:PORT, without http:// (MINIO_SECURE chooses https)"
    )
    minio_access_key: Secret = Field(SecretStr(""), description="the object store's access key")
    minio_secret_key: Secret = Field(SecretStr(""), description="the object store's secret key")
    minio_bucket: Annotated[str, matching(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")] = Field(
        "beg", description="a bucket name: 3 to 63 of a-z 0-9 . -"
    )
    minio_secure: bool = Field(default_factory=_default_minio_secure, description="true or false")
    host: Annotated[str, matching(r"[A-Za-z0-9.:_-]+")] = Field("127.0.0.1", description="an address or host name")
    port: Port = Field(8080, description="a port number from 1 to 65535")
    sandbox_port: Port = Field(8081, description="a port number from 1 to 65535")
    public_url: HttpUrl = Field(default_factory=_default_public_url, description="an http(s):// URL")
    telegram_bot_token: Annotated[Secret, matching(r"[0-9]+:[A-Za-z0-9_-]+")] = Field(
        SecretStr(""), description="the token BotFather gave, NUMBER:LETTERS"
    )
    telegram_api_url: HttpUrl = Field("https://api.telegram.org", description="an http(s):// URL")
    telegram_webhook_secret: Annotated[Secret, matching(r"[A-Za-z0-9_-]{1,256}"), at_least(OPENS_A_DOOR)] = Field(
        SecretStr(""), description=f"{OPENS_A_DOOR} to 256 of A-Z a-z 0-9 _ - (Telegram's rule); {_MAKES_ONE}"
    )
    whatsapp_phone_number_id: Annotated[str, matching(r"[A-Za-z0-9_-]+")] = Field(
        "", description="the id of the number, as in Meta's dashboard"
    )
    whatsapp_access_token: Secret = Field(SecretStr(""), description="the access token of the Cloud API")
    whatsapp_app_secret: Annotated[Secret, at_least(SIGNS)] = Field(
        SecretStr(""),
        description=f"the app secret, {SIGNS} characters or more, as Meta's dashboard has it",
    )
    whatsapp_verify_token: Annotated[Secret, at_least(OPENS_A_DOOR)] = Field(
        SecretStr(""),
        description=f"the verify token typed in Meta's dashboard: {OPENS_A_DOOR} characters or more; {_MAKES_ONE}",
    )
    whatsapp_api_url: HttpUrl = Field("https://graph.facebook.com", description="an http(s):// URL")
    whatsapp_api_version: Annotated[str, matching(r"v[0-9]+\.[0-9]+")] = Field(
        "v25.0", description="a version such as v25.0"
    )
    whatsapp_template_retomar: Templates = Field(
        (), description="TEMPLATE:LANGUAGE such as retomar:pt_BR, comma separated; templates without variables"
    )
    rpa_api_url: HttpUrl = Field("", description="an http(s):// URL")
    rpa_api_token: Secret = Field(SecretStr(""), description="the Bearer token sent to the robots")
    rpa_callback_secret: Annotated[Secret, AfterValidator(callback_secret), at_least(SIGNS)] = Field(
        SecretStr(""), description=f"whsec_ and base64, or any other text: {SIGNS} bytes or more; {_MAKES_ONE}"
    )
    authentication_api_key: Keys = Field(
        (), description=f"one or more keys, comma separated, each of {OPENS_A_DOOR} characters or more; {_MAKES_ONE}"
    )
    jwt_secret: Annotated[Secret, at_least(SIGNS_TOKENS)] = Field(
        SecretStr(""), description=f"a random text of {SIGNS_TOKENS} characters or more; {_MAKES_ONE}"
    )
    secret_keys: Annotated[tuple[Annotated[SecretStr, FERNET_KEY], ...], NoDecode, BeforeValidator(split)] = Field(
        (), description="Fernet keys (urlsafe base64 of 32 bytes), comma separated, newest first"
    )
    trusted_proxies: Networks = Field((), description="addresses or networks such as 10.0.0.0/8, comma separated")
    api_rate_limit: Count = Field(1200, description="requests a minute, a whole number from 1")
    rpa_poll_interval: Seconds = Field(5, description="seconds, more than 0")
    rpa_tentativas: Count = Field(3, description="a number of attempts from 1")
    rpa_espera_base: Seconds = Field(10, description="seconds, more than 0")
    rpa_arquivos_hosts: Hosts = Field((), description="HOST or HOST:PORT, comma separated")
    aprovacao_dois_acima: Cents = Field(None, description="an amount such as 5000 or 5000.00")
    aprovacao_variacao: Count = Field(30, description="percent, a whole number from 1")
    aprovacao_lembrete: WholeHours = Field(24, description="hours, a whole number from 0 (0: no reminders)")
    sat_automatico: YesNo = Field(False, description="sim or nao")
    sat_espera: Seconds = Field(60, description="seconds, more than 0")
    downloads_por_operadora: Count = Field(3, description="a number of robots from 1")
    timezone: Annotated[str, AfterValidator(known_timezone)] = Field(
        "America/Sao_Paulo", description="a time zone name such as America/Sao_Paulo"
    )
    bo_lock_ttl: Seconds = Field(1800, description="seconds, more than 0")
    presence_timeout: Seconds = Field(120, description="seconds, more than 0")
    presence_silencio: Seconds = Field(7200, description="seconds, more than 0")
    presence_espera: Seconds = Field(600, description="seconds, more than 0")
    typing_timeout: Seconds = Field(30, description="seconds, more than 0")
    aceite_timeout: Seconds = Field(60, description="seconds, more than 0")
    atendimento_graca: Seconds = Field(300, description="seconds, more than 0")
    atendimentos_por_consultor: Count = Field(3, description="a number of customers from 1")
    idioma_reserva: SecondLanguages = Field(
        {}, description="LANGUAGE:SECOND_LANGUAGE such as es:pt, comma separated; * is any language"
    )
    retencao: Retention = Field(
        {}, description="TABLE:DAYS of what is forgotten, comma separated, no fewer days than its least (operators.md)"
    )
    admin_telefones: Annotated[tuple[str, ...], NoDecode, BeforeValidator(phone_digits)] = Field(
        (), description="phones with country code (E.164), comma separated", repr=False
    )
    pipedrive_api_url: HttpUrl = Field("", description="an http(s):// URL")
    pipedrive_api_token: Secret = Field(SecretStr(""), description="the API token of Pipedrive")
    backup_destinatarios: Recipients = Field((), description="age recipients (age1… or ssh-ed25519 …), comma separated")
    log_format: Literal["json", "console"] | None = Field(None, description="json or console")
    log_level: Annotated[Level, BeforeValidator(lambda text: str(text).strip().upper())] = Field(
        "INFO", description="DEBUG, INFO, WARNING, ERROR or CRITICAL"
    )

    @property
    def telegram_enabled(self) -> bool:
        return bool(self.telegram_bot_token)

    @property
    def whatsapp_enabled(self) -> bool:
        return bool(self.whatsapp_phone_number_id)

    @property
    def needs_sandbox(self) -> bool:
        """Whether `balcao up` has no channel but the sandbox's."""
        return not self.telegram_enabled and not self.whatsapp_enabled

    @property
    def rpa_enabled(self) -> bool:
        return bool(self.rpa_api_url)

    @property
    def pipedrive_enabled(self) -> bool:
        return bool(self.pipedrive_api_url and self.pipedrive_api_token)

    @property
    def api_keys(self) -> tuple[str, ...]:
        """The values of the header `api-key` that are let in."""
        return tuple(key.get_secret_value() for key in self.authentication_api_key)

    @property
    def fernet_keys(self) -> tuple[str, ...]:
        """For `storage.secrets.SecretBox`, newest first."""
        return tuple(key.get_secret_value() for key in self.secret_keys)

    @property
    def callback_key(self) -> bytes:
        """The bytes that sign robot callbacks, for `standardwebhooks.Webhook`."""
        return callback_key(self.rpa_callback_secret.get_secret_value())

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def file_hosts(self) -> frozenset[tuple[str, int | None]]:
        """Who may serve `resultado.url` although not public or not https: (host, port), None for any port."""
        if self.rpa_arquivos_hosts:
            return frozenset(_host_and_port(f"//{entry}", None) for entry in self.rpa_arquivos_hosts)
        own = [self.rpa_api_url]
        if self.minio_endpoint:
            own.append(f"{'https' if self.minio_secure else 'http'}://{self.minio_endpoint}")
        return frozenset(_host_and_port(url, 443 if url.startswith("https") else 80) for url in own if url)

    def secret_values(self) -> tuple[str, ...]:
        """Every secret in clear, passwords inside URLs too: what logs must never show."""
        return tuple({text for text in self._secret_texts() if text})

    def _secret_texts(self) -> Iterator[str]:
        for _, value in self:
            for item in value if isinstance(value, tuple) else (value,):
                if isinstance(item, SecretStr):
                    yield item.get_secret_value()
        for url in (self.database_url, self.redis_url):
            password = _password_in(url)
            # As it is written there, and as it is sent.
            yield from (password, unquote(password))
        if self.redis_url:
            yield from read_redis_url(self.redis_url).passwords

    def replace(self, **changes: object) -> Self:
        """A copy with settings changed, named as in the environment and checked like there: `PORT="8090"`."""
        values = {name.upper(): value for name, value in self}
        return type(self)(_env_file=None, **values | changes)

    def require(self, *names: str) -> None:
        """Raise SettingsError unless each setting, named as in the environment, is set."""
        if problems := [_missing(name) for name in names if not self._has(name)]:
            raise SettingsError(problems)

    def _has(self, name: str) -> bool:
        return bool(getattr(self, name.lower()))


def _password_in(url: str) -> str:
    """As it is written. Of many hosts too, which `urlsplit` need not take."""
    authority = re.split("[/?#]", url.partition("://")[2], maxsplit=1)[0]
    return authority.rpartition("@")[0].partition(":")[2]


def _host_and_port(url: str, default: int | None) -> tuple[str, int | None]:
    parts = urlsplit(url)
    return parts.hostname or "", parts.port or default


# --- what each process needs -----------------------------------------------------------------------------


class _Need(NamedTuple):
    processes: tuple[Process, ...]
    names: tuple[str, ...]
    when: Callable[[Settings], object]


def _always(settings: Settings) -> bool:
    return True


_NEEDS = (
    _Need(("web", "worker", "clock"), ("REDIS_URL",), _always),
    _Need(("web", "worker"), ("MINIO_ENDPOINT",), _always),
    _Need(("up", "web", "worker"), ("MINIO_ACCESS_KEY", "MINIO_SECRET_KEY"), lambda s: s.minio_endpoint),
    _Need(("up", "web", "worker", "clock"), ("SECRET_KEYS",), _always),
    _Need(("up", "web"), ("JWT_SECRET", "AUTHENTICATION_API_KEY"), _always),
    _Need(("up", "web"), ("TELEGRAM_WEBHOOK_SECRET",), lambda s: s.telegram_enabled),
    _Need(("up", "web", "worker"), ("WHATSAPP_ACCESS_TOKEN",), lambda s: s.whatsapp_enabled),
    _Need(("up", "web"), ("WHATSAPP_APP_SECRET", "WHATSAPP_VERIFY_TOKEN"), lambda s: s.whatsapp_enabled),
    _Need(("up", "web"), ("RPA_CALLBACK_SECRET",), lambda s: s.rpa_enabled),
    _Need(("up", "worker"), ("RPA_API_TOKEN",), lambda s: s.rpa_enabled),
    _Need(("up", "worker"), ("PIPEDRIVE_API_TOKEN",), lambda s: s.pipedrive_api_url),
    _Need(("up", "worker"), ("PIPEDRIVE_API_URL",), lambda s: s.pipedrive_api_token),
)


def needed(process: Process, settings: Settings) -> list[str]:
    """Names of the settings this process cannot start without, given the others."""
    return [name for need in _NEEDS if process in need.processes and need.when(settings) for name in need.names]


def load_settings(process: Process) -> Settings:
    """The settings for one process. SettingsError when one it needs is missing, or any is malformed."""
    try:
        made = [find_data_dir() / SECRETS_FILE] if process in _READS_MADE_SECRETS else []
        settings = Settings(_env_file=[*made, Path(DOTENV)])
    except ValidationError as error:
        raise SettingsError(_malformed(error)) from None
    except UnicodeError:
        raise SettingsError([f"{DOTENV} got bytes that are not UTF-8; it takes lines NAME=value"]) from None
    except OSError as error:
        raise SettingsError([f"{error.filename} got {error.strerror}; it takes lines NAME=value"]) from None
    settings.require(*needed(process, settings))
    return settings


def _malformed(error: ValidationError) -> list[str]:
    problems = {}
    for item in error.errors(include_url=False, include_context=False):
        name = str(item["loc"][0])
        # A default that follows from a malformed setting is not a second problem.
        if item["type"] != "default_factory_not_called":
            problems[name] = f"{name} got {_shown(name, item['input'])}; it takes {_takes(name)}"
    return list(problems.values())


def _missing(name: str) -> str:
    return f"{name} got nothing; it takes {_takes(name)}"


def _takes(name: str) -> str:
    return Settings.model_fields[name.lower()].description or "a value"


def _shown(name: str, value: object) -> str:
    """The value as an error may show it: secrets only by their length, other texts quoted and cut."""
    text = str(value)
    field = Settings.model_fields[name.lower()]
    if "SecretStr" in str(field.annotation) or not field.repr or "@" in text:
        return f"a value of {len(text)} characters"
    return repr(text if len(text) <= 80 else text[:80] + "…")
