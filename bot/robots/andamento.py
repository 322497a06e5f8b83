"""Turns of the messages that grow with downloads."""

from datetime import datetime

from bot.runtime.one_by_one import one_by_one
from bot.turn import Turns
from core.commands.processo import ShowAndamento
from core.processo.limites import ProcessoLimits
from core.robo.andamento import AO_MESMO_TEMPO, ENTRE_EDICOES, andamento_of
from dialogs.conversa.consultor import OpenTalk
from dialogs.robo.andamento import announce, grow, tell_done
from storage.contatos.contatos import contatos_of
from storage.pessoa.usuarios import active_perfis
from storage.processo.execucoes import Execucao, execucao_by_id
from storage.processo.processos import processo_by_id
from storage.processo.status import StatusExecucao
from storage.robo.andamentos import (
    Andamento,
    add_andamento,
    andamentos_of,
    due_andamentos,
    end_andamento,
    open_in,
    take_turn,
    written_by,
)
from storage.transaction import Transaction

# Messages that change in one step of the clock.
_AT_ONCE = 50


class AndamentoTurns:
    """`show` is a turn that follows from a turn; `grow_due` is a step of the clock."""

    def __init__(self, turns: Turns, open_talk: OpenTalk, limits: ProcessoLimits) -> None:
        self._turns = turns
        self._open_talk = open_talk
        self._limits = limits

    async def show(self, tx: Transaction, wanted: ShowAndamento) -> None:
        """Whoever asked for it sees that it has begun; once it is over, how it ended."""
        execucao = await execucao_by_id(tx.connection, wanted.execucao_id)
        if execucao is None or execucao.executado_por_usuario_id is None:
            return
        if execucao.data_fim is not None and execucao.status_execucao == StatusExecucao.TENTANDO_NOVAMENTE:
            # Another attempt goes on in its message.
            return
        shown = await andamentos_of(tx, execucao.id)
        if not shown:
            await self._begin(tx, execucao)
        elif execucao.data_fim is not None:
            for one in shown:
                await self._end(tx, one, execucao)

    async def grow_due(self) -> int:
        """Messages that show less than is known say it, each once in a while; how many did."""
        before = self._turns.now() - ENTRE_EDICOES
        async with self._turns.database.read() as connection:
            due = await due_andamentos(connection, before, _AT_ONCE)
        return await one_by_one(self._turns, due, lambda tx, one: self._grow(tx, one, before))

    async def _begin(self, tx: Transaction, execucao: Execucao) -> None:
        starter = execucao.executado_por_usuario_id
        assert starter is not None
        if not await active_perfis(tx.connection, [starter]):
            return
        # Where they wrote last: one message, however many channels they have.
        for contato_id in (await contatos_of(tx, [starter]))[:1]:
            talk = await self._open_talk(tx, contato_id)
            processo = await processo_by_id(tx.connection, execucao.processo_id)
            if talk is None or processo is None or await open_in(tx, contato_id) >= AO_MESMO_TEMPO:
                return
            message_id = await announce(talk, processo, await andamento_of(tx, execucao), self._limits)
            over = execucao.data_fim is not None
            await add_andamento(tx, execucao.id, contato_id, message_id, cresce=talk.can_edit, encerrado=over)

    async def _grow(self, tx: Transaction, one: Andamento, before: datetime) -> bool:
        talk = await self._open_talk(tx, one.contato_id)
        # In a channel that is off nothing is shown; it gives way to the next ones all the same.
        if not await take_turn(tx, one.id, before) or talk is None:
            return False
        execucao = await execucao_by_id(tx.connection, one.execucao_id)
        processo = await processo_by_id(tx.connection, execucao.processo_id) if execucao is not None else None
        if execucao is None or processo is None:
            return False
        await grow(talk, one.message_id, processo, await andamento_of(tx, execucao), self._limits)
        if tx.calls:
            await written_by(tx, one.id, tx.calls[-1].id)
        return True

    async def _end(self, tx: Transaction, one: Andamento, execucao: Execucao) -> None:
        talk = await self._open_talk(tx, one.contato_id)
        processo = await processo_by_id(tx.connection, execucao.processo_id)
        if not await end_andamento(tx, one.id) or talk is None or processo is None:
            return
        if one.cresce:
            await grow(talk, one.message_id, processo, await andamento_of(tx, execucao), self._limits)
        elif execucao.status_execucao == StatusExecucao.CONCLUIDO:
            await tell_done(talk, processo)
