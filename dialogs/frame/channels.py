"""What people call the ways by which something came about."""

from dialogs.frame.i18n import _


def channel_name(canal: str) -> str | None:
    """A channel as people call it; None for what none of them is."""
    names = {
        "telegram": "Telegram",
        "whatsapp": "WhatsApp",
        "api": "API",
        "painel": _("painel"),
        "robo": _("robô"),
        "rpa": _("robô"),
        "relogio": _("agendamento"),
        "linha_de_comando": _("linha de comando"),
        "configuracao": _("configuração"),
    }
    return names.get(canal)
