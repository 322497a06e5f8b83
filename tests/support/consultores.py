"""Consultores and customers with phones in their hands."""

import pytest

from sandbox import Phone
from storage.consultor.consultores import add_consultor
from storage.pessoa.perfil import Perfil
from storage.transaction import Transaction
from tests.support.sellers import eventually
from tests.support.service import RunningService

DAVI = ("Davi Alves", "5531988804003")
ELISA = ("Elisa Costa", "5531988804004")
CARLA = ("Carla Dias", "5531988804002")
MARIA = ("Maria", "5531977701000")
PEDRO = ("Pedro", "5531977701001")
CHANNELS = pytest.mark.parametrize("channel", ["whatsapp", "telegram"])


async def consultor(
    service: RunningService,
    quem: tuple[str, str] = DAVI,
    channel: str = "whatsapp",
    idiomas: tuple[str, ...] = ("pt",),
    *,
    online: bool = True,
    id_pipedrive: int | None = None,
) -> Phone:
    """A consultor in the rotation, phone in hand, who has said ONLINE."""
    nome, telefone = quem
    usuario_id = await service.usuario(nome, telefone, Perfil.CONSULTOR)

    async def work(tx: Transaction) -> None:
        row = {"nome": nome, "idiomas": list(idiomas), "telefone": telefone, "usuario_id": usuario_id}
        await add_consultor(tx, row | {"id_pipedrive": id_pipedrive})

    await service.wiring.turns.run(work)
    phone = await service.phone(channel, nome, telefone)
    if online:
        await phone.says("ONLINE")
        await phone.sees("🟢 Você está online.")
    return phone


async def customer(service: RunningService, quem: tuple[str, str] = MARIA, channel: str = "whatsapp") -> Phone:
    """Somebody nobody registered."""
    nome, telefone = quem
    if channel == "whatsapp":
        return service.sandbox.whatsapp.phone(nome, telefone)
    return service.sandbox.telegram.phone(nome, telefone)


async def attended(service: RunningService, maria: Phone, davi: Phone) -> None:
    """The customer asks for a consultor, and this one accepts."""
    await maria.says("CONSULTOR")
    await maria.sees("Seu protocolo")
    await davi.sees("quer falar com um consultor")
    await davi.taps("Aceitar")
    await maria.sees("Agora você fala com")


async def nothing_is_under_way(service: RunningService, within: float = 10.0) -> None:
    """Everything that was written down has been done."""
    await eventually(service, "SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM outbox WHERE done_at IS NULL)", within=within)
