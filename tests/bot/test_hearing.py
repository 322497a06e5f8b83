"""Turns that share a commit: nobody's answer is lost, nobody's failure is somebody else's."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.hearing import OF_A_CONVERSATION, QUIET_STEPS, GroupCommit
from core.heard import Heard
from core.outcome import Outcome
from tests.support.service import RunningService

pytestmark = pytest.mark.each_database

SELLERS = 30


def heard(person: str, event: str) -> Heard:
    return Heard("telegram", event, person, {"message": {}}, datetime.now(UTC))


def update(number: int, person: int, text: str) -> dict[str, Any]:
    sender = {"id": person, "is_bot": False, "first_name": f"P{person}"}
    chat = {"id": person, "type": "private"}
    return {
        "update_id": number,
        "message": {"message_id": number, "date": 1, "chat": chat, "from": sender, "text": text},
    }


class Groups:
    """Answers groups and notes who was in them. The one with `held` takes until `go` is set."""

    def __init__(self, held: str = "", slots: int = 1) -> None:
        self.noted: list[list[str]] = []
        self.go = asyncio.Event()
        self._begun = asyncio.Event()
        self._held = held
        self.commit = GroupCommit(self._together, slots)

    async def _together(self, several: Sequence[Heard]) -> list[Outcome]:
        self.noted.append([one.event_id for one in several])
        self._begun.set()
        if self._held in self.noted[-1]:
            await self.go.wait()
        await asyncio.sleep(0)
        return [Outcome.DONE] * len(several)

    def join(self, person: str, event: str) -> asyncio.Task[Outcome]:
        return asyncio.create_task(self.commit.join(heard(person, event)))

    async def under_way(self, person: str, event: str) -> asyncio.Task[Outcome]:
        """A turn that has begun, by itself."""
        turn = self.join(person, event)
        await self._begun.wait()
        return turn


async def test_one_event_alone_does_not_wait_for_company() -> None:
    groups = Groups()
    groups.join("ana", "a1")
    # To its place in the line, the quiet steps, and into its transaction.
    for _ in range(QUIET_STEPS + 3):
        await asyncio.sleep(0)
    assert groups.noted == [["a1"]]


async def test_who_comes_while_others_come_goes_together_with_them() -> None:
    groups, turns = Groups(), []
    for person in ("ana", "bia", "caio", "davi"):
        turns.append(groups.join(person, person))
        # As long as it takes to read the next one.
        await asyncio.sleep(0)
    await asyncio.gather(*turns)
    assert groups.noted == [["ana", "bia", "caio", "davi"]]


async def test_who_came_first_does_not_wait_until_all_have_come(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.hearing.GATHER_SECONDS", 0.0)
    groups, turns = Groups(), []
    for number in range(5):
        turns.append(groups.join(f"p{number}", f"e{number}"))
        await asyncio.sleep(0)
    await asyncio.gather(*turns)
    assert "e4" not in groups.noted[0]


async def test_who_waits_for_company_is_waited_for_at_the_end() -> None:
    groups = Groups()
    turn = groups.join("ana", "a1")
    await asyncio.sleep(0)
    await groups.commit.settle()
    assert turn.done() or groups.noted == [["a1"]]


async def test_a_conversation_keeps_its_order_and_has_one_turn_at_a_time() -> None:
    groups = Groups(held="a1")
    first = await groups.under_way("ana", "a1")
    events = [("ana", "a2"), ("bia", "b1"), ("ana", "a3"), ("bia", "b2"), ("caio", "c1")]
    turns = [groups.join(person, event) for person, event in events]
    await asyncio.sleep(0)
    groups.go.set()
    await asyncio.gather(first, *turns)
    assert groups.noted == [["a1"], ["a2", "b1", "c1"], ["a3", "b2"]]


async def test_a_slow_turn_does_not_hold_up_the_others() -> None:
    groups = Groups(held="a1", slots=2)
    slow = await groups.under_way("ana", "a1")
    assert await groups.join("bia", "b1") is Outcome.DONE
    groups.go.set()
    await slow


async def test_many_people_at_once_are_each_answered_once(service: RunningService) -> None:
    updates = [update(number, 1000 + number, "MENU") for number in range(SELLERS)]
    answers = await asyncio.gather(*(service.sandbox.telegram.deliver(one) for one in updates + updates))
    assert {status for status, _ in answers} == {200}
    counted = await service.rows(
        "SELECT contato_id, count(*) AS n FROM outbox WHERE method = 'sendMessage' GROUP BY contato_id"
    )
    assert [row["n"] for row in counted] == [1] * SELLERS


async def test_a_turn_that_fails_takes_no_other_with_it(
    service: RunningService, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = service.wiring.conversations._answer

    async def fails_for_one(tx: Any, one: Heard, contato: Any) -> Outcome:
        if one.external_id == "1007":
            raise RuntimeError("this one's handler is broken")
        return await answer(tx, one, contato)

    monkeypatch.setattr(service.wiring.conversations, "_answer", fails_for_one)
    updates = [update(number, 1000 + number, "MENU") for number in range(SELLERS)]
    answers = await asyncio.gather(*(service.sandbox.telegram.deliver(one) for one in updates))
    assert [status for status, _ in answers].count(500) == 1
    people = await service.rows("SELECT DISTINCT contato_id FROM outbox WHERE method = 'sendMessage'")
    assert len(people) == SELLERS - 1
    failed = await service.rows("SELECT event_id, attempts FROM failed_events")
    assert failed == [{"event_id": "7", "attempts": 1}]


@pytest.mark.falha(171)
async def test_one_person_who_floods_fills_their_own_places_and_nobody_elses() -> None:
    groups = Groups(held="a0")
    first = await groups.under_way("ana", "a0")
    turns = [groups.join("ana", f"a{number}") for number in range(1, OF_A_CONVERSATION + 1)]
    await asyncio.sleep(0)
    assert not groups.commit.has_room_for(heard("ana", "one more"))
    assert groups.commit.has_room_for(heard("bia", "b1"))
    groups.go.set()
    await asyncio.gather(first, *turns)
    assert groups.commit.has_room_for(heard("ana", "later"))


@pytest.mark.falha(295)
async def test_a_backlog_on_one_channel_stands_before_nobody_of_another() -> None:
    groups = Groups(held="a0")
    first = await groups.under_way("ana", "a0")
    backlog = [groups.join("ana", f"a{number}") for number in range(1, 5)]
    other = Heard("whatsapp", "b1", "bia", {"message": {}}, datetime.now(UTC))
    turns = [*backlog, asyncio.create_task(groups.commit.join(other))]
    await asyncio.sleep(0)
    groups.go.set()
    await asyncio.gather(first, *turns)
    assert groups.noted == [["a0"], ["b1"], ["a1"], ["a2"], ["a3"], ["a4"]]
