"""Live events on their way to the bus."""

from typing import Any
from uuid import UUID

from core.commands.base import EVERY, Command, command
from storage.pessoa.perfil import Perfil


@command("live", EVERY)
class PublishEvent(Command):
    """Put an event on the bus (core/live.py), for people of these perfis and for these people.

    `chave` is the event's own: putting it there again changes nothing. Its lane is that of what it is about.
    """

    chave: str
    event: str
    data: dict[str, Any]
    perfis: tuple[Perfil, ...] = ()
    usuario_ids: tuple[UUID, ...] = ()

    @property
    def lane(self) -> str:
        return f"live:{self.chave}"

    @property
    def written_as(self) -> str:
        return self.event


@command("live", "varios")
class PublishEvents(Command):
    """Put these events on the bus, in order: those of one moment are one call, however many they are."""

    events: tuple[PublishEvent, ...]

    @property
    def lane(self) -> str:
        return f"live:{self.events[0].chave}"
