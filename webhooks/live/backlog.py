"""What readers of live events have missed: the newest events in memory, older ones from the bus."""

import asyncio
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from itertools import islice

import structlog

from storage.live import Entry, LiveBus, Position
from storage.secrets import SecretUnreadable
from webhooks.live.readers import Message

log = structlog.get_logger()

# Kept in memory, so that not every one of many who come back together asks Redis.
RECENT = 2_000
_PAGE = 200
_PAGES_AT_ONCE = 16


@dataclass(slots=True)
class News:
    """An entry of the bus, and its message once somebody may see it; None also when it cannot be opened."""

    entry: Entry
    message: Message | None = None

    @property
    def position(self) -> Position:
        return self.entry.position


class Backlog:
    """Events that have passed, for one process."""

    def __init__(self, bus: LiveBus) -> None:
        self._bus = bus
        self._recent: deque[News] = deque(maxlen=RECENT)
        self._asking = asyncio.Semaphore(_PAGES_AT_ONCE)

    def add(self, entry: Entry) -> News:
        """Remember the newest entry."""
        news = News(entry)
        self._recent.append(news)
        return news

    def forget(self) -> None:
        """The bus was emptied or set back: what is in memory does not lead up to what comes next any more."""
        self._recent.clear()

    def message(self, news: News) -> Message | None:
        """What readers get of an entry, opened once for all of them; None when it cannot be opened."""
        if news.message is None:
            try:
                news.message = Message.of(news.position, news.entry.event, self._bus.open(news.entry))
            except SecretUnreadable as error:
                log.warning("live_entry_unreadable", event_name=news.entry.event, error=str(error))
        return news.message

    async def keeps(self, position: Position) -> bool:
        """Whether this entry is still known, so that nothing after it can have been lost. Raises what redis-py does."""
        index = bisect_left(self._recent, position, key=lambda news: news.position)
        if index < len(self._recent) and self._recent[index].position == position:
            return True
        async with self._asking:
            return await self._bus.keeps(position)

    async def between(
        self, after: Position, until: Position, wanted: Callable[[Entry], bool]
    ) -> AsyncIterator[Message]:
        """The wanted ones of a stretch, its beginning left out and its end included. Raises what redis-py raises."""
        while after < until:
            page = self._in_memory(after, until)
            if page is None:
                async with self._asking:
                    page = [News(entry) for entry in await self._bus.between(after, until, _PAGE)]
            for news in page:
                if wanted(news.entry) and (message := self.message(news)):
                    yield message
            if not page:
                return
            after = page[-1].position

    def _in_memory(self, after: Position, until: Position) -> list[News] | None:
        """That stretch, if memory reaches back to its beginning."""
        if not self._recent or self._recent[0].position > after:
            return None
        first = bisect_right(self._recent, after, key=lambda news: news.position)
        return [news for news in islice(self._recent, first, None) if news.position <= until]
