"""Which jobs that somebody reads have news: one query a while for all readers of this process."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from storage.database import Database
from storage.robo.linhas import Estado, Trabalho, estados_of

log = structlog.get_logger()

LOOK_SECONDS = 0.5
# Readers of logs in one process; more are told to come back.
MAX_READERS = 500


class Full(Exception):
    """This process has no room for another reader."""


class News:
    """How far a job is known to be here; one for all of its readers."""

    def __init__(self) -> None:
        self.estado: Estado | None = None
        self.readers = 0
        self._changed = asyncio.Event()

    def tell(self, estado: Estado | None) -> None:
        """This is how far it is; whoever waits goes on if that is news."""
        if estado != self.estado:
            self.estado = estado
            self.wake()

    def wake(self) -> None:
        """Whoever waits looks again."""
        self._changed.set()
        self._changed = asyncio.Event()

    async def wait(self, seconds: float) -> None:
        """Until there is news, or for so long."""
        changed = self._changed
        try:
            async with asyncio.timeout(seconds):
                await changed.wait()
        except TimeoutError:
            return


class LogFeed:
    """`start` and `stop` it with the process. It asks the database only while somebody reads."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._jobs: dict[Trabalho, News] = {}
        self._task: asyncio.Task[None] | None = None
        self.closing = False

    @property
    def readers(self) -> int:
        """How many connections there are."""
        return sum(news.readers for news in self._jobs.values())

    def start(self) -> None:
        """From now on, in the running loop."""
        self._task = asyncio.create_task(self._look_on())

    async def stop(self) -> None:
        """Nobody is told anything any more."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def end_all(self) -> None:
        """Let every reader go."""
        self.closing = True
        for news in self._jobs.values():
            news.wake()

    @contextmanager
    def reading(self, trabalho: Trabalho) -> Iterator[News]:
        """As long as one connection follows this job. Raises `Full`."""
        if self.closing or self.readers >= MAX_READERS:
            raise Full
        news = self._jobs.setdefault(trabalho, News())
        news.readers += 1
        try:
            yield news
        finally:
            news.readers -= 1
            if not news.readers:
                del self._jobs[trabalho]

    async def look(self) -> None:
        """Ask once how far the jobs are that somebody reads."""
        wanted = list(self._jobs)
        if not wanted:
            return
        async with self._database.read() as connection:
            estados = await estados_of(connection, wanted)
        for trabalho in wanted:
            if trabalho in self._jobs:
                self._jobs[trabalho].tell(estados.get(trabalho))

    async def _look_on(self) -> None:
        while True:
            try:
                await self.look()
            except Exception as error:
                log.warning("log_feed_failed", error=repr(error)[:300])
            await asyncio.sleep(LOOK_SECONDS)
