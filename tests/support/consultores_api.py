"""Another system that holds an api-key, as the reference of the consultores describes it."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.support.service import MovableClock, RunningService

# The moment of the reference's examples.
NOW = datetime(2024, 1, 23, 14, 30, tzinfo=UTC)
KEY = {"api-key": "chave-da-api"}
JOAO = {"nome": "João Silva", "idiomas": ["pt", "en"], "id_pipedrive": 456}


@pytest.fixture
def the_moment_of_the_reference(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time moves only when told."""
    monkeypatch.setattr(MovableClock, "__call__", lambda clock: NOW + clock.ahead)


@pytest.fixture
async def api(service: RunningService, the_moment_of_the_reference: None) -> "Api":
    return Api(service)


@pytest.fixture
async def sqlite_api(sqlite_service: RunningService, the_moment_of_the_reference: None) -> "Api":
    """For what does not depend on the database."""
    return Api(sqlite_service)


class Api:
    """Another system that holds a key."""

    def __init__(self, service: RunningService) -> None:
        self.service = service
        self.headers: Any = None

    async def call(self, method: str, path: str, wanted: int = 200, **how: Any) -> Any:
        async with self.service.http.request(method, path, headers=KEY, **how) as response:
            assert response.status == wanted, await response.text()
            self.headers = response.headers
            return await response.json()

    async def new(self, **values: Any) -> dict[str, Any]:
        return dict(await self.call("POST", "/consultor", 201, json=JOAO | values))

    async def online(self, consultor_id: int, online: bool = True) -> dict[str, Any]:
        return dict(await self.call("PUT", f"/consultor/{consultor_id}/connection", json={"status_online": online}))

    async def da_vez(self, wanted: int = 200, **query: str) -> dict[str, Any]:
        return dict(await self.call("GET", "/consultor/da-vez", wanted, params={"idioma": "pt"} | query))

    async def refused(self, method: str, path: str, status: int, **how: Any) -> str:
        return str((await self.call(method, path, status, **how))["detail"])
