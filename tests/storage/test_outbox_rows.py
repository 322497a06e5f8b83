"""The turn's transaction and the outbox's rows: what is written, in which order, and who may make the calls."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from bot.turn import Turns
from storage.contatos.conversas import mark_event, open_contato
from storage.database import Database
from storage.outbox.claims import OWNER_SECONDS, claim_lane, depth, due_lanes, keep_claim, mark_done, postpone
from storage.outbox.sent import provider_id_of, readdress
from storage.outbox.written import leave_written, write_down
from storage.tables import OUTBOX_ID_BLOCK
from storage.transaction import Call, Transaction
from tests.support.asked import statements
from tests.support.turning import World, open_world


@pytest.fixture
async def world(database_url: str) -> AsyncIterator[World]:
    async with open_world(database_url) as opened:
        yield opened


async def write(turns: Turns, lane: str, *methods: str) -> list[Call]:
    """A turn that writes these calls down."""

    async def work(tx: Transaction) -> list[Call]:
        return [await write_down(tx, lane, "telegram", method, {"to": "1"}) for method in methods]

    return await turns.run(work)


async def claim(turns: Turns, lane: str, limit: int = 20) -> list[str]:
    return [call.method for call in await turns.run(lambda tx: claim_lane(tx, lane, limit))]


async def due(world: World) -> list[str]:
    async with world.database.read() as connection:
        return await due_lanes(connection, world.clock())


async def finish(turns: Turns, *calls: Call, provider_id: str | None = None, error: str | None = None) -> None:
    await turns.run(lambda tx: mark_done(tx, [(call.id, provider_id, error) for call in calls]))


class TestTheTransaction:
    async def test_a_turn_that_fails_leaves_nothing_behind(self, world: World) -> None:
        undone: list[str] = []

        async def work(tx: Transaction) -> None:
            await mark_event(tx, "telegram", "1")
            await write_down(tx, "lane", "telegram", "sendMessage", {})
            for step in ("first", "second"):
                tx.undo.append(lambda step=step: _note(undone, step))  # type: ignore[misc]
            raise ValueError("in the middle")

        with pytest.raises(ValueError, match="in the middle"):
            await world.turns.run(work)
        assert await world.rows("SELECT * FROM events") == await world.rows("SELECT * FROM outbox") == []
        assert undone == ["second", "first"], "what was done outside SQL is taken back, newest first"

    async def test_a_committed_turn_undoes_nothing_and_tells_the_courier(self, world: World) -> None:
        undone: list[str] = []
        told: list[Call] = []
        world.turns.after.courier = told.extend

        async def work(tx: Transaction) -> Call:
            tx.undo.append(lambda: _note(undone, "never"))
            return await write_down(tx, "lane", "telegram", "sendMessage", {})

        assert told == [await world.turns.run(work)]
        assert undone == []

    @pytest.mark.falha(62)
    async def test_postgresql_restarts_in_a_turn_and_the_turn_is_done_again_whole(
        self, postgresql_url: str, postgres_server: Any
    ) -> None:
        fresh: list[bool] = []

        async def work(tx: Transaction) -> None:
            fresh.append(await mark_event(tx, "telegram", "1"))
            await write_down(tx, "lane", "telegram", "sendMessage", {})
            if len(fresh) == 1:
                await asyncio.to_thread(postgres_server.restart)

        async with open_world(postgresql_url) as world:
            await world.turns.run(work)
            assert fresh == [True, True], "of the first run nothing was left"
            assert len(await world.rows("SELECT id FROM outbox")) == 1

    async def test_a_turn_the_database_dropped_is_done_again_whole(self, world: World) -> None:
        runs: list[int] = []

        async def work(tx: Transaction) -> None:
            await write_down(tx, "lane", "telegram", "sendMessage", {})
            runs.append(len(runs))
            if len(runs) == 1:
                raise ConnectionResetError("the database went away")

        await world.turns.run(work)
        assert (len(runs), len(await world.rows("SELECT id FROM outbox"))) == (2, 1)

    async def test_the_request_that_caused_a_call_is_written_with_it(self, world: World) -> None:
        async def work(tx: Transaction) -> None:
            tx.request_id = "pedido-1"
            await write_down(tx, "lane", "telegram", "sendMessage", {})

        await world.turns.run(work)
        assert await world.rows("SELECT request_id FROM outbox") == [{"request_id": "pedido-1"}]


class TestIds:
    async def test_ids_grow_within_a_turn_however_many_there_are(self, world: World) -> None:
        calls = await write(world.turns, "lane", *["sendMessage"] * (3 * OUTBOX_ID_BLOCK))
        ids = [call.id for call in calls]
        assert ids == sorted(set(ids))
        assert [row["id"] for row in await world.rows("SELECT id FROM outbox ORDER BY id")] == ids

    async def test_ids_grow_from_turn_to_turn_of_a_conversation_in_whatever_process(self, world: World) -> None:
        """Order in a lane is the order of ids, so a turn that commits later must have the higher ones."""
        contato_id = await world.person()
        committed: list[int] = []

        async def work(tx: Transaction) -> None:
            await open_contato(tx, contato_id)
            await asyncio.sleep(0)
            calls = [await write_down(tx, "contato:1", "telegram", "sendMessage", {}) for _ in range(3)]
            # The conversation is locked until the commit: nobody else can get between.
            committed.extend(call.id for call in calls)

        processes = [world.turns, world.process(), world.process()]
        await asyncio.gather(*(processes[number % 3].run(work) for number in range(24)))
        assert committed == sorted(set(committed))

    async def test_a_turn_over_two_conversations_keeps_the_order_of_both(self, world: World) -> None:
        ana, bruno = await world.person("1"), await world.person("2")

        async def work(tx: Transaction) -> list[int]:
            ids = []
            for contato_id in (ana, bruno):
                await open_contato(tx, contato_id)
                ids.append((await write_down(tx, f"contato:{contato_id}", "telegram", "m", {})).id)
            return ids

        first, second = await world.turns.run(work), await world.turns.run(work)
        assert max(first) < min(second)
        assert len({*first, *second}) == 4

    async def test_every_call_knows_the_one_that_is_still_before_it(self, world: World) -> None:
        (first,) = await write(world.turns, "a", "1")
        second, third = await write(world.turns, "a", "2", "3")
        (other,) = await write(world.turns, "b", "1")
        assert [call.previous for call in (first, second, third, other)] == [None, first.id, second.id, None]
        await finish(world.turns, first, second, third)
        (alone,) = await write(world.turns, "a", "4")
        assert alone.previous is None, "what is done is before nobody"

    @pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
    async def test_a_newer_call_of_a_turn_that_did_not_wait_is_nobodys_predecessor(self, world: World) -> None:
        """Two customers write to one consultor: the later turn took its ids first."""
        other = world.process()

        async def late(tx: Transaction) -> list[Call]:
            first = await write_down(tx, "contato:9", "telegram", "file", {})
            await write(other, "contato:9", "in flight")
            return [first, await write_down(tx, "contato:9", "telegram", "text", {})]

        file, text = await world.turns.run(late)
        [in_flight] = await world.rows("SELECT id FROM outbox WHERE method = 'in flight'")
        assert file.id < text.id < in_flight["id"]
        assert (file.previous, text.previous) == (None, file.id)

    @pytest.mark.parametrize("many", [1, 3, OUTBOX_ID_BLOCK, OUTBOX_ID_BLOCK + 1])
    async def test_calls_whose_ids_nobody_asks_for_have_their_order_by_them(self, world: World, many: int) -> None:
        (waiting,) = await write(world.turns, "lane", "before")

        async def work(tx: Transaction) -> list[Call]:
            for place in range(many):
                leave_written(tx, "lane", "telegram", str(place), {})
            return tx.calls

        calls = await world.turns.run(work)
        ids = [call.id for call in calls]
        assert [call.previous for call in calls] == [waiting.id, *ids[:-1]]
        rows = await world.rows("SELECT id, method FROM outbox ORDER BY id")
        assert [(row["id"], row["method"]) for row in rows[1:]] == [(one, str(n)) for n, one in enumerate(ids)]

    async def test_a_call_whose_id_is_asked_for_has_one_above_those_before_it(self, world: World) -> None:
        async def work(tx: Transaction) -> list[Call]:
            leave_written(tx, "lane", "telegram", "1", {})
            leave_written(tx, "lane", "telegram", "2", {"text": "só dela"}, secret=True)
            known = await write_down(tx, "lane", "telegram", "3", {})
            assert known.id > tx.calls[1].id > tx.calls[0].id > 0
            leave_written(tx, "lane", "telegram", "4", {})
            return tx.calls

        calls = await world.turns.run(work)
        rows = await world.rows("SELECT id, method FROM outbox ORDER BY id")
        assert [(row["id"], row["method"]) for row in rows] == [(call.id, call.method) for call in calls]

    async def test_a_secret_is_sealed_for_the_row_that_it_is_in(self, world: World) -> None:
        async def work(tx: Transaction) -> Transaction:
            leave_written(tx, "lane", "telegram", "1", {"text": "só dela"}, secret=True)
            return tx

        tx = await world.turns.run(work)
        (call,) = tx.calls
        (row,) = await world.rows("SELECT id, sealed_text, params FROM outbox")
        assert row["id"] == call.id
        assert tx.secrets.open(row["sealed_text"], "outbox", "text", call.id) == "só dela"
        assert "só dela" not in str(row["params"])

    async def test_on_postgresql_they_are_written_with_one_statement(self, postgresql_url: str) -> None:
        """A turn that opens no conversation has no ids at hand; to ask for some would be a call to the server."""

        async def work(tx: Transaction) -> None:
            leave_written(tx, "lane", "telegram", "m", {})

        async with open_world(postgresql_url) as world:
            with statements() as asked:
                await world.turns.run(work)
        assert len(asked) == 1, asked


class TestClaims:
    async def test_the_writer_has_its_calls_for_itself_for_a_while(self, world: World) -> None:
        await write(world.turns, "a", "1")
        assert (await due(world), await claim(world.process(), "a")) == ([], [])
        world.clock.move(seconds=OWNER_SECONDS)
        assert await due(world) == ["a"]
        assert await claim(world.process(), "a") == ["1"]

    async def test_two_workers_never_both_get_a_lane(self, world: World) -> None:
        lanes = [f"lane-{number}" for number in range(10)]
        for lane in lanes:
            await write(world.turns, lane, "1", "2")
        world.clock.move(seconds=OWNER_SECONDS)
        workers = [world.process() for _ in range(3)]
        got = await asyncio.gather(*(claim(worker, lane) for lane in lanes for worker in workers))
        assert sorted(map(len, got)) == [0] * 20 + [2] * 10

    async def test_a_lane_stays_with_its_worker_from_call_to_call(self, world: World) -> None:
        """While a worker is between two calls of its lane, the second one is the oldest and must not be free."""
        first, _, _ = await write(world.turns, "a", "1", "2", "3")
        world.clock.move(hours=2)
        worker, other = world.process(), world.process()
        assert await claim(worker, "a") == ["1", "2", "3"]
        await finish(worker, first)
        assert (await due(world), await claim(other, "a")) == ([], [])

    async def test_calls_are_claimed_oldest_first_and_some_at_a_time(self, world: World) -> None:
        calls = await write(world.turns, "a", *"12345")
        world.clock.move(hours=1)
        assert await claim(world.turns, "a", limit=2) == ["1", "2"]
        await finish(world.turns, *calls[:2])
        world.clock.move(hours=1)
        assert await claim(world.turns, "a", limit=20) == ["3", "4", "5"]

    async def test_a_claim_can_be_held_until_somebody_else_may_have_it(self, world: World) -> None:
        await write(world.turns, "a", "1", "2")
        world.clock.move(hours=1)
        calls = await world.turns.run(lambda tx: claim_lane(tx, "a", 20))
        world.clock.move(seconds=OWNER_SECONDS - 1)
        assert await world.turns.run(lambda tx: keep_claim(tx, calls))
        world.clock.move(seconds=OWNER_SECONDS - 1)
        assert await claim(world.process(), "a") == [], "held anew"
        world.clock.move(seconds=1)
        assert await world.turns.run(lambda tx: keep_claim(tx, calls)), "anybody might have taken it, and nobody has"
        world.clock.move(seconds=OWNER_SECONDS)
        assert await claim(world.process(), "a") == ["1", "2"]
        assert not await world.turns.run(lambda tx: keep_claim(tx, calls)), "somebody else has"

    async def test_a_claim_on_what_is_done_cannot_be_held(self, world: World) -> None:
        calls = await write(world.turns, "a", "1", "2")
        await finish(world.process(), calls[0])
        assert not await world.turns.run(lambda tx: keep_claim(tx, calls))
        assert await world.turns.run(lambda tx: keep_claim(tx, calls[1:]))


class TestPuttingOff:
    async def test_a_call_put_off_keeps_its_whole_lane_waiting(self, world: World) -> None:
        first, _ = await write(world.turns, "a", "1", "2")
        await write(world.turns, "b", "1")
        later = world.clock() + timedelta(minutes=3)
        await world.turns.run(lambda tx: postpone(tx, first, later, "429", counts=False))
        world.clock.move(minutes=2)
        assert await due(world) == ["b"], "the second call is due by itself, but not before the first"
        assert await claim(world.turns, "a") == []
        world.clock.move(minutes=1)
        assert await claim(world.turns, "a") == ["1", "2"]

    @pytest.mark.parametrize(("counts", "attempts"), [(True, 1), (False, 0)])
    async def test_only_a_failed_try_counts(self, world: World, counts: bool, attempts: int) -> None:
        (call,) = await write(world.turns, "a", "1")
        await world.turns.run(lambda tx: postpone(tx, call, world.clock(), "why", counts=counts))
        assert await world.rows("SELECT attempts, error FROM outbox") == [{"attempts": attempts, "error": "why"}]

    async def test_what_is_done_cannot_be_put_off(self, world: World) -> None:
        (call,) = await write(world.turns, "a", "1")
        await finish(world.process(), call)
        await world.turns.run(lambda tx: postpone(tx, call, world.clock(), "late", counts=True))
        assert await world.rows("SELECT attempts, error FROM outbox") == [{"attempts": 0, "error": None}]


class TestWhatIsKnownOfACall:
    async def test_the_providers_id_is_found_by_ours(self, world: World) -> None:
        sent, waiting = await write(world.turns, "a", "1", "2")
        await finish(world.turns, sent, provider_id="870")
        async with world.database.read() as connection:
            found = [await provider_id_of(connection, number) for number in (sent.id, waiting.id, 10**9)]
        assert found == ["870", None, None]

    async def test_depth_counts_what_waits(self, world: World) -> None:
        first, _ = await write(world.turns, "a", "1", "2")
        world.clock.move(minutes=1)
        await write(world.turns, "b", "1")
        assert await _depth(world.database) == (3, 2, world.clock() - timedelta(minutes=1))
        await finish(world.turns, first)
        assert (await _depth(world.database))[:2] == (2, 2)

    async def test_what_waits_for_a_conversation_follows_it_to_its_new_address(self, world: World) -> None:
        async def work(tx: Transaction) -> list[Call]:
            return [await write_down(tx, "g", "telegram", "m", {"to": "-1", "text": "oi"}, 7) for _ in range(2)]

        sent, _ = await world.turns.run(work)
        await finish(world.turns, sent)
        await world.turns.run(lambda tx: readdress(tx, 7, "-1007"))
        (waiting,) = await world.turns.run(lambda tx: _after_an_hour(world, tx))
        assert waiting.params == {"to": "-1007", "text": "oi"}

    async def test_however_much_waits_it_follows_in_two_statements(self, world: World) -> None:
        async def work(tx: Transaction) -> None:
            for n in range(40):
                await write_down(tx, "g", "telegram", "m", {"to": "-1", "text": str(n)}, 7)

        await world.turns.run(work)
        with statements() as asked:
            await world.turns.run(lambda tx: readdress(tx, 7, "-1007"))
        assert len([one for one in asked if "outbox" in one]) == 2
        waiting = await world.turns.run(lambda tx: _after_an_hour(world, tx))
        assert {call.params["to"] for call in waiting} == {"-1007"}


async def _after_an_hour(world: World, tx: Transaction) -> list[Call]:
    tx.now += timedelta(hours=1)
    return await claim_lane(tx, "g", 20)


async def _depth(database: Database) -> tuple[object, ...]:
    async with database.read() as connection:
        return tuple(await depth(connection))


async def _note(notes: list[str], step: str) -> None:
    notes.append(step)
