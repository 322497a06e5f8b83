"""Reports that are made after the turn and sent into a conversation."""

from datetime import date

from core.commands.base import Command, command


@command("relatorios", "mes")
class MakeRelatorioMes(Command):
    """The invoices of a month (`MM/AAAA`) as picture, workbook and CSV. `agendado`: a schedule asked, not a person."""

    contato_id: int
    idioma: str
    mes_ano: str
    agendado: bool = False

    @property
    def lane(self) -> str:
        return f"relatorio:{self.contato_id}"


@command("relatorios", "fechamento")
class MakeFechamento(Command):
    """How far a month (`MM/AAAA`) is, as a message; `message_id`: the one that is rewritten, where the channel can."""

    contato_id: int
    idioma: str
    mes_ano: str
    message_id: int | None = None

    @property
    def lane(self) -> str:
        return f"relatorio:{self.contato_id}"


@command("relatorios", "fechamento_pdf")
class MakeFechamentoPdf(Command):
    """The closing of a month (`MM/AAAA`) as a PDF."""

    contato_id: int
    idioma: str
    mes_ano: str

    @property
    def lane(self) -> str:
        return f"relatorio:{self.contato_id}"


@command("relatorios", "equipe")
class MakeRelatorioEquipe(Command):
    """A report of the team about these days, as picture, workbook and CSV. `assunto`: as core/relatorio/pedido.py."""

    contato_id: int
    idioma: str
    assunto: str
    de: date
    ate: date

    @property
    def lane(self) -> str:
        return f"relatorio:{self.contato_id}"
