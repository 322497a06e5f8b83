"""Plays one story at a time, and tells the pages how far it is."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

from sandbox.controls import Controls
from sandbox.phone import Phone
from sandbox.rpa.rpa import Rpa
from sandbox.stories.story import Stage, StepMissing, Story, Words
from sandbox.telegram.phone import TelegramPhone

View = dict[str, Any]

QUICKEST, SLOWEST = 0.0, 4.0
_log = logging.getLogger(__name__)

# How long what a story ended has to reach the phones before it begins.
_QUIET_SECONDS = 0.3


class Player:
    """`phones` is who is on the page, `name_of` the page's own name for a phone; `tell` hears of every change."""

    def __init__(
        self,
        stories: Sequence[Story],
        phones: Callable[[], Sequence[Phone]],
        name_of: Callable[[Phone], str],
        controls: Controls,
        rpa: Rpa,
        tell: Callable[[str, View], None],
    ) -> None:
        self._stories = {story.key: story for story in stories}
        self._phones, self._name_of = phones, name_of
        self._controls = controls
        self._rpa = rpa
        self._tell = tell
        self._task: asyncio.Task[None] | None = None
        # One after the other: what is being ended is not ended twice, and two do not begin at once.
        self._changing = asyncio.Lock()
        self._story: Story | None = None
        self._stage: Stage | None = None
        self._status = "idle"
        self._problem: Words | None = None
        self._runs = 0
        self.pace = 1.0

    def offered(self) -> list[View]:
        """The stories whose people are on the page; none without hooks."""
        if self._controls.hooks is None:
            return []
        names = {phone.name for phone in self._phones()}
        return [
            {"key": story.key, "title": asdict(story.title), "about": asdict(story.about)}
            for story in self._stories.values()
            if names.issuperset(story.cast)
        ]

    def view(self) -> View:
        """The story being played, or the last one, and how it stands: idle, playing, done, stopped or failed."""
        stage = self._stage
        acting = stage.acting if stage else None
        return {
            "key": self._story.key if self._story else "",
            "status": self._status,
            "run": self._runs,
            "step": stage.step if stage else 0,
            "caption": asdict(stage.caption) if stage else None,
            "acting": self._name_of(acting) if acting else "",
            "phones": [self._name_of(phone) for phone in self._cast(self._story)] if self._story else [],
            "room": self._story.room if self._story else "",
            "problem": asdict(self._problem) if self._problem else None,
            "pace": self.pace,
        }

    def offers(self, key: str) -> bool:
        """Whether the page offers that story."""
        return any(story["key"] == key for story in self.offered())

    async def play(self, key: str) -> None:
        """Begin that story; one that is being played is stopped first."""
        async with self._changing:
            await self._end()
            self._begin(self._stories[key])

    async def stop(self) -> None:
        """End the story that is being played, and what it left open."""
        async with self._changing:
            await self._end()

    def _begin(self, story: Story) -> None:
        self._story = story
        self._stage = Stage(list(self._phones()), self._controls, lambda: self.pace, self._changed)
        self._problem = None
        self._runs += 1
        self._stands("playing")
        self._task = asyncio.create_task(self._run(self._story, self._stage))

    async def _end(self) -> None:
        if self._task is not None and not self._task.done():
            self._task.cancel()
            await asyncio.wait([self._task])
        if self._status == "playing":
            # It was cancelled before it had begun.
            self._stands("stopped")

    def keep_pace(self, pace: float) -> None:
        """How much longer than usual every pause is, from now on."""
        self.pace = min(max(pace, QUICKEST), SLOWEST)
        self._changed()

    async def _run(self, story: Story, stage: Stage) -> None:
        tempo = self._rpa.tempo
        status = "stopped"
        try:
            await self._set_the_stage(story)
            self._rpa.tempo = tempo * self.pace
            await story.play(stage)
            status = "done"
        except StepMissing as missing:
            self._problem, status = missing.words, "failed"
        except Exception:
            _log.exception("the story %s broke off", story.key)
            self._problem = Words("A história parou por um erro.", "The story broke off with an error.")
            status = "failed"
        finally:
            self._rpa.tempo = tempo
            try:
                await self._clear_the_stage(story)
                await self._controls.refresh()
            finally:
                self._stands(status)

    async def _set_the_stage(self, story: Story) -> None:
        """Whatever was going on: nothing fails, nothing of these people is open, and what they read before is old."""
        self._controls.calm()
        cast = self._cast(story)
        if hooks := self._controls.hooks:
            await hooks.prepare(_telefones(cast))
        try:
            await asyncio.gather(*(phone.quiet(_QUIET_SECONDS) for phone in cast))
        except TimeoutError:
            raise StepMissing("O serviço não responde.", "The service does not answer.") from None
        for phone in cast:
            if isinstance(phone, TelegramPhone):
                phone.opens_topic(None)
            for bubble in phone.screen:
                bubble.seen = len(bubble.versions)

    async def _clear_the_stage(self, story: Story) -> None:
        if hooks := self._controls.hooks:
            await hooks.tidy(_telefones(self._cast(story)))

    def _cast(self, story: Story) -> list[Phone]:
        known = {phone.name: phone for phone in self._phones()}
        return [known[name] for name in story.cast if name in known]

    def _stands(self, status: str) -> None:
        self._status = status
        self._changed()

    def _changed(self) -> None:
        self._tell("story", self.view())


def _telefones(cast: Sequence[Phone]) -> list[str]:
    return [phone.telefone for phone in cast if phone.telefone]
