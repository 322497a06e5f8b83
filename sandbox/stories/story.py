"""What a story is written with: a stage, and actors who act as people do and wait as tests do."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sandbox.bubbles import Bubble
from sandbox.controls import Controls
from sandbox.hooks import Pool
from sandbox.phone import Phone
from sandbox.telegram.phone import TelegramPhone

# Seconds at the usual pace: a person's hand, and a reader's eye.
HAND_SECONDS = 0.9
CAPTION_SECONDS = 0.9
LETTER_SECONDS = 0.024

# How long a step may take before the story says that it did not happen.
PATIENCE_SECONDS = 25.0


@dataclass(frozen=True)
class Words:
    """A sentence for the page, in both of its languages."""

    pt: str
    en: str


class StepMissing(Exception):
    """Something that the story counts on did not happen, or cannot; the words say what."""

    def __init__(self, pt: str, en: str) -> None:
        super().__init__(en)
        self.words = Words(pt, en)


class Stage:
    """The page, for one story. `pace` multiplies every pause; 0 plays at once."""

    def __init__(
        self, phones: Sequence[Phone], controls: Controls, pace: Callable[[], float], changed: Callable[[], None]
    ) -> None:
        self._phones = phones
        self._controls = controls
        self._pace = pace
        self._changed = changed
        self.caption = Words("", "")
        self.step = 0
        self.acting: Phone | None = None

    async def tells(self, pt: str, en: str) -> None:
        """The caption of what comes now, shown long enough to be read."""
        self.caption, self.step, self.acting = Words(pt, en), self.step + 1, None
        self._changed()
        await self.pause(CAPTION_SECONDS + LETTER_SECONDS * len(pt))

    async def enters(self, name: str) -> "Actor":
        """Somebody with their phone in hand; on Telegram they have opened the chat and said who they are."""
        actor = Actor(self, self.phone(name))
        if actor.phone.channel == "telegram" and not actor.phone.started:
            await actor.says("/start")
            await actor.sees("")
        if actor.phone.channel == "telegram" and actor.phone.actions:
            await actor.shares_contact()
            await actor.sees("O que você quer fazer")
        return actor

    def phone(self, name: str) -> Phone:
        """The phone of that person."""
        found = next((phone for phone in self._phones if phone.name == name), None)
        if found is None:
            raise StepMissing(f"{name} não está nesta página.", f"{name} is not on this page.")
        return found

    async def pause(self, seconds: float) -> None:
        """Wait as long as a person watching needs."""
        await asyncio.sleep(seconds * self._pace())

    async def pool(self) -> Pool:
        """The pool of logins now."""
        hooks = self._controls.hooks
        assert hooks is not None, "stories are offered with hooks only"
        return await hooks.pool()

    def now(self) -> datetime:
        """The service's time, in the business time zone."""
        hooks = self._controls.hooks
        assert hooks is not None, "stories are offered with hooks only"
        return hooks.now()

    def portal_brings(self, behaviour: str) -> None:
        """What the next robot will do or bring, by its name (sandbox/rpa/behaviours.py)."""
        self._controls.plan(behaviour)

    async def moves_the_clock(self, **by: float) -> None:
        """Time passes, as `timedelta` says it: `minutes=31`."""
        await self.pause(HAND_SECONDS)
        await self._controls.move(timedelta(**by))

    async def moves_to_run_of(self, nome: str) -> None:
        """Time passes until that schedule runs, and it has run when this returns."""
        run = await self._controls.next_run_of(nome)
        if run is None:
            raise StepMissing(f"Não há agendamento “{nome}” ativo.", f"There is no active schedule “{nome}”.")
        await self.pause(HAND_SECONDS)
        await self._controls.move_to_run(run.em)

    async def acts(self, phone: Phone) -> None:
        """The eye goes to a phone, and the hand to its screen."""
        self.acting = phone
        self._changed()
        await self.pause(HAND_SECONDS)


class Actor:
    """A person in a story: the verbs of a phone, at a pace that can be watched."""

    def __init__(self, stage: Stage, phone: Phone) -> None:
        self.phone = phone
        self._stage = stage
        self._seen: Bubble | None = None

    async def says(self, text: str) -> None:
        """Type and send."""
        await self._stage.acts(self.phone)
        await self.phone.says(text)

    async def shares_contact(self) -> None:
        """Share one's own contact."""
        await self._stage.acts(self.phone)
        await self.phone.shares_contact()

    async def taps(self, label: str) -> None:
        """Tap a button or row, on the bubble that was seen last if it has it."""
        await self._stage.acts(self.phone)
        bubble = self._seen if self._seen is not None and self._seen.find(label) else None
        try:
            await self.phone.taps(label, bubble=bubble, timeout=PATIENCE_SECONDS)
        except AssertionError:
            raise StepMissing(
                f"{self.phone.name} não encontrou “{label}” para tocar.",
                f"{self.phone.name} found no “{label}” to tap.",
            ) from None

    async def opens_topic(self, name: str) -> None:
        """Turn to the topic whose name has this, on the channel that has topics."""
        if not isinstance(self.phone, TelegramPhone):
            return
        try:
            topic = await self.phone.sees_topic(name, timeout=PATIENCE_SECONDS)
        except AssertionError:
            raise StepMissing(
                f"{self.phone.name} não tem o tópico “{name}”.", f"{self.phone.name} has no topic “{name}”."
            ) from None
        await self._stage.acts(self.phone)
        self.phone.opens_topic(topic)

    async def sees(self, fragment: str) -> Bubble:
        """Wait for a bubble that shows the fragment and was not there when the story began; the bubble."""
        try:
            self._seen = await self.phone.sees(fragment, timeout=PATIENCE_SECONDS)
        except AssertionError:
            raise StepMissing(
                f"{self.phone.name} não viu “{fragment}” em {PATIENCE_SECONDS:g} s.",
                f"{self.phone.name} did not see “{fragment}” within {PATIENCE_SECONDS:g} s.",
            ) from None
        return self._seen


def protocolo_in(bubble: Bubble) -> str:
    """The number of a protocolo that a bubble tells, as in `#00001`."""
    found = re.search(r"#\d{5,}", bubble.text)
    if found is None:
        raise StepMissing("Faltou o número do protocolo.", "The protocolo's number was missing.")
    return found[0]


@dataclass(frozen=True)
class Story:
    """`play` is the story, `cast` the names of those in it, first the one it is about.

    `room` is the room of the panel that shows most of it.
    """

    key: str
    title: Words
    about: Words
    cast: tuple[str, ...]
    play: Callable[[Stage], Awaitable[None]]
    room: str = "robots"
