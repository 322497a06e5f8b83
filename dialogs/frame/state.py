"""aiogram's conversation state, kept in the turn's own transaction (the Contato's row)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, StateType, StorageKey

from core.prazos import PERGUNTAS, is_over
from dialogs.frame.speaking import speaking
from storage.contatos.contatos import Contato
from storage.contatos.conversas import opened

# Beside the dialogs' own data: when the question was asked, whose answer the state waits for.
ASKED_AT = "_perguntado_em"


class TurnStorage(BaseStorage):
    """Reads and writes the state of conversations that this turn has open."""

    async def get_state(self, key: StorageKey) -> str | None:
        return _contato(key).state

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        contato = _contato(key)
        contato.state = state.state if isinstance(state, State) else state
        contato.state_data = {**contato.state_data, ASKED_AT: speaking.get().tx.now.isoformat()}
        if contato.state is None:
            del contato.state_data[ASKED_AT]
        contato.changed = True

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        return {name: value for name, value in _contato(key).state_data.items() if name != ASKED_AT}

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        contato = _contato(key)
        asked = {ASKED_AT: contato.state_data[ASKED_AT]} if ASKED_AT in contato.state_data else {}
        contato.state_data = {**data, **asked}
        contato.changed = True

    async def close(self) -> None:
        """Nothing is open."""


def let_lapse(contato: Contato, written: datetime) -> str | None:
    """End a question whose time was over when this was written (core/prazos.py); which one it was.

    One of an older release, which says no time, is not over.
    """
    asked = contato.state_data.get(ASKED_AT)
    state = contato.state
    if state is None or asked is None or not is_over(datetime.fromisoformat(asked), PERGUNTAS.get(state), written):
        return None
    contato.state, contato.state_data, contato.changed = None, {}, True
    return state


def _contato(key: StorageKey) -> Contato:
    contato = opened(speaking.get().tx, key.chat_id)
    if contato is None:
        raise LookupError(f"the state of a conversation that this turn did not open: {key.chat_id}")
    return contato
