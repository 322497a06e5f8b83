"""The example robot of docs/clients: what it signs is heard, with a secret of either form."""

import importlib.util
from asyncio import to_thread
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import pytest
from standardwebhooks import Webhook

from bot.setting_forms import callback_key
from tests.support.sellers import seller, sells
from tests.support.service import RunningService

ROBOT = Path(__file__).parents[2] / "docs" / "clients" / "robot.py"


@pytest.fixture(scope="module")
def robot() -> ModuleType:
    spec = importlib.util.spec_from_file_location("robot_client", ROBOT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("secret", ["whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODk", "0123456789abcdef0123456789abcdef"])
def test_it_signs_as_we_verify_with_either_form_of_secret(robot: ModuleType, secret: str) -> None:
    body, at = b'{"event": "job.heartbeat"}', 1796026248
    expected = Webhook(callback_key(secret)).sign("m1", datetime.fromtimestamp(at, UTC), body.decode())
    assert robot.signed(secret, "m1", at, body) == expected


async def test_what_it_reports_reaches_the_seller(sqlite_service: RunningService, robot: ModuleType) -> None:
    await sqlite_service.login_bo()
    ana = await seller(sqlite_service)
    job = await sells(sqlite_service, ana)
    secret = sqlite_service.wiring.settings.rpa_callback_secret.get_secret_value()
    address = str(job.body["callback_url"])
    done = {"event": "job.completed", "job_id": job.id, "seq": 50, "data": {"resultado": {"numero_pedido": "PED-7"}}}
    assert await to_thread(robot.report, address, "another-secret-of-some-length", done) == (
        401,
        '{"detail": "wrong, stale or no signature"}',
    )
    assert (await to_thread(robot.report, address, secret, done))[0] == 200
    await ana.sees("PED-7")
