"""What the logs show, and what they never show."""

import io
import json
import logging
import sys
import threading
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
import structlog

from bot.runtime.logs import configure_logging
from bot.runtime.redaction import MASK, Redactor

BOT_TOKEN = "123456789:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc"
JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI1NTExIn0.c2lnbmF0dXJl"
KNOWN = "valor-que-so-as-configuracoes-conhecem"

pytestmark = pytest.mark.usefixtures("logging_put_back")


class Stream(io.StringIO):
    """Standard error, on a terminal or not."""

    def __init__(self, terminal: bool = False) -> None:
        super().__init__()
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


@pytest.fixture
def stream() -> Stream:
    stream = Stream()
    configure_logging("json", "INFO", secrets=[KNOWN, "x"], stream=stream)
    return stream


def last(stream: Stream) -> dict[str, Any]:
    return json.loads(stream.getvalue().splitlines()[-1])


def test_json_is_chosen_when_nobody_watches_and_console_on_a_terminal() -> None:
    for terminal, is_json in ((False, True), (True, False)):
        stream = Stream(terminal)
        configure_logging(stream=stream)
        structlog.get_logger("teste").info("venda concluida", pedido="#00001")
        assert (stream.getvalue()[0] == "{") is is_json
        assert "#00001" in stream.getvalue()


def test_event_has_time_level_logger_and_the_request_it_belongs_to(stream: Stream) -> None:
    structlog.contextvars.bind_contextvars(request_id="00000000001234567890")
    structlog.get_logger("balcao").warning("fila cheia", na_fila=3)
    event = last(stream)
    assert event.pop("timestamp").endswith("Z")
    assert event == {
        "event": "fila cheia",
        "level": "warning",
        "logger": "balcao",
        "na_fila": 3,
        "request_id": "00000000001234567890",
    }


@pytest.mark.parametrize("name", ["aiohttp.access", "aiogram.event", "apscheduler", "taskiq", "sqlalchemy"])
def test_libraries_speak_through_the_same_masks(stream: Stream, name: str) -> None:
    structlog.contextvars.bind_contextvars(request_id="r1")
    logging.getLogger(name).warning("GET %s %d", f"/bot{BOT_TOKEN}/sendMessage", 200)
    event = last(stream)
    assert event["event"] == f"GET /bot{MASK}/sendMessage 200"
    assert (event["logger"], event["level"], event["request_id"]) == (name, "warning", "r1")


def test_level_is_obeyed_and_statements_with_their_values_stay_out() -> None:
    stream = Stream()
    configure_logging("json", "DEBUG", stream=stream)
    logging.getLogger("sqlalchemy.engine").info("INSERT", extra={})
    logging.getLogger("aiosqlite").debug("executing")
    assert stream.getvalue() == ""
    structlog.get_logger("balcao").debug("visto")
    assert last(stream)["event"] == "visto"
    configure_logging("json", "ERROR", stream=stream)
    structlog.get_logger("outro").warning("não visto")
    logging.getLogger("aiohttp").warning("não visto")
    assert len(stream.getvalue().splitlines()) == 1


def test_warnings_are_logged(stream: Stream) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        configure_logging("json", stream=stream)
        warnings.warn("cuidado com 5511987654321", stacklevel=1)
    assert "cuidado com ***" in last(stream)["event"]


@pytest.mark.parametrize(
    "key",
    [
        *("token", "senha", "senha_pap", "SENHA_PORTAL", "api-key", "Authorization", "hub.verify_token", "cpf"),
        *("telefone", "tel_whatsapp", "wa_id", "JWT_SECRET", "Set-Cookie", "X-Hub-Signature-256", "password"),
    ],
)
def test_value_under_a_telling_name_is_masked_whatever_it_is(stream: Stream, key: str) -> None:
    for value in ("abc", 5511987654321, ["abc"], {"a": "abc"}, b"abc"):
        structlog.get_logger("balcao").info("visto", **{key: value}, corpo={"itens": [{key: value}]})
        assert last(stream)[key] == MASK
        assert last(stream)["corpo"] == {"itens": [{key: MASK}]}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("cpf 529.982.247-25 ok", "cpf *** ok"),
        ("52998224725", MASK),
        ("529 982 247 25", MASK),
        ("529982247-25", MASK),
        ("fone +5511987654321!", "fone ***!"),
        ("5511987654321@s.whatsapp.net", "***@s.whatsapp.net"),
        ("ligue (11) 98765-4321", "ligue ***"),
        ("+55 11 98765-4321", MASK),
        ("+55 (11) 3765-4321", MASK),
        ("11 9 8765-4321", MASK),
        ("1198765-4321", MASK),
        (f"https://api.telegram.org/bot{BOT_TOKEN}/getMe", f"https://api.telegram.org/bot{MASK}/getMe"),
        ("Authorization: Bearer abc.def-123", "Authorization: Bearer ***"),
        ("authorization=Basic dXNlcjpwYXNz", "authorization=Basic ***"),
        ("usou Bearer abc123", "usou Bearer ***"),
        ("GET /ws/v1/events?token=abc&desde=4", "GET /ws/v1/events?token=***&desde=4"),
        (
            "?hub.mode=subscribe&hub.verify_token=abc&hub.challenge=1",
            "?hub.mode=subscribe&hub.verify_token=***&hub.challenge=1",
        ),
        ('{"senha": "duas palavras", "mes": 1}', '{"senha": ***, "mes": 1}'),
        ("{'senha_pap': b'xyz', 'a': 1}", "{'senha_pap': ***, 'a': 1}"),
        ("{'token': ['abc'], 'a': 1}", "{'token': ***], 'a': 1}"),
        (r'"{\"senha\": \"x y\", \"a\": 1}"', r'"{\"senha\": ***, \"a\": 1}"'),
        ('"senha": "sem fim', '"senha": ***'),
        ("api-key: abc\nhost: x", "api-key: ***\nhost: x"),
        ("postgresql://balcao:p4ss@db/x", "postgresql://balcao:***@db/x"),
        ("redis://:p4ss@h:6379/0", "redis://:***@h:6379/0"),
        (f"jwt {JWT}.", f"jwt {MASK}."),
        ("whsec_c2VncmVkbw==", MASK),
        (f"erro em {KNOWN}", f"erro em {MASK}"),
    ],
)
def test_secret_inside_a_text_is_masked(stream: Stream, text: str, shown: str) -> None:
    structlog.get_logger("balcao").info(text, detalhe=text, lista=[{"x": text}], corpo=(text,))
    event = last(stream)
    assert (event["event"], event["detalhe"]) == (shown, shown)
    assert (event["lista"], event["corpo"]) == ([{"x": shown}], [shown])


@pytest.mark.parametrize(
    "text",
    [
        "processo 550e8400-e29b-41d4-a716-446655440000 aprovado",
        "job 01234567-0123-0123-0123-012345678901",
        "1234567890123456789012345678901f",
        "às 2026-11-21T23:37:16.123456+00:00",
        "cnpj 12.345.678/0001-95",
        "protocolo #00001",
        "Fatura de 03/2026: R$ 1.234,56",
        "GET /processos 200 1234 0.0123",
        "127.0.0.1:8080",
        "token expirado",
    ],
)
def test_ids_times_and_money_stay_readable(stream: Stream, text: str) -> None:
    structlog.get_logger("balcao").info(text)
    assert last(stream)["event"] == text


@dataclass
class Ligacao:
    telefone: str
    numero: str


def test_objects_are_masked_as_they_would_print(stream: Stream) -> None:
    structlog.get_logger("balcao").info(
        "visto",
        objeto=Ligacao("5511987654321", "52998224725"),
        erro=ValueError("senha=abc"),
        bytes=b"token=abc",
        id=UUID(int=7),
        valor=Decimal("1.50"),
        mapa={"5511987654321": 1},
        nada=None,
        sim=True,
        fracao=0.5,
    )
    event = last(stream)
    assert event["objeto"] == "Ligacao(telefone=***, numero='***')"
    assert event["erro"] == "senha=***"
    assert event["bytes"] == "b'token=***'"
    assert (event["id"], event["valor"]) == (str(UUID(int=7)), "1.50")
    assert event["mapa"] == {MASK: 1}
    assert (event["nada"], event["sim"], event["fracao"]) == (None, True, 0.5)


def test_what_is_nested_without_end_is_still_masked() -> None:
    deep: dict[str, Any] = {"senha": "abc"}
    for _ in range(50):
        deep = {"dentro": [deep]}
    shown = str(Redactor()(None, "info", {"event": "x", "corpo": deep}))
    assert "abc" not in shown


@pytest.mark.parametrize("piece", ["1", "eyJ-", "eyJa.", "token", "token=", "://a:", "a1-", "'senha': '", "11 9", "f"])
def test_hostile_text_costs_little_and_is_cut(piece: str) -> None:
    redactor = Redactor([KNOWN])
    started = time.process_time()
    shown = redactor.text(piece * 100_000)
    assert time.process_time() - started < 1
    assert len(shown) < 100_000


def raise_with_secrets() -> None:
    senha = "abc-local"  # noqa: F841 - a local variable that no traceback may show
    try:
        raise KeyError("cpf 529.982.247-25")
    except KeyError as error:
        error.add_note(f"com {KNOWN}")
        raise RuntimeError(f"POST /bot{BOT_TOKEN}/x de 5511987654321: senha=abc123") from error


def log_exception() -> None:
    try:
        raise_with_secrets()
    except RuntimeError:
        structlog.get_logger("balcao").exception("turno falhou")


def log_exception_of_a_library() -> None:
    try:
        raise_with_secrets()
    except RuntimeError:
        logging.getLogger("aiohttp.server").exception("Error handling request")


def crash() -> None:
    try:
        raise_with_secrets()
    except RuntimeError as error:
        sys.excepthook(RuntimeError, error, error.__traceback__)


def crash_in_a_thread() -> None:
    thread = threading.Thread(target=raise_with_secrets)
    thread.start()
    thread.join()


@pytest.mark.parametrize("format", ["json", "console"])
@pytest.mark.parametrize("fail", [log_exception, log_exception_of_a_library, crash, crash_in_a_thread])
def test_planted_secrets_appear_in_no_traceback(fail: Callable[[], None], format: str) -> None:  # noqa: A002
    stream = Stream()
    configure_logging(format, secrets=[KNOWN], stream=stream)
    fail()
    shown = stream.getvalue()
    assert "RuntimeError" in shown
    assert "raise_with_secrets" in shown
    for planted in (BOT_TOKEN, "529.982.247-25", "5511987654321", "abc123", KNOWN):
        assert planted not in shown


def test_console_shows_no_local_variables() -> None:
    stream = Stream(terminal=True)
    configure_logging("console", stream=stream)
    log_exception()
    assert "error = KeyError" not in stream.getvalue()
    assert "╭" not in stream.getvalue()


def test_interrupt_from_the_keyboard_is_not_a_crash(stream: Stream) -> None:
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert stream.getvalue() == ""


def test_record_that_cannot_be_formatted_prints_nothing_in_clear(
    stream: Stream, capsys: pytest.CaptureFixture[str]
) -> None:
    logging.getLogger("biblioteca").warning("um %s dois", "abc", "senha=abc123")
    assert "abc123" not in stream.getvalue() + "".join(capsys.readouterr())
