"""With Pipedrive configured every atendimento is an activity there: of the customer, owned by the consultor."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sandbox import Phone
from storage.engines.s3 import EmbeddedS3
from tests.support.consultores import DAVI, ELISA, attended, consultor, customer, nothing_is_under_way
from tests.support.pipedrive import TOKEN, Pipedrive
from tests.support.sellers import eventually
from tests.support.service import RunningService, settings_for

NOT_NOTED = "O Pipedrive não recebeu o atendimento"


@pytest.fixture
async def service(
    sqlite_url: str, clean_redis_url: str, s3: EmbeddedS3, tmp_path: Path, pipedrive: Pipedrive
) -> AsyncIterator[RunningService]:
    own = {"PIPEDRIVE_API_URL": pipedrive.url, "PIPEDRIVE_API_TOKEN": TOKEN}
    async with RunningService(settings_for(sqlite_url, clean_redis_url, s3, tmp_path) | own) as running:
        yield running


async def test_person_and_activity_from_the_acceptance_to_the_rating(
    service: RunningService, pipedrive: Pipedrive
) -> None:
    davi, maria = await consultor(service, DAVI, id_pipedrive=456), await customer(service)
    await attended(service, maria, davi)
    await nothing_is_under_way(service)
    [person] = pipedrive.persons.values()
    assert (person["name"], person["phones"][0]["value"], person["owner_id"]) == ("Maria", "+5531977701000", 456)
    [activity] = pipedrive.activities.values()
    assert (activity["subject"], activity["owner_id"], activity["done"]) == ("Atendimento #00001", 456, False)
    assert activity["participants"] == [{"person_id": person["id"], "primary": True}]

    await davi.says("ENCERRAR")
    await maria.taps("4 ⭐⭐⭐⭐")
    await maria.sees("Obrigado pela nota!")
    await nothing_is_under_way(service)
    assert activity["done"] is True
    assert "Consultor: Davi Alves" in activity["note"]
    assert "Nota do cliente: 4 de 5" in activity["note"]


async def test_the_second_atendimento_is_of_the_same_person_and_of_who_has_it_now(
    service: RunningService, pipedrive: Pipedrive
) -> None:
    pipedrive.persons[1] = {"id": 1, "name": "Maria da Silva", "phones": [{"value": "+5531977701000"}]}
    davi, maria = await consultor(service, DAVI, id_pipedrive=456), await customer(service)
    await attended(service, maria, davi)
    elisa = await consultor(service, ELISA, id_pipedrive=789)
    await davi.says("TRANSFERIR")
    await davi.taps("👤 Elisa Costa")
    await elisa.taps("Aceitar")
    await maria.sees("Agora você fala com Elisa Costa")
    await nothing_is_under_way(service)
    assert list(pipedrive.persons) == [1], "Pipedrive knew her by her phone"
    assert [one["owner_id"] for one in pipedrive.activities.values()] == [789]


async def test_an_answer_that_is_lost_makes_no_second_activity(service: RunningService, pipedrive: Pipedrive) -> None:
    pipedrive.lose = ["POST /api/v2/activities"]
    davi, maria = await consultor(service, DAVI, id_pipedrive=456), await customer(service)
    await attended(service, maria, davi)
    service.clock.move(minutes=10)
    await service.background.wake()
    await nothing_is_under_way(service)
    assert len(pipedrive.persons) == len(pipedrive.activities) == 1


async def test_an_owner_pipedrive_does_not_know_does_not_lose_the_record(
    service: RunningService, pipedrive: Pipedrive
) -> None:
    davi, maria = await consultor(service, DAVI, id_pipedrive=1), await customer(service)
    await attended(service, maria, davi)
    await nothing_is_under_way(service)
    [activity] = pipedrive.activities.values()
    assert "owner_id" not in activity


async def test_too_many_requests_are_waited_out_and_a_deleted_activity_is_left_alone(
    service: RunningService, pipedrive: Pipedrive
) -> None:
    pipedrive.fail = [(429, {"Retry-After": "0"})]
    davi, maria = await consultor(service, DAVI), await customer(service)
    await attended(service, maria, davi)
    await nothing_is_under_way(service)
    assert len(pipedrive.activities) == 1
    pipedrive.activities.clear()
    await davi.says("ENCERRAR")
    await davi.sees("encerrado")
    await nothing_is_under_way(service)
    assert await service.rows("SELECT error FROM outbox WHERE target = 'pipedrive' AND error IS NOT NULL") == []
    assert pipedrive.activities == {}


@pytest.mark.falha(385)
async def test_a_consultor_hears_once_of_what_pipedrive_has_not_and_only_when_it_is_over(
    service: RunningService, pipedrive: Pipedrive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service.wiring.courier.senders["pipedrive"], "max_attempts", 1)
    pipedrive.fail = [(500, {})] * 50
    davi, maria = await consultor(service, DAVI), await customer(service)
    await attended(service, maria, davi)
    await followed(service, 1)
    assert times_told(davi) == 0, "its end is noted, too"
    await davi.says("ENCERRAR")
    told = await davi.sees(NOT_NOTED)
    assert "#00001 (Maria)" in told.text
    await maria.taps("4 ⭐⭐⭐⭐")
    await maria.sees("Obrigado pela nota!")
    await followed(service, 3)
    assert times_told(davi) == 1


def times_told(davi: Phone) -> int:
    return sum(NOT_NOTED in bubble.text for bubble in davi.screen)


async def followed(service: RunningService, times: int) -> None:
    """So often it was given up, and followed."""
    done = "SELECT count(*) FROM outbox WHERE method = 'avisar_sem_nota' AND done_at IS NOT NULL"
    await eventually(service, f"SELECT 1 WHERE {times} = ({done})")


@pytest.mark.falha(507)
async def test_a_person_who_was_merged_or_deleted_there_is_looked_up_anew(
    service: RunningService, pipedrive: Pipedrive
) -> None:
    davi, maria = await consultor(service, DAVI, id_pipedrive=456), await customer(service)
    await attended(service, maria, davi)
    await davi.says("ENCERRAR")
    await davi.sees("encerrado")
    await nothing_is_under_way(service)
    # Somebody merged her into another one, who has her phone now.
    pipedrive.persons = {7: {"id": 7, "name": "Maria da Silva", "phones": [{"value": "+5531977701000"}]}}
    await attended(service, maria, davi)
    await nothing_is_under_way(service)
    newest = pipedrive.activities[max(pipedrive.activities)]
    assert newest["participants"] == [{"person_id": 7, "primary": True}]
    assert list(pipedrive.persons) == [7]
    assert await service.rows("SELECT error FROM outbox WHERE target = 'pipedrive' AND error IS NOT NULL") == []


@pytest.mark.falha(511)
@pytest.mark.parametrize("known_as", ["+5531977701000", "+553177701000"])
async def test_a_person_with_or_without_the_ninth_digit_is_the_same_there(
    service: RunningService, pipedrive: Pipedrive, known_as: str
) -> None:
    pipedrive.persons[1] = {"id": 1, "name": "Maria da Silva", "phones": [{"value": known_as}]}
    davi, maria = await consultor(service, DAVI), await customer(service)
    await attended(service, maria, davi)
    await nothing_is_under_way(service)
    assert list(pipedrive.persons) == [1]
    assert [one["participants"][0]["person_id"] for one in pipedrive.activities.values()] == [1]


@pytest.mark.falha(512)
@pytest.mark.parametrize(
    "known_as",
    [
        "(31) 97770-1000", "031 9 7770 1000", "5531977701000", "+55 31 7770.1000", "31 977 701 000", "31-97-77-01-000",
        "(31) 9 7770 10 00",
    ],
)  # fmt: skip
async def test_a_phone_that_was_typed_there_by_hand_is_the_same_persons(
    service: RunningService, pipedrive: Pipedrive, known_as: str
) -> None:
    pipedrive.persons[1] = {"id": 1, "name": "Ana", "phones": [{"value": "ramal 1000"}, {"value": "31 3333-1000"}]}
    pipedrive.persons[2] = {"id": 2, "name": "Maria da Silva", "phones": [{"value": known_as}]}
    davi, maria = await consultor(service, DAVI), await customer(service)
    await attended(service, maria, davi)
    await nothing_is_under_way(service)
    assert list(pipedrive.persons) == [1, 2]
    assert [one["participants"][0]["person_id"] for one in pipedrive.activities.values()] == [2]


@pytest.mark.falha(540)
async def test_a_search_that_failed_with_a_good_status_has_not_found_nobody(
    service: RunningService, pipedrive: Pipedrive
) -> None:
    pipedrive.persons[1] = {"id": 1, "name": "Maria da Silva", "phones": [{"value": "+5531977701000"}]}
    pipedrive.fail = [(200, {})] * 3
    davi, maria = await consultor(service, DAVI), await customer(service)
    await attended(service, maria, davi)
    for tries in (1, 2, 3):
        await eventually(service, "SELECT 1 FROM outbox WHERE target = 'pipedrive' AND attempts = :n", n=tries)
        service.clock.move(minutes=10)
        await service.background.wake()
    await nothing_is_under_way(service)
    assert (pipedrive.fail, list(pipedrive.persons)) == ([], [1])
    assert [one["participants"][0]["person_id"] for one in pipedrive.activities.values()] == [1]


@pytest.mark.falha(540)
async def test_a_person_who_is_found_by_a_phone_that_they_do_not_have_is_another(
    service: RunningService, pipedrive: Pipedrive, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipedrive.persons[1] = {"id": 1, "name": "Ana", "phones": [{"value": "+5531977709999"}]}
    monkeypatch.setattr(Pipedrive, "matches", lambda *_: True)
    davi, maria = await consultor(service, DAVI), await customer(service)
    await attended(service, maria, davi)
    await nothing_is_under_way(service)
    assert list(pipedrive.persons) == [1, 2]
    assert [one["participants"][0]["person_id"] for one in pipedrive.activities.values()] == [2]
