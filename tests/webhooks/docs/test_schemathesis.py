"""Schemathesis drives the running service from our own OpenAPI: no 5xx, and the contract kept.

By default a short run on one database, the same each time. The long one, with new cases each time, on both databases:

    SCHEMATHESIS_SECONDS=900 pytest tests/webhooks/docs/test_schemathesis.py
"""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.engines.s3 import EmbeddedS3
from tests.support.sellers import seller, sells
from tests.support.service import RunningService, settings_for
from webhooks.http.endpoints import operation_of
from webhooks.routes import ROUTES

CONFIG = Path(__file__).with_name("schemathesis.toml")
SECONDS = int(os.environ.get("SCHEMATHESIS_SECONDS", "0"))
# Every operation with what is at the edges of its schema, then a few cases made up.
SHORT = ["--generation-deterministic", "--max-examples", "2", "--phases", "examples,coverage,fuzzing,stateful"]
pytestmark = [pytest.mark.each_database] if SECONDS else []


@pytest.fixture
async def service(
    database_url: str, clean_redis_url: str, s3: EmbeddedS3, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[RunningService]:
    # It gives wrong credentials on purpose, and wants 401 each time.
    monkeypatch.setattr("storage.guesses.WRONG_A_MINUTE", 1_000_000)
    environment = settings_for(database_url, clean_redis_url, s3, tmp_path)
    async with RunningService(environment | {"API_RATE_LIMIT": "100000000"}) as running:
        yield running


async def people_in_turn(service: RunningService) -> None:
    """Of every language that the hooks ask for."""
    key = {"api-key": "chave-da-api"}
    for nome in ("João Silva", "Rita Reis", "Davi Luz"):
        body = {"nome": nome, "idiomas": ["pt", "en", "es", "fr", "zh"]}
        async with service.http.post("/consultor", json=body, headers=key) as response:
            path = f"/consultor/{(await response.json())['id']}/connection"
        async with service.http.put(path, json={"status_online": True}, headers=key) as response:
            assert response.status == 200


async def test_the_service_keeps_what_its_openapi_says(service: RunningService, tmp_path: Path) -> None:
    administrador = await service.administrador()
    await service.login_bo()
    settings = service.settings
    job = await sells(service, await seller(service))
    await people_in_turn(service)
    environment = {
        "PATH": os.environ["PATH"],
        "NO_COLOR": "1",
        "SCHEMATHESIS_HOOKS": str(CONFIG.with_name("schemathesis_hooks.py")),
        "TEST_BEARER": service.token(administrador, hours=24)["Authorization"].split()[1],
        "TEST_JOB_ID": job.id,
        "TEST_VERIFY_TOKEN": settings.whatsapp_verify_token.get_secret_value(),
        "TEST_APP_SECRET": settings.whatsapp_app_secret.get_secret_value(),
        "TEST_CALLBACK_SECRET": settings.rpa_callback_secret.get_secret_value(),
    }
    length = ["--max-time", str(SECONDS)] if SECONDS else SHORT
    process = await asyncio.create_subprocess_exec(
        *(Path(sys.executable).with_name("schemathesis"), "--config-file", str(CONFIG)),
        *("run", f"{service.url}/openapi.json", *length),
        env=environment,
        cwd=tmp_path,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    assert process.returncode == 0, said.decode()
    described = [route for route in ROUTES if operation_of(route.handler) is not None]
    # All but the stream that never ends.
    assert f"Tested: {len(described) - 1}\n" in said.decode()
