"""The state machine of a processo, in one table: what may be done where, and where it leads.

Whoever does something to a processo looks here first. The rest of core/processo says who may and what comes with it.
"""

from enum import StrEnum

from core.direitos.direitos import QUEM, Direito
from storage.pessoa.perfil import Perfil
from storage.processo.status import StatusProcesso

S = StatusProcesso


class Acao(StrEnum):
    """What people, robots and the clock do to a processo; the words of its history."""

    CRIAR = "CRIAR"
    BAIXAR = "BAIXAR"
    RECEBER = "RECEBER"
    ANEXAR = "ANEXAR"
    # Its NFCom has come: the witnesses were heard again.
    REEXAMINAR = "REEXAMINAR"
    CORRIGIR = "CORRIGIR"
    APROVAR = "APROVAR"
    REJEITAR = "REJEITAR"
    DESFAZER = "DESFAZER"
    ENVIAR = "ENVIAR"
    CONCLUIR = "CONCLUIR"
    # A robot that is under way is stopped, or taken out of the line.
    CANCELAR = "CANCELAR"
    DESATIVAR = "DESATIVAR"
    REATIVAR = "REATIVAR"


# The right of these is the robots' and the clock's: what came of an execucao, or of a note that was brought.
BY_ITSELF = frozenset({Acao.CONCLUIR, Acao.REEXAMINAR})

# From (status, acao) to status. What is not here is refused.
TABLE: dict[tuple[StatusProcesso, Acao], StatusProcesso] = {
    # The download begins; the status changes when the file is there.
    (S.AGUARDANDO_DOWNLOAD, Acao.BAIXAR): S.AGUARDANDO_DOWNLOAD,
    (S.AGUARDANDO_DOWNLOAD, Acao.RECEBER): S.AGUARDANDO_APROVACAO,
    # Another file in the place of the one that waits: approvers look again.
    (S.AGUARDANDO_APROVACAO, Acao.RECEBER): S.AGUARDANDO_APROVACAO,
    (S.AGUARDANDO_APROVACAO, Acao.REEXAMINAR): S.AGUARDANDO_APROVACAO,
    # Value or due date, put right by a person: approvers look again as well.
    (S.AGUARDANDO_APROVACAO, Acao.CORRIGIR): S.AGUARDANDO_APROVACAO,
    (S.AGUARDANDO_APROVACAO, Acao.APROVAR): S.AGUARDANDO_ENVIO_SAT,
    (S.AGUARDANDO_APROVACAO, Acao.REJEITAR): S.AGUARDANDO_DOWNLOAD,
    (S.AGUARDANDO_ENVIO_SAT, Acao.DESFAZER): S.AGUARDANDO_APROVACAO,
    (S.AGUARDANDO_ENVIO_SAT, Acao.ENVIAR): S.AGUARDANDO_ENVIO_SAT,
    (S.AGUARDANDO_ENVIO_SAT, Acao.CONCLUIR): S.UPLOAD_REALIZADO,
    (S.AGUARDANDO_DOWNLOAD, Acao.CANCELAR): S.AGUARDANDO_DOWNLOAD,
    (S.AGUARDANDO_ENVIO_SAT, Acao.CANCELAR): S.AGUARDANDO_ENVIO_SAT,
    # A file beside the invoice is welcome at any time.
    **{(status, Acao.ANEXAR): status for status in S},
    # Out of the lists, and back; where it stands stays.
    **{(status, Acao.DESATIVAR): status for status in S},
    **{(status, Acao.REATIVAR): status for status in S},
}

_CARE = (Acao.CRIAR, Acao.BAIXAR, Acao.CORRIGIR, Acao.ENVIAR, Acao.CANCELAR)
_DIREITO: dict[Acao, Direito] = {
    **dict.fromkeys(_CARE, Direito.CUIDAR_DE_PROCESSOS),
    **dict.fromkeys((Acao.RECEBER, Acao.ANEXAR), Direito.TRAZER_FATURA),
    **dict.fromkeys((Acao.APROVAR, Acao.REJEITAR, Acao.DESFAZER), Direito.DECIDIR),
    **dict.fromkeys((Acao.DESATIVAR, Acao.REATIVAR), Direito.RETIRAR),
}
# Who may see processos, clientes and execucoes.
VIEWERS = QUEM[Direito.VER_PROCESSOS]
RIGHTS: dict[Acao, frozenset[Perfil]] = {
    acao: QUEM[_DIREITO[acao]] if acao not in BY_ITSELF else frozenset() for acao in Acao
}


def leads_to(status: str, acao: Acao) -> StatusProcesso | None:
    """Where this leads from there; None when it is not done there."""
    return TABLE.get((StatusProcesso(status), acao))


def may(perfil: str, acao: Acao) -> bool:
    """Whether people of this perfil have the right."""
    return perfil in RIGHTS[acao]


def actions(status: str, perfil: str) -> list[Acao]:
    """What this person may do to a processo that stands there, in the order of the way."""
    return [acao for acao in Acao if leads_to(status, acao) is not None and may(perfil, acao)]
