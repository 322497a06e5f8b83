"""Does what schedules say, in workers, and writes down how it ended."""

from collections.abc import Mapping

import structlog

from bot.agendamento.tarefas import Corrida, Tarefa, TarefaFalhou
from bot.turn import Turns
from core.agendamento import resultado
from core.commands.agendamento import RunAgendamento
from core.delivery_errors import Again
from dialogs.agendamento.frases import no_such_task, our_fault, store_away
from storage.agendamento.agendamentos import Agendamento, agendamento_by_id
from storage.agendamento.execucoes import begin_execucao
from storage.agendamento.tipos import TipoAgendamento
from storage.objects import ObjectStoreError
from storage.transaction import Call, Transaction

log = structlog.get_logger()


class AgendamentoSender:
    """Runs of schedules."""

    max_attempts = 5
    first_wait = 30.0

    def __init__(self, turns: Turns, tarefas: Mapping[TipoAgendamento, Tarefa]) -> None:
        self._turns = turns
        self._tarefas = tarefas

    async def run(self, wanted: RunAgendamento, call: Call) -> str | None:
        """Do it and write down how it ended; one that has ended is not done again."""
        begun = await self._turns.run(lambda tx: _begin(tx, wanted))
        if begun is None:
            return None
        agendamento, corrida = begun
        tarefa = self._tarefas.get(TipoAgendamento(agendamento.tipo_agendamento))
        try:
            if tarefa is None:
                raise TarefaFalhou(no_such_task())
            done = await tarefa(agendamento.parametros_execucao, corrida)
        except TarefaFalhou as error:
            await self._failed(wanted, str(error), cause=str(error.__cause__ or ""))
            return None
        except ObjectStoreError as error:
            raise Again(str(error), "object_store") from error
        await self._turns.run(lambda tx: resultado.done(tx, wanted.agendamento_id, wanted.execucao_id, done))
        return str(wanted.execucao_id)

    async def give_up(self, wanted: RunAgendamento, reason: str) -> None:
        """Tried as often as it may be."""
        await self._failed(wanted, store_away() if reason == "object_store" else our_fault(), cause=reason)

    async def _failed(self, wanted: RunAgendamento, erro: str, *, cause: str) -> None:
        log.warning("schedule_run_failed", agendamento=str(wanted.agendamento_id), reason=erro, cause=cause)
        await self._turns.run(lambda tx: resultado.failed(tx, wanted.agendamento_id, wanted.execucao_id, erro))


async def _begin(tx: Transaction, wanted: RunAgendamento) -> tuple[Agendamento, Corrida] | None:
    devido_em = await begin_execucao(tx, wanted.execucao_id)
    agendamento = await agendamento_by_id(tx.connection, wanted.agendamento_id)
    if devido_em is None or agendamento is None:
        return None
    return agendamento, Corrida(wanted.execucao_id, devido_em)
