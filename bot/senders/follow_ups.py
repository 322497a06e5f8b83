"""Turns that follow from turns: written down in the outbox like any other call, each handled once."""

import random
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from bot.conversations import Conversations
from bot.robots.events import RobotEvents, from_params
from bot.turn import Turns
from core.conversa.entregas import follow_failed_delivery
from core.presenca.presenca import PresenceLimits
from core.venda import pool
from core.venda.venda import end_freed_sale, end_sale, start_queued, why_not_sell
from dialogs.arquivos import fetched
from dialogs.frame.talk import Talk
from dialogs.presenca.presenca import follow_up as follow_up_presence
from dialogs.venda.acompanhamento import tell_delay, tell_the_end
from dialogs.venda.venda import announce_served, refuse
from storage.contatos.contatos import Pessoa, contatos_of
from storage.contatos.conversas import mark_event
from storage.conversa.arquivos import arquivo_by_id
from storage.outbox import write_down
from storage.transaction import Call, Transaction
from storage.venda.status import StatusVenda
from storage.venda.vendas import Venda, venda_by_id

FollowUp = Callable[[Transaction, dict[str, Any]], Awaitable[None]]


class FollowUps:
    """The outbox's sender for our own turns."""

    max_attempts = 10
    first_wait = 1.0

    def __init__(
        self,
        turns: Turns,
        conversations: Conversations,
        robot_events: RobotEvents,
        *,
        ttl: timedelta,
        chance: random.Random,
        presence_limits: PresenceLimits,
        also: Mapping[str, FollowUp],
    ) -> None:
        """`also`: the follow-ups of other parts, by the names they are written down with."""
        self._turns = turns
        self._conversations = conversations
        self._robot_events = robot_events
        self._ttl = ttl
        self._chance = chance
        self._presence_limits = presence_limits
        self._works: dict[str, FollowUp] = {
            "servir_fila": self.serve_queue,
            "venda_encerrada": self._tell_end,
            "venda_tentando_novamente": self._tell_delay,
            "login_expirado": self._end_expired,
            "evento_do_robo": self._robot_event,
            "arquivo_guardado": self._file_fetched,
            "presenca": self._presence,
            "entrega_falhou": self._delivery_failed,
            **also,
        }

    async def send(self, call: Call) -> str | None:
        work = self._works[call.method]

        async def once(tx: Transaction) -> None:
            if await mark_event(tx, "turn", str(call.id)):
                await work(tx, call.params)

        await self._turns.run(once)
        return None

    async def give_up(self, call: Call, reason: str) -> None:
        """The row says so, and `doctor` shows it."""

    async def serve_queue(self, tx: Transaction, params: dict[str, Any]) -> None:
        """Give the head of the queue the login that came back, and start its robot; rights are read again here."""
        head = await pool.next_in_queue(tx)
        venda = await venda_by_id(tx.connection, head) if head is not None else None
        if venda is None:
            return
        talk = await self._conversations.open(tx, venda.contato_id)
        # Locked now; the seller may have left the queue while we waited.
        if await pool.next_in_queue(tx) != head:
            await write_down(tx, "pool", "turn", "servir_fila", {})
            return
        pessoa = talk.contato.usuario if talk is not None else None
        if talk is None or pessoa is None or why_not_sell(pessoa) is not None:
            await _turn_away(tx, talk, venda)
        elif await self._start(tx, venda, pessoa):
            await announce_served(talk, venda)

    async def _start(self, tx: Transaction, venda: Venda, pessoa: Pessoa) -> bool:
        try:
            return await start_queued(tx, venda, pessoa, ttl=self._ttl, chance=self._chance)
        except pool.PoolUnavailable:
            # Not tried again from here, with waits that grow: the clock wakes the queue as soon as Redis is back.
            return False

    async def _tell_end(self, tx: Transaction, params: dict[str, Any]) -> None:
        talk, venda = await self._open(tx, params)
        if talk is not None and venda is not None:
            await tell_the_end(talk, venda)

    async def _tell_delay(self, tx: Transaction, params: dict[str, Any]) -> None:
        talk, venda = await self._open(tx, params)
        if talk is not None and venda is not None and venda.status_venda == StatusVenda.TENTANDO_NOVAMENTE:
            await tell_delay(talk)

    async def _end_expired(self, tx: Transaction, params: dict[str, Any]) -> None:
        await end_freed_sale(tx, UUID(params["venda_id"]), StatusVenda.TIMEOUT)

    async def _robot_event(self, tx: Transaction, params: dict[str, Any]) -> None:
        await self._robot_events.handle(tx, from_params(params))

    async def _file_fetched(self, tx: Transaction, params: dict[str, Any]) -> None:
        arquivo = await arquivo_by_id(tx, UUID(params["arquivo_id"]))
        if arquivo is not None and (talk := await self._conversations.open(tx, arquivo.contato_id)):
            await fetched(talk, arquivo.nome, arquivo.erro)

    async def _delivery_failed(self, tx: Transaction, params: dict[str, Any]) -> None:
        await follow_failed_delivery(tx, params["provider_id"], params["codigo"])

    async def _presence(self, tx: Transaction, params: dict[str, Any]) -> None:
        """Said where the attendant was last seen."""
        newest = (await contatos_of(tx, [UUID(params["usuario_id"])]))[:1]
        talk = await self._conversations.open(tx, newest[0]) if newest else None
        if talk is not None and talk.pessoa is not None:
            quando = datetime.fromisoformat(params["quando"])
            await follow_up_presence(talk, params["motivo"], quando, self._presence_limits)

    async def _open(self, tx: Transaction, params: dict[str, Any]) -> tuple[Talk | None, Venda | None]:
        venda = await venda_by_id(tx.connection, UUID(params["venda_id"]))
        return (await self._conversations.open(tx, venda.contato_id) if venda else None), venda


async def _turn_away(tx: Transaction, talk: Talk | None, venda: Venda) -> None:
    """Who lost the right to sell while waiting, or cannot be reached, gives way to the next one."""
    await end_sale(tx, venda, StatusVenda.CANCELADO)
    impedimento = why_not_sell(talk.contato.usuario) if talk is not None else None
    if talk is not None and impedimento is not None:
        await refuse(talk, impedimento)
    await write_down(tx, "pool", "turn", "servir_fila", {})
