"""ADMIN_TELEFONES: who is an administrator from the first start on."""

from typing import Any

import pytest

from core.pessoa.administradores import ensure_administradores
from storage.pessoa.perfil import Perfil
from tests.support.service import RunningService

PHONE = "5531988809000"


async def start(service: RunningService, *telefones: str) -> list[dict[str, Any]]:
    """What a start does; everybody registered after it."""
    await service.wiring.turns.run(lambda tx: ensure_administradores(tx, telefones))
    return await service.rows("SELECT telefone, perfil_usuario, status_ativo FROM usuarios ORDER BY telefone")


async def test_are_registered_at_the_first_start_and_not_again(service: RunningService) -> None:
    expected = [{"telefone": PHONE, "perfil_usuario": "ADMINISTRADOR", "status_ativo": True}]
    assert await start(service, PHONE) == expected
    assert await start(service, PHONE) == expected


async def test_are_recognised_when_they_write(sqlite_service: RunningService) -> None:
    await start(sqlite_service, PHONE)
    adm = sqlite_service.sandbox.whatsapp.phone("Adm Silva", PHONE)
    await adm.says("POOL")
    await adm.sees("acessos livres")


@pytest.mark.parametrize("registered", [PHONE, "553188809000"])
async def test_somebody_registered_stays_what_an_administrator_made_them(
    sqlite_service: RunningService, registered: str
) -> None:
    await sqlite_service.usuario("Ana Souza", registered, Perfil.VENDEDOR, status_ativo=False)
    expected = [{"telefone": registered, "perfil_usuario": "VENDEDOR", "status_ativo": 0}]
    assert await start(sqlite_service, PHONE) == expected
