"""Every setting of the service: typed, checked once at start, and never printed with its secrets.

Sources, strongest first: the environment, `.env` in the working directory, and for `balcao up` and the
commands of the same machine the secrets that `up` made once (`DATA_DIR/secrets.env`). Empty means not set.

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
_MAKES_ONE = "`openssl rand -hex 32` faz um"
_REDIS_SCHEMES = "redis|rediss|unix|redis\\+sentinel|rediss\\+sentinel|redis\\+cluster|rediss\\+cluster"


class SettingsError(Exception):
    """The settings do not do for this process. `str()` is one line; `problems` has one text per setting."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = tuple(problems)
        more = f" (e mais {len(problems) - 1}: {_names(problems[1:])})" if len(problems) > 1 else ""
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
        Path(".balcao"), description="uma pasta", validate_default=True
    )
    database_url: Annotated[str, AfterValidator(async_database_url)] = Field(
        default_factory=_default_database_url,
        description="sqlite:///ARQUIVO ou postgresql://USUARIO:SENHA@HOST/BANCO (HOST,HOST; ?sslmode=…;"
        " / ? # da senha como %2F %3F %23)",
        repr=False,
    )
    redis_url: Annotated[str, matching(rf"(?:{_REDIS_SCHEMES})://\S+"), AfterValidator(redis_address)] = Field(
        "",
        description="redis://, rediss:// ou unix:// e um servidor, redis+sentinel://HOST:PORTA,…/SERVICO "
        "ou redis+cluster://HOST:PORTA,…",
        repr=False,
    )
    minio_endpoint: Annotated[str, matching(r"[^\s:/@]+(:[0-9]{1,5})?")] = Field(
        "", description="HOST ou HOST:PORTA, sem http:// (MINIO_SECURE escolhe https)"
    )
    minio_access_key: Secret = Field(SecretStr(""), description="a chave de acesso do armazenamento")
    minio_secret_key: Secret = Field(SecretStr(""), description="a chave secreta do armazenamento")
    minio_bucket: Annotated[str, matching(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")] = Field(
        "beg", description="o nome de um bucket: de 3 a 63 de a-z 0-9 . -"
    )
    minio_secure: bool = Field(default_factory=_default_minio_secure, description="true ou false")
    host: Annotated[str, matching(r"[A-Za-z0-9.:_-]+")] = Field("127.0.0.1", description="um endereço ou nome")
    port: Port = Field(8080, description="uma porta de 1 a 65535")
    sandbox_port: Port = Field(8081, description="uma porta de 1 a 65535")
    public_url: HttpUrl = Field(default_factory=_default_public_url, description="um endereço http(s)://")
    telegram_bot_token: Annotated[Secret, matching(r"[0-9]+:[A-Za-z0-9_-]+")] = Field(
        SecretStr(""), description="o token que o BotFather deu, NUMERO:LETRAS"
    )
    telegram_api_url: HttpUrl = Field("https://api.telegram.org", description="um endereço http(s)://")
    telegram_webhook_secret: Annotated[Secret, matching(r"[A-Za-z0-9_-]{1,256}"), at_least(OPENS_A_DOOR)] = Field(
        SecretStr(""), description=f"de {OPENS_A_DOOR} a 256 de A-Z a-z 0-9 _ - (regra do Telegram); {_MAKES_ONE}"
    )
    whatsapp_phone_number_id: Annotated[str, matching(r"[A-Za-z0-9_-]+")] = Field(
        "", description="o id do número, como no painel da Meta"
    )
    whatsapp_access_token: Secret = Field(SecretStr(""), description="o token de acesso da Cloud API")
    whatsapp_app_secret: Annotated[Secret, at_least(SIGNS)] = Field(
        SecretStr(""),
        description=f"o segredo do app, de {SIGNS} caracteres ou mais, como no painel da Meta",
    )
    whatsapp_verify_token: Annotated[Secret, at_least(OPENS_A_DOOR)] = Field(
        SecretStr(""),
        description=f"o verify token digitado no painel da Meta: {OPENS_A_DOOR} caracteres ou mais; {_MAKES_ONE}",
    )
    whatsapp_api_url: HttpUrl = Field("https://graph.facebook.com", description="um endereço http(s)://")
    whatsapp_api_version: Annotated[str, matching(r"v[0-9]+\.[0-9]+")] = Field(
        "v25.0", description="uma versão como v25.0"
    )
    whatsapp_template_retomar: Templates = Field(
        (), description="MODELO:IDIOMA como retomar:pt_BR, com vírgula entre um e outro; modelos sem variáveis"
    )
    rpa_api_url: HttpUrl = Field("", description="um endereço http(s)://")
    rpa_api_token: Secret = Field(SecretStr(""), description="o token Bearer enviado aos robôs")
    rpa_callback_secret: Annotated[Secret, AfterValidator(callback_secret), at_least(SIGNS)] = Field(
        SecretStr(""), description=f"whsec_ e base64, ou outro texto: {SIGNS} bytes ou mais; {_MAKES_ONE}"
    )
    authentication_api_key: Keys = Field(
        (), description=f"uma ou mais chaves, com vírgula, de {OPENS_A_DOOR} caracteres ou mais cada; {_MAKES_ONE}"
    )
    jwt_secret: Annotated[Secret, at_least(SIGNS_TOKENS)] = Field(
        SecretStr(""), description=f"um texto ao acaso de {SIGNS_TOKENS} caracteres ou mais; {_MAKES_ONE}"
    )
    secret_keys: Annotated[tuple[Annotated[SecretStr, FERNET_KEY], ...], NoDecode, BeforeValidator(split)] = Field(
        (), description="chaves Fernet (base64 urlsafe de 32 bytes), com vírgula, a mais nova primeiro"
    )
    trusted_proxies: Networks = Field((), description="endereços ou redes como 10.0.0.0/8, com vírgula")
    api_rate_limit: Count = Field(1200, description="chamadas por minuto, um número inteiro a partir de 1")
    rpa_poll_interval: Seconds = Field(5, description="segundos, mais que 0")
    rpa_tentativas: Count = Field(3, description="quantas tentativas, a partir de 1")
    rpa_espera_base: Seconds = Field(10, description="segundos, mais que 0")
    rpa_arquivos_hosts: Hosts = Field((), description="HOST ou HOST:PORTA, com vírgula")
    aprovacao_dois_acima: Cents = Field(None, description="um valor como 5000 ou 5000.00")
    aprovacao_variacao: Count = Field(30, description="por cento, um número inteiro a partir de 1")
    aprovacao_lembrete: WholeHours = Field(24, description="horas, um número inteiro a partir de 0 (0: sem lembretes)")
    sat_automatico: YesNo = Field(False, description="sim ou nao")
    sat_espera: Seconds = Field(60, description="segundos, mais que 0")
    downloads_por_operadora: Count = Field(3, description="quantos robôs, a partir de 1")
    timezone: Annotated[str, AfterValidator(known_timezone)] = Field(
        "America/Sao_Paulo", description="um fuso horário como America/Sao_Paulo"
    )
    bo_lock_ttl: Seconds = Field(1800, description="segundos, mais que 0")
    presence_timeout: Seconds = Field(120, description="segundos, mais que 0")
    presence_silencio: Seconds = Field(7200, description="segundos, mais que 0")
    presence_espera: Seconds = Field(600, description="segundos, mais que 0")
    typing_timeout: Seconds = Field(30, description="segundos, mais que 0")
    aceite_timeout: Seconds = Field(60, description="segundos, mais que 0")
    atendimento_graca: Seconds = Field(300, description="segundos, mais que 0")
    atendimentos_por_consultor: Count = Field(3, description="quantos clientes, a partir de 1")
    idioma_reserva: SecondLanguages = Field(
        {}, description="IDIOMA:SEGUNDO_IDIOMA como es:pt, com vírgula; * é qualquer idioma"
    )
    retencao: Retention = Field(
        {}, description="TABELA:DIAS do que é esquecido, com vírgula, não menos que o mínimo dela (operators.md)"
    )
    admin_telefones: Annotated[tuple[str, ...], NoDecode, BeforeValidator(phone_digits)] = Field(
        (), description="telefones com DDI (E.164), com vírgula", repr=False
    )
    pipedrive_api_url: HttpUrl = Field("", description="um endereço http(s)://")
    pipedrive_api_token: Secret = Field(SecretStr(""), description="o token da API do Pipedrive")
    backup_destinatarios: Recipients = Field((), description="destinatários age (age1… ou ssh-ed25519 …), com vírgula")
    log_format: Literal["json", "console"] | None = Field(None, description="json ou console")
    log_level: Annotated[Level, BeforeValidator(lambda text: str(text).strip().upper())] = Field(
        "INFO", description="DEBUG, INFO, WARNING, ERROR ou CRITICAL"
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


# --- what each process cannot start without: the rest has defaults, `up` brings its own Redis and object store --------


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
        raise SettingsError([f"{DOTENV} recebeu bytes que não são UTF-8; aceita linhas NOME=valor"]) from None
    except OSError as error:
        raise SettingsError([f"{error.filename} recebeu {error.strerror}; aceita linhas NOME=valor"]) from None
    settings.require(*needed(process, settings))
    return settings


def _malformed(error: ValidationError) -> list[str]:
    problems = {}
    for item in error.errors(include_url=False, include_context=False):
        name = str(item["loc"][0])
        # A default that follows from a malformed setting is not a second problem.
        if item["type"] != "default_factory_not_called":
            problems[name] = f"{name} recebeu {_shown(name, item['input'])}; aceita {_takes(name)}"
    return list(problems.values())


def _missing(name: str) -> str:
    return f"{name} recebeu nada; aceita {_takes(name)}"


def _takes(name: str) -> str:
    return Settings.model_fields[name.lower()].description or "um valor"


def _shown(name: str, value: object) -> str:
    """The value as an error may show it: secrets only by their length, other texts quoted and cut."""
    text = str(value)
    field = Settings.model_fields[name.lower()]
    if "SecretStr" in str(field.annotation) or not field.repr or "@" in text:
        return f"um valor de {len(text)} caracteres"
    return repr(text if len(text) <= 80 else text[:80] + "…")
