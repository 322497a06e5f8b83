"""What waits longest begins first: one worker waits for processes and browsers while the others compute.

xdist gives each worker a part of the list and lets who has nothing left take from the end of another's. So what stands
first is begun at once, one after another in one worker, and no worker is alone with it at the end.
"""

import pytest

# Seconds to a minute and a half each, on a quiet machine, with little CPU of the worker's own.
_LONG = (
    "tests/processes/",
    "tests/webhooks/docs/test_schemathesis.py",
    "tests/webhooks/live/test_processes.py",
    "tests/webhooks/live/test_clients.py",
    "tests/sandbox/test_sandbox_in_up.py",
    "tests/sandbox/test_clients_",
)
# One worker has the browser, and no other starts one too.
_BROWSER = "chromium"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not (item.nodeid.startswith(_LONG) or _BROWSER in getattr(item, "fixturenames", ())))
