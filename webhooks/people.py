"""Whose tokens are in use just now, kept for a minute: a heartbeat every 30 s need not read its person every time."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from core.time import Clock
from storage.database import Database
from storage.pessoa.usuarios import usuarios_by_ids

# Whoever is disabled by another process is cut off within this time (contract: 60 s).
KNOWN_FOR = timedelta(seconds=60)
# Read again, with somebody who has to be: so a thousand people cost a few statements a minute.
_READ_ALONG_AFTER = KNOWN_FOR / 2
_READ_ALONG = 200


@dataclass(slots=True)
class _Known:
    usuario: Row[Any]
    read_at: datetime
    asked_for: bool = False


class People:
    """Active people by id, as they were at most `KNOWN_FOR` ago. Without those who are not active: they are read."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._known: dict[UUID, _Known] = {}
        self._changes = 0

    async def one(self, usuario_id: UUID, *, fresh: bool = False) -> Row[Any] | None:
        """This person, active or not; None when there is none. `fresh`: as the database has them now."""
        known = None if fresh else self.known(usuario_id)
        return known if known is not None else await self._read(usuario_id)

    def known(self, usuario_id: UUID) -> Row[Any] | None:
        """This person, where they need not be read."""
        known = self._known.get(usuario_id)
        # An age below zero is a clock that was set back.
        if known is None or not timedelta() <= self._clock() - known.read_at < KNOWN_FOR:
            return None
        known.asked_for = True
        return known.usuario

    def forget(self, usuario_ids: Collection[UUID]) -> None:
        """These people were changed in this process: the change counts at once."""
        self._changes += 1
        for usuario_id in usuario_ids:
            self._known.pop(usuario_id, None)

    async def _read(self, usuario_id: UUID) -> Row[Any] | None:
        changes, now = self._changes, self._clock()
        wanted = {usuario_id, *self._due(now)}
        async with self._database.read() as connection:
            found = await usuarios_by_ids(connection, wanted)
        for one in wanted:
            self._known.pop(one, None)
        # What was read while somebody was changed may be older than that change.
        if changes == self._changes:
            self._known |= {one: _Known(usuario, now) for one, usuario in found.items() if usuario.status_ativo}
        return found.get(usuario_id)

    def _due(self, now: datetime) -> list[UUID]:
        """Who is to be read along. Whoever was not asked for since they were read is forgotten."""
        due = [one for one, known in self._known.items() if abs(now - known.read_at) > _READ_ALONG_AFTER]
        for one in [one for one in due if not self._known[one].asked_for]:
            del self._known[one]
        return [one for one in due if one in self._known][:_READ_ALONG]
