"""Fetching what people send: how often it is tried, and what it keeps waiting."""

from collections.abc import AsyncIterator
from typing import Any, cast
from uuid import UUID, uuid4

import pytest

from bot.senders import files
from bot.senders.files import FileSender
from core.commands.conversa import FetchFile
from core.delivery_errors import Again, Refused, Throttled
from storage.conversa.arquivos import Arquivo, add_arquivo
from storage.objects import ObjectStore, ObjectStoreError
from storage.transaction import Call
from tests.support.turning import World, open_world


class Channel:
    """Gives this file, or fails like that; counts how often it was asked."""

    def __init__(self, answer: bytes | Exception) -> None:
        self._answer = answer
        self.asked = 0

    async def download(self, file_id: str) -> bytes:
        self.asked += 1
        if isinstance(self._answer, Exception):
            raise self._answer
        return self._answer


class StoreThatIsDown:
    is_suspect = False

    async def put(self, key: str, data: bytes, content_type: str) -> None:
        raise ObjectStoreError("connection refused")


@pytest.fixture
async def world(sqlite_url: str) -> AsyncIterator[World]:
    async with open_world(sqlite_url) as opened:
        yield opened


async def fetches(world: World, channel: Channel, lane: str | None = None, days: float = 0, **params: Any) -> UUID:
    """One try to fetch a file that came so many days ago; None: in a lane of its own."""
    contato_id, arquivo_id = await world.person(str(uuid4().int)), uuid4()
    arquivo = Arquivo("f1", "conta.pdf", "application/pdf", 3, None)
    await world.turns.run(lambda tx: add_arquivo(tx, arquivo_id, contato_id, "whatsapp", arquivo))
    world.clock.move(seconds=days * 86400)
    sender = FileSender({"whatsapp": channel}, world.turns, world.database, cast(ObjectStore, StoreThatIsDown()))
    wanted = FetchFile(arquivo_id, **params)
    assert await sender.fetch(wanted, Call(1, lane or wanted.lane, "files", "fetch", {})) is None
    return arquivo_id


@pytest.mark.falha(143)
@pytest.mark.parametrize("channel", [Channel(Again("timeout", "network")), Channel(b"%PDF")], ids=["channel", "store"])
async def test_between_two_people_a_file_keeps_its_place_for_seconds_and_is_not_given_up(
    world: World, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "IN_PLACE_SECONDS", 0.7)
    await fetches(world, channel, lane="contato:7", de_atendimento=True)
    assert channel.asked > 1, "what fails for a moment is tried again in its place"
    assert await world.rows("SELECT 1 FROM arquivos WHERE erro IS NOT NULL") == []


@pytest.mark.falha(143)
async def test_a_store_that_is_away_is_no_attempt_at_the_file(world: World) -> None:
    with pytest.raises(Throttled, match="connection refused"):
        await fetches(world, Channel(b"%PDF"))


async def test_what_its_channel_does_not_give_now_is_tried_again(world: World) -> None:
    with pytest.raises(Again):
        await fetches(world, Channel(Again("timeout", "network")))


async def test_what_channels_keep_no_longer_is_given_up(world: World) -> None:
    channel = Channel(b"%PDF")
    with pytest.raises(Refused, match="too old"):
        await fetches(world, channel, days=8)
    assert channel.asked == 0
