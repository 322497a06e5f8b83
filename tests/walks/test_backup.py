"""BACKUP in chat: an administrator asks for one, and hears when it is there and proved."""

from pathlib import Path
from uuid import uuid4

import pytest

from sandbox import Phone
from storage.engines.s3 import EmbeddedS3
from storage.pessoa.perfil import Perfil
from tests.support.consultores import CHANNELS
from tests.support.sellers import ANA, seller
from tests.support.service import RunningService, settings_for

ADM = ("Adm Silva", "5531999990000")


async def administrator(service: RunningService, channel: str) -> Phone:
    await service.usuario(*ADM, Perfil.ADMINISTRADOR)
    return await service.phone(channel, *ADM)


@CHANNELS
async def test_it_is_said_when_it_begins_and_when_it_is_proved(service: RunningService, channel: str) -> None:
    adm = await administrator(service, channel)
    await adm.says("backup")
    await adm.sees("Backup começado")
    done = await adm.sees("Restaurado em um banco de prova", timeout=30)
    assert "guardado:" in done.text
    assert len(await service.wiring.backups.all()) >= 1


async def test_only_administrators_are_obeyed(sqlite_service: RunningService) -> None:
    ana = await seller(sqlite_service, ANA)
    await ana.says("BACKUP")
    await ana.says("STATUS")
    await ana.sees("Não há venda em andamento")
    assert await sqlite_service.rows("SELECT 1 FROM outbox WHERE target = 'backups'") == []


async def test_while_the_object_store_is_away_it_is_tried_again_and_then_said(
    sqlite_url: str, clean_redis_url: str, s3: EmbeddedS3, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = settings_for(sqlite_url, clean_redis_url, s3, tmp_path)
    environment |= {"MINIO_ENDPOINT": "127.0.0.1:1", "MINIO_BUCKET": f"b{uuid4().hex[:12]}"}
    async with RunningService(environment) as service:
        sender = service.wiring.courier.senders["backups"]
        monkeypatch.setattr(sender, "first_wait", 0.01)
        adm = await administrator(service, "whatsapp")
        await adm.says("BACKUP")
        await adm.sees("O backup não foi feito: o armazenamento de objetos não responde.", timeout=60)
