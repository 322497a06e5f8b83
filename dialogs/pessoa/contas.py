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


async def tell_notice(talk: Talk, modelo: str, evento: str) -> None:
    """Meta did something to a template of ours, or to the account."""
    talk.speak()
    text = _(
        "⚠️ A Meta avisa sobre a conta do WhatsApp: {evento}. Veja no Gerenciador do WhatsApp o que ela pede: até lá "
        "pode haver mensagens que não saem."
    )
    if modelo:
        text = _(
            "⚠️ A Meta avisa sobre o modelo {modelo} do WhatsApp: {evento}. Enquanto for assim, quem está fora da "
            "janela de 24 horas não recebe esse modelo: veja no Gerenciador do WhatsApp."
        )
    await talk.say(text.format(modelo=modelo, evento=evento))
