"""Turns about sales that follow from turns."""

import random
from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from core.commands.venda import EndExpired, ServeQueue, TellDelay, TellEnd
from core.venda import pool
from core.venda.venda import end_freed_sale, end_sale, start_queued, why_not_sell
from core.venda.vendedor import follow_seller
from dialogs.conversa.consultor import OpenTalk
from dialogs.frame.talk import Talk
from dialogs.venda.acompanhamento import tell_delay, tell_the_end
from dialogs.venda.venda import announce_served, refuse
from dialogs.venda.vendedor import talk_of_seller
from storage.contatos.contatos import Pessoa
from storage.transaction import Transaction
from storage.venda.status import StatusVenda
from storage.venda.vendas import Venda, venda_by_id, vendas_by_ids


class VendaFollowUps:
    """Every method is one turn. `ttl`: how long a login is held without a sign of life."""

    def __init__(self, open_talk: OpenTalk, *, ttl: timedelta, chance: random.Random) -> None:
        self._open_talk = open_talk
        self._ttl = ttl
        self._chance = chance

    async def serve_queue(self, tx: Transaction, wanted: ServeQueue) -> None:
        """Give the heads of the queue the logins that came back, and start their robots; rights are read again here."""
        heads = await pool.next_to_serve(tx)
        # In the order in which others open several, by conversation; who waits longest is served first all the same.
        vendas = sorted(await vendas_by_ids(tx.connection, heads), key=lambda venda: venda.contato_id)
        talks = {venda.id: await talk_of_seller(self._open_talk, tx, venda) for venda in vendas}
        # Locked now; somebody may have left the queue while we waited.
        if await pool.next_to_serve(tx) != heads:
            await pool.wake_queue(tx)
            return
        await self._serve(tx, {venda.id: venda for venda in vendas}, {one: talks[one] for one in heads})

    async def _serve(self, tx: Transaction, vendas: Mapping[UUID, Venda], talks: Mapping[UUID, Talk | None]) -> None:
        may_sell: dict[UUID, tuple[Talk, Pessoa]] = {}
        for venda_id, talk in talks.items():
            pessoa = talk.contato.usuario if talk is not None else None
            if talk is None or pessoa is None or why_not_sell(pessoa) is not None:
                await _turn_away(tx, talk, vendas[venda_id])
            else:
                may_sell[venda_id] = (talk, pessoa)
        started = await self._start(tx, [(vendas[venda_id], pessoa) for venda_id, (_, pessoa) in may_sell.items()])
        for venda_id, (talk, _) in may_sell.items():
            if venda_id in started:
                talk.speak()
                await follow_seller(tx, vendas[venda_id], talk.contato.id)
                await announce_served(talk, vendas[venda_id])

    async def tell_end(self, tx: Transaction, wanted: TellEnd) -> None:
        """The seller hears how it ended."""
        venda = await venda_by_id(tx.connection, wanted.venda_id)
        if venda is not None and (talk := await talk_of_seller(self._open_talk, tx, venda)):
            await tell_the_end(talk, venda)

    async def tell_delay(self, tx: Transaction, wanted: TellDelay) -> None:
        """The seller hears that the robot does not start yet, if that is still so."""
        venda = await venda_by_id(tx.connection, wanted.venda_id)
        if venda is None or venda.status_venda != StatusVenda.TENTANDO_NOVAMENTE:
            return
        if talk := await talk_of_seller(self._open_talk, tx, venda):
            await tell_delay(talk)

    async def end_expired(self, tx: Transaction, wanted: EndExpired) -> None:
        """The sale whose login expired ends."""
        await end_freed_sale(tx, wanted.venda_id, StatusVenda.TIMEOUT)

    async def _start(self, tx: Transaction, queued: Sequence[tuple[Venda, Pessoa]]) -> set[UUID]:
        try:
            return await start_queued(tx, queued, ttl=self._ttl, chance=self._chance)
        except pool.PoolUnavailable:
            # Not tried again from here, with waits that grow: the clock wakes the queue as soon as Redis is back.
            return set()


async def _turn_away(tx: Transaction, talk: Talk | None, venda: Venda) -> None:
    """Who lost the right to sell while waiting, or cannot be reached, gives way to the next one."""
    await end_sale(tx, venda, StatusVenda.CANCELADO)
    impedimento = why_not_sell(talk.contato.usuario) if talk is not None else None
    if talk is not None and impedimento is not None:
        talk.speak()
        await refuse(talk, impedimento)
    await pool.wake_queue(tx)
