"""Files of rows that people send to the bot: looked at, listed, and imported, each outside of the chat's turn."""

from uuid import UUID

from core.commands.base import Command, command


@command("importacoes", "olhar")
class LookAtPlanilha(Command):
    """Say what a file of rows would change. `o_que`: the kind that its sender says it is; else its header says it."""

    arquivo_id: UUID
    o_que: str | None = None

    @property
    def lane(self) -> str:
        return f"arquivo:{self.arquivo_id}"


@command("importacoes", "linhas")
class ListImportacao(Command):
    """Send what would become of each row, as a file, in their language."""

    importacao_id: int
    idioma: str

    @property
    def lane(self) -> str:
        return f"importacao:{self.importacao_id}"


@command("importacoes", "importar")
class RunImportacao(Command):
    """Import what was confirmed. One file after the other: all of them write the same tables."""

    importacao_id: int

    @property
    def lane(self) -> str:
        return "importacoes"
