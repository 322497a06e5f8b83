"""What is done later about our accounts with the channels."""

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
