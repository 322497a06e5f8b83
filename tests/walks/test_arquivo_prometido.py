"""A promise of a file follows its customer: through the queue, past thirty messages, to who has them then."""

import asyncio
import os
import signal

import pytest
from sqlalchemy import update

from core.time import utc_now
from sandbox import Phone
from storage.objects import ObjectStore, ObjectStoreError
from storage.tables import contatos
from storage.transaction import Transaction
from tests.support.consultores import ELISA, consultor, nothing_is_under_way
from tests.support.sellers import eventually
from tests.support.service import RunningService
from tests.support.talking import following, talking
from tests.walks.test_arquivo_apos_o_fim import BOTH, FATURA, LATE, back, documents

pytestmark = pytest.mark.usefixtures("little_patience")


async def goes_on(stopped_store: int, service: RunningService) -> None:
    os.kill(stopped_store, signal.SIGCONT)
    await nothing_is_under_way(service)


async def writes_much(maria: Phone, service: RunningService) -> None:
    """More than whoever accepts her is shown."""
    for number in range(32):
        await (await maria.says(f"linha {number}")).accepted()
    await eventually(service, "SELECT 1 FROM mensagens WHERE texto = 'linha 31'")


async def has_document(phone: Phone) -> None:
    async with asyncio.timeout(10):
        while not documents(phone):  # noqa: ASYNC110 - a file is told to nobody
            await asyncio.sleep(0.01)


async def back_in_the_queue(davi: Phone, maria: Phone) -> None:
    await davi.says("TRANSFERIR")
    await davi.taps("Voltar para a fila")
    await maria.sees("passar você para outra pessoa")


@pytest.mark.falha(386)
@BOTH
async def test_a_file_that_comes_while_its_customer_waits_is_the_next_consultors_however_much_was_written(
    sqlite_service: RunningService, stopped_store: int, of_maria: str, of_davi: str
) -> None:
    service = sqlite_service
    maria, davi = await talking(service, of_maria, of_davi)
    await maria.sends_document("fatura.pdf", FATURA)
    assert LATE in (await following(davi)).text
    await back_in_the_queue(davi, maria)
    await writes_much(maria, service)
    await goes_on(stopped_store, service)
    told = await davi.sees("📎 fatura.pdf")
    assert "Maria (#00001) não está mais com você: o arquivo vai para quem atender." in told.text
    elisa = await consultor(service, ELISA, of_maria)
    await elisa.taps("Aceitar")
    await elisa.sees("linha 31")
    await nothing_is_under_way(service)
    await has_document(elisa)
    assert (documents(elisa), documents(davi)) == ([FATURA], [])


@pytest.mark.falha(386)
@BOTH
async def test_a_consultors_file_comes_to_a_customer_who_waits(
    sqlite_service: RunningService, stopped_store: int, of_maria: str, of_davi: str
) -> None:
    service = sqlite_service
    maria, davi = await talking(service, of_maria, of_davi)
    await davi.sends_document("proposta.pdf", FATURA)
    assert LATE in (await following(maria)).text
    await back_in_the_queue(davi, maria)
    await goes_on(stopped_store, service)
    await has_document(maria)
    assert documents(maria) == [FATURA]


@pytest.mark.falha(386)
@BOTH
async def test_who_lost_the_customer_hears_once_where_the_promised_file_went(
    sqlite_service: RunningService, stopped_store: int, of_maria: str, of_davi: str
) -> None:
    service = sqlite_service
    maria, davi = await talking(service, of_maria, of_davi)
    await maria.sends_document("fatura.pdf", FATURA)
    assert LATE in (await following(davi)).text
    elisa = await consultor(service, ELISA, of_maria)
    await davi.says("TRANSFERIR")
    await davi.taps("👤 Elisa Costa")
    await elisa.taps("Aceitar")
    await elisa.sees(LATE)
    await back(service, stopped_store, maria, davi, elisa)
    assert (documents(elisa), documents(davi)) == ([FATURA], [])
    (told,) = [one for one in davi.screen if "não está mais com você" in one.text]
    assert told.text == "📎 fatura.pdf: Maria (#00001) não está mais com você: o arquivo foi para quem atende agora."
    assert not any("não está mais com você" in one.text for one in elisa.screen)


@pytest.mark.falha(387)
async def test_a_consultor_hears_that_their_late_file_cannot_reach_who_has_blocked_us(
    sqlite_service: RunningService, stopped_store: int
) -> None:
    """In the middle of the conversation."""
    maria, davi = await talking(sqlite_service, "whatsapp", "telegram")
    await davi.sends_document("proposta.pdf", FATURA)
    assert LATE in (await following(maria)).text
    gone = update(contatos).where(contatos.c.usuario_id.is_(None)).values(unreachable_at=utc_now())

    async def work(tx: Transaction) -> None:
        await tx.execute(gone)

    await sqlite_service.wiring.turns.run(work)
    os.kill(stopped_store, signal.SIGCONT)
    await davi.sees("bloqueou as nossas mensagens")
    assert documents(maria) == []


@pytest.mark.falha(387)
@BOTH
async def test_a_late_copy_that_was_refused_may_be_promised_again(
    sqlite_service: RunningService,
    stopped_store: int,
    monkeypatch: pytest.MonkeyPatch,
    of_maria: str,
    of_davi: str,
) -> None:
    service = sqlite_service
    maria, davi = await talking(service, of_maria, of_davi)
    await maria.sends_document("fatura.pdf", FATURA)
    assert LATE in (await following(davi)).text
    if of_davi == "telegram":
        service.sandbox.telegram.faults.fail_next("sendDocument", status=400, times=1)
    else:
        service.sandbox.whatsapp.faults.fail_next("media", code=131053)
    await back(service, stopped_store, maria, davi)
    assert documents(davi) == []
    assert await service.rows("SELECT 1 FROM events WHERE channel = 'tardio' AND event_id LIKE '%:%'") == []


@pytest.mark.falha(387)
async def test_whose_late_voice_it_is_stands_above_it_alone(
    sqlite_service: RunningService, stopped_store: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The store answers the fetching, and not the sending that follows: the line above waits with the voice."""
    maria, davi = await talking(sqlite_service, "telegram", "whatsapp")
    await maria.sends_voice(b"OggS a voice")
    assert LATE in (await following(davi)).text
    get, find = ObjectStore.get, ObjectStore.find
    refused: list[str] = []

    async def away_once(self: ObjectStore, key: str) -> bytes:
        if not refused:
            refused.append(key)
            raise ObjectStoreError("away once more")
        return await get(self, key)

    async def as_the_other(self: ObjectStore, key: str) -> None:
        if not refused:
            raise ObjectStoreError("away once more")
        await find(self, key)

    monkeypatch.setattr(ObjectStore, "get", away_once)
    monkeypatch.setattr(ObjectStore, "find", as_the_other)
    await back(sqlite_service, stopped_store, maria, davi)
    assert refused
    assert sum(one.text.startswith("👤 Maria (#00001)") for one in davi.screen) == 1
