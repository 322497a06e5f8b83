"""Where many walks begin: one login, a seller with her phone, a robot at work for her. They need one database only.

And an object store that can be made to stand still.
"""

import os
import signal
from collections.abc import Iterator

import pytest

from bot.channels import stored
from bot.senders import files
from core import delivery_errors
from sandbox import Job, Phone
from storage.engines.s3 import EmbeddedS3
from tests.support.sellers import seller, sells
from tests.support.service import RunningService


@pytest.fixture
async def loja(sqlite_service: RunningService) -> RunningService:
    """The service with one back-office login."""
    await sqlite_service.login_bo()
    return sqlite_service


@pytest.fixture
async def ana(loja: RunningService) -> Phone:
    """Ana Souza, a registered seller, with her phone in hand."""
    return await seller(loja)


@pytest.fixture
async def job(loja: RunningService, ana: Phone) -> Job:
    """The robot of Ana's sale, which the test drives."""
    return await sells(loja, ana)


@pytest.fixture
def little_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits for the object store waits for tenths of a second."""
    monkeypatch.setattr(files, "IN_PLACE_SECONDS", 0.5)
    monkeypatch.setattr(delivery_errors, "STORE_AWAY_SECONDS", 0.3)
    monkeypatch.setattr(files.FileSender, "first_wait", 0.3)
    monkeypatch.setattr(files.FileSender, "max_attempts", 4)
    monkeypatch.setattr(stored, "STORE_SECONDS", 0.5)


@pytest.fixture
def store_process(s3: EmbeddedS3) -> Iterator[int]:
    """The object store's process; it goes on at the end, whatever happened."""
    assert s3.pid is not None
    yield s3.pid
    os.kill(s3.pid, signal.SIGCONT)


@pytest.fixture
def stopped_store(store_process: int) -> int:
    """The object store's process, which stands still."""
    os.kill(store_process, signal.SIGSTOP)
    return store_process
