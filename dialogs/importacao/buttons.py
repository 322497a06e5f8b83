"""The buttons of imports."""

from typing import ClassVar, Literal
from uuid import UUID

from dialogs.frame.buttons import Button, Id


class ChooseCadastro(Button, prefix="imp"):
    """What a file of rows is, where its header fits several kinds."""

    does: Literal["tipo"] = "tipo"
    arquivo_id: UUID
    o_que: Literal["usuarios", "consultores", "operadoras", "clientes"]


class ConfirmImportacao(Button, prefix="imp"):
    answers: ClassVar[bool | None] = True
    does: Literal["sim"] = "sim"
    importacao_id: Id


class DropImportacao(Button, prefix="imp"):
    answers: ClassVar[bool | None] = False
    does: Literal["nao"] = "nao"
    importacao_id: Id


class ShowLinhasImportadas(Button, prefix="imp"):
    """What would become of each row."""

    does: Literal["linhas"] = "linhas"
    importacao_id: Id
