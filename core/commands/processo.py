"""What invoices have done later: by robots, by whoever fetches and keeps files, or in turns of their own."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from core.commands.base import Command, command
from storage.processo.status import TipoDocumento


class Aviso(StrEnum):
    """What the back office should hear of; the words of a row."""

    INICIO_ADIADO = "INICIO_ADIADO"
    FALHOU = "FALHOU"
    LOGIN_RECUSADO = "LOGIN_RECUSADO"
    OPERADORA_PAUSADA = "OPERADORA_PAUSADA"
    NO_SAT = "NO_SAT"


@command("rpa", "executar_execucao")
class StartExecucao(Command):
    """Start an execucao's robot. No password: bot/robots/execucoes.py reads it when it makes the call."""

    execucao_id: UUID

    @property
    def lane(self) -> str:
        return f"execucao:{self.execucao_id}"


@command("rpa", "cancelar_execucao")
class StopExecucao(Command):
    """Stop an execucao's robot; it may have stopped already."""

    execucao_id: UUID

    @property
    def lane(self) -> str:
        return f"execucao:{self.execucao_id}"


@command("faturas", "buscar")
class FetchFatura(Command):
    """Bring the file that a robot found."""

    execucao_id: UUID

    @property
    def lane(self) -> str:
        return f"fatura:{self.execucao_id}"


@command("faturas", "ouvir_nota")
class HearNota(Command):
    """The XML of an NFCom has come to a bill that is here: all witnesses are heard again."""

    documento_id: UUID

    @property
    def lane(self) -> str:
        return f"documento:{self.documento_id}"


@command("faturas_trazidas", "abrir")
class OpenDocumento(Command):
    """Try what somebody typed on a robot's file that has a password. `text` is sealed in the row, and wiped after."""

    documento_id: UUID
    contato_id: int
    text: str = ""

    @property
    def lane(self) -> str:
        return f"documento:{self.documento_id}"


@command("armazenamento", "guardar")
class StoreDocumento(Command):
    """Put a file into the object store, as soon as it is there. A target of its own: it is tried for ever."""

    documento_id: UUID

    @property
    def lane(self) -> str:
        return f"documento:{self.documento_id}"


@command("turn", "avisar_processo")
class TellProcesso(Command):
    """The back office hears what became of an execucao."""

    execucao_id: UUID
    aviso: Aviso

    @property
    def lane(self) -> str:
        return f"aviso:{self.execucao_id}"


@command("turn", "avisar_nota")
class TellNota(Command):
    """An NFCom contradicts a bill that is approved already: whoever brought the note or approved the bill hears it.

    `perdida`: it could not be compared with the bill at all, which concerns who brought it.
    """

    documento_id: UUID
    perdida: bool = False

    @property
    def lane(self) -> str:
        return f"nota:{self.documento_id}"


@command("turn", "cartoes_aprovacao")
class UpdateCards(Command):
    """Every approver has a card of what waits, and every card says how the decision went."""

    processo_id: UUID

    @property
    def lane(self) -> str:
        return f"cartoes:{self.processo_id}"


@command("turn", "mostrar_fatura")
class ShowFatura(Command):
    """Send the file of a processo to somebody who may see it."""

    contato_id: int
    processo_id: UUID

    @property
    def lane(self) -> str:
        return f"mostrar:{self.contato_id}"


@command("turn", "mostrar_andamento")
class ShowAndamento(Command):
    """Whoever asked for a download sees that it has begun, or how it ended; in between its message grows by itself."""

    execucao_id: UUID

    @property
    def lane(self) -> str:
        return f"andamento:{self.execucao_id}"


@command("turn", "perguntar_do_robo")
class AskPergunta(Command):
    """The next person who is there gets a robot's question; nobody is: its job is given up."""

    pergunta: int

    @property
    def lane(self) -> str:
        return f"pergunta:{self.pergunta}"


@command("turn", "recolher_pergunta")
class WithdrawPergunta(Command):
    """Whoever had a robot's question sees that it is somebody else's, or over."""

    pergunta: int
    contato_id: int
    message_id: int

    @property
    def lane(self) -> str:
        return f"recolher:{self.contato_id}"


@command("rpa", "responder_execucao")
class AnswerExecucao(Command):
    """Somebody's answer to a robot of invoices. `text` is sealed in the row and wiped when the robot has it."""

    execucao_id: UUID
    pergunta: int
    pergunta_id: str
    text: str = ""

    @property
    def lane(self) -> str:
        return f"execucao:{self.execucao_id}"


@command("faturas_trazidas", "identificar")
class IdentifyFatura(Command):
    """Look whose a PDF is that somebody sent. `na_tela`: the processo on their screen in that moment."""

    arquivo_id: UUID
    na_tela: UUID | None = None

    @property
    def lane(self) -> str:
        return f"arquivo:{self.arquivo_id}"


@command("faturas_trazidas", "receber")
class TakeFatura(Command):
    """Give a PDF that somebody sent to this processo."""

    arquivo_id: UUID
    processo_id: UUID
    tipo: TipoDocumento = TipoDocumento.FATURA

    @property
    def lane(self) -> str:
        return f"arquivo:{self.arquivo_id}"


@command("turn", "sem_aprovador")
class TellNobodyApproves(Command):
    """Administrators hear that nobody can approve a processo."""

    processo_id: UUID

    @property
    def lane(self) -> str:
        return f"cartoes:{self.processo_id}"


@command("turn", "lembrar_aprovador")
class RemindApprover(Command):
    """An approver is reminded of what has waited for long."""

    contato_id: int

    @property
    def lane(self) -> str:
        return f"lembrete:{self.contato_id}"


@command("turn", "envios_parados")
class TellUnsent(Command):
    """The operators hear, once a day, which approved invoices failed to reach SAT and wait for somebody."""

    dia: date
    ids: tuple[UUID, ...]

    @property
    def lane(self) -> str:
        return "envios_parados"


@command("turn", "faturas_que_faltam")
class TellMissing(Command):
    """The operators hear which invoices should be here. `valor`: all that is at risk, in cents; `ids`: the dearest."""

    dia: date
    total: int
    valor: int
    ids: tuple[UUID, ...]
    esperadas: tuple[date, ...]

    @property
    def lane(self) -> str:
        return "faltas"
