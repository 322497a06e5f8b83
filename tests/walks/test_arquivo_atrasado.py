"""A file that cannot be had at once keeps nothing waiting: a line stands for it, and it comes by itself."""

import itertools
import os
import signal
from collections.abc import Awaitable, Callable

import pytest

from bot.channels.telegram import sender as telegram
from bot.channels.whatsapp import sender as whatsapp
from bot.senders import files
from bot.turn import Turns
from core.commands.conversa import FetchFile
from sandbox import small_pdf
from storage.transaction import Call
from tests.support.sellers import eventually
from tests.support.service import RunningService
from tests.support.talking import following, talking

FATURA = small_pdf("Fatura de maio")
pytestmark = pytest.mark.usefixtures("little_patience")


@pytest.mark.falha(143)
@pytest.mark.parametrize(("of_maria", "of_davi"), [("whatsapp", "telegram"), ("telegram", "whatsapp")])
async def test_while_the_store_stands_still_texts_go_on_and_the_file_comes_when_it_is_back(
    service: RunningService, store_process: int, of_maria: str, of_davi: str
) -> None:
    maria, davi = await talking(service, of_maria, of_davi)
    os.kill(store_process, signal.SIGSTOP)
    await maria.sends_document("fatura.pdf", FATURA, caption="é esta")
    await maria.says("recebeu?")
    line = await following(davi)
    assert line.text.endswith("📎 fatura.pdf: este arquivo está demorando; chega aqui assim que possível.")
    assert (await following(davi)).text == "recebeu?"

    os.kill(store_process, signal.SIGCONT)
    pdf = await following(davi)
    whose = "" if davi.has_topics else "👤 Maria (#00001)\n"
    assert (pdf.document, pdf.text) == (FATURA, f"{whose}é esta")
    await eventually(service, "SELECT 1 FROM outbox WHERE provider_id = :id", id=pdf.id)
    await davi.says("Agora sim", reply_to=pdf)
    assert (await following(maria)).quote, "an answer to it finds her message"


@pytest.mark.falha(143)
async def test_what_a_channel_does_not_give_now_comes_later(sqlite_service: RunningService) -> None:
    maria, davi = await talking(sqlite_service, "telegram", "whatsapp")
    sqlite_service.sandbox.telegram.faults.fail_next("getFile", status=502, times=4)
    await maria.sends_document("fatura.pdf", FATURA)
    await maria.says("recebeu?")
    assert "está demorando" in (await following(davi)).text
    assert (await following(davi)).text == "recebeu?"
    assert (await following(davi)).document == FATURA


@pytest.fixture
def every_job_is_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """As when what it has done is committed and the mark of its row is not: an answer is lost, a process dies."""
    fetch = files.FileSender.fetch

    async def fetch_again(self: files.FileSender, wanted: FetchFile, call: Call) -> str | None:
        first = await fetch(self, wanted, call)
        return await fetch(self, wanted, call) or first

    monkeypatch.setattr(files.FileSender, "fetch", fetch_again)
    for module, name in itertools.product((telegram, whatsapp), ("bring_later", "tell_author")):
        monkeypatch.setattr(module, name, _again(getattr(module, name)))


def _again(work: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
    async def twice(turns: Turns, call: Call, *given: object) -> None:
        await work(turns, call, *given)
        await work(turns, call, *given)

    return twice


@pytest.mark.falha(260)
@pytest.mark.parametrize(("of_maria", "of_davi"), [("whatsapp", "telegram"), ("telegram", "whatsapp")])
async def test_what_is_fetched_again_because_its_mark_was_lost_comes_once(
    every_job_is_made_again: None, sqlite_service: RunningService, store_process: int, of_maria: str, of_davi: str
) -> None:
    maria, davi = await talking(sqlite_service, of_maria, of_davi)
    os.kill(store_process, signal.SIGSTOP)
    await maria.sends_document("fatura.pdf", FATURA)
    assert "está demorando" in (await following(davi)).text
    os.kill(store_process, signal.SIGCONT)
    assert (await following(davi)).document == FATURA
    await eventually(sqlite_service, "SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM outbox WHERE done_at IS NULL)")
    await maria.says("é esta")
    assert (await following(davi)).text == "é esta"


@pytest.mark.falha(143)
async def test_what_never_comes_is_said_to_both(sqlite_service: RunningService) -> None:
    maria, davi = await talking(sqlite_service, "telegram", "whatsapp")
    sqlite_service.sandbox.telegram.faults.fail_next("getFile", status=502, times=50)
    await maria.sends_document("fatura.pdf", FATURA)
    assert "está demorando" in (await following(davi)).text
    assert "não foi possível baixar este arquivo" in (await following(davi)).text
    await maria.sees("Não consegui baixar o arquivo que você mandou")
