"""Every button there is, tapped when what it was about is gone: no harm, no silence."""

import pytest

from sandbox import Phone
from storage.pessoa.perfil import Perfil
from tests.dialogs.test_buttons import SENT
from tests.support.consultores import customer
from tests.support.service import RunningService
from tests.support.what_stands import what_stands

ADM = ("Adm Silva", "5531999990000")
# These are about whoever taps them, or about what there is at that moment, whenever they were shown.
_DO_SOMETHING = {
    *(f"palavra:{word}" for word in ("ONLINE", "OCUPADO", "AUSENTE", "OFFLINE", "BACKUP", "CONSULTOR")),
    *("venda:sim", "agenda:criar", "liberar:todos", "liberar:expirados"),
}
_ANSWERS = "SELECT count(*) AS n FROM outbox WHERE method NOT IN ('answerCallbackQuery', 'sendChatAction')"


async def _is_answered(service: RunningService, phone: Phone, data: str) -> bool:
    """Whether something was written down for it, whatever comes of that."""
    before = await service.rows(_ANSWERS)
    shown = next(bubble for bubble in reversed(phone.screen) if not bubble.mine)
    await (await phone.taps_data(data, bubble=shown)).accepted()
    return await service.rows(_ANSWERS) != before


@pytest.mark.falha(305)
@pytest.mark.parametrize("perfil", [Perfil.ADMINISTRADOR, Perfil.VENDEDOR, Perfil.CONSULTOR, None], ids=str)
async def test_a_button_about_what_is_gone_changes_nothing_and_is_answered(
    sqlite_service: RunningService, perfil: Perfil | None
) -> None:
    if perfil is None:
        phone = await customer(sqlite_service)
    else:
        await sqlite_service.usuario(*ADM, perfil)
        phone = await sqlite_service.phone("whatsapp", *ADM)
    await phone.says("oi")
    await phone.sees("")
    before = await what_stands(sqlite_service)
    silent = [
        text for text in SENT if text not in _DO_SOMETHING and not await _is_answered(sqlite_service, phone, text)
    ]
    assert silent == []
    assert await what_stands(sqlite_service) == before
