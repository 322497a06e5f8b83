"""A stand-in of Pipedrive's API v2 over HTTP: persons and activities in memory, and errors on demand."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web

TOKEN = "token-do-pipedrive"
# The only users of this company.
USERS = frozenset({456, 789})


@dataclass
class Pipedrive:
    """`fail`: statuses of the next answers. `lose`: how many answers get lost after their work is done."""

    persons: dict[int, dict[str, Any]] = field(default_factory=dict)
    activities: dict[int, dict[str, Any]] = field(default_factory=dict)
    fail: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    lose: list[str] = field(default_factory=list)
    url: str = ""
    _runner: web.AppRunner | None = None

    async def start(self) -> None:
        app = web.Application(middlewares=[self._door])
        app.add_routes(
            [
                web.get("/api/v2/persons/search", self._search),
                web.get("/api/v2/persons", self._list_persons),
                web.get("/api/v2/persons/{id}", self._person),
                web.post("/api/v2/persons", self._add_person),
                web.get("/api/v2/activities", self._list),
                web.post("/api/v2/activities", self._add_activity),
                web.patch("/api/v2/activities/{id}", self._change),
            ]
        )
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

    @web.middleware
    async def _door(self, request: web.Request, handler: Any) -> web.StreamResponse:
        if request.headers.get("x-api-token") != TOKEN:
            return web.json_response({"success": False, "error": "unauthorized access"}, status=401)
        if self.fail:
            status, headers = self.fail.pop(0)
            return web.json_response({"success": False, "error": "on purpose"}, status=status, headers=headers)
        answer: web.StreamResponse = await handler(request)
        if self.lose and self.lose[0] == f"{request.method} {request.path}":
            self.lose.pop(0)
            assert request.transport is not None
            request.transport.abort()
        return answer

    @staticmethod
    def matches(term: str, phone: str, exact: bool) -> bool:
        """Whether a phone is found by what is searched for."""
        return term == phone if exact else term in phone

    async def _search(self, request: web.Request) -> web.Response:
        term, exact = request.query["term"], request.query["exact_match"] == "true"
        found = [
            one | {"phones": phones}
            for one in self.persons.values()
            if (phones := [phone["value"] for phone in one.get("phones", [])])
            and any(self.matches(term, phone, exact) for phone in phones)
        ]
        return web.json_response({"success": True, "data": {"items": [{"item": one} for one in found]}})

    async def _list_persons(self, request: web.Request) -> web.Response:
        return web.json_response({"success": True, "data": list(self.persons.values())})

    async def _person(self, request: web.Request) -> web.Response:
        found = self.persons.get(int(request.match_info["id"]))
        if found is None:
            return web.json_response({"success": False, "error": "person not found"}, status=404)
        return web.json_response({"success": True, "data": found})

    async def _add_person(self, request: web.Request) -> web.Response:
        return self._add(self.persons, await request.json())

    async def _add_activity(self, request: web.Request) -> web.Response:
        body = await request.json()
        if "person_id" in body:
            return web.json_response({"success": False, "error": "'person_id' is a read-only field."}, status=400)
        if any(one["person_id"] not in self.persons for one in body.get("participants", [])):
            return web.json_response({"success": False, "error": "person not found"}, status=404)
        return self._add(self.activities, body)

    def _add(self, rows: dict[int, dict[str, Any]], body: dict[str, Any]) -> web.Response:
        if body.get("owner_id", 456) not in USERS:
            return web.json_response({"success": False, "error": "owner_id is not a user"}, status=400)
        new = {"id": len(rows) + 1, **body}
        rows[new["id"]] = new
        return web.json_response({"success": True, "data": new}, status=201)

    async def _list(self, request: web.Request) -> web.Response:
        person = int(request.query["person_id"])
        own = [one for one in self.activities.values() if one["participants"][0]["person_id"] == person]
        return web.json_response({"success": True, "data": own})

    async def _change(self, request: web.Request) -> web.Response:
        activity = self.activities.get(int(request.match_info["id"]))
        if activity is None:
            return web.json_response({"success": False, "error": "not found"}, status=404)
        body = await request.json()
        if body.get("owner_id", 456) not in USERS:
            return web.json_response({"success": False, "error": "owner_id is not a user"}, status=400)
        activity.update(body)
        return web.json_response({"success": True, "data": activity})


@pytest.fixture
async def pipedrive() -> AsyncIterator[Pipedrive]:
    """Pipedrive, listening."""
    standin = Pipedrive()
    await standin.start()
    yield standin
    await standin.stop()
