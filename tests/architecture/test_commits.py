"""The house rules that make "one event, one transaction" hold, read from the source itself."""

import ast
import inspect
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiogram import Router
from aiogram.dispatcher.event.handler import CallableObject

from dialogs.routers import the_dispatcher
from tests.support.source_code import PACKAGES, ROOT, Found, calls, files, nodes, parsed

# Alembic runs before there is any turn.
MAY_COMMIT = {"bot/turn.py", "storage/schema.py"}
# The first statement of what `bot/turn.py` opened and commits, where SQLAlchemy is passed by (decision 022).
MAY_BEGIN = MAY_COMMIT | {"storage/engines/driver.py"}
# PostgreSQL makes and drops whole databases outside of any transaction only.
# What only reads needs none, and one statement is one by itself (decision 021).
WITHOUT_TRANSACTION = [
    "storage/backup/postgres.py _outside",
    "storage/engines/reading.py reading",
    "storage/engines/single.py single",
]

# Tasks outlive the function that makes them: each place, and who ends them.
TASKS = {
    "bot/runtime/background.py Background.start_worker": "Background.stop_worker cancels both",
    "bot/runtime/agreed_clock.py agreeing": "cancels it when it leaves",
    "webhooks/live/endpoints.py _until_over": "cancels its own before it returns",
    "webhooks/doors/several.py each_in_their_order": "its task group ends them with itself",
    "webhooks/live/feed.py LogFeed.start": "LogFeed.stop, with the application",
    "webhooks/live/hub.py Hub.start": "Hub.stop cancels all three",
    "webhooks/operations/readiness.py Readiness.engines": "Readiness.stop cancels it, at the web app's cleanup",
    "webhooks/operations/readiness.py Readiness._answer": "Readiness.stop cancels those that are not over",
    "bot/outbox/marker.py Marker.mark": "Marker.stop cancels it, when the courier has drained",
    "bot/outbox/courier.py Courier._start": "Courier.drain waits, then cancels",
    "bot/outbox/courier.py Courier._spawn": "Courier.drain waits, then cancels",
    "bot/hearing.py GroupCommit._begin": "GroupCommit.settle waits for them, a commit each",
    "bot/commands/up.py _kept_running": "cancels it when it leaves",
    "bot/clock.py Ticker.start": "Ticker.stop cancels it",
    "bot/runtime/watchdog.py watched": "cancels it when it leaves",
    "bot/clock.py Ticker._apart.run": "stop waits for it, and gives up what takes longer",
    "core/batches.py Batches.add": "settle waits for it: Courier.drain, Wiring.close and the web app's cleanup call it",
    "bot/senders/relatorio/sender.py _pulled": "its thread waits for each before it asks for the next",
}
_MAKES_TASKS = ("create_task", "ensure_future", "run_coroutine_threadsafe", "start_soon")

_SQL = re.compile(
    r"\bselect\b.+\bfrom\s+\w|\binsert\s+into\b|\bupdate\s+\w+\s+set\b|\bdelete\s+from\b|\b(create|alter|drop)\s+table\b",
    re.IGNORECASE | re.DOTALL,
)
_WRITES_SQL = {"text", "select", "insert", "update", "delete", "exec_driver_sql"}


def test_only_the_turn_commits() -> None:
    committing = {found.path for found in calls("commit")}
    assert committing == MAY_COMMIT


def test_nobody_else_opens_a_write_transaction() -> None:
    opening = {found.path for found in calls("begin")}
    assert opening == MAY_BEGIN


def test_no_statement_commits_by_itself() -> None:
    said = [found.where for found in nodes() if _says(found, r"\s*(commit|savepoint)\b.*")]
    switched = [found.where for found in nodes() if _says(found, "AUTOCOMMIT")]
    assert (said, switched) == ([], WITHOUT_TRANSACTION)


def _says(found: Found, pattern: str) -> bool:
    node = found.node
    return (
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(pattern, node.value, re.IGNORECASE) is not None
    )


def test_every_task_has_an_owner_that_ends_it() -> None:
    made = {found.where for name in _MAKES_TASKS for found in calls(name)}
    assert made == set(TASKS)


def test_rules_know_no_framework() -> None:
    known = {
        (found.path, name)
        for found in nodes("core")
        for name in _imported(found.node)
        if name.split(".")[0] in ("aiogram", "aiohttp")
    }
    assert known == set()


def _imported(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.ImportFrom):
        yield node.module or ""
    elif isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)


@pytest.mark.parametrize("package", ["core", "dialogs", "webhooks"])
def test_no_sql_outside_storage(package: str) -> None:
    sql = {found.where for found in nodes(package) if _holds_sql(found.node) or _imports_sql(found.node)}
    # `SELECT 1` asks whether the database is there; it is about no table.
    assert sql - {"webhooks/operations/endpoints.py"} == set()


def _holds_sql(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and _SQL.search(node.value) is not None


def _imports_sql(node: ast.AST) -> bool:
    if not isinstance(node, ast.ImportFrom) or not (node.module or "").startswith("sqlalchemy"):
        return False
    return bool(_WRITES_SQL & {alias.name for alias in node.names})


def test_imports_go_one_way() -> None:
    # A process of its own: run in ours, it would switch off the loggers that are there.
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_every_package_is_guarded() -> None:
    """A new package at the top must be put into the contracts and into these tests."""
    found = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert found == {*PACKAGES, "sandbox"}


class TestNothingOfADialogRunsInAThread:
    """aiogram calls every plain function, and a bare `F` filter too, through `asyncio.to_thread`.

    A thread sees the turn's transaction from another place, and costs more than the rest of the filter.
    """

    def test_handlers_and_filters_are_async(self) -> None:
        threaded = [f"{where}: {part.callback}" for where, part in _called_parts() if not part.awaitable]
        assert threaded == []

    def test_the_dialogs_do_have_handlers(self) -> None:
        assert Counter(where.split()[1] for where, _ in _called_parts())["message"] > 10

    def test_filters_of_ours_are_not_hiding_a_plain_call(self) -> None:
        """aiogram takes any `Filter` for async, whatever its `__call__` is."""
        filters = {type(part.callback) for _, part in _called_parts() if not inspect.isroutine(part.callback)}
        assert [kind for kind in filters if not inspect.iscoroutinefunction(kind.__call__)] == []

    def test_no_router_uses_magic_filters(self) -> None:
        named = {found.where for found in nodes("dialogs", "bot") if _imports_magic(found.node)}
        assert named == set()


def _called_parts() -> Iterator[tuple[str, CallableObject]]:
    """Everything aiogram calls for an event: (router and kind of event, handler or filter)."""
    for router in _routers(the_dispatcher()):
        for kind, observer in router.observers.items():
            # aiogram's own check of the running flow; it holds no dialog.
            if router.parent_router is None and kind == "update":
                continue
            where = f"{router.name} {kind}"
            yield from ((where, part) for part in observer._handler.filters or [])
            for handler in observer.handlers:
                yield where, handler
                yield from ((where, part) for part in handler.filters or [])


def _routers(router: Router) -> Iterator[Router]:
    yield router
    for inner in router.sub_routers:
        yield from _routers(inner)


def _imports_magic(node: ast.AST) -> bool:
    if not isinstance(node, ast.ImportFrom) or not (node.module or "").startswith(("aiogram", "magic_filter")):
        return False
    return bool({"F", "MagicFilter"} & {alias.name for alias in node.names})


def test_no_function_is_longer_than_fifty_lines_and_no_file_than_four_hundred() -> None:
    long_files = [path.name for path in files() if len(path.read_text().splitlines()) > 400]
    long_functions = [
        f"{path.name} {node.name}"
        for path in files()
        if "migrations" not in path.parts
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno >= 50
    ]
    assert (long_files, long_functions) == ([], [])
