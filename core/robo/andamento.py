"""How far a download is, as a message can show it; and how often a message may change."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from storage.processo.execucoes import Execucao
from storage.processo.status import StatusExecucao
from storage.robo.linhas import last_linhas
from storage.transaction import Transaction

# Channels count edits like messages; nobody reads faster.
ENTRE_EDICOES = timedelta(seconds=3)
# Whoever has more downloads under way than this sees them in lists.
AO_MESMO_TEMPO = 5
_LINES = 4


@dataclass(frozen=True, slots=True)
class Andamento:
    """`percentual` from 0 to 100; `linhas`: the newest of its log, the last one last. `espera_ate`: of a retry."""

    execucao_id: UUID
    percentual: int
    etapa: str
    linhas: tuple[str, ...]
    tentativa: int
    espera_ate: datetime | None
    desfecho: StatusExecucao | None


async def andamento_of(tx: Transaction, execucao: Execucao) -> Andamento:
    """How far this download is now."""
    progresso = execucao.progresso or {}
    waits = execucao.enviada_em is None and execucao.numero_tentativa > 1
    done = execucao.data_fim is not None and execucao.status_execucao == StatusExecucao.CONCLUIDO
    return Andamento(
        execucao.id,
        100 if done else int(progresso.get("percentual") or 0),
        str(progresso.get("etapa") or ""),
        tuple(await last_linhas(tx, execucao.id, _LINES)),
        execucao.numero_tentativa,
        execucao.devida_em if waits else None,
        StatusExecucao(execucao.status_execucao) if execucao.data_fim is not None else None,
    )
