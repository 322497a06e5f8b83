"""Decisions about invoices that are forged, doubled or made by who no longer is who they were; robots nobody knows."""

from typing import Any
from uuid import uuid4

import pytest

from sandbox import Phone
from storage.pessoa.perfil import Perfil
from tests.support.downloads import becomes, download, execucoes, found, processos
from tests.support.sellers import ocorrencias, taps_at_once
from tests.support.service import RunningService
from tests.walks.test_aprovar import approver, arrives, now

BIA = ("Bia Lima", "5531988804001")
BOTH = pytest.mark.parametrize("channel", ["whatsapp", "telegram"])


async def seller(service: RunningService, channel: str) -> Phone:
    await service.usuario(*BIA, Perfil.VENDEDOR)
    phone = await service.phone(channel, *BIA)
    await phone.says("MENU")
    await phone.sees("O que você quer fazer")
    return phone


@pytest.mark.falha(39)
@BOTH
@pytest.mark.parametrize("data", ["proc:aprovar:{id}:{versao}", "proc:rejeitar:{id}:{versao}", "proc:desfazer:{id}"])
async def test_a_tap_on_a_card_that_was_never_shown_to_them_decides_nothing(
    sqlite_service: RunningService, channel: str, data: str
) -> None:
    bia = await seller(sqlite_service, channel)
    processo = await arrives(sqlite_service)
    forged = data.format(id=processo.id.hex, versao=processo.versao)
    tap = await bia.taps_data(forged, bubble=bia.screen[-1])
    await tap.finished()
    assert (await now(sqlite_service, processo)).versao == processo.versao
    assert "toque_recusado" in await ocorrencias(sqlite_service)


@pytest.mark.falha(39)
@BOTH
async def test_a_tap_for_an_invoice_that_there_is_not(sqlite_service: RunningService, channel: str) -> None:
    gil = await approver(sqlite_service, channel=channel)
    tap = await gil.taps_data(f"proc:aprovar:{uuid4().hex}:1", bubble=gil.screen[-1])
    await tap.finished()
    await gil.sees("Essa fatura não existe mais.")
    assert "toque_recusado" in await ocorrencias(sqlite_service)


@pytest.mark.falha(40)
@BOTH
async def test_aprovar_and_rejeitar_at_once_are_one_decision(service: RunningService, channel: str) -> None:
    gil = await approver(service, channel=channel)
    processo = await arrives(service)
    card = await gil.sees("🧾")
    await taps_at_once(service, gil, card, "Aprovar", "Rejeitar")
    await (await gil.says("valor errado")).finished()
    await service.sandbox.settled()
    after = await now(service, processo)
    assert after.versao == processo.versao + 1
    assert after.status_processo in ("AGUARDANDO_ENVIO_SAT", "AGUARDANDO_DOWNLOAD")
    assert len(await service.rows("SELECT 1 FROM aprovacoes")) == 1


@pytest.mark.falha(23)
async def test_an_approver_on_a_new_number_approves_nothing_until_it_is_confirmed(service: RunningService) -> None:
    gil = await approver(service, channel="whatsapp")
    processo = await arrives(service)
    card = await gil.sees("🧾")
    await (await gil.changes_number("5531988809999")).finished()
    await (await gil.taps("Aprovar", bubble=card)).finished()
    assert (await now(service, processo)).versao == processo.versao
    assert await service.rows("SELECT 1 FROM aprovacoes") == []


@pytest.mark.falha(55)
@pytest.mark.parametrize(
    "how",
    [{"signed": False}, {"secret": "whsec_b3V0cm8gc2VncmVkbyBxdWFscXVlcg=="}, {"age": 301.0}, {"age": -330.0}],
    ids=["unsigned", "another secret", "stale", "from the future"],
)
async def test_a_callback_that_is_not_trusted_brings_no_invoice(
    sqlite_service: RunningService, how: dict[str, Any]
) -> None:
    sqlite_service.sandbox.rpa.next("manual")
    (processo,) = await processos(sqlite_service)
    await download(sqlite_service, processo)
    job = await sqlite_service.sandbox.rpa.started()
    done = {"event": "job.completed", "job_id": job.id, "seq": 1, "data": {"resultado": found(sqlite_service, job)}}
    reply = await sqlite_service.sandbox.rpa.call_back(job, done, **how)
    assert reply.status == 401
    (row,) = await execucoes(sqlite_service, processo)
    assert (row["data_fim"], row["resultado_saida"]) == (None, None)
    await job.complete(found(sqlite_service, job))
    await becomes(sqlite_service, processo, "AGUARDANDO_APROVACAO")
