"""A file that was promised comes after the end of the atendimento, too: said as what it is, to who may still see it."""

import os
import signal
from datetime import timedelta

import pytest
from sqlalchemy import update

from core.time import utc_now
from sandbox import Phone, small_pdf
from storage.objects import ObjectStore, ObjectStoreError
from storage.tables import consultores, contatos, usuarios
from tests.support.consultores import ELISA, PEDRO, attended, consultor, customer, nothing_is_under_way
from tests.support.service import RunningService
from tests.support.talking import following, opens, talking

FATURA = small_pdf("Fatura de maio")
LATE = "está demorando"
OVER = "Esse atendimento já foi encerrado."
BOTH = pytest.mark.parametrize(("of_maria", "of_davi"), [("whatsapp", "telegram"), ("telegram", "whatsapp")])
LOST = {
    "out of service": update(consultores).values(status_ativo=False),
    "no consultor any more": update(usuarios).values(perfil_usuario="OPERADOR"),
    "blocked us": update(contatos).where(contatos.c.usuario_id.is_not(None)).values(unreachable_at=utc_now()),
}
pytestmark = pytest.mark.usefixtures("little_patience")


async def ended(maria: Phone, davi: Phone) -> None:
    await davi.says("ENCERRAR")
    await davi.sees("encerrado")
    await maria.sees("De 1 a 5")


async def back(service: RunningService, stopped_store: int, *phones: Phone) -> None:
    """Everybody has read what there was; then the store goes on."""
    for bubble in (bubble for phone in phones for bubble in phone.screen):
        bubble.seen = len(bubble.versions)
    os.kill(stopped_store, signal.SIGCONT)
    await nothing_is_under_way(service)


def documents(phone: Phone) -> list[bytes]:
    return [bubble.document for bubble in phone.screen if bubble.document is not None and not bubble.mine]


@pytest.mark.falha(360)
@BOTH
async def test_a_customers_file_comes_after_the_end_and_is_nobody_elses(
    sqlite_service: RunningService, stopped_store: int, of_maria: str, of_davi: str
) -> None:
    service = sqlite_service
    maria, davi = await talking(service, of_maria, of_davi)
    await maria.sends_document("fatura.pdf", FATURA, caption="é esta")
    assert LATE in (await following(davi)).text
    await ended(maria, davi)
    pedro = await customer(service, PEDRO)
    await attended(service, pedro, davi)
    await davi.sees("✅ Você atende Pedro")
    await opens(davi, "Pedro (#00002)")

    await back(service, stopped_store, maria, davi, pedro)
    pdf = next(bubble for bubble in davi.screen if bubble.document == FATURA)
    assert pdf.text == f"👤 Maria (#00001)\n{OVER}\né esta"
    await davi.says("Vi a fatura", reply_to=pdf)
    await davi.sees("já foi encerrado")
    await nothing_is_under_way(service)
    assert not any(bubble.shows("Vi a fatura") for phone in (maria, pedro) for bubble in phone.screen)
    assert documents(davi) == [FATURA]
    assert (await service.rows("SELECT status FROM atendimentos ORDER BY id"))[0]["status"] == "ENCERRADO"


@pytest.mark.falha(360)
@BOTH
async def test_a_consultors_file_comes_to_the_customer_after_the_end(
    sqlite_service: RunningService, stopped_store: int, of_maria: str, of_davi: str
) -> None:
    maria, davi = await talking(sqlite_service, of_maria, of_davi)
    await davi.sends_document("proposta.pdf", FATURA)
    assert LATE in (await following(maria)).text
    await ended(maria, davi)
    await back(sqlite_service, stopped_store, maria, davi)
    assert documents(maria) == [FATURA]
    assert (await following(maria)).text == f"Atendimento #00001\n{OVER}"


@pytest.mark.falha(361)
@BOTH
async def test_after_a_transfer_it_comes_once_to_who_has_the_customer_now(
    sqlite_service: RunningService, stopped_store: int, of_maria: str, of_davi: str
) -> None:
    """It was promised twice: to Davi, and to Elisa with what had been said before."""
    service = sqlite_service
    maria, davi = await talking(service, of_maria, of_davi)
    await maria.sends_document("fatura.pdf", FATURA)
    assert LATE in (await following(davi)).text
    elisa = await consultor(service, ELISA, of_maria)
    await davi.says("TRANSFERIR")
    await davi.taps("👤 Elisa Costa")
    await elisa.sees("Maria quer falar com um consultor")
    await elisa.taps("Aceitar")
    await elisa.sees(LATE)
    await back(service, stopped_store, maria, davi, elisa)
    assert (documents(elisa), documents(davi)) == ([FATURA], [])


@pytest.mark.falha(361)
@BOTH
async def test_a_late_copy_whose_store_was_away_once_more_comes_all_the_same(
    sqlite_service: RunningService,
    stopped_store: int,
    monkeypatch: pytest.MonkeyPatch,
    of_maria: str,
    of_davi: str,
) -> None:
    """The store answers the fetching, and not the sending that follows: nobody has had the file yet."""
    maria, davi = await talking(sqlite_service, of_maria, of_davi)
    await maria.sends_document("fatura.pdf", FATURA)
    assert LATE in (await following(davi)).text
    get = ObjectStore.get
    refused: list[str] = []

    async def away_once(self: ObjectStore, key: str) -> bytes:
        if not refused:
            refused.append(key)
            raise ObjectStoreError("away once more")
        return await get(self, key)

    monkeypatch.setattr(ObjectStore, "get", away_once)
    await back(sqlite_service, stopped_store, maria, davi)
    assert refused, "the late copy was tried while the store was away"
    assert documents(davi) == [FATURA]


@pytest.mark.falha(360)
@pytest.mark.parametrize("why", ["bloqueou as nossas mensagens", "passaram 24 horas"])
async def test_a_consultor_hears_that_their_file_cannot_reach_the_customer_any_more(
    sqlite_service: RunningService, stopped_store: int, why: str
) -> None:
    maria, davi = await talking(sqlite_service, "whatsapp", "telegram")
    await davi.sends_document("proposta.pdf", FATURA)
    assert LATE in (await following(maria)).text
    await ended(maria, davi)
    gone = {"unreachable_at": utc_now()} if "bloqueou" in why else {"last_inbound_at": utc_now() - timedelta(days=2)}
    left = update(contatos).where(contatos.c.usuario_id.is_(None)).values(**gone)
    await sqlite_service.wiring.turns.run(lambda tx: tx.execute(left))
    os.kill(stopped_store, signal.SIGCONT)
    await davi.sees(why)
    assert documents(maria) == []


@pytest.mark.falha(360)
@pytest.mark.parametrize("lost", sorted(LOST))
async def test_who_may_not_see_it_any_more_does_not(
    sqlite_service: RunningService, stopped_store: int, lost: str
) -> None:
    maria, davi = await talking(sqlite_service, "whatsapp", "telegram")
    await maria.sends_document("fatura.pdf", FATURA)
    assert LATE in (await following(davi)).text
    await ended(maria, davi)
    await sqlite_service.wiring.turns.run(lambda tx: tx.execute(LOST[lost]))
    await back(sqlite_service, stopped_store, maria, davi)
    assert documents(davi) == []


@pytest.mark.falha(360)
async def test_what_never_comes_is_withdrawn_after_the_end(sqlite_service: RunningService) -> None:
    maria, davi = await talking(sqlite_service, "telegram", "whatsapp")
    sqlite_service.sandbox.telegram.faults.fail_next("getFile", status=502, times=50)
    await maria.sends_document("fatura.pdf", FATURA)
    assert LATE in (await following(davi)).text
    await ended(maria, davi)
    said = (await davi.sees("não foi possível baixar este arquivo")).text
    assert said.startswith(f"👤 Maria (#00001)\n{OVER}\n📎 fatura.pdf")


@pytest.mark.falha(360)
async def test_after_days_it_is_withdrawn_instead(sqlite_service: RunningService, stopped_store: int) -> None:
    maria, davi = await talking(sqlite_service, "whatsapp", "telegram")
    await maria.sends_document("fatura.pdf", FATURA)
    assert LATE in (await following(davi)).text
    await ended(maria, davi)
    sqlite_service.clock.move(days=8)
    os.kill(stopped_store, signal.SIGCONT)
    await davi.sees("demorou demais e já não vem")
    assert documents(davi) == []
