"""Turns that share a commit: nobody's answer is lost, nobody's failure is somebody else's."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.group_commit import OF_A_CONVERSATION, GroupCommit
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


def test_one_event_alone_does_not_wait_for_company() -> None:
    async def never(several: Sequence[Heard]) -> list[Outcome]:
        raise AssertionError("nobody to go together with")

    commit = GroupCommit(never, slots=1)
    assert commit.is_idle
    with commit.alone(heard("ana", "a1")):
        assert not commit.is_idle
    assert commit.is_idle


async def test_a_conversation_keeps_its_order_and_has_one_turn_at_a_time() -> None:
    groups: list[list[str]] = []

    async def together(several: Sequence[Heard]) -> list[Outcome]:
        groups.append([one.event_id for one in several])
        await asyncio.sleep(0)
        return [Outcome.DONE] * len(several)

    commit = GroupCommit(together, slots=1)
    events = [("ana", "a2"), ("bia", "b1"), ("ana", "a3"), ("bia", "b2"), ("caio", "c1")]
    with commit.alone(heard("ana", "a1")):
        turns = [asyncio.create_task(commit.join(heard(person, event))) for person, event in events]
        await asyncio.sleep(0)
        assert groups == []
    await asyncio.gather(*turns)
    assert groups == [["a2", "b1", "c1"], ["a3", "b2"]]


async def test_a_slow_turn_does_not_hold_up_the_others() -> None:
    async def together(several: Sequence[Heard]) -> list[Outcome]:
        return [Outcome.DONE] * len(several)

    commit = GroupCommit(together, slots=2)
    with commit.alone(heard("ana", "a1")):
        assert await commit.join(heard("bia", "b1")) is Outcome.DONE


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
    go = asyncio.Event()

    async def together(several: Sequence[Heard]) -> list[Outcome]:
        await go.wait()
        return [Outcome.DONE] * len(several)

    commit = GroupCommit(together, slots=1)
    with commit.alone(heard("ana", "a0")):
        turns = [
            asyncio.create_task(commit.join(heard("ana", f"a{number}"))) for number in range(1, OF_A_CONVERSATION + 1)
        ]
        await asyncio.sleep(0)
        assert not commit.has_room_for(heard("ana", "one more"))
        assert commit.has_room_for(heard("bia", "b1"))
    go.set()
    await asyncio.gather(*turns)
    assert commit.has_room_for(heard("ana", "later"))


@pytest.mark.falha(295)
async def test_a_backlog_on_one_channel_stands_before_nobody_of_another() -> None:
    groups: list[list[str]] = []

    async def together(several: Sequence[Heard]) -> list[Outcome]:
        groups.append([one.event_id for one in several])
        await asyncio.sleep(0)
        return [Outcome.DONE] * len(several)

    commit = GroupCommit(together, slots=1)
    with commit.alone(heard("ana", "a0")):
        backlog = [asyncio.create_task(commit.join(heard("ana", f"a{number}"))) for number in range(1, 5)]
        other = Heard("whatsapp", "b1", "bia", {"message": {}}, datetime.now(UTC))
        turns = [*backlog, asyncio.create_task(commit.join(other))]
        await asyncio.sleep(0)
    await asyncio.gather(*turns)
    assert groups == [["a1"], ["b1"], ["a2"], ["a3"], ["a4"]]
