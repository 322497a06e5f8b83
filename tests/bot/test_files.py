"""Fetching what people send: how often it is tried, and what it keeps waiting."""

from collections.abc import AsyncIterator
from typing import Any, cast
from uuid import uuid4

import pytest

from bot.senders.files import ATTEMPTS_WHILE_TALKING, FileSender
from core.commands.conversa import FetchFile
from core.delivery_errors import Again, Refused
from storage.conversa.arquivos import Arquivo, add_arquivo
from storage.objects import ObjectStore, ObjectStoreError
from storage.transaction import Call
from tests.support.turning import World, open_world


class Channel:
    """Gives this file, or fails like that."""

    def __init__(self, answer: bytes | Exception) -> None:
        self._answer = answer

    async def download(self, file_id: str) -> bytes:
        if isinstance(self._answer, Exception):
            raise self._answer
        return self._answer


class StoreThatIsDown:
    async def put(self, key: str, data: bytes, content_type: str) -> None:
        raise ObjectStoreError("connection refused")


@pytest.fixture
async def world(sqlite_url: str) -> AsyncIterator[World]:
    async with open_world(sqlite_url) as opened:
        yield opened


async def fetches(world: World, channel: Channel, attempts: int, **params: Any) -> None:
    """One try to fetch a file, which was tried so often before."""
    contato_id, arquivo_id = await world.person(str(uuid4().int)), uuid4()
    arquivo = Arquivo("f1", "conta.pdf", "application/pdf", 3, None)
    await world.turns.run(lambda tx: add_arquivo(tx, arquivo_id, contato_id, "whatsapp", arquivo))
    sender = FileSender({"whatsapp": channel}, world.turns, world.database, cast(ObjectStore, StoreThatIsDown()))
    await sender.fetch(FetchFile(arquivo_id, **params), Call(1, "a", "files", "fetch", {}, attempts=attempts))


@pytest.mark.parametrize("channel", [Channel(Again("timeout", "network")), Channel(b"%PDF")], ids=["channel", "store"])
async def test_between_two_people_a_file_is_given_up_soon(world: World, channel: Channel) -> None:
    for attempts in range(ATTEMPTS_WHILE_TALKING - 1):
        with pytest.raises((Again, ObjectStoreError)):
            await fetches(world, channel, attempts, de_atendimento=True)
    with pytest.raises(Refused):
        await fetches(world, channel, ATTEMPTS_WHILE_TALKING - 1, de_atendimento=True)


async def test_a_file_for_us_keeps_nobody_waiting_and_is_tried_for_longer(world: World) -> None:
    with pytest.raises(Again):
        await fetches(world, Channel(Again("timeout", "network")), ATTEMPTS_WHILE_TALKING + 1)
