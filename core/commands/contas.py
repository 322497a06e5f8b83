"""What is done later about our accounts with the channels, and about people's phones and data."""

from uuid import UUID

from core.commands.base import Command, command


@command("turn", "conta_do_canal")
class TellAccount(Command):
    """The administrators hear that a channel refuses us (`parada`), or takes our messages again."""

    canal: str
    codigo: str
    parada: bool

    @property
    def lane(self) -> str:
        return f"conta:{self.canal}"


@command("turn", "aviso_da_meta")
class TellNotice(Command):
    """The administrators hear what Meta did to a template (`modelo`), or to the account where that is ""."""

    canal: str
    modelo: str
    evento: str

    @property
    def lane(self) -> str:
        return f"conta:{self.canal}"


@command("turn", "telefone_em_duvida")
class TellDuvida(Command):
    """Whoever writes from this person's phone hears that it has to be confirmed, and the administrators are asked."""

    contato_id: int
    usuario_id: UUID
    motivo: str

    @property
    def lane(self) -> str:
        return f"telefone:{self.usuario_id}"


@command("turn", "pedido_do_titular")
class TellTitular(Command):
    """The administrators hear what a customer asks about their own data: a `Pedido` (core/lgpd/pedidos.py)."""

    contato_id: int
    pedido: str

    @property
    def lane(self) -> str:
        return f"titular:{self.contato_id}"
