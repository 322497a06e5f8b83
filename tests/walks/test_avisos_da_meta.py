"""What Meta says of our account and of our template: administrators hear what stops something, and nothing else."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from sandbox import Phone
from storage.engines.s3 import EmbeddedS3
from tests.support.service import RunningService, settings_for


@pytest.fixture
async def sqlite_service(
    sqlite_url: str, clean_redis_url: str, s3: EmbeddedS3, tmp_path: Path
) -> AsyncIterator[RunningService]:
    """The service with a template."""
    modelo = {"WHATSAPP_TEMPLATE_RETOMAR": "retomar:pt_BR"}
    async with RunningService(settings_for(sqlite_url, clean_redis_url, s3, tmp_path) | modelo) as running:
        yield running


@pytest.mark.falha(421)
async def test_administrators_hear_of_it_once_and_of_the_rest_nothing(sqlite_service: RunningService) -> None:
    """Of what else: tests/webhooks/test_avisos_da_meta.py."""
    adm = await _administrator(sqlite_service)
    template, other = ({"event": "PAUSED", "message_template_name": name} for name in ("retomar", "promocao_de_outro"))
    for field, value in (("message_template_status_update", other), ("account_update", [1])):
        await _notified(sqlite_service, field, value)
    for _ in range(2):
        await _notified(sqlite_service, "message_template_status_update", template)
        await _notified(sqlite_service, "account_update", {"event": "DISABLED_UPDATE"})
    for read in ("modelo retomar do WhatsApp: PAUSED.", "conta do WhatsApp: DISABLED_UPDATE."):
        await adm.sees(read)
        assert (await adm.quiet()).count(read) == 1
    assert len(await sqlite_service.rows("SELECT 1 FROM ocorrencias WHERE tipo = 'aviso_da_meta'")) == 2


async def _administrator(service: RunningService) -> Phone:
    await service.administrador()
    adm = await service.phone("whatsapp", "Adm Silva", "5531999990000")
    await adm.says("MENU")
    await adm.sees("O que você quer fazer")
    return adm


async def _notified(service: RunningService, field: str, value: Any) -> None:
    change = {"field": field, "value": value}
    body = {"object": "whatsapp_business_account", "entry": [{"id": "1", "time": 1796000000, "changes": [change]}]}
    assert (await service.sandbox.whatsapp.deliver(body))[0] == 200
