"""Turns about what robots of invoices ask. One conversation each: two people's are never held at once."""

from bot.runtime.one_by_one import one_by_one
from bot.turn import Turns
from core.commands.processo import AskPergunta, WithdrawPergunta
from core.processo.limites import ProcessoLimits
from core.robo.perguntas import give_up, hand_over, is_over, take_back
from core.robo.presentes import next_to_ask
from dialogs.conversa.consultor import OpenTalk
from dialogs.robo.respostas import ask, withdraw
from storage.contatos.contatos import contatos_of
from storage.processo.execucoes import execucao_by_id
from storage.processo.processos import processo_by_id
from storage.robo.perguntas import Desfecho, close_pergunta, due_perguntas, pergunta_by_id
from storage.transaction import Transaction


class PerguntaTurns:
    """`ask` and `withdraw` are turns that follow from a turn; `ask_the_next` is a step of the clock."""

    def __init__(self, turns: Turns, open_talk: OpenTalk, limits: ProcessoLimits) -> None:
        self._turns = turns
        self._open_talk = open_talk
        self._limits = limits

    async def ask(self, tx: Transaction, wanted: AskPergunta) -> None:
        """The next one who is there gets it; nobody is: the robot stops."""
        await self._next(tx, wanted.pergunta)

    async def withdraw(self, tx: Transaction, wanted: WithdrawPergunta) -> None:
        """Whoever had it sees that it is not theirs any more."""
        talk = await self._open_talk(tx, wanted.contato_id)
        feita = await pergunta_by_id(tx.connection, wanted.pergunta)
        if talk is None or feita is None or (feita.encerrada_em is None and feita.message_id == wanted.message_id):
            return
        await withdraw(talk, feita, wanted.message_id)

    async def ask_the_next(self) -> int:
        """Questions whose person has had their time go on; those of jobs that are over end; how many."""
        async with self._turns.database.read() as connection:
            due = await due_perguntas(connection, self._turns.now())
        await one_by_one(self._turns, due, self._next)
        return len(due)

    async def _next(self, tx: Transaction, which: int) -> None:
        feita = await pergunta_by_id(tx.connection, which)
        if feita is None or feita.encerrada_em is not None:
            return
        execucao = await execucao_by_id(tx.connection, feita.execucao_id)
        assert execucao is not None
        if is_over(execucao):
            if await close_pergunta(tx, feita.id, Desfecho.ENCERRADA):
                await take_back(tx, feita)
            return
        if feita.vence_em is not None and feita.vence_em > tx.now:
            return
        usuario_id = await next_to_ask(tx, execucao.executado_por_usuario_id, feita.perguntados)
        processo = await processo_by_id(tx.connection, execucao.processo_id)
        assert processo is not None
        for contato_id in (await contatos_of(tx, [usuario_id]))[:1] if usuario_id is not None else ():
            talk = await self._open_talk(tx, contato_id)
            if talk is not None and usuario_id is not None:
                await hand_over(tx, feita, usuario_id, contato_id, await ask(talk, feita, processo))
                return
        await give_up(tx, feita, self._limits)
