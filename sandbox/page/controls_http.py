"""The doors of the panel: clock, faults, delivery, Redis, the robots' jobs, and the stories."""

from datetime import timedelta
from typing import Any

from aiohttp import web

from sandbox.controls import ACTS, DELIVERIES, Controls
from sandbox.page.http import same_page
from sandbox.rpa.robot import Job
from sandbox.rpa.rpa import Rpa
from sandbox.stories.player import Player

LONGEST_MOVE = timedelta(days=31).total_seconds()


class ControlsDoor:
    """HTTP in front of the panel. What the page does not offer is 404, a wrong value 422."""

    def __init__(self, controls: Controls, player: Player, rpa: Rpa) -> None:
        self._controls = controls
        self._player = player
        self._rpa = rpa

    def routes(self) -> list[web.RouteDef]:
        """The panel's own addresses."""
        return [
            web.post("/controls/clock", self._clock),
            web.post("/controls/faults", self._fault),
            web.post("/controls/delivery", self._delivery),
            web.post("/controls/redis", self._redis),
            web.post("/controls/calm", self._calm),
            web.post("/robots/jobs/{job}/{act:[a-z]+}", self._drive),
            web.post("/stories/pace", self._pace),
            web.post("/stories/stop", self._stop),
            web.post("/stories/{story}/play", self._play),
        ]

    async def _clock(self, request: web.Request) -> web.Response:
        """`{"seconds": N}` forward, `{"to": "tomorrow"}`, or `{"run": T}`: to a run that the page shows."""
        body = await self._body(request, with_hooks=True)
        if body.get("to") == "tomorrow":
            await self._controls.move_to_tomorrow()
        elif "run" in body:
            if not await self._controls.move_to_run(_number(body, "run", 0, 2.0**40)):
                raise web.HTTPConflict
        else:
            await self._controls.move(timedelta(seconds=_number(body, "seconds", 0, LONGEST_MOVE)))
        return web.Response(status=204)

    async def _fault(self, request: web.Request) -> web.Response:
        """`{"fault": name, "on": true}`."""
        body = await self._body(request)
        if body.get("fault") not in self._controls.switches or not isinstance(body.get("on"), bool):
            raise web.HTTPUnprocessableEntity
        self._controls.turn(body["fault"], body["on"])
        return web.Response(status=204)

    async def _delivery(self, request: web.Request) -> web.Response:
        """`{"mode": "normal" | "twice" | "late" | "backwards"}`."""
        body = await self._body(request)
        if body.get("mode") not in DELIVERIES:
            raise web.HTTPUnprocessableEntity
        self._controls.deliver(body["mode"])
        return web.Response(status=204)

    async def _redis(self, request: web.Request) -> web.Response:
        await self._body(request, with_hooks=True)
        if not self._controls.view()["redis"]:
            raise web.HTTPNotFound
        await self._controls.restart_redis()
        return web.Response(status=204)

    async def _calm(self, request: web.Request) -> web.Response:
        await self._body(request)
        self._controls.calm()
        return web.Response(status=204)

    async def _drive(self, request: web.Request) -> web.Response:
        """Act as the robot: advance, ask, complete, fail or refuse."""
        await self._body(request)
        if request.match_info["act"] not in ACTS:
            raise web.HTTPNotFound
        await self._controls.drive(self._job(request), request.match_info["act"])
        return web.Response(status=204)

    async def _pace(self, request: web.Request) -> web.Response:
        """`{"pace": 1.0}`: what every pause is multiplied by."""
        body = await self._body(request)
        self._player.keep_pace(_number(body, "pace", 0, LONGEST_MOVE))
        return web.Response(status=204)

    async def _play(self, request: web.Request) -> web.Response:
        await self._body(request, with_hooks=True)
        if not self._player.offers(request.match_info["story"]):
            raise web.HTTPNotFound
        await self._player.play(request.match_info["story"])
        return web.Response(status=204)

    async def _stop(self, request: web.Request) -> web.Response:
        await self._body(request)
        await self._player.stop()
        return web.Response(status=204)

    def _job(self, request: web.Request) -> Job:
        job = self._rpa.job(request.match_info["job"])
        if job is None:
            raise web.HTTPNotFound
        if job.over:
            raise web.HTTPConflict
        return job

    async def _body(self, request: web.Request, *, with_hooks: bool = False) -> dict[str, Any]:
        """What our own page sent."""
        same_page(request)
        if with_hooks and self._controls.hooks is None:
            raise web.HTTPNotFound
        try:
            body = await request.json()
        except ValueError:
            raise web.HTTPBadRequest from None
        if not isinstance(body, dict):
            raise web.HTTPUnprocessableEntity
        return body


def _number(body: dict[str, Any], name: str, least: float, most: float) -> float:
    value = body.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        raise web.HTTPUnprocessableEntity
    return float(value)
