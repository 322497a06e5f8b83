"""aiogram's conversation state, kept in the turn's own transaction (the Contato's row)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, StateType, StorageKey

from core.prazos import ENQUANTO_DURA, PERGUNTAS, is_over
from dialogs.frame.kept import let_go_of_older
from dialogs.frame.speaking import speaking
from storage.contatos.contatos import ASKED_AT, ASKED_BY, Contato
from storage.contatos.conversas import opened
from storage.outbox.sent import never_arrived
from storage.transaction import Transaction

_OURS = (ASKED_AT, ASKED_BY)


class TurnStorage(BaseStorage):
    """Reads and writes the state of conversations that this turn has open."""

    async def get_state(self, key: StorageKey) -> str | None:
        return _contato(key).state

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        contato = _contato(key)
        contato.state = state.state if isinstance(state, State) else state
        contato.state_data = {name: value for name, value in contato.state_data.items() if name not in _OURS}
        if contato.state is not None:
            contato.state_data[ASKED_AT] = speaking.get().tx.now.isoformat()
        contato.changed = True

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        return {name: value for name, value in _contato(key).state_data.items() if name not in _OURS}

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        contato = _contato(key)
        asked = {name: contato.state_data[name] for name in _OURS if name in contato.state_data}
        contato.state_data = {**data, **asked}
        contato.changed = True

    async def close(self) -> None:
        """Nothing is open."""


def let_lapse(contato: Contato, written: datetime) -> str | None:
    """End a question whose time was over when this was written (core/prazos.py); which one it was.

    One of an older release, which says no time, is not over; one that this release cannot read is let go.
    """
    if (older := let_go_of_older(contato)) is not None:
        return older
    asked = contato.state_data.get(ASKED_AT)
    state = contato.state
    if state is None or asked is None or not is_over(datetime.fromisoformat(asked), PERGUNTAS.get(state), written):
        return None
    contato.state, contato.state_data, contato.changed = None, {}, True
    return state


async def let_go_unasked(tx: Transaction, contato: Contato) -> str | None:
    """Which question is open that never reached whom it was asked: nothing they write answers it.

    It is over, but for one that lives as long as what it is about (core/prazos.py).
    """
    state, asked_by = contato.state, contato.state_data.get(ASKED_BY)
    if state is None or asked_by is None or not await never_arrived(tx, asked_by):
        return None
    contato.choices, contato.changed = None, True
    if PERGUNTAS.get(state) is not ENQUANTO_DURA:
        contato.state, contato.state_data = None, {}
    return state


def _contato(key: StorageKey) -> Contato:
    contato = opened(speaking.get().tx, key.chat_id)
    if contato is None:
        raise LookupError(f"the state of a conversation that this turn did not open: {key.chat_id}")
    return contato
