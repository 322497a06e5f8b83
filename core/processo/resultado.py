"""How something that was wanted of a processo ended."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from storage.processo.aprovacoes import Aprovacao
from storage.processo.execucoes import Execucao
from storage.processo.processos import Processo


class Saida(StrEnum):
    """The ending; everything but FEITO and FALTA_OUTRO changed nothing."""

    FEITO = "FEITO"
    # The approval counts, and another person has to approve too.
    FALTA_OUTRO = "FALTA_OUTRO"
    NAO_EXISTE = "NAO_EXISTE"
    SEM_DIREITO = "SEM_DIREITO"
    # Not done where the processo stands.
    STATUS = "STATUS"
    # It changed after it was shown.
    MUDOU = "MUDOU"
    JA_DECIDIDO = "JA_DECIDIDO"
    JA_APROVOU = "JA_APROVOU"
    # It is there already: that month, that file.
    JA_EXISTE = "JA_EXISTE"
    SEM_MOTIVO = "SEM_MOTIVO"
    CLIENTE = "CLIENTE"
    MES = "MES"
    MES_LONGE = "MES_LONGE"
    EM_ANDAMENTO = "EM_ANDAMENTO"
    SEM_ROBO = "SEM_ROBO"
    CREDENCIAL_RECUSADA = "CREDENCIAL_RECUSADA"
    SEM_ARQUIVO = "SEM_ARQUIVO"
    TARDE = "TARDE"


@dataclass(frozen=True, slots=True)
class Resultado:
    """The ending, and what there is to say about it.

    `decisao`: who decided first, where somebody did. `faltam`: how many more people have to approve.
    """

    saida: Saida
    processo: Processo | None = None
    execucao: Execucao | None = None
    decisao: Aprovacao | None = None
    faltam: int = 0
    documento_id: UUID | None = None
    desfazer_ate: datetime | None = None
    aprovacoes: list[Aprovacao] = field(default_factory=list)

    @property
    def is_done(self) -> bool:
        return self.saida in (Saida.FEITO, Saida.FALTA_OUTRO)
