"""What delegations have done later, in turns of their own."""

from core.commands.base import Command, command


@command("turn", "avisar_delegacao")
class TellDelegacao(Command):
    """Whoever may decide in somebody's name hears of it, and of its end."""

    delegacao_id: int

    @property
    def lane(self) -> str:
        return f"delegacao:{self.delegacao_id}"
