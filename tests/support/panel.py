"""The sandbox's page beside a whole service, its panel worked over HTTP as the page does."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import aiohttp

from bot.demonstration.staff import PEOPLE, Stage, seed
from sandbox import Phone, Sandbox
from sandbox.waiting import Signal
from tests.support.service import RunningService

STORY_SECONDS = 60.0


@dataclass
class Page:
    """One open page: what it was told last of each kind, and its buttons."""

    url: str
    http: aiohttp.ClientSession
    told: dict[str, Any] = field(default_factory=dict)
    captions: list[str] = field(default_factory=list)
    changed: Signal = field(default_factory=Signal)

    async def post(self, path: str, wanted: int = 204, **body: Any) -> None:
        """Press something."""
        async with self.http.post(f"{self.url}/{path}", json=body, headers={"X-Sandbox": "page"}) as response:
            assert response.status == wanted, (path, response.status, await response.text())

    async def shows(self, event: str, **wanted: Any) -> dict[str, Any]:
        """Wait until the newest news of that kind has these fields; the news."""

        def find() -> dict[str, Any] | None:
            news: dict[str, Any] | None = self.told.get(event)
            return news if news is not None and wanted.items() <= news.items() else None

        return await self.changed.expect(find, STORY_SECONDS, lambda: f"{event}: {self.told.get(event)}")

    async def shows_pool(self, **wanted: Any) -> dict[str, Any]:
        """Wait until the pool is shown with these counts; the pool."""

        def find() -> dict[str, Any] | None:
            shown: dict[str, Any] = self.told["controls"]["pool"]
            return shown if wanted.items() <= shown.items() else None

        return await self.changed.expect(find, STORY_SECONDS, lambda: str(self.told["controls"]["pool"]))

    async def shows_fault(self, name: str, on: bool) -> None:
        """Wait until that switch is shown on, or off."""
        faults = dict(self.told["controls"]["faults"]) | {name: on}

        def find() -> bool | None:
            return True if self.told["controls"]["faults"] == faults else None

        await self.changed.expect(find, STORY_SECONDS, lambda: str(self.told["controls"]["faults"]))

    async def shows_job(self, job_id: str, **wanted: Any) -> dict[str, Any]:
        """Wait until the last news of a robot's job has these fields; the job."""

        def find() -> dict[str, Any] | None:
            job: dict[str, Any] = self.told.get("job", {}).get("job", {})
            return job if ({"id": job_id} | wanted).items() <= job.items() else None

        return await self.changed.expect(find, STORY_SECONDS, lambda: str(self.told.get("job")))

    async def plays(self, key: str) -> dict[str, Any]:
        """Click a story and watch it to its end."""
        self.captions.clear()
        run = self.told["story"]["run"] + 1
        await self.post(f"stories/{key}/play")
        await self.shows("story", run=run, key=key)
        return await self.ends()

    async def ends(self) -> dict[str, Any]:
        """Watch the story that is being played to its end."""

        def over() -> dict[str, Any] | None:
            story: dict[str, Any] = self.told["story"]
            return story if story["status"] not in ("idle", "playing") else None

        return await self.changed.expect(over, STORY_SECONDS, lambda: str(self.told["story"]))

    def hear(self, event: str, view: dict[str, Any]) -> None:
        """One event of the line."""
        if event == "state":
            self.told |= {name: view[name] for name in ("controls", "story", "stories")}
        else:
            self.told[event] = view
        caption = self.told["story"]["caption"]
        if caption and caption["pt"] and caption["pt"] not in self.captions[-1:]:
            self.captions.append(caption["pt"])
        self.changed.notify()


@asynccontextmanager
async def page_of(url: str) -> AsyncIterator[Page]:
    """A page that listens."""
    async with aiohttp.ClientSession() as http, http.get(f"{url}/live") as live:
        page = Page(url, http)
        listening = asyncio.create_task(_listen(page, live))
        await page.shows("story")
        yield page
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)


async def _listen(page: Page, live: aiohttp.ClientResponse) -> None:
    event = ""
    async for raw in live.content:
        line = raw.decode().rstrip("\n")
        if line.startswith("event: "):
            event = line.removeprefix("event: ")
        elif line.startswith("data: "):
            page.hear(event, json.loads(line.removeprefix("data: ")))


@asynccontextmanager
async def demonstration(service: RunningService) -> AsyncIterator[Page]:
    """The staff of `balcao up` in this service, and a page with hooks; nothing waits between the steps."""
    sandbox: Sandbox = service.sandbox
    for channel in (sandbox.telegram, sandbox.whatsapp):
        channel.clock = lambda: service.clock().timestamp()
    for person in PEOPLE:
        phone = (sandbox.telegram if person.channel == "telegram" else sandbox.whatsapp).phone(
            person.name, person.telefone, person.papel
        )
        phone.dicas = person.dicas
    await seed(service.wiring)
    hooks = Stage(service.wiring, service.clock, service.clock_work).hooks()
    async with sandbox.attached(hooks), page_of(sandbox.url) as page:
        await page.post("stories/pace", pace=0)
        yield page


def phone_of(service: RunningService, name: str) -> Phone:
    """That person's phone."""
    return next(phone for phone in service.sandbox.phones if phone.name == name)


def said(phone: Phone, since: int = 0) -> list[str]:
    """The conversation as short lines: what the person wrote or tapped, and the first line of each answer."""
    lines = []
    for bubble in phone.screen[since:]:
        first = (bubble.versions[0].text.splitlines() or [bubble.kind])[0]
        lines.append(f"> {first}" if bubble.mine else first)
    return lines


def local(service: RunningService) -> datetime:
    """The service's time in the business time zone."""
    return service.clock().astimezone(service.settings.zone)
