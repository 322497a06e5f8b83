"""A secret that is said in chat stands in clear nowhere of ours: sealed while it waits, wiped once it was said."""

from pathlib import Path

import pytest
from sqlalchemy import select

from storage.tables import metadata
from tests.support.sellers import ANA, eventually
from tests.support.service import RunningService
from tests.support.written import as_params

ADM = ("Adm Silva", "5531999990000")


@pytest.mark.falha(140)
@pytest.mark.parametrize("channel", ["telegram", "whatsapp"])
@pytest.mark.parametrize("what", ["token", "convite"])
async def test_a_token_or_an_invitation_is_sealed_while_it_waits_and_wiped_once_said(
    service: RunningService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, channel: str, what: str
) -> None:
    for sender in ("telegram.sender.TelegramSender", "whatsapp.sender.WhatsappSender"):
        monkeypatch.setattr(f"bot.channels.{sender}.first_wait", 0.3)
    await service.vendedor(*ANA)
    await service.administrador(*ADM)
    adm = await service.phone(channel, *ADM)
    if what == "convite":
        await adm.says("USUARIOS")
        await adm.sees("Toque em uma pessoa")
    provider = getattr(service.sandbox, channel)
    provider.faults.down = True
    await (adm.taps("Ana Souza") if what == "convite" else adm.says("TOKEN"))

    [row] = await eventually(service, "SELECT params, sealed_text FROM outbox WHERE sealed_text IS NOT NULL")
    assert "text" not in as_params(row["params"])
    assert row["sealed_text"].startswith("v1.")

    provider.faults.down = False
    said = await adm.sees("Convite de " if what == "convite" else "Seu token da API")
    secret = said.text.splitlines()[-1].rpartition("=")[2]
    assert len(secret) > 20
    await eventually(service, "SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM outbox WHERE sealed_text IS NOT NULL)")
    assert secret not in await everything_in_tables(service)
    assert secret.encode() not in files_of_sqlite(tmp_path)


async def everything_in_tables(service: RunningService) -> str:
    """Every row of every table, as text."""
    async with service.wiring.database.read() as connection:
        return "\n".join(
            [repr(tuple(row)) for table in metadata.sorted_tables for row in await connection.execute(select(table))]
        )


def files_of_sqlite(folder: Path) -> bytes:
    """Everything in SQLite's files, pages that were given up included."""
    return b"".join(path.read_bytes() for path in folder.rglob("balcao.db*"))
