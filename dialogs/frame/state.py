"""aiogram's conversation state, kept in the turn's own transaction (the Contato's row)."""

from collections.abc import Mapping
from typing import Any

from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, StateType, StorageKey

from dialogs.frame.speaking import speaking
from storage.contatos.contatos import Contato
from storage.contatos.conversas import opened


class TurnStorage(BaseStorage):
    """Reads and writes the state of conversations that this turn has open."""

    async def get_state(self, key: StorageKey) -> str | None:
        return _contato(key).state

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        contato = _contato(key)
        contato.state = state.state if isinstance(state, State) else state
        contato.changed = True

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        return dict(_contato(key).state_data)

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        contato = _contato(key)
        contato.state_data = dict(data)
        contato.changed = True

    async def close(self) -> None:
        """Nothing is open."""


def _contato(key: StorageKey) -> Contato:
    contato = opened(speaking.get().tx, key.chat_id)
    if contato is None:
        raise LookupError(f"the state of a conversation that this turn did not open: {key.chat_id}")
    return contato
