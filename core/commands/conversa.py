"""What conversations have done later: files fetched, transcripts made, authors told of what did not arrive."""

from enum import StrEnum
from uuid import UUID

from core.commands.base import Command, command


class FormatoTranscricao(StrEnum):
    """What a transcript is sent as."""

    PDF = "pdf"
    CSV = "csv"


@command("files", "fetch")
class FetchFile(Command):
    """Fetch a file that somebody sent, before its channel forgets it.

    `de_atendimento`: it is for another person, and in their lane, before the message that shows it. Then its sender
    hears of it only when it fails.
    `atendimento`: of which customer it is, in the lane of a consultor who has several.
    `mensagem_id`: a line was said in place of this message's file, which is to be brought when we have it.
    `contato_id`: to whom the line was said.
    """

    arquivo_id: UUID
    de_atendimento: bool = False
    mensagem_id: int | None = None
    atendimento: int | None = None
    contato_id: int | None = None

    @property
    def lane(self) -> str:
        return self.lane_of(str(self.arquivo_id))

    @staticmethod
    def lane_of(arquivo_id: str) -> str:
        """A file's own lane, in which it keeps nobody waiting."""
        return f"arquivo:{arquivo_id}"


@command("turn", "arquivo_guardado")
class TellFetched(Command):
    """Who sent the file hears that we have it, or could not get it."""

    arquivo_id: UUID

    @property
    def lane(self) -> str:
        return f"arquivo:{self.arquivo_id}"


@command("turn", "arquivo_atrasado")
class BringLateFile(Command):
    """Show the file of a message on the other side, where a line took its place; `erro`: or say that it never comes.

    `contato_id`: who was promised it, and hears where it goes when somebody else has the customer by now.
    """

    mensagem_id: int
    erro: str | None = None
    contato_id: int | None = None

    @property
    def lane(self) -> str:
        return f"mensagem:{self.mensagem_id}"


@command("turn", "mensagem_recusada")
class TellRefusal(Command):
    """A message did not reach the other side: its author hears of it. `codigo`: the provider's own, or one of ours."""

    mensagem_id: int
    codigo: str

    @property
    def lane(self) -> str:
        return f"mensagem:{self.mensagem_id}"


@command("turn", "entrega_falhou")
class FollowFailedDelivery(Command):
    """A channel reports that a message was not delivered.

    It waits in the conversation's lane, where that is known: a report can be faster than the answer that names the
    message.
    """

    provider_id: str
    codigo: str

    @property
    def lane(self) -> str:
        return f"status:{self.provider_id}"


@command("transcricoes", "fazer")
class MakeTranscript(Command):
    """Make the transcript of an atendimento and send it to who asked: in this language, in this topic of theirs."""

    contato_id: int
    atendimento_id: int
    formato: FormatoTranscricao
    idioma: str
    topico: str | None = None

    @property
    def lane(self) -> str:
        return f"transcricao:{self.contato_id}"


@command("transcricoes", "apagar")
class DropTranscript(Command):
    """Remove the transcript's file; behind the message that brings it, so its lane is that conversation's."""

    object_key: str

    @property
    def lane(self) -> str:
        return f"arquivo:{self.object_key}"
