"""The courier: every call that was written down is made, in order, as often as it takes and no more often."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import structlog
from prometheus_client import REGISTRY

from bot.outbox.courier import Courier
from bot.outbox.marker import Marker
from bot.turn import LeftToWorkers
from core.delivery_errors import Again, Refused, Throttled, Unreachable
from core.time import utc_now
from storage.outbox.written import write_down
from storage.transaction import Call, Transaction
from tests.support.couriers import LANE, FakeSender, due_at, opened, outbox, say, settled
from tests.support.turning import World


@pytest.fixture
def sender() -> FakeSender:
    return FakeSender()


@pytest.fixture
async def world_and_courier(sqlite_url: str, sender: FakeSender) -> AsyncIterator[tuple[World, Courier]]:
    async with opened(sqlite_url, sender) as both:
        yield both


@pytest.fixture
def world(world_and_courier: tuple[World, Courier]) -> World:
    return world_and_courier[0]


@pytest.fixture
def courier(world_and_courier: tuple[World, Courier]) -> Courier:
    return world_and_courier[1]


class TestOrder:
    async def test_a_lane_is_delivered_in_order_and_does_not_wait_for_others(
        self, world: World, sender: FakeSender
    ) -> None:
        sender.open.clear()
        await say(world.turns, "a1", "a2", lane="a")
        await say(world.turns, "a3", lane="a")
        await say(world.turns, "b1", lane="b")
        await sender.has_begun("b1")
        assert sorted(sender.starts) == ["a1", "b1"], "one call of a lane at a time"
        sender.open.set()
        await sender.started.until(lambda: len(sender.sent) == 4 or None, 10.0)
        assert [method for method in sender.sent if method != "b1"] == ["a1", "a2", "a3"]

    async def test_what_is_made_is_marked_with_the_providers_id(
        self, world: World, courier: Courier, sender: FakeSender
    ) -> None:
        await say(world.turns, "1")
        await sender.has_sent("1")
        await settled(courier)
        (row,) = await world.rows("SELECT provider_id, done_at IS NOT NULL AS done, error FROM outbox")
        assert row == {"provider_id": "id-1", "done": 1, "error": None}

    async def test_nothing_is_made_before_the_commit_and_nothing_of_a_turn_that_failed(
        self, world: World, courier: Courier, sender: FakeSender
    ) -> None:
        async def work(tx: Transaction) -> None:
            await write_down(tx, LANE, "fake", "1", {})
            raise ValueError("in the middle")

        with pytest.raises(ValueError, match="in the middle"):
            await world.turns.run(work)
        await settled(courier)
        assert sender.starts == []

    async def test_calls_of_a_target_this_process_has_no_sender_for_wait_for_one_that_has(
        self, world: World, courier: Courier
    ) -> None:
        async def work(tx: Transaction) -> None:
            await write_down(tx, LANE, "telegram", "sendMessage", {})

        await world.turns.run(work)
        await settled(courier)
        assert await outbox(world) == [("sendMessage", 0, False, None)]

    async def test_each_call_is_made_in_the_name_of_the_request_that_caused_it(
        self, world: World, sender: FakeSender
    ) -> None:
        sender.open.clear()
        for name in ("one", None, "two"):
            with structlog.contextvars.bound_contextvars(**({"request_id": name} if name else {})):
                await say(world.turns, str(name))
        sender.open.set()
        await sender.has_sent("one", "None", "two")
        assert sender.requests == ["one", None, "two"]

    @pytest.mark.falha(144)
    async def test_one_customers_backlog_stands_beside_anothers_and_not_before_it(
        self, world: World, sender: FakeSender
    ) -> None:
        """Four of customer a, two of b, then something of the consultor's own, then more of both."""
        sender.open.clear()
        await say(world.turns, "begin")

        async def work(tx: Transaction) -> None:
            for said in ("a1", "a2", "a3", "a4", "b1", "b2"):
                await write_down(tx, LANE, "fake", said, {"atendimento": said[0]})
            await write_down(tx, LANE, "fake", "screen", {})
            for said in ("a5", "a6", "b3"):
                await write_down(tx, LANE, "fake", said, {"atendimento": said[0]})

        await world.turns.run(work)
        sender.open.set()
        await sender.has_sent("begin", "a1", "b1", "a2", "b2", "a3", "a4", "screen", "a5", "b3", "a6")

    @pytest.mark.falha(144)
    async def test_what_two_turns_wrote_at_the_same_moment_goes_on_together_and_in_order(
        self, world: World, courier: Courier, sender: FakeSender
    ) -> None:
        """Neither saw the other's call: both follow the one that was there before, and none waits for a lane to end."""
        sender.open.clear()
        await say(world.turns, "begin")
        taken: list[Call] = []

        async def work(tx: Transaction) -> None:
            taken.extend([await write_down(tx, LANE, "fake", said, {}) for said in ("first", "second", "third")])

        courier.turns.after = LeftToWorkers()
        await world.turns.run(work)
        begun, later = taken[0].previous, [taken[2], taken[1]]
        courier.take([taken[0]])
        for call in later:
            call.previous = begun
            courier.take([call])
        sender.open.set()
        await settled(courier)
        assert sender.sent == ["begin", "first", "second", "third"]

    @pytest.mark.falha(144)
    async def test_customers_still_take_turns_when_the_lane_had_to_wait(
        self, world: World, courier: Courier, sender: FakeSender
    ) -> None:
        """The channel takes only so many a minute: the lane goes on when it says, and not with the longest backlog."""
        sender.open.clear()
        sender.outcomes["b1"] = [Throttled("slow down", "429", 17.0)]
        sender.outcomes["a2"] = [Throttled("slow down", "429", 17.0)]
        await say(world.turns, "begin")

        async def work(tx: Transaction) -> None:
            for said in ("a1", "a2", "a3", "b1", "b2"):
                await write_down(tx, LANE, "fake", said, {"atendimento": said[0]})

        await world.turns.run(work)
        sender.open.set()
        await settled(courier)
        assert sender.sent == ["begin", "a1"], "the turn is b's, who has to wait"
        world.clock.move(seconds=17)
        await courier.deliver(LANE)
        assert sender.sent == ["begin", "a1", "b1"], "now it is a's"
        world.clock.move(seconds=17)
        await courier.deliver(LANE)
        assert sender.sent == ["begin", "a1", "b1", "a2", "b2", "a3"]

    @pytest.mark.falha(141)
    async def test_of_many_changes_of_one_message_that_wait_only_the_newest_is_made(
        self, world: World, courier: Courier, sender: FakeSender
    ) -> None:
        sender.open.clear()
        await say(world.turns, "sendMessage")

        async def work(tx: Transaction) -> None:
            for message_id in (-1, -2, -1, -1):
                await write_down(tx, LANE, "fake", "editMessageText", {"message_id": message_id})

        await world.turns.run(work)
        await say(world.turns, "question")
        sender.open.set()
        await sender.has_sent("sendMessage", "editMessageText", "editMessageText", "question")
        await settled(courier)
        rows = await world.rows("SELECT error FROM outbox WHERE method = 'editMessageText' ORDER BY id")
        assert [row["error"] for row in rows] == ["outdated", None, "outdated", None]


class TestTooFast:
    async def test_it_is_made_again_exactly_when_we_were_told_and_the_try_does_not_count(
        self, world: World, courier: Courier, sender: FakeSender
    ) -> None:
        sender.outcomes["1"] = [Throttled("slow down", "429", 17.0)]
        await say(world.turns, "1", "2")
        await settled(courier)
        assert await outbox(world) == [("1", 0, False, "slow down"), ("2", 0, False, None)]
        assert await due_at(world) == world.clock() + timedelta(seconds=17)
        world.clock.move(seconds=16.999)
        await courier.deliver(LANE)
        assert sender.sent == []
        world.clock.move(seconds=0.001)
        await courier.deliver(LANE)
        assert sender.sent == ["1", "2"]

    async def test_however_often_we_are_told_we_do_not_give_up(
        self, world: World, courier: Courier, sender: FakeSender
    ) -> None:
        sender.outcomes["1"] = [Throttled("slow down", "429", 1.0) for _ in range(4 * sender.max_attempts)]
        await say(world.turns, "1")
        for _ in range(4 * sender.max_attempts):
            await settled(courier)
            world.clock.move(seconds=1)
            await courier.deliver(LANE)
        assert (sender.sent, sender.given_up) == (["1"], [])

    @pytest.mark.falha(117)
    async def test_it_is_made_when_the_wait_is_over_although_the_system_clock_was_set_back(
        self, world: World, courier: Courier, sender: FakeSender
    ) -> None:
        sender.outcomes["1"] = [Throttled("slow down", "429", 0.05)]
        await say(world.turns, "1")
        await settled(courier)
        world.clock.move(minutes=-10)
        await sender.has_sent("1")

    async def test_the_process_comes_back_by_itself(self, world: World, sender: FakeSender) -> None:
        world.time = utc_now
        sender.outcomes["1"] = [Throttled("slow down", "429", 0.05)]
        loop = asyncio.get_running_loop()
        await say(world.turns, "1")
        told = loop.time()
        await sender.has_sent("1")
        assert loop.time() - told >= 0.04


class TestFailures:
    async def test_waits_double_and_then_we_give_up_and_the_lane_goes_on(
        self, world: World, courier: Courier, sender: FakeSender
    ) -> None:
        sender.outcomes["1"] = [Again("no answer", "network") for _ in range(sender.max_attempts)]
        await say(world.turns, "1", "2")
        for attempts, wait in ((1, 10.0), (2, 20.0)):
            await settled(courier)
            assert (await outbox(world))[0] == ("1", attempts, False, "no answer")
            waits = (await due_at(world) - world.clock()).total_seconds()
            assert wait <= waits <= wait * 1.2
            world.clock.move(seconds=waits)
            await courier.deliver(LANE)
        assert sender.given_up == [("1", "network")]
        assert sender.sent == ["2"]
        assert (await outbox(world))[0] == ("1", 2, True, "network: no answer")

    async def test_waits_end_at_five_minutes(self, world: World, courier: Courier, sender: FakeSender) -> None:
        sender.max_attempts = 100
        sender.outcomes["1"] = [Again("no answer", "network") for _ in range(12)]
        await say(world.turns, "1")
        for _ in range(12):
            await settled(courier)
            world.clock.move(seconds=360)
            await courier.deliver(LANE)
        assert sender.sent == ["1"], "never further away than 300 s and a fifth"

    async def test_what_will_never_work_is_given_up_at_once(
        self, world: World, courier: Courier, sender: FakeSender
    ) -> None:
        sender.outcomes["1"] = [Refused("text is empty", "400")]
        await say(world.turns, "1", "2")
        await settled(courier)
        assert (sender.given_up, sender.sent) == ([("1", "400")], ["2"])
        assert (await outbox(world))[0] == ("1", 0, True, "400: text is empty")

    async def test_a_fault_of_ours_counts_as_a_try_and_blocks_no_lane(
        self, world: World, courier: Courier, sender: FakeSender
    ) -> None:
        sender.outcomes["1"] = [ValueError("ours") for _ in range(sender.max_attempts)]
        await say(world.turns, "1", "2")
        for _ in range(sender.max_attempts):
            await settled(courier)
            world.clock.move(minutes=5)
            await courier.deliver(LANE)
        assert (sender.given_up, sender.sent) == ([("1", "fault")], ["2"])

    @pytest.mark.parametrize("method", ["sendChatAction", "answerCallbackQuery"])
    async def test_what_matters_only_at_once_is_not_tried_again(
        self, world: World, courier: Courier, sender: FakeSender, method: str
    ) -> None:
        sender.outcomes[method] = [Again("no answer", "network")]
        await say(world.turns, method, "sendMessage")
        await sender.has_sent("sendMessage")
        await settled(courier)
        assert [row[2] for row in await outbox(world)] == [True, True]

    async def test_nothing_is_remembered_of_people_whose_calls_somebody_else_makes_later(
        self, world: World, courier: Courier, sender: FakeSender
    ) -> None:
        """While a channel is away there is a lane for everybody who writes; any process may go on with it."""
        sender.outcomes["1"] = [Again("no answer", "network") for _ in range(20)]
        for person in range(20):
            await say(world.turns, "1", lane=f"pessoa:{person}")
        await settled(courier)
        assert len(courier._last_served) == len(courier._lanes) == 0

    @pytest.mark.falha(14)
    async def test_who_cannot_be_reached_is_marked_and_sent_nothing_more(
        self, world: World, courier: Courier, sender: FakeSender
    ) -> None:
        ana, bruno = await world.person("1"), await world.person("2")
        sender.outcomes["1"] = [Unreachable("bot was blocked", "403")]
        await say(world.turns, "1", "2", contato_id=ana)
        await say(world.turns, "3", lane="contato:2", contato_id=bruno)
        await settled(courier)
        assert sender.sent == ["3"]
        reachable = await world.rows("SELECT id, unreachable_at IS NULL AS reachable FROM contatos ORDER BY id")
        assert [(row["id"], bool(row["reachable"])) for row in reachable] == [(ana, False), (bruno, True)]
        world.clock.move(hours=1)
        await courier.deliver(LANE)
        assert sender.sent == ["3"], "not even later"

    async def test_errors_are_counted_by_the_providers_code(
        self, world: World, courier: Courier, sender: FakeSender
    ) -> None:
        codes = ["t-429", "t-network", "t-400"]
        before = {code: _errors(code) for code in codes}
        sender.outcomes["1"] = [Throttled("", "t-429", 1.0), Again("", "t-network"), Refused("", "t-400")]
        await say(world.turns, "1")
        for _ in codes:
            await settled(courier)
            world.clock.move(minutes=5)
            await courier.deliver(LANE)
        assert {code: _errors(code) - before[code] for code in codes} == dict.fromkeys(codes, 1)


class TestStopping:
    async def test_calls_being_made_are_finished_and_the_rest_stays_in_the_table(
        self, world: World, courier: Courier, sender: FakeSender
    ) -> None:
        sender.open.clear()
        await say(world.turns, "1", "2")
        await sender.has_begun("1")
        draining = asyncio.create_task(courier.drain(10.0))
        await asyncio.sleep(0)
        await say(world.turns, "3", lane="b")
        sender.open.set()
        await draining
        assert sender.sent == ["1"]
        done = {method: done for method, _, done, _ in await outbox(world)}
        assert done == {"1": True, "2": False, "3": False}

    async def test_a_call_that_does_not_end_in_time_is_left_for_the_next_process(
        self, world: World, courier: Courier, sender: FakeSender
    ) -> None:
        sender.open.clear()
        await say(world.turns, "1")
        await sender.has_begun("1")
        await courier.drain(0.01)
        assert await outbox(world) == [("1", 0, False, None)]

    async def test_one_that_is_cut_off_takes_nobody_with_it(self, world: World) -> None:
        """What finishes at once is written down at once, in one transaction for all."""
        await say(world.turns, "1", "2")
        first, second = [row["id"] for row in await world.rows("SELECT id FROM outbox ORDER BY id")]
        marker = Marker(world.turns)
        cut, kept = (asyncio.create_task(marker.mark((number, "x", None))) for number in (first, second))
        await asyncio.sleep(0)
        cut.cancel()
        await kept
        await marker.settle()
        assert len(await world.rows("SELECT id FROM outbox WHERE done_at IS NOT NULL")) == 2

    async def test_what_was_put_off_is_not_begun_while_stopping(
        self, world: World, courier: Courier, sender: FakeSender
    ) -> None:
        world.time = utc_now
        sender.outcomes["1"] = [Throttled("slow down", "429", 0.02)]
        await say(world.turns, "1")
        await settled(courier)
        await courier.drain(1.0)
        assert all(timer.cancelled() for timer in courier._timers)
        await courier.deliver(LANE)
        assert sender.sent == []


def _errors(code: str) -> float:
    return REGISTRY.get_sample_value("balcao_provider_errors_total", {"target": "fake", "code": code}) or 0.0
