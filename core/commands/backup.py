"""A backup to be made: it takes longer than a turn."""

from core.commands.base import Command, command


@command("backups", "fazer")
class MakeBackup(Command):
    """Make a backup, prove it, let old ones go. `contato_id`: the conversation that asked, and hears of it."""

    contato_id: int | None = None

    @property
    def lane(self) -> str:
        # One after the other: two at once would only slow each other down.
        return "backup"


@command("backups", "provar")
class ProveBackup(Command):
    """Prove a backup that is kept, once the store answers again. `contato_id`: the conversation that hears of it."""

    nome: str
    contato_id: int | None = None

    @property
    def lane(self) -> str:
        # It may wait for long, and who asks for another backup meanwhile hears what becomes of that.
        return "backup:prova"
