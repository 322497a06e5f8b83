"""What administrators hear of our accounts with the channels."""

from dialogs.frame.i18n import _
from dialogs.frame.talk import Talk

_NAMES = {"telegram": "Telegram", "whatsapp": "WhatsApp"}


async def tell_account(talk: Talk, canal: str, codigo: str, *, parada: bool) -> None:
    """The channel refuses us for a reason that is no message's, or takes our messages again."""
    talk.speak()
    text = _(
        "⚠️ {canal} não aceita as nossas mensagens (código {codigo}): é preciso ver a conta ou o token. "
        "Elas esperam, e saem sozinhas assim que isso for resolvido."
    )
    if not parada:
        text = _("✅ {canal} voltou a aceitar as nossas mensagens. O que esperava está saindo.")
    await talk.say(text.format(canal=_NAMES.get(canal, canal), codigo=codigo))
