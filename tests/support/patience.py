"""On a busy machine the tests' engines answer late, and few tests are about the deadline: others wait for longer."""

import pytest

from bot.runtime import redis_client
from storage import database

# Where the service waits for 1 to 5.
SECONDS = 20.0
_DEADLINES = (
    (redis_client, "PATIENCE_SECONDS"),
    (database, "LOCK_WAIT_SECONDS"),
    (database, "_POOL_SECONDS"),
    (database, "_CONNECT_SECONDS"),
    (database, "_LOCK_SECONDS"),
    (database, "_STATEMENT_SECONDS"),
    (database, "_SILENT_SECONDS"),
)
_OURS = {(module, name): getattr(module, name) for module, name in _DEADLINES}


def pytest_configure() -> None:
    for module, name in _DEADLINES:
        setattr(module, name, SECONDS)


@pytest.fixture
def as_impatient_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """The service's own deadlines."""
    for (module, name), seconds in _OURS.items():
        monkeypatch.setattr(module, name, seconds)
