"""A body that is packed (`Content-Encoding`): read, unless it is packed otherwise than it says or too large inside."""

import asyncio
import gzip
import json
import logging
from contextlib import closing

import pytest
from structlog.testing import capture_logs

from tests.support.service import RunningService

SECRET = "X-Telegram-Bot-Api-Secret-Token: segredo-do-webhook"
NEVER_PACKED = b"nobody ever packed this, whatever its header says."
DOORS = {
    "telegram": ("/webhooks/telegram", SECRET),
    "whatsapp": ("/webhooks/whatsapp", f"X-Hub-Signature-256: sha256={'0' * 64}"),
    "json": ("/reprocessar", "Content-Type: application/json"),
    "upload": ("/processos/upload-manual-fatura", "Content-Type: multipart/form-data; boundary=x"),
    "form": ("/painel/entrar", "Content-Type: application/x-www-form-urlencoded"),
}


async def asked(service: RunningService, path: str, head: str, packed: str, *pieces: bytes) -> bytes:
    """The first line of the answer, once its connection is closed. Every piece but the first comes after the answer."""
    reader, writer = await asyncio.open_connection("127.0.0.1", service.settings.port)
    token = service.token(await service.administrador())["Authorization"]
    lines = [f"POST {path} HTTP/1.1", "Host: b", head, f"Authorization: {token}", f"Content-Encoding: {packed}"]
    size = sum(map(len, pieces))
    with closing(writer):
        writer.write("\r\n".join([*lines, f"Content-Length: {size}", "", ""]).encode() + pieces[0])
        async with asyncio.timeout(10):
            status = await reader.readline()
            for piece in pieces[1:]:
                writer.write(piece)
            await reader.read()
    return status.strip()


@pytest.mark.falha(494)
@pytest.mark.parametrize("packed", ["gzip", "deflate"])
@pytest.mark.parametrize("door", DOORS)
async def test_what_is_packed_otherwise_than_it_says_is_refused_and_no_fault_of_ours(
    sqlite_service: RunningService, caplog: pytest.LogCaptureFixture, door: str, packed: str
) -> None:
    with capture_logs() as lines, caplog.at_level(logging.WARNING):
        status = await asked(sqlite_service, *DOORS[door], packed, NEVER_PACKED)
    assert status == b"HTTP/1.1 400 Bad Request"
    assert [line for line in lines if line["log_level"] == "error"] == []
    assert [record.message for record in caplog.records] == []


@pytest.mark.falha(494)
async def test_nor_is_one_that_is_found_out_after_the_answer(
    sqlite_service: RunningService, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        wrong = "X-Telegram-Bot-Api-Secret-Token: x"
        status = await asked(sqlite_service, "/webhooks/telegram", wrong, "deflate", b"", NEVER_PACKED)
    assert status == b"HTTP/1.1 401 Unauthorized"
    assert [record.message for record in caplog.records] == []


@pytest.mark.filterwarnings("ignore:Sending a large body:ResourceWarning")
async def test_what_is_packed_as_it_says_is_read_and_nothing_that_is_too_large_inside(
    sqlite_service: RunningService,
) -> None:
    headers = {"X-Telegram-Bot-Api-Secret-Token": "segredo-do-webhook", "Content-Encoding": "gzip"}
    whole, bomb = gzip.compress(json.dumps({"update_id": 1}).encode()), gzip.compress(b" " * 50_000_000)
    for body, status in ((whole, 200), (bomb, 413)):
        async with sqlite_service.http.post("/webhooks/telegram", data=body, headers=headers) as said:
            assert said.status == status
