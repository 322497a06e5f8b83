"""What a started process reads, defaults and refuses."""

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import make_url

from bot.settings import Settings, SettingsError, generate_missing_secrets, load_settings
from core.conversa.janela import Modelo

FERNET_KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
WEB = {
    "REDIS_URL": "redis://127.0.0.1:6379/0",
    "MINIO_ENDPOINT": "127.0.0.1:9000",
    "MINIO_ACCESS_KEY": "quem",
    "MINIO_SECRET_KEY": "segredo-do-minio",
    "SECRET_KEYS": FERNET_KEY,
    "JWT_SECRET": "j" * 40,
    "AUTHENTICATION_API_KEY": "chave-numero-um,chave-numero-dois",
}


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An empty directory and an environment without our names."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def setenv(monkeypatch: pytest.MonkeyPatch):
    def put(**values: str) -> None:
        for name, value in values.items():
            monkeypatch.setenv(name, value)

    return put


def refused(process: str = "cli") -> str:
    with pytest.raises(SettingsError) as caught:
        load_settings(process)
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_defaults_are_those_of_the_contract(tmp_path: Path) -> None:
    settings = load_settings("cli")
    assert settings.data_dir == tmp_path / ".balcao"
    assert settings.database_url == f"sqlite+aiosqlite:///{tmp_path}/.balcao/balcao.db"
    assert (settings.host, settings.port, settings.public_url) == ("127.0.0.1", 8080, "http://127.0.0.1:8080")
    assert (settings.minio_bucket, settings.api_rate_limit, settings.sandbox_port) == ("beg", 1200, 8081)
    assert (settings.rpa_poll_interval, settings.rpa_tentativas, settings.rpa_espera_base) == (5, 3, 10)
    assert (settings.bo_lock_ttl, settings.presence_timeout, settings.typing_timeout) == (1800, 120, 30)
    assert (settings.aceite_timeout, settings.zone.key) == (60, "America/Sao_Paulo")
    assert settings.telegram_api_url == "https://api.telegram.org"
    assert settings.whatsapp_api_url == "https://graph.facebook.com"
    assert (settings.log_format, settings.log_level) == (None, "INFO")
    assert not any((settings.telegram_enabled, settings.whatsapp_enabled, settings.pipedrive_enabled))
    assert settings.redis_url == settings.minio_endpoint == ""


def test_empty_text_is_the_same_as_not_set(setenv) -> None:
    setenv(PORT="", TELEGRAM_BOT_TOKEN="", DATABASE_URL="", LOG_FORMAT="", ADMIN_TELEFONES="")
    assert load_settings("cli") == Settings(_env_file=None)


def test_dotenv_is_read_and_the_environment_is_stronger(setenv, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("PORT=9001\nHOST=0.0.0.0\nUNKNOWN_TO_US=1\n")
    setenv(PORT="9002", ALSO_UNKNOWN="1")
    settings = load_settings("cli")
    assert (settings.host, settings.port) == ("0.0.0.0", 9002)  # noqa: S104 - read, not bound


def test_names_count_in_capitals_only(setenv) -> None:
    setenv(port="9003", host="somewhere")
    assert load_settings("cli").port == 8080


@pytest.mark.falha(469)
@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("sqlite:///dados.db", "sqlite+aiosqlite:///dados.db"),
        ("sqlite:////var/lib/balcao/dados do bot.db", "sqlite+aiosqlite:////var/lib/balcao/dados do bot.db"),
        ("sqlite+pysqlite:///dados.db", "sqlite+aiosqlite:///dados.db"),
        ("postgres://u:p@h:5432/d", "postgresql+asyncpg://u:p@h:5432/d"),
        ("postgresql://u:p@h/d", "postgresql+asyncpg://u:p@h/d"),
        ("postgresql+psycopg2://u:p@h/d?sslmode=require", "postgresql+asyncpg://u:p@h/d?ssl=require"),
        ("postgresql+asyncpg://u@/d?host=/run/pg", "postgresql+asyncpg://u@/d?host=/run/pg"),
        # As a host of databases gives it out.
        ("postgresql://u:p@h/d?sslmode=require&channel_binding=require", "postgresql+asyncpg://u:p@h/d?ssl=require"),
        ("postgresql://u:p@h/d?connect_timeout=10&application_name=x", "postgresql+asyncpg://u:p@h/d"),
        (
            "postgresql://u:p@h1:5433,h2/d?sslmode=require",
            "postgresql+asyncpg://u:p@/d?host=h1:5433&host=h2:5432&ssl=require&target_session_attrs=read-write",
        ),
        (
            "postgresql://u:p@/d?host=h1,h2&target_session_attrs=any",
            "postgresql+asyncpg://u:p@/d?host=h1:5432&host=h2:5432&target_session_attrs=any",
        ),
    ],
)
def test_database_url_gets_the_driver_we_ship(setenv, given: str, used: str) -> None:
    setenv(DATABASE_URL=given)
    assert load_settings("cli").database_url == used


@pytest.mark.falha(530)
def test_a_password_with_signs_of_an_address_is_a_password_or_refused_with_how_to_write_it(setenv) -> None:
    setenv(DATABASE_URL="postgres://ana:p@ss@w0rd@banco:5432/d?sslmode=require")
    url = make_url(load_settings("cli").database_url)
    assert (url.username, url.password, url.host, url.database) == ("ana", "p@ss@w0rd", "banco", "d")
    setenv(DATABASE_URL="postgres://ana:p%40s@banco/d")
    assert make_url(load_settings("cli").database_url).password == "p@s"
    for sign in "/?#":
        setenv(DATABASE_URL=f"postgres://ana:p{sign}ss@banco/d")
        with pytest.raises(SettingsError, match="%2F %3F %23"):
            load_settings("cli")


def test_lists_are_comma_separated_and_phones_become_digits(setenv) -> None:
    setenv(
        ADMIN_TELEFONES="+55 (11) 98765-4321, 5521912345678,",
        AUTHENTICATION_API_KEY=" chave-da-a , chave-da-b ",
    )
    settings = load_settings("cli")
    assert settings.admin_telefones == ("5511987654321", "5521912345678")
    assert settings.api_keys == ("chave-da-a", "chave-da-b")


def test_templates_are_names_with_languages_in_their_order(setenv) -> None:
    setenv(WHATSAPP_TEMPLATE_RETOMAR=" retomar:pt_BR, resume:en,")
    assert load_settings("cli").whatsapp_template_retomar == (Modelo("retomar", "pt_BR"), Modelo("resume", "en"))


def test_channels_and_crm_are_on_when_their_first_setting_is(setenv) -> None:
    setenv(TELEGRAM_BOT_TOKEN="1:abc", WHATSAPP_PHONE_NUMBER_ID="106540", RPA_API_URL="http://rpa:9/")
    setenv(PIPEDRIVE_API_URL="https://beg.pipedrive.com", PIPEDRIVE_API_TOKEN="crm")
    settings = load_settings("cli")
    assert settings.telegram_enabled
    assert settings.whatsapp_enabled
    assert settings.pipedrive_enabled
    assert settings.rpa_api_url == "http://rpa:9"


def test_callback_key_is_base64_after_whsec_and_any_other_text_as_it_is(setenv) -> None:
    setenv(RPA_CALLBACK_SECRET="whsec_c2VncmVkby1kb3Mtcm9ib3M")
    assert load_settings("cli").callback_key == b"segredo-dos-robos"
    setenv(RPA_CALLBACK_SECRET="um segredo qualquer, sem prefixo")
    assert load_settings("cli").callback_key == b"um segredo qualquer, sem prefixo"


def test_robot_files_may_come_from_the_robots_and_the_object_store_unless_told_otherwise(setenv) -> None:
    setenv(RPA_API_URL="https://RPA.example/api", MINIO_ENDPOINT="127.0.0.1:9000")
    assert load_settings("cli").file_hosts == {("rpa.example", 443), ("127.0.0.1", 9000)}
    setenv(RPA_ARQUIVOS_HOSTS="files.example, 10.0.0.5:8000,[::1]:81")
    assert load_settings("cli").file_hosts == {("files.example", None), ("10.0.0.5", 8000), ("::1", 81)}


def test_second_languages_are_listed_by_language_in_order(setenv) -> None:
    assert load_settings("cli").idioma_reserva == {}
    setenv(IDIOMA_RESERVA="es:pt, ES:en,*:pt-BR,")
    settings = load_settings("cli")
    assert settings.idioma_reserva == {"es": ("pt", "en"), "*": ("pt",)}
    assert settings.replace(PORT="8090").idioma_reserva == settings.idioma_reserva


@pytest.mark.parametrize(
    ("endpoint", "secure"), [("127.0.0.1:9000", False), ("minio:9000", False), ("s3.amazonaws.com", True)]
)
def test_object_store_is_reached_by_https_unless_it_is_near(setenv, endpoint: str, secure: bool) -> None:
    setenv(MINIO_ENDPOINT=endpoint)
    assert load_settings("cli").minio_secure is secure
    setenv(MINIO_SECURE=str(not secure).lower())
    assert load_settings("cli").minio_secure is not secure


@pytest.mark.parametrize(
    ("name", "value", "takes"),
    [
        ("PORT", "99999", "uma porta de 1 a 65535"),
        ("PORT", "oitenta", "uma porta de 1 a 65535"),
        ("API_RATE_LIMIT", "0", "um número inteiro a partir de 1"),
        ("RPA_TENTATIVAS", "1.5", "a partir de 1"),
        ("RPA_POLL_INTERVAL", "-1", "segundos, mais que 0"),
        ("PRESENCE_TIMEOUT", "nan", "segundos, mais que 0"),
        ("TIMEZONE", "America/Sao_Paolo", "um fuso horário"),
        ("TIMEZONE", "America", "um fuso horário"),
        ("TIMEZONE", "../../etc/passwd", "um fuso horário"),
        ("PUBLIC_URL", "balcao.example", "um endereço http(s)://"),
        ("TELEGRAM_API_URL", "ftp://x", "um endereço http(s)://"),
        ("RPA_API_URL", "http://x:porta", "um endereço http(s)://"),
        ("MINIO_ENDPOINT", "http://minio:9000", "sem http://"),
        ("MINIO_BUCKET", "B", "o nome de um bucket"),
        ("MINIO_SECURE", "talvez", "true ou false"),
        ("LOG_LEVEL", "ALTO", "DEBUG, INFO"),
        ("LOG_FORMAT", "xml", "json ou console"),
        ("RPA_ARQUIVOS_HOSTS", "http://x/", "HOST ou HOST:PORTA"),
        ("TRUSTED_PROXIES", "proxy.example", "endereços ou redes"),
        ("TRUSTED_PROXIES", "10.0.0.0/33", "endereços ou redes"),
        ("IDIOMA_RESERVA", "es", "como es:pt"),
        ("RETENCAO", "outbox", "TABELA:DIAS"),
        ("RETENCAO", "outbox:29", "TABELA:DIAS"),
        ("RETENCAO", "auditoria:90", "TABELA:DIAS"),
        ("IDIOMA_RESERVA", "es:português!", "como es:pt"),
        ("WHATSAPP_API_VERSION", "25", "uma versão como"),
        ("WHATSAPP_PHONE_NUMBER_ID", "../x", "o id do número"),
        ("WHATSAPP_TEMPLATE_RETOMAR", "retomar", "MODELO:IDIOMA"),
        ("WHATSAPP_TEMPLATE_RETOMAR", "retomar:pt_BR, Resume:en", "MODELO:IDIOMA"),
    ],
)
def test_malformed_setting_stops_the_start_with_its_name_value_and_form(setenv, name, value, takes) -> None:
    setenv(**{name: value})
    message = refused()
    assert message.startswith(f"{name} recebeu ")
    assert value in message
    assert takes in message


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://root:senha-secreta@h/d"),
        ("DATABASE_URL", "postgresql://u:senha-secreta@h:porta/d"),
        ("DATABASE_URL", "postgresql://u:senha-secreta@h/d?statement_cache_size=0"),
        ("DATABASE_URL", "sqlite:///:memory:"),
        ("DATABASE_URL", "sqlite://dados.db"),
        ("ADMIN_TELEFONES", "98765-4321x"),
        ("REDIS_URL", "http://:senha-secreta@h"),
        ("REDIS_URL", "redis://:senha-secreta@h/0?opcao=1"),
        ("REDIS_URL", "rediss+sentinel://:senha-secreta@h/s?ssl_cert_reqs=nada"),
        ("TELEGRAM_BOT_TOKEN", "token-sem-numero"),
        ("TELEGRAM_WEBHOOK_SECRET", "não-é-ascii"),
        ("TELEGRAM_WEBHOOK_SECRET", "x" * 257),
        ("SECRET_KEYS", f"{FERNET_KEY},curta-demais"),
        ("RPA_CALLBACK_SECRET", "whsec_*não é base64*"),
        ("PUBLIC_URL", "https://ana:senha-secreta@balcao.example"),
    ],
)
def test_secret_is_not_shown_when_it_is_malformed(setenv, name: str, value: str) -> None:
    setenv(**{name: value})
    message = refused()
    shown = value.split(",")[-1]
    assert message.startswith(f"{name} recebeu um valor de {len(shown)} caracteres; aceita ")
    assert shown not in message


def test_several_problems_are_one_line_and_listed_apart(setenv) -> None:
    setenv(PORT="0", TIMEZONE="Lua")
    with pytest.raises(SettingsError) as caught:
        load_settings("cli")
    assert str(caught.value).endswith("(e mais 1: TIMEZONE)")
    assert [problem.split()[0] for problem in caught.value.problems] == ["PORT", "TIMEZONE"]


def test_dotenv_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes("HOST=praça".encode("latin-1"))
    assert ".env recebeu bytes que não são UTF-8" in refused()


@pytest.mark.parametrize("missing", WEB)
def test_web_refuses_to_start_without_what_it_needs(setenv, missing: str) -> None:
    setenv(**{**WEB, missing: ""})
    assert refused("web").startswith(f"{missing} recebeu nada; aceita ")


def test_web_starts_with_what_it_needs(setenv) -> None:
    setenv(**WEB)
    assert load_settings("web").fernet_keys == (FERNET_KEY,)


@pytest.mark.falha(3)
def test_telegram_on_without_webhook_secret_is_refused(setenv) -> None:
    setenv(**WEB, TELEGRAM_BOT_TOKEN="123456:abc")
    assert refused("web").startswith("TELEGRAM_WEBHOOK_SECRET recebeu nada; aceita de 8 a 256")


def test_whatsapp_and_robots_bring_their_own_needs(setenv) -> None:
    setenv(**WEB, WHATSAPP_PHONE_NUMBER_ID="106540", RPA_API_URL="http://rpa:9")
    with pytest.raises(SettingsError) as caught:
        load_settings("web")
    assert {problem.split()[0] for problem in caught.value.problems} == {
        "WHATSAPP_ACCESS_TOKEN",
        "WHATSAPP_APP_SECRET",
        "WHATSAPP_VERIFY_TOKEN",
        "RPA_CALLBACK_SECRET",
    }


def test_worker_needs_no_secret_of_the_web(setenv) -> None:
    setenv(**{**WEB, "JWT_SECRET": "", "AUTHENTICATION_API_KEY": ""}, TELEGRAM_BOT_TOKEN="1:abc")
    assert load_settings("worker").telegram_enabled


def test_clock_needs_redis_and_the_keys_of_the_logins_it_hands_on(setenv) -> None:
    assert refused("clock").startswith("REDIS_URL recebeu nada")
    setenv(REDIS_URL="unix:///run/redis.sock")
    assert refused("clock").startswith("SECRET_KEYS recebeu nada")
    setenv(SECRET_KEYS=FERNET_KEY)
    assert load_settings("clock").redis_url == "unix:///run/redis.sock"


@pytest.mark.parametrize("process", ["migrate", "doctor", "cli"])
def test_commands_start_with_what_there_is_and_ask_for_more(process: str) -> None:
    settings = load_settings(process)
    with pytest.raises(SettingsError, match="JWT_SECRET recebeu nada"):
        settings.require("PORT", "JWT_SECRET")


@pytest.mark.falha(135)
@pytest.mark.parametrize(
    ("name", "short", "enough"),
    [
        ("JWT_SECRET", "j" * 31, "j" * 32),
        ("AUTHENTICATION_API_KEY", "a-chave-boa-e-comprida,curta", "a-chave-boa-e-comprida"),
        ("TELEGRAM_WEBHOOK_SECRET", "t" * 7, "t" * 8),
        ("WHATSAPP_APP_SECRET", "w" * 15, "w" * 16),
        ("WHATSAPP_VERIFY_TOKEN", "v" * 7, "v" * 8),
        ("RPA_CALLBACK_SECRET", "r" * 15, "r" * 16),
        ("RPA_CALLBACK_SECRET", "whsec_c2VncmVkbw", "whsec_c2VncmVkby1kb3Mtcm9ib3M"),
    ],
)
@pytest.mark.parametrize("process", ["web", "doctor"])
def test_a_weak_secret_stops_the_start_which_says_how_to_make_one(
    setenv, process: str, name: str, short: str, enough: str
) -> None:
    setenv(**WEB)
    for weak in ("x", short):
        setenv(**{name: weak})
        said = refused(process)
        assert said.startswith(f"{name} recebeu um valor de ")
        assert weak not in said.split()
        assert name == "WHATSAPP_APP_SECRET" or "`openssl rand -hex 32` faz um" in said
    setenv(**{name: enough})
    load_settings(process)


def test_secrets_show_in_no_print_of_the_settings(setenv) -> None:
    setenv(**{**WEB, "REDIS_URL": "redis://:senha-do-redis@h", "DATABASE_URL": "postgres://u:senha-do-pg@h/d"})
    setenv(ADMIN_TELEFONES="5511987654321")
    settings = load_settings("web")
    planted = {
        "senha-do-redis",
        "senha-do-pg",
        "chave-numero-um",
        "chave-numero-dois",
        "j" * 40,
        FERNET_KEY,
        "segredo-do-minio",
    }
    for text in (repr(settings), str(settings)):
        assert not [secret for secret in planted if secret in text]
        assert "5511987654321" not in text
    assert planted <= set(settings.secret_values())


def test_a_password_is_hidden_as_it_is_written_and_as_it_is_sent(setenv) -> None:
    setenv(
        REDIS_URL="redis+sentinel://:s%40nha@a,b/balcao?sentinel_password=outra%2F",
        DATABASE_URL="postgresql://u:d%3A@h/d",
    )
    assert {"s%40nha", "s@nha", "outra/", "d%3A", "d:"} <= set(load_settings("cli").secret_values())


def test_an_address_of_redis_that_nobody_can_read_stops_the_start(setenv) -> None:
    for url in ("redis+sentinel://a:porta/balcao", "redis+cluster://a,,b", "redis+sentinel:///balcao"):
        setenv(REDIS_URL=url)
        assert refused().startswith("REDIS_URL recebeu um valor de ")


def test_replacing_checks_like_the_environment_and_keeps_the_rest(setenv) -> None:
    setenv(PORT="9000", **WEB)
    settings = load_settings("web").replace(REDIS_URL="unix:///x.sock", MINIO_SECURE="true")
    assert (settings.port, settings.redis_url, settings.minio_secure) == (9000, "unix:///x.sock", True)
    assert settings.api_keys == ("chave-numero-um", "chave-numero-dois")
    with pytest.raises(ValueError, match="PORT"):
        settings.replace(PORT="0")


def test_web_does_not_borrow_the_secrets_of_up(setenv, tmp_path: Path) -> None:
    generate_missing_secrets(tmp_path / ".balcao")
    setenv(**{**WEB, "JWT_SECRET": ""})
    assert refused("web").startswith("JWT_SECRET recebeu nada")


def test_reading_settings_imports_nothing_heavy() -> None:
    code = "import sys, bot.settings; print(*({'aiogram', 'aiohttp', 'sqlalchemy'} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == ""
