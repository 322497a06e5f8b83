"""Callback data: Telegram takes 1 to 64 bytes on a button (42), and every button has somebody who listens to its taps.

The dialogs' sources are read for every text that begins like a tap (`venda:`, `resp:`, …). What stands in braces is
as long as `LONGEST` says; a new kind of part has to be entered there.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest
from sqlalchemy import update

import dialogs
from core.palavras import Palavra
from dialogs.frame.i18n import LANGUAGE_NAMES
from dialogs.frame.words import Tap
from dialogs.routers import the_dispatcher
from storage.tables import vendas
from tests.support.sellers import seller, sells
from tests.support.service import RunningService

LIMIT = 64
HIGHEST_INTEGER = 2**31 - 1
LONGEST = {
    "code": max(LANGUAGE_NAMES, key=len),
    "palavra": max(Palavra, key=len),
    "number": "9999",
    "*_question_of(venda)": f"{'f' * 32}:{HIGHEST_INTEGER}",
}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class Source:
    """One dialog, and every callback data that stands in it."""

    path: Path

    @cached_property
    def data(self) -> list[str]:
        """At their longest."""
        tree = ast.parse(self.path.read_text(encoding="utf-8"))
        functions = [node for node in ast.walk(tree) if isinstance(node, FUNCTIONS)]
        return [text for function in functions for text in self._of(function) if _is_tap(text)]

    def _of(self, function: ast.AST) -> Iterator[str]:
        for node in _texts(function):
            longest = "".join(self._longest(part, function) for part in _parts(node))
            # An f-string that goes on like a tap and whose beginning nobody knows could be one.
            assert not re.match(r"\{[^}]*\}:\S*$", longest), (
                f"{self.path.name}:{node.lineno}: enter {longest} in LONGEST"
            )
            yield longest

    def _longest(self, part: ast.expr, function: ast.AST) -> str:
        if isinstance(part, ast.Constant):
            return str(part.value)
        source = ast.unparse(part)
        if source in LONGEST:
            return LONGEST[source]
        if source.endswith("id.hex"):
            return "f" * 32
        given = _assigned(source, function)
        if given is None:
            return f"{{{source}}}"
        joined = ":" if isinstance(given, ast.Call) else ""
        return joined.join(self._longest(piece, function) for piece in _parts(given))


def _parts(node: ast.expr) -> list[ast.expr]:
    """What a text is put together from: an f-string's pieces, or the list of a `":".join([…])`."""
    if isinstance(node, ast.Call):
        assert isinstance(node.args[0], ast.List)
        return node.args[0].elts
    values = node.values if isinstance(node, ast.JoinedStr) else [node]
    return [value.value if isinstance(value, ast.FormattedValue) else value for value in values]


def _texts(function: ast.AST) -> Iterator[ast.expr]:
    """Every text and f-string of a function, but not the pieces of one."""
    pieces = {id(piece) for node in ast.walk(function) if isinstance(node, ast.JoinedStr) for piece in node.values}
    for node in ast.walk(function):
        text = isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))
        if text and id(node) not in pieces:
            assert isinstance(node, ast.expr)
            yield node


def _assigned(name: str, function: ast.AST) -> ast.expr | None:
    """What a local name was made of, when that is a text."""
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name:
            text = isinstance(node.value, ast.JoinedStr | ast.Constant)
            joined = ast.unparse(node.value).startswith("':'.join([")
            return node.value if text or joined else None
    return None


def _listened_to() -> set[tuple[str, ...]]:
    """The beginnings of callback data that some handler waits for."""
    handlers = (handler for router in the_dispatcher().chain_tail for handler in router.callback_query.handlers)
    filters = (condition.callback for handler in handlers for condition in handler.filters or ())
    return {tuple(condition._parts) for condition in filters if isinstance(condition, Tap)}


def _is_tap(text: str) -> bool:
    prefix, _, rest = text.partition(":")
    return bool(rest) and prefix in {parts[0] for parts in _listened_to()}


SOURCES = [Source(path) for path in sorted(Path(dialogs.__file__).parent.rglob("*.py"))]
ALL_DATA = sorted({text for source in SOURCES for text in source.data})


@pytest.mark.falha(42)
@pytest.mark.parametrize("data", ALL_DATA)
def test_callback_data_fits(data: str) -> None:
    assert 1 <= len(data.encode()) <= LIMIT


def test_the_reading_finds_the_dialogs_buttons() -> None:
    """A reading that finds nothing would let everything pass."""
    assert {"venda:sim", "venda:nao", "liberar:todos", f"convite:{'f' * 32}", f"cancelar:sim:{'f' * 32}"} <= set(
        ALL_DATA
    )
    assert f"resp:{'f' * 32}:{HIGHEST_INTEGER}:9999" in ALL_DATA


@pytest.mark.parametrize("data", ALL_DATA)
def test_every_button_has_a_listener(data: str) -> None:
    parts = tuple(data.split(":"))
    waiting = [listened for listened in _listened_to() if parts[: len(listened)] == listened]
    assert waiting or data.startswith("palavra:")


@pytest.mark.falha(42)
@pytest.mark.parametrize("channel", ["telegram", "whatsapp"])
async def test_a_robots_question_has_buttons_that_fit_however_long_its_options(
    sqlite_service: RunningService, channel: str
) -> None:
    await sqlite_service.login_bo()
    ana = await seller(sqlite_service, channel=channel)
    job = await sells(sqlite_service, ana)
    await sqlite_service.wiring.turns.run(
        lambda tx: tx.execute(update(vendas).values(perguntas_feitas=HIGHEST_INTEGER - 1))
    )

    opcoes = [{"id": f"plano-{number}-" + "ção" * 60, "texto": f"Plano {number}"} for number in range(1, 10)]
    await job.ask("Qual plano?", "opcao", opcoes)

    card = await ana.sees("Qual plano?")
    data = [button.data for row in card.keyboard for button in row] + [row.id for row in card.rows]
    assert len(data) == 9
    assert all(len(one.encode()) <= LIMIT for one in data)
    await ana.taps("Plano 9")
    assert await job.answered() == [opcoes[8]["id"]]
