"""The buttons of reports."""

from typing import Annotated, Literal

from pydantic import Field

from dialogs.frame.buttons import Button

MesAno = Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])/[0-9]{4}$")]


class ShowRelatorio(Button, prefix="relat"):
    """The report of this month."""

    does: Literal["mes"] = "mes"
    mes_ano: MesAno


class ShowRelatorioEquipe(Button, prefix="relat"):
    """The report of the team about this, of this month."""

    does: Literal["equipe"] = "equipe"
    assunto: Literal["vendas", "atendimentos", "logins", "presenca"]
    mes_ano: MesAno


class ShowFechamento(Button, prefix="relat"):
    """How far this month is; under a message that says so it is rewritten."""

    does: Literal["fecha"] = "fecha"
    mes_ano: MesAno


class FechamentoPdf(Button, prefix="relat"):
    does: Literal["pdf"] = "pdf"
    mes_ano: MesAno
