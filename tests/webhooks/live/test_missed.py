"""What somebody who was away has missed of the live events."""

from collections import deque
from uuid import UUID

import pytest
from aiohttp import WSServerHandshakeError

from core.live import Assunto, Audience
from storage.pessoa.perfil import Perfil
from tests.support.listening import happen, hub, socket, stream
from tests.support.service import RunningService
from webhooks.live import backlog as live_backlog


class TestWhatWasMissed:
    @pytest.mark.parametrize("kept_in", ["memory", "redis"])
    async def test_is_replayed_once_and_in_order_from_an_id_on(
        self, sqlite_service: RunningService, administrador: UUID, monkeypatch: pytest.MonkeyPatch, kept_in: str
    ) -> None:
        names = [f"e{number}" for number in range(7)]
        if kept_in == "redis":
            hub(sqlite_service)._backlog._recent = deque(maxlen=1)
            monkeypatch.setattr(live_backlog, "_PAGE", 2)
        async with socket(sqlite_service, administrador) as reader:
            await happen(sqlite_service, *names)
            ids = [(await reader.event())["id"] for _ in names]
        for place in (0, 3, 6):
            async with (
                socket(sqlite_service, administrador, desde=ids[place]) as reader,
                stream(sqlite_service, administrador, last_id=ids[place], desde="1") as twin,
            ):
                await happen(sqlite_service, "agora")
                wanted = [*names[place + 1 :], *["agora"] * [0, 3, 6, 9].index(place), "agora"]
                for listener in (reader, twin):
                    assert [(await listener.event())["event"] for _ in wanted] == wanted

    async def test_a_stream_knows_where_it_is_before_it_heard_anything(
        self, sqlite_service: RunningService, administrador: UUID
    ) -> None:
        await happen(sqlite_service, "antes")
        async with stream(sqlite_service, administrador) as reader:
            place = (await reader._block())["id"]
        await happen(sqlite_service, "entretanto")
        async with stream(sqlite_service, administrador, last_id=place) as reader:
            assert (await reader.event())["event"] == "entretanto"

    @pytest.mark.parametrize("where", ["1-0", "99999999999999-0"], ids=["trimmed", "never"])
    async def test_an_id_that_is_not_kept_is_told_so_and_then_comes_what_is_kept(
        self, sqlite_service: RunningService, administrador: UUID, where: str
    ) -> None:
        await happen(sqlite_service, "antes")
        async with socket(sqlite_service, administrador, desde=where) as reader:
            await happen(sqlite_service, "depois")
            heard = await reader.heard("depois")
        assert heard == (["eventos_perdidos", "antes", "depois"] if where == "1-0" else ["eventos_perdidos", "depois"])

    async def test_from_zero_everything_kept_comes_and_nothing_is_called_lost(
        self, sqlite_service: RunningService, administrador: UUID
    ) -> None:
        await happen(sqlite_service, "primeiro", "segundo")
        async with socket(sqlite_service, administrador, desde="0") as reader:
            assert await reader.heard("segundo") == ["primeiro", "segundo"]

    async def test_what_is_no_id_is_refused(self, sqlite_service: RunningService, administrador: UUID) -> None:
        for desde in ("abc", "1-2-3", "-1", "²", "9" * 21, str(2**64), "1_0"):
            query = {"desde": desde}
            async with sqlite_service.http.get(
                "/api/v1/events", params=query, headers=sqlite_service.token(administrador)
            ) as response:
                assert (response.status, await response.json()) == (422, {"detail": "desde: not the id of an event"})
            with pytest.raises(WSServerHandshakeError, match="422"):
                async with socket(sqlite_service, administrador, desde=desde):
                    pass

    @pytest.mark.falha(480)
    async def test_a_browser_with_an_id_that_is_none_begins_now_and_hears_that_events_were_lost(
        self, sqlite_service: RunningService, administrador: UUID
    ) -> None:
        for last_id in ("abc", "fim", "²", "9" * 40, str(2**64)):
            await happen(sqlite_service, "antes")
            async with stream(sqlite_service, administrador, last_id=last_id) as reader:
                await happen(sqlite_service, "depois")
                assert await reader.heard("depois") == ["eventos_perdidos", "depois"], last_id
                came_to = reader.last_id
            async with stream(sqlite_service, administrador, last_id=came_to) as reader:
                await happen(sqlite_service, "mais tarde")
                assert await reader.heard("mais tarde") == ["mais tarde"], last_id

    async def test_a_ping_moves_the_place_of_who_hears_little(
        self, sqlite_service: RunningService, administrador: UUID
    ) -> None:
        somebody = await sqlite_service.usuario("Fulana", "5531977770000", Perfil.VENDEDOR)
        async with socket(sqlite_service, somebody) as reader, stream(sqlite_service, somebody) as twin:
            async with socket(sqlite_service, administrador) as other:
                await happen(sqlite_service, "so_para_administradores", audience=Audience.of(Assunto.POOL))
                place = (await other.event())["id"]
            await hub(sqlite_service).ping()
            assert await reader.event() == {"event": "ping", "data": {}, "version": "v1", "id": place}
            assert (await twin.event())["id"] == place
        await happen(sqlite_service, "depois")
        async with socket(sqlite_service, somebody, desde=place) as reader:
            assert await reader.heard("depois") == ["depois"]
