"""A robot's question while it downloads an invoice: asked of one person after the other, answered once."""

from uuid import UUID

from core.commands.base import write_command
from core.commands.processo import AnswerExecucao, AskPergunta, StopExecucao, WithdrawPergunta
from core.live import publish_execucao
from core.prazos import RESPOSTA_AO_ROBO
from core.processo.execucoes import falhar
from core.processo.limites import ProcessoLimits
from storage.ocorrencias import record
from storage.processo.execucoes import Execucao, execucao_by_id, note_sign
from storage.processo.processos import lock_processo
from storage.robo.perguntas import Desfecho, PerguntaFeita, close_pergunta, expire_now, give_to
from storage.transaction import Transaction


def is_over(execucao: Execucao) -> bool:
    """Whether nobody waits for an answer any more."""
    return execucao.data_fim is not None or execucao.resultado_saida is not None


async def hand_over(tx: Transaction, feita: PerguntaFeita, usuario_id: UUID, contato_id: int, message_id: int) -> None:
    """It is this person's now, for a while; whoever had it before is told so. Waiting for people is no silence."""
    if not await give_to(tx, feita, usuario_id, contato_id, message_id, tx.now + RESPOSTA_AO_ROBO):
        return
    await note_sign(tx, feita.execucao_id)
    await take_back(tx, feita)


async def take_back(tx: Transaction, feita: PerguntaFeita) -> None:
    """Whoever has it on their screen sees that it is not theirs any more."""
    if feita.contato_id is not None and feita.message_id is not None:
        await write_command(tx, WithdrawPergunta(feita.id, feita.contato_id, feita.message_id))


async def responder(tx: Transaction, feita: PerguntaFeita, usuario_id: UUID, resposta: str) -> bool:
    """Send this person's checked answer; False when the question is over or is not theirs any more.

    The answer is sealed in its row and wiped once the robot has it: codes and passwords are kept nowhere.
    """
    if not await close_pergunta(tx, feita.id, Desfecho.RESPONDIDA, of=usuario_id, by=tx.now):
        return False
    await note_sign(tx, feita.execucao_id)
    wanted = AnswerExecucao(feita.execucao_id, feita.id, feita.pergunta_id, resposta)
    await write_command(tx, wanted, secret=True)
    execucao = await execucao_by_id(tx.connection, feita.execucao_id)
    if execucao is not None:
        await publish_execucao(tx, "execucao_pergunta_respondida", execucao)
    return True


async def passar(tx: Transaction, feita: PerguntaFeita, usuario_id: UUID) -> bool:
    """This person cannot answer: the next one is asked at once; False when it is not theirs."""
    if not await expire_now(tx, feita.id, usuario_id):
        return False
    await write_command(tx, AskPergunta(feita.id))
    return True


async def give_up(tx: Transaction, feita: PerguntaFeita, limits: ProcessoLimits) -> None:
    """Nobody is there: the robot stops, and a person hears what it wanted to know."""
    if not await close_pergunta(tx, feita.id, Desfecho.SEM_NINGUEM):
        return
    await take_back(tx, feita)
    execucao = await execucao_by_id(tx.connection, feita.execucao_id)
    assert execucao is not None
    await lock_processo(tx, execucao.processo_id)
    await record(tx, "pergunta_sem_ninguem", str(execucao.id))
    await write_command(tx, StopExecucao(execucao.id))
    erro = {"codigo": "SEM_RESPOSTA", "mensagem": str(feita.pergunta.get("texto") or "")[:300], "definitivo": True}
    await falhar(tx, execucao, erro, limits, tecnica=False)
