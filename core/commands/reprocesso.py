"""What is done again by hand."""

from core.commands.base import Command, command


@command("turn", "ouvir_de_novo")
class HearAgain(Command):
    """A dead letter is heard as if it had just come."""

    canal: str
    evento: str

    @property
    def lane(self) -> str:
        return f"reprocesso:{self.canal}:{self.evento}"


@command("turn", "avisar_sem_resposta")
class TellUnanswered(Command):
    """Whoever wrote hears that it failed."""

    canal: str
    evento: str

    @property
    def lane(self) -> str:
        return f"sem_resposta:{self.canal}:{self.evento}"


@command("turn", "avisar_desistidos")
class TellGivenUp(Command):
    """The administrators hear what failed for good since they last did, and may have it done again."""

    @property
    def lane(self) -> str:
        return "desistidos"
