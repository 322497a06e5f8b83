"""Commands as a person types them, run in a thread of the test: each has a loop of its own."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from uuid import uuid4

import pytest
from structlog.testing import capture_logs
from typer.testing import CliRunner, Result

from bot.commands.cli import app
from bot.settings import Settings
from storage.engines.s3 import EmbeddedS3
from tests.support.commands import Balcao, UseEnvironment
from tests.support.service import settings_for


@pytest.fixture
def use_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> UseEnvironment:
    """Nothing of ours set, in an empty directory; then what the test says."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)

    def put(environment: Mapping[str, str]) -> None:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)

    return put


@pytest.fixture
def balcao(use_environment: UseEnvironment) -> Balcao:
    """`await balcao("token", "5531…")`: what the command said, and its exit code. `piped`: its standard input."""

    async def run(*words: str, piped: bytes | None = None) -> Result:
        # A service in the same process would log onto the command's standard output.
        with capture_logs():
            return await asyncio.to_thread(CliRunner().invoke, app, list(words), input=piped)

    return run


@pytest.fixture
def on_sqlite(
    use_environment: UseEnvironment, sqlite_url: str, redis_url: str, s3: EmbeddedS3, tmp_path: Path
) -> dict[str, str]:
    """The commands work on engines of the tests; the environment says which."""
    environment = settings_for(sqlite_url, redis_url, s3, tmp_path)
    use_environment(environment)
    return environment


@pytest.fixture
def on_database(
    use_environment: UseEnvironment, database_url: str, redis_url: str, s3: EmbeddedS3, tmp_path: Path
) -> dict[str, str]:
    """As `on_sqlite`, on each database in turn."""
    environment = settings_for(database_url, redis_url, s3, tmp_path)
    use_environment(environment)
    return environment


@pytest.fixture
def machine(on_database: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """An installation with a bucket of its own."""
    on_database["MINIO_BUCKET"] = f"b{uuid4().hex[:12]}"
    monkeypatch.setenv("MINIO_BUCKET", on_database["MINIO_BUCKET"])
    return on_database


@pytest.fixture
def on_this_machine(on_sqlite: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """As `machine`, for what does not depend on the database."""
    on_sqlite["MINIO_BUCKET"] = f"b{uuid4().hex[:12]}"
    monkeypatch.setenv("MINIO_BUCKET", on_sqlite["MINIO_BUCKET"])
    return on_sqlite
